"""Photos as people upload them, drawn anew: a JPEG of bounded size that carries nothing but what is seen.

The type is what the content says. Its size is read from the header and refused before anything is decoded; SVG,
documents and everything else that is no photo never reach a decoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

#: Of an uploaded file.
LARGEST = 12 * 1024 * 1024
#: Of a picture, as its header says: what telephones take, and far from what fills a memory.
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_000
#: What is kept, in pixels of the longer side.
KEPT, SMALL = 1600, 480
QUALITY = 82
#: A progressive JPEG refines the whole picture in each scan; cameras need a dozen.
MOST_SCANS = 100

_FORMATS = ("JPEG", "PNG", "WEBP")
_SCAN = b"\xff\xda"
#: Boxes of the format that telephones call HEIC.
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")


class Problem(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    NOT_A_PHOTO = "not_a_photo"
    HEIC = "heic"
    TOO_MANY_PIXELS = "too_many_pixels"
    DAMAGED = "damaged"


class Unfit(Exception):
    """This file can't be taken."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs; ``width`` and ``height`` of the larger one, in pixels."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


def read_photo(content: bytes) -> Photo:
    """Draw a photo anew. Raises Unfit."""
    _check(content)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            _check_size(*opened.size)
            # A JPEG can be decoded at a fraction of its size: nothing larger than needed is ever in memory.
            opened.draft("RGB", (KEPT, KEPT))
            upright = ImageOps.exif_transpose(opened)
            kept = _plain(upright, KEPT)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(Problem.TOO_MANY_PIXELS) from None
    except Unfit:
        raise
    except Image.UnidentifiedImageError:
        raise Unfit(Problem.NOT_A_PHOTO) from None
    except Exception as error:
        # Decoders answer broken files with whatever broke in them.
        raise Unfit(Problem.DAMAGED) from error
    return Photo(_jpeg(kept), _jpeg(_plain(kept, SMALL)), *kept.size)


def _check(content: bytes) -> None:
    """What can be said before a decoder sees anything."""
    if not content:
        raise Unfit(Problem.EMPTY)
    if len(content) > LARGEST:
        raise Unfit(Problem.TOO_MANY_BYTES)
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Unfit(Problem.HEIC)
    jpeg, png = content.startswith(b"\xff\xd8\xff"), content.startswith(b"\x89PNG\r\n\x1a\n")
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not (jpeg or png or webp):
        raise Unfit(Problem.NOT_A_PHOTO)
    if jpeg and content.count(_SCAN) > MOST_SCANS:
        raise Unfit(Problem.DAMAGED)
    if not _is_whole(content, jpeg, png):
        raise Unfit(Problem.DAMAGED)


def _is_whole(content: bytes, jpeg: bool, png: bool) -> bool:
    """Whether the file has its end: a decoder that another library made lenient paints the rest gray."""
    if jpeg:
        return content.rfind(b"\xff\xd9") > content.rfind(_SCAN)
    if png:
        return b"IEND" in content
    return int.from_bytes(content[4:8], "little") + 8 <= len(content)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unfit(Problem.TOO_MANY_PIXELS)


def _plain(picture: Image.Image, longest: int) -> Image.Image:
    """The pixels alone, on white where they can be seen through; comments, places and profiles stay behind."""
    small = picture.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", small.size, "white")
    if small.mode in ("RGBA", "LA", "PA") or "transparency" in small.info:
        seen = small.convert("RGBA")
        sheet.paste(seen, mask=seen.getchannel("A"))
    else:
        sheet.paste(small.convert("RGB"))
    return sheet


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
