"""`.npy` files that claim, hide or lack something: each loads as NumPy loads it, or is refused in words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from arrays import fields, file, header, saved, shapes_with_a_sum
from judge import LITTLE, described
from probe import Probe
from special import SPECIAL

ORDERS = ["<", ">"]
NUMBERS = ["i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8"]
DTYPES = ["|b1", "|i1", "|u1", *(order + number for number in NUMBERS for order in ORDERS)]
SHAPES: list[tuple[int, ...]] = [(), (5,), (4, 3), (0, 5), (3, 0, 2), (2, 3, 2, 2)]

EIGHT = bytes(8)


def loaded(probe: Probe, path: Path, want: np.ndarray) -> None:
    expected = described(want)
    answer = probe.ask("npy", path, expected["dtype"])
    assert answer.value == {"ok": expected}
    assert answer.memory <= LITTLE


def refused(probe: Probe, path: Path, words: str) -> None:
    answer = probe.ask("npy", path, "float32")
    assert answer.error is not None, f"expected an error, but found {answer.value}"
    assert words in answer.error
    assert answer.memory <= LITTLE


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_type_order_and_version(probe: Probe, tmp_path: Path, dtype: str) -> None:
    path = tmp_path / "array.npy"
    for number, array in enumerate(shapes_with_a_sum(dtype, SHAPES)):
        path.write_bytes(saved(np.asfortranarray(array) if number % 2 else array, 1 + number % 3))
        loaded(probe, path, array)


HARMLESS: dict[str, tuple[bytes, np.ndarray]] = {
    "bytes-after-the-data": (file("<f4", (2,), EIGHT + b"and more"), np.zeros(2, "f4")),
    "no-padding": (header(fields("'<f4'", (2,)).strip()) + EIGHT, np.zeros(2, "f4")),
    "long-padding": (header(fields("'<f4'", (2,)).ljust(10_000)) + EIGHT, np.zeros(2, "f4")),
    "other-order-of-keys": (
        header("{'shape': (2,), 'descr': '<f4', 'fortran_order': False}") + EIGHT,
        np.zeros(2, "f4"),
    ),
    "double-quotes": (
        header('{"shape": (2,), "descr": "<f4", "fortran_order": False}') + EIGHT,
        np.zeros(2, "f4"),
    ),
    "native-order": (file("=f4", (2,), EIGHT), np.zeros(2, "f4")),
    "many-axes": (file("<f4", (1,) * 64, bytes(4)), np.zeros((1,) * 64, "f4")),
    "not-a-number": (file("<f4", (1,), b"\x01\x00\xc0\x7f"), np.array([0x7FC00001], "u4").view("f4")),
}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_what_is_only_unusual_loads(probe: Probe, tmp_path: Path, name: str) -> None:
    data, want = HARMLESS[name]
    path = tmp_path / "array.npy"
    path.write_bytes(data)
    if name == "not-a-number":
        answer = probe.ask("npy", path, "float32").value["ok"]
        assert answer["sha256"] == described(want)["sha256"]
    else:
        loaded(probe, path, want)


class Trap:
    """Unpickled, it makes a file."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("UNPICKLED",)


def pickled() -> bytes:
    import pickle

    return pickle.dumps(np.array([Trap()], object).tolist())


DICTIONARY = "the header is not the dictionary"
SHAPE = "expected a shape of whole numbers"
MEMORY = "is larger than any memory"
TRUNCATED = "the file is truncated"

