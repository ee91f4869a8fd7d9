"""Files of pictures, made byte by byte so that they can lie."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, pixels: bytes, beside: bytes = b"", depth: int = 8, color: int = 2) -> bytes:
    """A PNG of these samples; `beside` are chunks before them."""
    row = len(pixels) // height
    lines = b"".join(b"\0" + pixels[row * y : row * (y + 1)] for y in range(height))
    return png_of(width, height, zlib.compress(lines), beside, depth, color)


def png_of(width: int, height: int, packed: bytes, beside: bytes = b"", depth: int = 8, color: int = 2) -> bytes:
    """A PNG whose pixels are packed already, whatever it declares."""
    start = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", start) + beside + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def zeros(mebibytes: int) -> bytes:
    """That many zeros, deflated, which are never in memory here."""
    pack = zlib.compressobj(9)
    packed = [pack.compress(bytes(1 << 20)) for _ in range(mebibytes)]
    return b"".join(packed) + pack.flush()


def gray_jpeg(width: int, height: int) -> bytes:
    """A baseline JPEG of the middle gray: every block is `no difference` and `no more coefficients`."""

    def segment(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    # Two codes of one symbol each, one bit long.
    table = bytes([1] + [0] * 15) + b"\0"
    blocks = -(-width // 8) * -(-height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    parts = [
        b"\xff\xd8",
        segment(0xDB, b"\0" + bytes([1] * 64)),
        segment(0xC0, frame),
        segment(0xC4, b"\x00" + table),
        segment(0xC4, b"\x10" + table),
        segment(0xDA, bytes([1, 1, 0x00, 0, 63, 0])),
        scan,
        b"\xff\xd9",
    ]
    return b"".join(parts)


def bmp(width: int, height: int, data: bytes, bits: int = 24, packing: int = 0, colors: int = 0) -> bytes:
    """A BMP whose header says what it is told to."""
    sizes = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packing, len(data), 0, 0, colors, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(data), 0, 0, 54) + sizes + data


def gif(width: int, height: int, frames: int = 1, screen: tuple[int, int] | None = None) -> bytes:
    """A black GIF of two colours; each code is followed by one that clears the table."""
    bits = "".join(f"{code:03b}"[::-1] for _ in range(width * height) for code in (4, 0)) + "101"
    bits += "0" * (-len(bits) % 8)
    packed = bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))
    parts = (packed[at : at + 255] for at in range(0, len(packed), 255))
    blocks = b"".join(bytes([len(part)]) + part for part in parts)
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02" + blocks + b"\0"
    start = b"GIF89a" + struct.pack("<HHBBB", *(screen or (width, height)), 0x80, 0, 0) + bytes(3) + b"\xff\xff\xff"
    return start + image * frames + b"\x3b"
