"""Photos: drawn anew without what they carried, and everything else refused before it is decoded."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from placement.adapters.pictures import KEPT, LARGEST, SMALL, Photo, Problem, Unfit, read_photo

PLANTED = "Planted-52.5200N-13.4050E"


def encoded(kind: str, size: tuple[int, int] = (640, 400), mode: str = "RGB", **options: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(out, kind, **options)
    return out.getvalue()


def opened(photo: bytes) -> Image.Image:
    picture = Image.open(BytesIO(photo))
    picture.load()
    return picture


def png_saying(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG whose header promises a size, with whatever in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def refused(content: bytes) -> Problem:
    with pytest.raises(Unfit) as caught:
        read_photo(content)
    return caught.value.problem


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_two_small_jpegs(kind: str) -> None:
    photo = read_photo(encoded(kind, (3000, 2000)))
    assert isinstance(photo, Photo)
    large, small = opened(photo.image), opened(photo.thumbnail)
    assert (large.format, large.size) == ("JPEG", (photo.width, photo.height))
    assert max(large.size) == KEPT
    assert max(small.size) == SMALL


def test_a_small_picture_is_not_blown_up() -> None:
    photo = read_photo(encoded("PNG", (40, 30)))
    assert (photo.width, photo.height) == (40, 30)


def test_nothing_that_was_written_into_it_is_left() -> None:
    exif = Image.Exif()
    exif[0x010E] = PLANTED
    exif.get_ifd(0x8825)[1] = "N"
    jpeg = encoded("JPEG", exif=exif, comment=PLANTED.encode(), icc_profile=PLANTED.encode(), xmp=PLANTED.encode())
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", PLANTED)
    png = encoded("PNG", pnginfo=words, exif=exif)
    webp = encoded("WEBP", exif=exif, xmp=PLANTED.encode())
    for content in (jpeg, png, webp):
        assert PLANTED.encode() in content
        photo = read_photo(content)
        for part in (photo.image, photo.thumbnail):
            assert PLANTED.encode() not in part
            found = opened(part)
            assert not dict(found.getexif())
            assert not {"exif", "comment", "icc_profile", "xmp"} & set(found.info)


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = read_photo(encoded("JPEG", (400, 200), exif=exif))
    assert (photo.width, photo.height) == (200, 400)


def test_what_can_be_seen_through_stands_on_white() -> None:
    photo = read_photo(encoded("PNG", (20, 20), "RGBA"))
    assert opened(photo.image).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Problem.NOT_A_PHOTO),
        (b"<?xml version='1.0'?><svg/>", Problem.NOT_A_PHOTO),
        (b"%PDF-1.7", Problem.NOT_A_PHOTO),
        (b"GIF89a" + bytes(200), Problem.NOT_A_PHOTO),
        (b"<!doctype html><script>alert(1)</script>", Problem.NOT_A_PHOTO),
        (b"PK\x03\x04" + bytes(50), Problem.NOT_A_PHOTO),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), Problem.HEIC),
        (b"\xff\xd8\xff" + bytes(300) + b"\xff\xd9", Problem.NOT_A_PHOTO),
        (b"\xff\xd8\xff" + bytes(LARGEST), Problem.TOO_MANY_BYTES),
        (b"\xff\xd8\xff\xe0" + b"\xff\xda" * 200, Problem.DAMAGED),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, problem: Problem) -> None:
    assert refused(content) is problem


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_damaged(kind: str) -> None:
    whole = encoded(kind, (300, 300))
    assert refused(whole[: len(whole) // 2]) is Problem.DAMAGED


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (30_000, 2), (9_000, 9_000)])
def test_a_bomb_is_refused_by_its_header_alone(size: tuple[int, int]) -> None:
    bomb = png_saying(*size, zlib.compress(bytes(20_000_000), 9))
    tracemalloc.start()
    begun = perf_counter()
    assert refused(bomb) is Problem.TOO_MANY_PIXELS
    assert perf_counter() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBP"])
)
@settings(deadline=None, max_examples=150)
def test_whatever_comes_is_a_photo_or_a_plain_no(rest: bytes, start: bytes) -> None:
    with suppress(Unfit):
        photo = read_photo(start + rest)
        assert opened(photo.image).format == "JPEG"
