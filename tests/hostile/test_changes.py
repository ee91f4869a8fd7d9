"""A data set stands on a file while NumPy, or a user, does something to that file.

The data set may give the values that were there when it was opened, or an error; never other values.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from judge import described
from probe import Probe, Watch

# 72 MiB of float32: more than what is read when a file is opened.
ROWS, COLUMNS = 1 << 20, 18
OLD = np.arange(ROWS * COLUMNS, dtype="f4").reshape(ROWS, COLUMNS)
NEW = OLD + 1
SMALL = NEW[:1000]

# Far apart, so that none is read ahead with another.
SOME = [7, ROWS // 2, ROWS - 1, 3]

CHANGED = "the file changed since it was opened"


def old(index: int) -> dict[str, Any]:
    return {"ok": described(OLD[index])}


def write_in_place(path: Path) -> None:
    """Values alone, over those that were there."""
    np.lib.format.open_memmap(path, mode="r+")[:] = NEW


def append(path: Path) -> None:
    with path.open("ab") as grown:
        grown.write(SMALL.tobytes())


def cut(path: Path) -> None:
    os.truncate(path, OLD.nbytes // 3)


def empty(path: Path) -> None:
    os.truncate(path, 0)


# What is done, each with what the user did.
SPOILT: dict[str, Callable[[Path], None]] = {
    "saved again, smaller": lambda path: np.save(path, SMALL),
    "saved again, of the same size": lambda path: np.save(path, NEW),
    "saved again, of another type": lambda path: np.save(path, NEW.view("i4")),
    "saved again, twice as large": lambda path: np.save(path, np.concatenate([NEW, NEW])),
    "values written in place": write_in_place,
    "rows appended": append,
    "cut": cut,
    "emptied": empty,
}


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_a_file_that_was_written_to_is_an_error(probe: Probe, tmp_path: Path, what: str) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, OLD)
    with probe.watch(path) as watch:
        assert [watch.row(index) for index in SOME] == [old(index) for index in SOME]
        SPOILT[what](path)
        for index in SOME:
            assert CHANGED in watch.row(index)["err"]


def replaced(path: Path) -> None:
    """As careful writers do it."""
    other = path.with_suffix(".tmp.npy")
    np.save(other, NEW)
    other.rename(path)


def moved_away(path: Path) -> None:
    path.rename(path.with_suffix(".old"))
    np.save(path, NEW)


def deleted(path: Path) -> None:
    path.unlink()
    np.save(path, NEW)


KEPT: dict[str, Callable[[Path], None]] = {
    "replaced by another": replaced,
    "moved away": moved_away,
    "deleted": Path.unlink,
    "deleted, and saved again": deleted,
}


@pytest.mark.parametrize("what", sorted(KEPT))
def test_an_open_file_outlives_its_name(probe: Probe, tmp_path: Path, what: str) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, OLD)
    with probe.watch(path) as watch:
        KEPT[what](path)
        assert [watch.row(index) for index in SOME] == [old(index) for index in SOME]


@pytest.mark.parametrize("what", sorted(SPOILT | KEPT))
def test_a_small_file_is_in_memory(probe: Probe, tmp_path: Path, what: str) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, OLD[:1000])
    with probe.watch(path) as watch:
        if what == "values written in place":
            np.lib.format.open_memmap(path, mode="r+")[:] = NEW[:1000]
        else:
            (SPOILT | KEPT)[what](path)
        assert [watch.row(index) for index in (0, 999)] == [old(0), old(999)]


def outcome(watch: Watch, index: int) -> str:
    answer = watch.row(index)
    if answer == old(index):
        return "old"
    assert CHANGED in answer["err"]
    return "error"


def test_while_it_is_saved_again_and_again(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, OLD)
    random = np.random.default_rng(5)
    begun = threading.Event()

    def save() -> None:
        for number in range(4):
            begun.set()
            np.save(path, NEW + number)

    with probe.watch(path) as watch:
        writer = threading.Thread(target=save)
        assert outcome(watch, 0) == "old"
        writer.start()
        begun.wait()
        found = []
        while writer.is_alive():
            found.append(outcome(watch, int(random.integers(ROWS))))
        writer.join()
        assert found
        assert outcome(watch, ROWS - 1) == "error"
    # Opened again, it is what it holds now.
    with probe.watch(path) as watch:
        assert watch.row(5) == {"ok": described(NEW[5] + 3)}


def test_an_archive_that_was_saved_again_is_an_error(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "rows.npz"
    np.savez(path, x=OLD)
    with probe.watch(path) as watch:
        assert watch.row(9) == old(9)
        np.savez(path, x=NEW)
        error = watch.row(ROWS - 1)["err"]
        assert CHANGED in error and "member 'x.npy'" in error
