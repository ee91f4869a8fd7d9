"""Writes what the targets begin with: the files of `tests/hostile`, as each target takes them.

How an input is read is told in its target.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))

import test_images  # noqa: E402
import test_mutations  # noqa: E402
import test_npy  # noqa: E402
import test_npz  # noqa: E402
from archives import archive  # noqa: E402
from arrays import fields, file, header, saved, shapes_with_a_sum  # noqa: E402

# Longer seeds make every input that comes of them slow.
LONGEST = 20_000

HARMLESS = [data for data, _ in test_npy.HARMLESS.values()]
HOSTILE = [data for data, _ in test_npy.HOSTILE.values()]
EVERY_TYPE = [saved(array) for dtype in test_npy.DTYPES for array in shapes_with_a_sum(dtype, [(), (4, 3)])]
OTHER_TYPES = [file(descr, (2,), bytes(64)) for descr in ("<c8", ">c16", "<U3", ">U3", "|S5")]
ARRAYS = [*HARMLESS, *EVERY_TYPE, *OTHER_TYPES]
LARGE = [
    header(fields(repr(descr), shape, order)) + bytes(range(64))
    for descr in ("|u1", ">f4", "<f8", "<c16", "<U2")
    for shape in ((66 << 20,), (17 << 20,), (33 << 20, 2), (8 << 20, 3, 3))
    for order in (False, True)
]
PICTURES = [
    *test_mutations.PICTURES,
    test_images.PNG,
    *(test_images.png(5, 4, bytes(20 * depth * samples // 8), depth=depth, color=color)
      for color, samples in ((0, 1), (2, 3), (4, 2), (6, 4))
      for depth in (8, 16)),
]


def part(kind: int, data: bytes) -> bytes:
    return struct.pack("<BH", kind, len(data)) + data


def member(kind: int, name: bytes, data: bytes) -> bytes:
    return part(kind, bytes([len(name)]) + name + data)


def npy() -> Iterable[bytes]:
    yield from (b"\0" + data for data in [*ARRAYS, *HOSTILE])
    yield from (b"\1" + data for data in LARGE)


def npz() -> Iterable[bytes]:
    yield from (b"\0" + data for data, _ in test_npz.HOSTILE.values())
    for deflate in (False, True):
        yield from (b"\0" + archive({"x.npy": data}, deflate) for data in ARRAYS[::5])
        yield from (b"\1" + member(deflate, b"x", data) + member(1, b"y", data) for data in ARRAYS)


def picture_folder() -> Iterable[bytes]:
    for options in range(16):
        picture = PICTURES[options % len(PICTURES)]
        yield bytes([options]) + part(options, picture)
        yield bytes([options]) + b"".join(part(kind, data) for kind, data in enumerate(PICTURES[options % 3 :: 3]))


def escaping() -> Iterable[bytes]:
    """One place for each string, and in it the next strings too."""
    several = words()
    for place in range(len(several)):
        fields = (several[(place + 7 * field) % len(several)][:200] for field in range(5))
        yield bytes([place]) + b"".join(part(field, word) for field, word in enumerate(fields))


def words() -> list[bytes]:
    """The strings that tests put everywhere, and what the kernel takes for commands."""
    strings = json.loads((ROOT / "tests" / "data" / "hostile_strings.json").read_text())
    commands = ["BEGIN_CONTENT text/html", "END_CONTENT", "EXECUTION_COMPLETE", "INPUT_REQUEST", "ERROR_OCCURRED"]
    return [entry["s"].encode() for entry in strings] + [f"\nEVCXR_{command}\n".encode() for command in commands]


def write_words(path: Path) -> None:
    """A dictionary of libFuzzer's: one quoted string a line."""
    quoted = ("".join(f"\\x{byte:02x}" for byte in word[:60]) for word in words() if word)
    path.write_text("".join(f'"{word}"\n' for word in quoted))


def main() -> None:
    corpus = Path(__file__).parent / "corpus"
    for target in (npy, npz, picture_folder, escaping):
        folder = corpus / target.__name__
        folder.mkdir(parents=True, exist_ok=True)
        for seed in target():
            if len(seed) <= LONGEST:
                (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    write_words(corpus / "words.dict")


if __name__ == "__main__":
    main()
