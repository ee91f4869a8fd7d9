"""The checker finds every way a picture can be broken."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from runner.pictures import BrokenPicture, check_data_uri, check_png, check_svg, pictures_in

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"'
GOOD_SVG = f'{HEAD}><path d="M0 0L9 9"/></svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 3, height: int = 2, pixels: bytes | None = None) -> bytes:
    """A grey PNG of eight bits."""
    rows = bytes(height * (1 + width)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def uri(mime: str, data: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"


def test_good_pictures_pass() -> None:
    check_png(png())
    check_svg(GOOD_SVG)
    check_data_uri(uri("image/png", png()))
    check_data_uri(uri("image/svg+xml", GOOD_SVG.encode()))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no PNG signature"),
        (b"GIF89a", "no PNG signature"),
        (png()[:20], "cut off inside a chunk"),
        (png()[:-12], "stops before its end"),
        (png().replace(b"IDAT", b"IDAX"), "IDAX chunk has a wrong checksum"),
        (png(pixels=bytes(5)), "5 bytes of pixels instead of 8"),
        (png(width=0), "header is wrong: 0 × 2"),
    ],
)
def test_a_broken_png_is_found(data: bytes, what: str) -> None:
    with pytest.raises(BrokenPicture, match=what):
        check_png(data)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not well-formed"),
        (f"{HEAD}><g></svg>", "not well-formed"),
        (f"{HEAD}><text>a & b</text></svg>", "not well-formed"),
        (f"{HEAD}><text>\x08</text></svg>", "not well-formed"),
        ("<html/>", "root is html"),
        (GOOD_SVG.replace("width", "x"), "no width and height"),
        (f'{HEAD}><path d="M0 NaN"/></svg>', 'd="M0 NaN"'),
        (f'{HEAD}><circle cx="inf"/></svg>', 'cx="inf"'),
        (f'{HEAD}><image href="{uri("image/png", b"no")}"/></svg>', "no PNG signature"),
    ],
)
def test_a_broken_svg_is_found(text: str, what: str) -> None:
    with pytest.raises(BrokenPicture, match=what):
        check_svg(text)


@pytest.mark.parametrize(
    "source",
    ["", "picture.png", "data:png;base64,AAAA", "data:image/png;base64,?", "data:image/svg+xml,<svg/>"],
)
def test_an_img_must_carry_its_picture(source: str) -> None:
    with pytest.raises(BrokenPicture):
        check_data_uri(source)


def test_pictures_are_found_in_html() -> None:
    page = '<div><img width=3 src="a"><p>x</p><IMG SRC=\'b\'/><!-- <img src="c"> --><img alt=""></div>'
    assert pictures_in(page) == ["a", "b", ""]
