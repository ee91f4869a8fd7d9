"""Good files with a few bytes changed, removed or put in: an error, or what NumPy finds too."""

from __future__ import annotations

import io
import random
import warnings
from pathlib import Path

import numpy as np
import pytest

from archives import archive
from arrays import saved, shapes_with_a_sum
from judge import LITTLE, described
from pictures import bmp, gif, gray_jpeg, png
from probe import Probe

X = np.arange(12, dtype="f4").reshape(4, 3)
ARRAYS = [saved(array) for dtype in ("<f4", ">i2", "|b1") for array in shapes_with_a_sum(dtype, [(4, 3), (0, 5)])]
ARCHIVES = [archive({"x.npy": saved(X), "y.npy": saved(X[:, 0])}, deflate) for deflate in (False, True)]
PICTURES = [
    png(7, 5, bytes(range(105))),
    gray_jpeg(40, 24),
    bmp(7, 5, bytes(range(120))),
    gif(7, 5),
]

# What headers are made of, so that some changes are meant.
WORDS = [b"0", b"9", b"-", b"(", b"[", b"{", b"'", b"\0", b"\xff", b"99999999999", b"True", b"<f8", b"|O", b"PK\x05\x06"]


def mutated(data: bytes, seed: int) -> bytes:
    """The same change for the same seed, in every version of Python."""
    dice = random.Random(seed)
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 1, 2, 5])):
        # Half of the changes are near the beginning, where files say what they are.
        at = dice.randrange(len(changed) if dice.random() < 0.5 else min(len(changed), 130))
        match dice.randrange(5):
            case 0:
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at] = dice.choice([0, 1, 0x7F, 0x80, 0xFF])
            case 2:
                word = dice.choice(WORDS)
                changed[at : at + len(word)] = word
            case 3:
                del changed[at : at + dice.randrange(1, 9)]
            case _:
                del changed[at + 1 :]
        if not changed:
            break
    return bytes(changed)


def numpys(data: bytes) -> np.ndarray | None:
    """What NumPy reads, if it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return np.load(io.BytesIO(data), allow_pickle=False)
        except Exception:
            return None


@pytest.mark.parametrize("block", range(10))
def test_arrays(probe: Probe, tmp_path: Path, block: int) -> None:
    path = tmp_path / "array.npy"
    for seed in range(30 * block, 30 * block + 30):
        data = mutated(ARRAYS[seed % len(ARRAYS)], seed)
        path.write_bytes(data)
        theirs = numpys(data)
        request = theirs.dtype.name if isinstance(theirs, np.ndarray) and theirs.dtype.kind in "biuf" else "float32"
        ours = probe.ask("npy", path, "float32" if request == "float16" else request)
        assert ours.memory <= LITTLE
        if ours.error is None:
            assert theirs is not None, f"seed {seed}: {ours.value}"
            assert ours.value["ok"]["shape"] == list(theirs.shape), seed
            assert ours.value["ok"]["sha256"] == described(theirs)["sha256"], seed


@pytest.mark.parametrize("block", range(5))
def test_archives(probe: Probe, tmp_path: Path, block: int) -> None:
    """The checksum stands for the values: a member that loads is what it was, or of another name, shape or type."""
    path = tmp_path / "arrays.npz"
    for seed in range(30 * block, 30 * block + 30):
        path.write_bytes(mutated(ARCHIVES[seed % len(ARCHIVES)], seed))
        ours = probe.ask("npz", path)
        assert ours.memory <= LITTLE
        for member in ours.value.get("members", {}).values():
            assert member["ok"] in (described(X), described(X[:, 0])), seed


@pytest.mark.parametrize("block", range(5))
def test_pictures(probe: Probe, tmp_path: Path, block: int) -> None:
    path = tmp_path / "picture.png"
    for seed in range(30 * block, 30 * block + 30):
        path.write_bytes(mutated(PICTURES[seed % len(PICTURES)], seed))
        ours = probe.ask("image", path)
        # Up to 512 MiB of pixels are a picture, if somebody declares them.
        assert ours.memory <= 1024
