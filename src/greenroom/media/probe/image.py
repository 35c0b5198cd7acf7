"""Pictures: decoded under a pixel limit and written anew, with nothing but their pixels."""

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from greenroom.media.probe.refused import Refused

MOST_PIXELS = 50_000_000
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
_SAVE: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 92},
}


def clean_image(source: Path, copy: Path, type_: str) -> dict[str, object]:
    """Write the picture's pixels to `copy`, upright and in sRGB. Raises Refused."""
    format_ = _FORMATS[type_]
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(source, formats=[format_]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large()
            if getattr(image, "n_frames", 1) > 1:
                raise Refused("Moving pictures are taken as videos only; send an MP4 or WebM")
            image.load()
            clean = _plain(image, format_)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("The picture is damaged; save it again and send that") from error
    clean.save(copy, format=format_, **_SAVE[format_])
    return {"type": type_, "width": clean.width, "height": clean.height, "duration": None}


def _too_large() -> Refused:
    return Refused(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller")


def _plain(image: Image.Image, format_: str) -> Image.Image:
    """The pixels in a mode of few surprises, turned as the camera was held."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    clear = "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA")
    if upright.mode not in ("RGB", "RGBA", "L"):
        upright = upright.convert("RGBA" if clear and format_ != "JPEG" else "RGB")
    if profile and upright.mode in ("RGB", "RGBA"):
        upright = _in_srgb(upright, profile)
    upright.info = {}
    return upright


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"))
    except (OSError, ImageCms.PyCMSError):
        return image  # a profile that fits no such picture says nothing about it
    return image if turned is None else turned
