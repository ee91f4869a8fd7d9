"""A long session: cells that load, change, plot and show leave nothing behind in the process.

`NDSIGHT_SOAK=500` runs so many cells; without it there are fewer. Each cell of evcxr is a
library that stays loaded, so what cells leave is compared with what their twins leave:
cells of the same code that do not run it. Cells that are empty tell whether the kernel
itself becomes slower.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from conftest import SET_UP, start
from pictures import png
from runner.kernel import Kernel

CELLS = int(os.environ.get("NDSIGHT_SOAK", "60"))

# KiB that every cell may leave beyond its twin, and that all may on average, but for the steps by which the heap grows.
MOST_LEFT = 8
HEAP_STEP = 4_608

# Of fewer cells than that, each may have met such a step: six were seen to leave 36 KiB, where cells that kept what
# they showed left 85.
MANY = 20
MOST_LEFT_BY_FEW = 64

# What a cell does, told from what it would do.
RUNS, RESTS = "<", ">"
CELL = "if std::env::args().count() {how} 99 {{{{ {body} }}}}"
EMPTY = "print!(\"{n}\");"

# No two of these are the same, as the kernel keeps what it has built.
LOADS = 'print!("{{}}", Dataset::from_npz("data/digits.npz")?.skip({n} % 100).batch(32)?.len()?);'
MAPS = """
    let ds = Dataset::from_npy("data/iris.npy")?.map(|x: Array1<f64>| x * {n}.0)?.batch(10)?;
    print!("{{:.0}}", ds.iter().map(|b| b.unwrap().array::<f64, Ix2>(0).unwrap().sum()).sum::<f64>());
"""
THREADS = """
    let ds = Dataset::range(0..500).map_parallel(2, |x: i64| x + {n})?.prefetch(4);
    print!("{{}}", ds.iter().map(|e| e.unwrap().scalar::<i64>(0).unwrap()).sum::<i64>());
"""
PICTURES = 'Dataset::from_images("{folder}")?.batch(4)?.at(0)?.images().title("cell {n}").show();'
PLOTS = 'Dataset::from_npz("data/iris.npz")?.hist().bins(3 + {n} % 20).title("cell {n}").show();'
CARDS = 'Dataset::from_npz("data/iris.npz")?.take(20 + {n} % 100).show();'

# What they print, and what is in the text that they show.
PRINTED: dict[str, Callable[[int], str]] = {
    LOADS: lambda n: str(-(-(1797 - n % 100) // 32)),
    MAPS: lambda n: f"{2078.7 * n:.0f}",
    THREADS: lambda n: str(124750 + 500 * n),
}
SHOWN: dict[str, Callable[[int], str]] = {
    PICTURES: lambda n: f"cell {n}",
    PLOTS: lambda n: f"cell {n}",
    CARDS: lambda n: f"{20 + n % 100} elements",
}
KINDS = [*PRINTED, *SHOWN]


@dataclass
class Process:
    """What a process has."""

    threads: int
    files: int
    mappings: int
    # In KiB: without the pages of files, of which a larger library has more.
    memory: int

    @staticmethod
    def of(pid: int) -> Process:
        here = Path("/proc") / str(pid)
        status = dict(line.split(":", 1) for line in (here / "status").read_text().splitlines())
        return Process(
            len(os.listdir(here / "task")),
            len(os.listdir(here / "fd")),
            len((here / "maps").read_text().splitlines()),
            int(status["RssAnon"].removesuffix("kB")),
        )


@dataclass
class Cell:
    """A cell that ran: how long it took, and the process before and after."""

    kind: str
    how: str
    seconds: float
    before: Process
    after: Process

    def left(self, what: str) -> int:
        return int(getattr(self.after, what) - getattr(self.before, what))


@pytest.fixture
def fresh() -> Iterator[Kernel]:
    """A kernel of this test's own, with this crate's prelude in scope."""
    yield from start("ndsight", *SET_UP)


def plan(n: int) -> tuple[str, str]:
    """The cell of a number: three that run, one that rests, one that is empty."""
    if n % 5 == 0:
        return EMPTY, RUNS
    if n % 5 == 1:
        return KINDS[n // 5 % len(KINDS)], RESTS
    return KINDS[n % len(KINDS)], RUNS


def run(kernel: Kernel, n: int, folder: Path) -> tuple[str, str, float]:
    """Runs a cell, looks at its values, and says how long it took."""
    kind, how = plan(n)
    body = kind if kind == EMPTY else CELL.format(how=how, body=kind)
    result = kernel.run(body.format(n=n, folder=folder))
    assert (result.error, result.stderr) == (None, "")
    if kind in SHOWN and how == RUNS:
        assert SHOWN[kind](n) in result.text
        assert result.bundle.keys() == {"text/html", "image/png", "text/plain"}
    elif kind in PRINTED and how == RUNS:
        assert result.stdout == PRINTED[kind](n)
    return kind, how, result.seconds


def settled(cells: list[Cell]) -> list[Cell]:
    """The second half: in the first the heap still becomes as large as it must."""
    return cells[len(cells) // 2 :]


def left(cells: list[Cell], what: str) -> int:
    """What every cell leaves. The heap grows in steps, and the cell with which it does so leaves more."""
    return min(cell.left(what) for cell in cells)


def slower(cells: list[Cell]) -> float:
    """How many times as long the last cells took as the first."""
    part = max(len(cells) // 6, 6)
    return median(c.seconds for c in cells[-part:]) / median(c.seconds for c in cells[:part])


def test_a_long_session_leaves_nothing_behind(fresh: Kernel, tmp_path: Path) -> None:
    for i in range(6):
        folder = tmp_path / f"class {i % 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"{i}.png").write_bytes(png(8, 8, bytes(8 * 8 * 3)))
    pid = int(fresh.ok("std::process::id()").text)
    cells = []
    for n in range(1, CELLS + 1):
        before = Process.of(pid)
        cells.append(Cell(*run(fresh, n, tmp_path), before, Process.of(pid)))
    judge(cells)


def judge(cells: list[Cell]) -> None:
    def of(kind: str, how: str) -> list[Cell]:
        return [cell for cell in cells if (cell.kind, cell.how) == (kind, how)]

    first, last = cells[0].before, cells[-1].after
    assert (last.threads, last.files) == (first.threads, first.files)
    for kind in KINDS:
        ran, rested = of(kind, RUNS), of(kind, RESTS)
        memory = left(ran, "memory"), left(rested, "memory")
        # `pytest -s` shows it.
        print(f"{kind.strip()[:60]}: {len(ran)} cells, {slower(ran):.2f}, KiB left: {memory}")
        assert left(ran, "mappings") == left(rested, "mappings")
        assert memory[0] - memory[1] <= (MOST_LEFT if len(ran) >= MANY else MOST_LEFT_BY_FEW), kind
    late = settled(cells)
    twins = sum(left(of(cell.kind, RUNS if cell.kind == EMPTY else RESTS), "memory") for cell in late)
    grown = last.memory - late[0].before.memory
    print(f"the second half left {grown} KiB, its twins would {twins}")
    assert grown - twins <= len(late) * MOST_LEFT + HEAP_STEP
    working = [cell for cell in cells if cell.kind != EMPTY and cell.how == RUNS]
    ratios = slower(working), slower(of(EMPTY, RUNS))
    print(f"slower by the end: {ratios[0]:.2f}, empty cells {ratios[1]:.2f}; {first} became {last}")
    assert ratios[0] <= 1.5 * ratios[1]
