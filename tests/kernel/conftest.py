"""Kernels for the tests: one for each module, or a fresh one for a test that spoils it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runner.kernel import Kernel

ROOT = Path(__file__).resolve().parents[2]
SET_UP = [":cache 2000", f':dep ndsight = {{ path = "{ROOT}" }}', "use ndsight::prelude::*;"]


@pytest.fixture(scope="module")
def bare() -> Iterator[Kernel]:
    """A kernel with nothing loaded: evcxr itself."""
    with Kernel(ROOT / "notebooks") as kernel:
        yield kernel


@pytest.fixture
def spoilt() -> Iterator[Kernel]:
    """A kernel with nothing loaded, for a test after which it is of no use."""
    with Kernel(ROOT / "notebooks") as kernel:
        yield kernel


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """A kernel with this crate's prelude in scope."""
    with Kernel(ROOT / "notebooks") as kernel:
        for cell in SET_UP:
            kernel.ok(cell)
        yield kernel
