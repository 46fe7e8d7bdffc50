"""A photo in; the same picture out as a plain JPEG without anything beside it, and the row that registers it."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import warnings
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from mmap import mmap
from pathlib import Path

from PIL import Image, ImageOps

from data.errors import DamagedPhoto, PhotoTooLarge
from data.ingest.reading.records import Record

KIND = "photo"  # stands in the book of batches where other files have their encoding
FORMATS = ("JPEG", "PNG", "WEBP")
SIGNATURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF.{4}WEBP", re.DOTALL)
SIGNATURE_BYTES = 12  # the longest of these
ENDING = re.compile(r"\.(jpe?g|jpe|jfif|png|webp)$", re.IGNORECASE)
LONGEST_SIDE = 1600  # pixels; chosen: more than a page or a sheet of A4 shows of a photo
MOST_PIXELS = 120_000_000  # chosen: above the largest phones; a JPEG of that size is decoded at an eighth of it
MOST_BYTES = 60_000_000  # chosen: the largest phones write half of it
MEGABYTE = 1_000_000
MOST_MEGAPIXELS = f"{MOST_PIXELS // MEGABYTE} MP"
QUALITY = 82  # chosen by eye
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # no run of digits, which might be somebody's number
MOMENT_TAKEN, EXIF_DETAILS = 0x9003, 0x8769  # tags of EXIF
BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)
HEADINGS = ("照片名称", "照片指纹", "拍摄日期", "像素宽度", "像素高度", "字节数")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: its name without ending, its bytes, their digest, its size, the day it was taken."""

    name: str
    jpeg: bytes
    digest: str
    width: int
    height: int
    taken_on: date | None


def is_photo(content: bytes | mmap) -> bool:
    """Tell whether a file begins like a photo that can be taken in."""
    return SIGNATURE.match(content[:SIGNATURE_BYTES]) is not None


def photo_name(file_name: str) -> str:
    """Return what a photo is called: the name of its file without the ending."""
    return ENDING.sub("", Path(file_name).name)


def photo_digest(jpeg: bytes) -> str:
    """Return the fingerprint by which a photo is kept: its SHA-256 in the letters a to p."""
    return hashlib.sha256(jpeg).hexdigest().translate(LETTERS)


def read_photo(file_name: str, content: bytes | mmap) -> Photo:
    """Decode a photo and encode it anew, upright and without EXIF, place, profile or comment.

    Raises DamagedPhoto, PhotoTooLarge.
    """
    if len(content) > MOST_BYTES:
        raise PhotoTooLarge(name=file_name, size=f"{len(content) // MEGABYTE} MB", most=f"{MOST_BYTES // MEGABYTE} MB")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _require_moderate(file_name, opened)
            taken_on = _day_taken(opened)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            clean = _clean_picture(opened)
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge(name=file_name, size=f"> {MOST_MEGAPIXELS}", most=MOST_MEGAPIXELS) from error
    except BROKEN as error:
        raise DamagedPhoto(name=file_name) from error
    jpeg = _encoded(clean)
    return Photo(photo_name(file_name), jpeg, photo_digest(jpeg), clean.width, clean.height, taken_on)


def _require_moderate(file_name: str, opened: Image.Image) -> None:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise PhotoTooLarge(name=file_name, size=f"{width} × {height}", most=MOST_MEGAPIXELS)


def _day_taken(opened: Image.Image) -> date | None:
    """Return the day on which the camera says that the photo was taken; None where it says none that can be."""
    written = str(opened.getexif().get_ifd(EXIF_DETAILS).get(MOMENT_TAKEN, ""))
    with suppress(ValueError):
        day = datetime.strptime(written[:10], "%Y:%m:%d").date()
        return day if day <= date.today() else None
    return None


def _clean_picture(opened: Image.Image) -> Image.Image:
    """Return what a picture shows, upright, at most as large as photos are kept, on white where it is see-through."""
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    shown = opened if opened.mode == mode else opened.convert(mode)
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before anything that copies: a large picture stands once in memory
    upright = ImageOps.exif_transpose(shown)
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright if mode == "RGBA" else None)
    return clean


def _encoded(clean: Image.Image) -> bytes:
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def photo_records(photo: Photo, day_of_name: date | None) -> list[Record]:
    """Return the photo as a table of one row; the day is the camera's, or else the one that the file name tells."""
    day = photo.taken_on or day_of_name
    facts = (photo.width, photo.height, len(photo.jpeg))
    row = [photo.name, photo.digest, day.isoformat() if day else "", *map(str, facts)]
    return [Record(1, list(HEADINGS)), Record(2, row)]
