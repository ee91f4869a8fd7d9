"""Files of arrays as NumPy would not write them."""

from __future__ import annotations

import struct
from collections.abc import Iterable

import numpy as np

MAGIC = b"\x93NUMPY"


def header(text: str | bytes, version: int = 1, declared: int | None = None) -> bytes:
    """Everything before the data. `declared` is the length that the file claims for the text."""
    body = text if isinstance(text, bytes) else text.encode("utf-8")
    length = len(body) if declared is None else declared
    return MAGIC + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", length) + body


def fields(descr: str, shape: object, order: object = False) -> str:
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


def file(descr: str, shape: object, data: bytes = b"", **header_options: int) -> bytes:
    """A file of version 1 that claims that type and shape, and holds these bytes."""
    return header(fields(repr(descr), shape), **header_options) + data


def saved(array: np.ndarray, version: int = 1) -> bytes:
    """What an honest writer makes of an array, in its own order of bytes and axes."""
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    text = fields(repr(array.dtype.str), array.shape, fortran)
    prefix = 10 if version == 1 else 12
    padding = -(prefix + len(text)) % 64
    text = text[:-1] + " " * padding + "\n"
    return header(text, version) + array.tobytes("F" if fortran else "C")


def shapes_with_a_sum(dtype: str, shapes: Iterable[tuple[int, ...]]) -> list[np.ndarray]:
    """Arrays of small whole numbers, whose sums are exact in every type."""
    random = np.random.default_rng(7)
    return [random.integers(0, 2 if dtype == "|b1" else 100, shape).astype(dtype) for shape in shapes]
