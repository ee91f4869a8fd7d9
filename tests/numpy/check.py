"""NumPy's side of the exchange: writes files for the crate to read, and reads those it wrote.

    check.py write FOLDER
    check.py read FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

# Two rows of each type, with the ends of its range among them.
ARRAYS = {
    "bool": np.array([True, False]),
    "int8": np.array([-128, 1], "i1"),
    "int16": np.array([-32768, 1], "i2"),
    "int32": np.array([-(2**31), 1], "i4"),
    "int64": np.array([-(2**63), 1], "i8"),
    "uint8": np.array([0, 255], "u1"),
    "uint16": np.array([0, 65535], "u2"),
    "uint32": np.array([0, 2**32 - 1], "u4"),
    "uint64": np.array([0, 2**64 - 1], "u8"),
    "float16": np.array([0.5, -65504], "f2"),
    "float32": np.array([np.finfo("f4").min, np.inf], "f4"),
    "float64": np.array([np.finfo("f8").min, 5e-324]),
    "complex64": np.array([1 - 2j, 0.5j], "c8"),
    "complex128": np.array([1 - 2j, 0.5j], "c16"),
    "string": np.array(["cat", "naïve 🐈"]),
}
TABLE = np.arange(24, dtype="f4").reshape(4, 3, 2)


def write(folder: Path) -> None:
    for name, array in ARRAYS.items():
        np.save(folder / f"{name}.npy", array)
        np.save(folder / f"{name}-swapped.npy", array.astype(array.dtype.newbyteorder(">")))
    np.save(folder / "bytes.npy", np.array([b"cat", b"dog!"]))
    np.save(folder / "table.npy", TABLE)
    np.save(folder / "fortran.npy", np.asfortranarray(TABLE))
    np.save(folder / "strided.npy", TABLE[::-1, :, ::-1])
    np.savez(folder / "plain.npz", x=TABLE, y=np.arange(4))
    np.savez_compressed(folder / "packed.npz", x=np.asfortranarray(TABLE), y=np.arange(4))


def read(folder: Path) -> None:
    for name, array in ARRAYS.items():
        same(np.load(folder / f"{name}.npy"), array)
    for archive in ["plain.npz", "packed.npz"]:
        with np.load(folder / archive) as members:
            assert members.files == [*ARRAYS], members.files
            for name, array in ARRAYS.items():
                same(members[name], array)
    same(np.load(folder / "table.npy"), TABLE)
    same(np.load(folder / "turned.npy"), np.ascontiguousarray(TABLE.T))
    assert sorted(np.load(folder / "shuffled.npy")[:, 0]) == list(range(1000))
    assert np.load(folder / "empty.npy").shape == (0, 3)
    with np.load(folder / "pair.npz") as members:
        same(members["arr_0"], np.arange(4, dtype="f8"))
        same(members["arr_1"], np.array(["a", "b", "c", "d"]))
    # A saved data set is made of files of NumPy's, too.
    same(np.load(folder / "saved" / "0.npy"), np.arange(4, dtype="f8"))


def same(found: object, expected: object) -> None:
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.dtype == expected.dtype, (found.dtype, expected.dtype)
    np.testing.assert_array_equal(found, expected)


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
