"""Pictures: counted before they are decoded, then drawn anew, which drops place, camera and hidden payloads."""

from __future__ import annotations

import io
import threading
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from forms_engine.uploads.base import UploadRefused

MAX_PIXELS = 40_000_000  # far below where Pillow begins to warn; that warning must not become an error, because
# filters of warnings belong to the whole process: another thread's harmless warning would become a 500
_one_at_a_time = threading.Lock()  # a picture of 40 megapixels takes half a gigabyte while it is drawn anew
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": False},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 90, "method": 2},
    "TIFF": {"compression": "tiff_deflate"},
}


def clean_image(file: BinaryIO, wanted: str) -> BinaryIO:
    """The same picture, turned upright, without metadata; raises UploadRefused."""
    try:
        with _one_at_a_time:
            return _redraw(file, wanted)
    except UploadRefused:
        raise
    except Image.DecompressionBombError as error:
        raise UploadRefused("image_too_many_pixels", limit=MAX_PIXELS // 1_000_000) from error
    except Exception as error:  # whatever a hostile picture makes the library raise: it is refused
        raise UploadRefused("image_broken") from error


def _redraw(file: BinaryIO, wanted: str) -> BinaryIO:
    with Image.open(file, formats=[wanted]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise UploadRefused("image_too_many_pixels", limit=MAX_PIXELS // 1_000_000)
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        plain = _plain_copy(upright, wanted)
    out = io.BytesIO()
    plain.save(out, format=wanted, **SAVE_OPTIONS[wanted])
    out.seek(0)
    return out


def _plain_copy(picture: Image.Image, wanted: str) -> Image.Image:
    """Pixels only: a fresh image has no EXIF, no text chunks, no profile, no trailing bytes."""
    allowed = {"RGB", "L"} if wanted == "JPEG" else {"RGB", "RGBA", "L", "LA", "1"}
    mode = picture.mode
    if mode not in allowed:
        has_alpha = "A" in mode or "transparency" in picture.info
        mode = "RGBA" if has_alpha and wanted != "JPEG" else "RGB"
    converted = picture.convert(mode)
    plain = Image.new(mode, converted.size)
    plain.paste(converted)
    return plain
