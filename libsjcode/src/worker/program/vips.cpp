#include "worker/program/vips.h"

#include <dlfcn.h>

#include <array>
#include <optional>

namespace sjcode::worker {
namespace {

constexpr auto kLibrary = "libvips.so.42";  // the ABI of all of libvips 8

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    return function != nullptr;
}

std::optional<Vips> load() {
    void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return std::nullopt;
    Vips vips{};
    const bool complete =
        find(library, "vips_init", vips.init) && find(library, "vips_concurrency_set", vips.concurrency_set) &&
        find(library, "vips_cache_set_max", vips.cache_set_max) &&
        find(library, "vips_operation_block_set", vips.operation_block_set) &&
        find(library, "vips_image_new_from_buffer", vips.image_new_from_buffer) &&
        find(library, "vips_autorot", vips.autorot) && find(library, "vips_flatten", vips.flatten) &&
        find(library, "vips_colourspace", vips.colourspace) && find(library, "vips_cast", vips.cast) &&
        find(library, "vips_array_double_newv", vips.array_double_newv) &&
        find(library, "vips_area_unref", vips.area_unref) &&
        find(library, "vips_image_hasalpha", vips.image_hasalpha) &&
        find(library, "vips_image_get_width", vips.image_get_width) &&
        find(library, "vips_image_get_height", vips.image_get_height) &&
        find(library, "vips_image_get_bands", vips.image_get_bands) &&
        find(library, "vips_image_get_n_pages", vips.image_get_n_pages) &&
        find(library, "vips_image_write_to_memory", vips.image_write_to_memory) &&
        find(library, "g_object_unref", vips.object_unref) && find(library, "g_free", vips.free);
    if (!complete || vips.init("sjcode-worker") != 0) return std::nullopt;
    vips.concurrency_set(1);
    vips.cache_set_max(0);
    // Of the loaders only those that are meant for hostile input, and of formats that the caller is promised.
    vips.operation_block_set("VipsForeignLoad", TRUE);
    for (const auto* loader : std::array{"VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadTiff",
                                         "VipsForeignLoadWebp", "VipsForeignLoadNsgif"})
        vips.operation_block_set(loader, FALSE);
    return vips;
}

}  // namespace

const Vips* Vips::get() {
    static const std::optional<Vips> vips = load();
    return vips ? &*vips : nullptr;
}

}  // namespace sjcode::worker
