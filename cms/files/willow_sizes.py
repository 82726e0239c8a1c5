"""Let Willow, which Wagtail asks for the size of every file it stores, read the header alone."""

from PIL import Image
from willow import image as willow_images
from willow.registry import registry

_RASTER = (
    willow_images.JPEGImageFile,
    willow_images.PNGImageFile,
    willow_images.GIFImageFile,
    willow_images.WebPImageFile,
    willow_images.HeicImageFile,
    willow_images.AvifImageFile,
)


def size_by_header(image_file: willow_images.ImageFile) -> tuple[int, int]:
    """Width and height in pixels, as stored."""
    image_file.f.seek(0)
    return Image.open(image_file.f).size


def register() -> None:
    """Take the place of an operation that decodes the whole picture."""
    for image_class in _RASTER:
        registry.register_operation(image_class, "get_size", size_by_header)
