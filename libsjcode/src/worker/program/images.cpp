#include "worker/program/images.h"

#include "worker/program/bmp.h"
#include "worker/program/failure.h"
#include "worker/program/vips.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string>

namespace sjcode::worker {
namespace {

/// An image of libvips, which counts its references.
class Image {
public:
    Image(const Vips& vips, VipsImage* image) : vips_(vips), image_(image) {
        if (image == nullptr) throw Refusal{Failure::image};
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    ~Image() { vips_.object_unref(image_); }

    [[nodiscard]] VipsImage* get() const { return image_; }
    /// Puts what an operation made in place of the image.
    template <class Operation>
    void become(Operation operation) {
        VipsImage* made = nullptr;
        if (operation(image_, &made) != 0 || made == nullptr) throw Refusal{Failure::image};
        vips_.object_unref(std::exchange(image_, made));
    }

private:
    const Vips& vips_;
    VipsImage* image_;
};

bool starts_with(ByteView file, ByteView magic) {
    return file.size() >= magic.size() && std::equal(magic.begin(), magic.end(), file.begin());
}

bool is_tiff(ByteView file) {
    constexpr std::array<std::array<std::uint8_t, 4>, 4> kMagic{
        {{'I', 'I', 42, 0}, {'M', 'M', 0, 42}, {'I', 'I', 43, 0}, {'M', 'M', 0, 43}}};
    return std::any_of(kMagic.begin(), kMagic.end(), [&](const auto& magic) { return starts_with(file, magic); });
}

const Vips& vips_or_refuse() {
    const auto* vips = Vips::get();
    if (vips == nullptr) throw Refusal{Failure::image_library};
    return *vips;
}

VipsImage* open(const Vips& vips, ByteView file, std::uint32_t page) {
    const std::string options = is_tiff(file) ? "page=" + std::to_string(page - 1) : "";
    return vips.image_new_from_buffer(file.data(), file.size(), options.c_str(), nullptr);
}

void check_size(std::int64_t width, std::int64_t height) {
    if (width <= 0 || height <= 0) throw Refusal{Failure::image};
    if (width > static_cast<std::int64_t>(kMostPixels) / height)
        throw Refusal{Failure::size, std::to_string(width) + " x " + std::to_string(height)};
}

}  // namespace

std::uint32_t image_pages(ByteView file) {
    if (!is_tiff(file)) return 1;
    const auto& vips = vips_or_refuse();
    const Image image(vips, open(vips, file, 1));
    return std::min(static_cast<std::uint32_t>(std::max(1, vips.image_get_n_pages(image.get()))), kMostImagePages);
}

TwoGreys load_image(ByteView file, std::uint32_t page) {
    if (page == 0 || page > image_pages(file)) throw Refusal{Failure::page, std::to_string(page)};
    if (is_bmp(file)) {
        const auto bitmap = read_bmp(file);
        return grey_and_brightest(bitmap.rgb, bitmap.width, bitmap.height);
    }
    const auto& vips = vips_or_refuse();
    Image image(vips, open(vips, file, page));
    check_size(vips.image_get_width(image.get()), vips.image_get_height(image.get()));
    image.become([&](VipsImage* from, VipsImage** to) { return vips.autorot(from, to, nullptr); });
    image.become(
        [&](VipsImage* from, VipsImage** to) { return vips.colourspace(from, to, VIPS_INTERPRETATION_sRGB, nullptr); });
    if (vips.image_hasalpha(image.get()) != 0) {
        VipsArrayDouble* white = vips.array_double_newv(1, 255.0);
        image.become([&](VipsImage* from, VipsImage** to) {
            return vips.flatten(from, to, "background", white, "max_alpha", 255.0, nullptr);
        });
        vips.area_unref(VIPS_AREA(white));
    }
    image.become([&](VipsImage* from, VipsImage** to) { return vips.cast(from, to, VIPS_FORMAT_UCHAR, nullptr); });

    const int width = vips.image_get_width(image.get());
    const int height = vips.image_get_height(image.get());
    check_size(width, height);
    if (vips.image_get_bands(image.get()) != 3) throw Refusal{Failure::image};
    std::size_t size = 0;
    const auto release = vips.free;
    const std::unique_ptr<void, decltype(release)> pixels(vips.image_write_to_memory(image.get(), &size), release);
    if (!pixels || size != std::size_t{3} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
        throw Refusal{Failure::image};
    return grey_and_brightest({static_cast<const std::uint8_t*>(pixels.get()), size}, width, height);
}

}  // namespace sjcode::worker
