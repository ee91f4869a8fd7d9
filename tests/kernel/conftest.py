"""Kernels for the tests: one for each module, or a fresh one for a test that spoils it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.kernel import Kernel

ROOT = Path(__file__).resolve().parents[2]
SET_UP = [
    ":cache 2000",
    f':dep ndsight = {{ path = "{ROOT}" }}\n:dep image = {{ version = "0.25", default-features = false }}',
    "use ndsight::prelude::*;",
    # The first question mark of a session spoils the display of its own cell.
    "Ok::<(), ndsight::Error>(())?;",
]


def start(workspace: str, *cells: str) -> Iterator[Kernel]:
    """A kernel in which `cells` have run."""
    with Kernel(ROOT / "notebooks", workspace) as kernel:
        for cell in cells:
            kernel.ok(cell)
        yield kernel


@pytest.fixture(scope="module")
def bare() -> Iterator[Kernel]:
    """A kernel with nothing loaded: evcxr itself."""
    yield from start("bare")


@pytest.fixture
def spoilt() -> Iterator[Kernel]:
    """A kernel with nothing loaded, for a test after which it is of no use."""
    yield from start("spoilt")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """A kernel with this crate's prelude in scope."""
    yield from start("ndsight", *SET_UP)


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """A kernel whose cells share the statics of this crate, as dynamic linking makes them.

    With Rust 1.95 evcxr 0.22 cannot build dependencies in that mode that name
    the `core` crate, and ours do.
    """
    with Kernel(ROOT / "notebooks", "shared") as kernel:
        kernel.ok(":allow_static_linking 0")
        if any(kernel.run(cell).error for cell in SET_UP):
            pytest.skip("this evcxr cannot build our dependencies with dynamic linking")
        yield kernel
