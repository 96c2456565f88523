// libvips, loaded when the first image comes: it brings a hundred libraries along, which a PDF does not need.
#pragma once

#include <vips/vips.h>

namespace sjcode::worker {

/// The functions that are used, by their names in the library.
struct Vips {
    decltype(&vips_init) init;
    decltype(&vips_concurrency_set) concurrency_set;
    decltype(&vips_cache_set_max) cache_set_max;
    decltype(&vips_operation_block_set) operation_block_set;
    decltype(&vips_image_new_from_buffer) image_new_from_buffer;
    decltype(&vips_autorot) autorot;
    decltype(&vips_flatten) flatten;
    decltype(&vips_colourspace) colourspace;
    decltype(&vips_cast) cast;
    decltype(&vips_array_double_newv) array_double_newv;
    decltype(&vips_area_unref) area_unref;
    decltype(&vips_image_hasalpha) image_hasalpha;
    decltype(&vips_image_get_width) image_get_width;
    decltype(&vips_image_get_height) image_get_height;
    decltype(&vips_image_get_bands) image_get_bands;
    decltype(&vips_image_get_n_pages) image_get_n_pages;
    decltype(&vips_image_write_to_memory) image_write_to_memory;
    decltype(&g_object_unref) object_unref;
    decltype(&g_free) free;

    /// The library, ready; nothing where it is not installed or misses a function.
    static const Vips* get();
};

}  // namespace sjcode::worker