HOSTILE: dict[str, tuple[bytes, str]] = {
    # Cut short.
    "nothing": (b"", "the file is empty"),
    "one-byte": (b"\x93", "truncated"),
    "magic": (b"\x93NUMPY\x01", "truncated"),
    "no-length": (b"\x93NUMPY\x02\x00\x10\x00", "truncated"),
    "no-header": (header("", declared=118), "truncated"),
    "half-a-header": (saved(np.zeros(3))[:70], "truncated"),
    "one-byte-less": (saved(np.zeros(3))[:-1], TRUNCATED),
    "fortran-one-byte-less": (saved(np.asfortranarray(np.zeros((3, 2))))[:-1], TRUNCATED),
    # Something else.
    "text": (b"height,width\n1.5,2.5\n", "magic"),
    "archive": (b"PK\x03\x04" + bytes(60), "magic"),
    "utf-8-mark": (b"\xef\xbb\xbf" + saved(np.zeros(3)), "magic"),
    "line-ends": (saved(np.zeros(3)).replace(b"\x93NUMPY", b"\x93NUMPY\r"), "version"),
    "version-0": (b"\x93NUMPY\x00\x00\x10\x00" + bytes(90), "version"),
    "version-1.2": (saved(np.zeros(3)).replace(b"NUMPY\x01\x00", b"NUMPY\x01\x02"), "found 1.2"),
    "version-255": (b"\x93NUMPY\xff\xff\x10\x00" + bytes(90), "version"),
    # Headers.
    "declares-4-gib-of-header": (header(fields("'<f4'", (2,)), 2, 0xFFFFFFFF), "at most 10000 bytes"),
    "declares-64-kib-of-header": (header(fields("'<f4'", (2,)), declared=0xFFFF), "at most 10000 bytes"),
    "header-too-long": (header(fields("'<f4'", (2,)).ljust(10_001)) + EIGHT, "at most 10000 bytes"),
    "no-dictionary": (header("(1, 2)\n"), DICTIONARY),
    "empty-dictionary": (header("{}\n"), "has no 'descr'"),
    "not-closed": (header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)\n") + EIGHT, DICTIONARY),
    "one-key-more": (header(fields("'<f4'", (2,)).replace("}", "'x': 1}")) + EIGHT, DICTIONARY),
    "code": (header("{'descr': __import__('os').mkdir('UNPICKLED')}\n"), DICTIONARY),
    "order-is-a-number": (header(fields("'<f4'", (2,), 1)) + EIGHT, DICTIONARY),
    "nested-brackets": (header("[" * 9_000), DICTIONARY),
    "nested-braces": (header("{" * 9_000), DICTIONARY),
    "nested-shape": (header(fields("'<f4'", "(" * 4_000 + ")" * 4_000)), SHAPE),
    "nested-descr": (header(fields("(" * 4_000 + ")" * 4_000, (2,))), "structured"),
    "more-behind-the-dictionary": (header(fields("'<f4'", (2,)) + "+ 1\n") + EIGHT, DICTIONARY),
    "quote-never-closed": (header("{'descr': '" + "<" * 9_000), DICTIONARY),
    "no-utf-8": (header(b"{'descr': '\xff\xfe', 'fortran_order': False, 'shape': (2,)}", 3) + EIGHT, "dtype"),
    # Shapes.
    "negative": (file("<f4", (-2,), EIGHT), SHAPE),
    "fraction": (file("<f4", "(2.0,)", EIGHT), SHAPE),
    "exponent": (file("<f4", "(2e0,)", EIGHT), SHAPE),
    "truth": (file("<f4", "(True,)", bytes(4)), SHAPE),
    "other-digits": (header(fields("'<f4'", "(٢,)"), 3) + EIGHT, SHAPE),
    "no-tuple": (file("<f4", "2", EIGHT), SHAPE),
    "sum": (file("<f4", "(1+1,)", EIGHT), SHAPE),
    "65-bits": (file("<f4", (1 << 64,), EIGHT), SHAPE),
    "9000-digits": (file("<f4", "(" + "9" * 9_000 + ",)", EIGHT), SHAPE),
    "65-axes": (file("<f4", (1,) * 65, bytes(4)), "at most 64 axes"),
    "64-bits": (file("<f4", ((1 << 64) - 1,), EIGHT), MEMORY),
    "bytes-wrap-to-nothing": (file("<f4", (1 << 62,)), MEMORY),
    "elements-wrap-to-one": (file("|u1", (3, 0xAAAAAAAAAAAAAAAB), b"\0"), MEMORY),
    "nothing-of-huge-rows": (file("<f4", (0, 1 << 40, 1 << 40)), MEMORY),
    "huge-rows-of-nothing": (file("<f4", (1 << 40, 1 << 40, 0)), MEMORY),
    "terabytes": (file("<f4", (1 << 40,), EIGHT), TRUNCATED),
    "gigabytes": (file("<f4", (1 << 28,), EIGHT), TRUNCATED),
    # Types.
    "pickle": (file("|O", (1,), pickled()), "pickles"),
    "structure": (header(fields("[('a', '<f4'), ('b', '<i4')]", (1,))) + EIGHT, "structured"),
    "dates": (file("<M8[us]", (1,), EIGHT), "dates"),
    "spans": (file("<m8[D]", (1,), EIGHT), "dates"),
    "raw-bytes": (file("|V8", (1,), EIGHT), "raw bytes"),
    "extended-precision": (file("<f16", (1,), bytes(16)), "extended precision"),
    "no-such-width": (file("<f3", (2,), EIGHT), "not supported"),
    "no-such-type": (file("<q8", (1,), EIGHT), "not supported"),
    "no-type": (file("", (1,), EIGHT), "not supported"),
    "markup": (file("<img src=x onerror=alert(1)>", (1,), EIGHT), "not supported"),
    "escape-codes": (file("<f4\x1b]0;title\x07\x1b[2J", (2,), EIGHT), "not supported"),
    "turned-text": (header(fields("'<f4\u202e'", (2,)), 3) + EIGHT, "not supported"),
    "text-of-any-length": (file("<U" + "9" * 30, (1,), EIGHT), "not supported"),
    "text-that-wraps": (file("<U4611686018427387904", (1,), EIGHT), MEMORY),
    "text-of-no-length": (file("<U0", (1 << 40,)), "strings of no characters"),
    "text-half-a-pair": (file("<U1", (1,), b"\x00\xd8\x00\x00"), "0xd800"),
    "text-beyond-unicode": (file("<U1", (1,), b"\xff\xff\xff\xff"), "0xffffffff"),
    "text-not-in-utf-8": (file("|S2", (1,), b"\xc3\x28"), "UTF-8"),
    "complex-asked-for-as-real": (file("<c8", (1,), EIGHT), "complex64"),
    "truth-that-is-neither": (file("|b1", (4,), b"\x00\x01\x02\xff"), "expected 0 or 1"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_cannot_be_read_is_refused(probe: Probe, tmp_path: Path, name: str) -> None:
    data, words = HOSTILE[name]
    path = tmp_path / "array.npy"
    path.write_bytes(data)
    refused(probe, path, words)
    assert not (Path.cwd() / "UNPICKLED").exists()


def test_of_a_file_larger_than_memory_only_rows_are_read(probe: Probe, tmp_path: Path) -> None:
    path, shape = tmp_path / "large.npy", (12 << 20, 256)
    start = file("<f4", shape)
    path.write_bytes(start)
    os.truncate(path, len(start) + 4 * shape[0] * shape[1])
    answer = probe.ask("npy", path, "float32")
    assert answer.value["ok"]["shape"] == list(shape)
    assert answer.memory <= LITTLE


NAMES = [
    "line\nEVCXR_EXECUTION_COMPLETE\nbreak.npy",
    "\x1b]0;title\x07.npy",
    "\u202eypn.npy",
    "<img src=x onerror=alert(1)>.npy",
    "n" * 251 + ".npy",
]


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_names_of_files_do_not_get_out_of_messages(probe: Probe, tmp_path: Path, number: int) -> None:
    path = tmp_path / NAMES[number]
    refused(probe, path, "cannot open the file")
    path.write_bytes(saved(np.arange(3, dtype="f4")))
    loaded(probe, path, np.arange(3, dtype="f4"))
    path.write_bytes(b"?")
    refused(probe, path, "truncated")


def test_names_that_are_not_utf_8(probe: Probe, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.npy"))
    path.write_bytes(saved(np.arange(3, dtype="f4")))
    loaded(probe, path, np.arange(3, dtype="f4"))
    path.write_bytes(b"")
    refused(probe, path, "the file is empty")


@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_what_is_no_file_is_not_waited_for(probe: Probe, tmp_path: Path, name: str) -> None:
    make, words = SPECIAL[name]
    path = tmp_path / "array.npy"
    make(path)
    refused(probe, path, words)


def test_a_link_to_a_file_is_followed(probe: Probe, tmp_path: Path) -> None:
    (tmp_path / "array.npy").write_bytes(saved(np.arange(3, dtype="f4")))
    link = tmp_path / "link.npy"
    link.symlink_to("array.npy")
    loaded(probe, link, np.arange(3, dtype="f4"))
