"""Zip archives, whole and with lies in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

# Where numbers stand in a local header and in the directory's entry: the place, and the bytes.
FLAGS = {LOCAL: (6, 2), CENTRAL: (8, 2)}
METHOD = {LOCAL: (8, 2), CENTRAL: (10, 2)}
CHECKSUM = {LOCAL: (14, 4), CENTRAL: (16, 4)}
PACKED = {LOCAL: (18, 4), CENTRAL: (20, 4)}
SIZE = {LOCAL: (22, 4), CENTRAL: (24, 4)}
OFFSET = {CENTRAL: (42, 4)}


def archive(members: dict[str, bytes], deflate: bool = False) -> bytes:
    """What `np.savez` or `np.savez_compressed` writes."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, method)
    return buffer.getvalue()


def changed(whole: bytes, field: dict[bytes, tuple[int, int]], value: int) -> bytes:
    """The archive with a number of its last member replaced, wherever it stands."""
    data = bytearray(whole)
    for signature, (place, size) in field.items():
        at = whole.rindex(signature) + place
        data[at : at + size] = value.to_bytes(size, "little")
    return bytes(data)


def renamed(whole: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with members called otherwise, by a name of the same length."""
    assert len(old) == len(new)
    return whole.replace(old, new)


def inflating(prefix: bytes, zeros: int, name: str = "x.npy") -> bytes:
    """An archive whose one member is `prefix` and so many zeros, none of which are ever in memory here.

    The directory lies about the checksum, which takes as long to reckon as the zeros are many.
    """
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = [pack.compress(prefix), pack.flush(zlib.Z_FULL_FLUSH)]
    mebibyte = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = mebibyte.compress(bytes(1 << 20)) + mebibyte.flush(zlib.Z_FULL_FLUSH)
    stream += [block] * (zeros >> 20)
    # An empty last block.
    stream.append(b"\x03\x00")
    return one_member(name.encode(), b"".join(stream), len(prefix) + zeros)


def one_member(name: bytes, packed: bytes, size: int) -> bytes:
    """An archive of one deflated member that declares `size`."""
    wide = size >= 0xFFFFFFFF
    extra = struct.pack("<HHQQ", 1, 16, size, len(packed)) if wide else b""
    sizes = (0xFFFFFFFF, 0xFFFFFFFF) if wide else (len(packed), size)
    both = struct.pack("<HHHHHIIIHH", 45, 0, 8, 0, 0x21, 0, *sizes, len(name), len(extra))
    local = LOCAL + both + name + extra + packed
    entry = CENTRAL + struct.pack("<H", 45) + both + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name + extra
    return local + entry + END + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def shared(data: bytes, count: int) -> bytes:
    """An archive of `count` members that all stand on the same bytes."""
    whole = archive({"000000.npy": data})
    start = whole.index(CENTRAL)
    entry = whole[start : whole.index(END)]
    entries = b"".join(entry.replace(b"000000", b"%06d" % number) for number in range(count))
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), start, 0)
    return whole[:start] + entries + END + end
