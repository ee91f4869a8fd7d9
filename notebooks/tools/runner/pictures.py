"""Whether a picture can be shown: decodes PNG, parses SVG, finds both in HTML."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from html.parser import HTMLParser
from xml.etree import ElementTree

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
SVG = "{http://www.w3.org/2000/svg}"

# Attributes that hold nothing but numbers and path letters.
NUMERIC = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "points", "d", "viewBox"}
NOT_A_NUMBER = re.compile(r"nan|inf", re.IGNORECASE)


class BrokenPicture(Exception):
    """Says what is wrong with a picture."""


def check_png(data: bytes) -> None:
    """Decodes a PNG file down to its rows of pixels."""
    if not data.startswith(SIGNATURE):
        raise BrokenPicture("the PNG has no PNG signature")
    chunks = _chunks(data)
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise BrokenPicture("the PNG has no header")
    if chunks[-1][0] != b"IEND":
        raise BrokenPicture("the PNG stops before its end")
    _check_pixels(chunks[0][1], b"".join(body for kind, body in chunks if kind == b"IDAT"))


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], len(SIGNATURE)
    while at < len(data):
        if at + 8 > len(data):
            raise BrokenPicture("the PNG is cut off inside a chunk")
        length, kind = struct.unpack_from(">I4s", data, at)
        body, check = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(check) < 4:
            raise BrokenPicture("the PNG is cut off inside a chunk")
        if zlib.crc32(kind + body) != struct.unpack(">I", check)[0]:
            raise BrokenPicture(f"the PNG's {kind.decode('latin-1')} chunk has a wrong checksum")
        chunks.append((kind, body))
        at += 12 + length
    return chunks


def _check_pixels(header: bytes, packed: bytes) -> None:
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if not width or not height or colour not in CHANNELS or interlaced:
        raise BrokenPicture(f"the PNG's header is wrong: {width} × {height}, colour type {colour}")
    try:
        pixels = zlib.decompress(packed)
    except zlib.error as error:
        raise BrokenPicture(f"the PNG's pixels do not inflate: {error}") from error
    expected = height * (1 + (width * depth * CHANNELS[colour] + 7) // 8)
    if len(pixels) != expected:
        raise BrokenPicture(f"the PNG has {len(pixels)} bytes of pixels instead of {expected}")


def check_svg(text: str | bytes) -> None:
    """Parses an SVG document and the pictures inside it."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise BrokenPicture(f"the SVG is not well-formed XML: {error}") from error
    if root.tag != f"{SVG}svg":
        raise BrokenPicture(f"the SVG's root is {root.tag}")
    if not {"width", "height"} <= root.attrib.keys():
        raise BrokenPicture("the SVG states no width and height")
    for element in root.iter():
        _check_element(element)


def _check_element(element: ElementTree.Element) -> None:
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2]
        if plain in NUMERIC and NOT_A_NUMBER.search(value):
            raise BrokenPicture(f'the SVG has {plain}="{value[:40]}"')
        if plain == "href" and value.startswith("data:"):
            check_data_uri(value)


def check_data_uri(uri: str) -> None:
    """Checks the picture that a `data:` URI carries."""
    head, _, body = uri.partition(",")
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise BrokenPicture(f"the data of {head[:40]} is not base64: {error}") from error
    if head == "data:image/png;base64":
        check_png(data)
    elif head == "data:image/svg+xml;base64":
        check_svg(data)
    else:
        raise BrokenPicture(f"a picture is neither PNG nor SVG in base64: {head[:40]}")


def pictures_in(html: str) -> list[str]:
    """The sources of the `<img>` elements of a piece of HTML."""
    finder = _ImageFinder()
    finder.feed(html)
    finder.close()
    return finder.sources


class _ImageFinder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.sources.append(dict(attrs).get("src") or "")
