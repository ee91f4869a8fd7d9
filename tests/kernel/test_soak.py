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
from statistics import mean, median

import pytest

from conftest import SET_UP, start
from pictures import png
from runner.kernel import Kernel

CELLS = int(os.environ.get("NDSIGHT_SOAK", "60"))

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
    """What a cell took: of the clock, and of the process for good."""

    seconds: float
    before: Process
    after: Process


@pytest.fixture
def fresh() -> Iterator[Kernel]:
    """A kernel of this test's own, with this crate's prelude in scope."""
    yield from start("ndsight", *SET_UP)


def run(kernel: Kernel, kind: str, how: str, n: int, folder: Path) -> float:
    """Runs a cell, looks at its values, and says how long it took."""
    body = kind if kind == EMPTY else CELL.format(how=how, body=kind)
    result = kernel.run(body.format(n=n, folder=folder))
    assert (result.error, result.stderr) == (None, "")
    if kind in SHOWN and how == RUNS:
        assert SHOWN[kind](n) in result.text
        assert result.bundle.keys() == {"text/html", "image/png", "text/plain"}
    elif kind in PRINTED and how == RUNS:
        assert result.stdout == PRINTED[kind](n)
    return result.seconds


def plan(n: int) -> tuple[str, str]:
    """The cell of a number: three that run, one that rests, one that is empty."""
    if n % 5 == 0:
        return EMPTY, RUNS
    return KINDS[n // 5 % len(KINDS)] if n % 5 == 1 else KINDS[n % len(KINDS)], RESTS if n % 5 == 1 else RUNS


def slower(cells: list[Cell]) -> float:
    """How many times as long the last tenth of the cells took as the first."""
    part = max(len(cells) // 10, 3)
    return median(c.seconds for c in cells[-part:]) / median(c.seconds for c in cells[:part])


def grown(cells: list[Cell], what: str) -> float:
    """What a cell leaves: the first of a kind may set something up."""
    return mean(getattr(c.after, what) - getattr(c.before, what) for c in (cells[1:] or cells))


def test_a_long_session_leaves_nothing_behind(
    fresh: Kernel, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    for i in range(6):
        folder = tmp_path / f"class {i % 2}"
        folder.mkdir(exist_ok=True)
        (folder / f"{i}.png").write_bytes(png(8, 8, bytes(8 * 8 * 3)))
    pid = int(fresh.ok("std::process::id()").text)
    cells: dict[tuple[str, str], list[Cell]] = {}
    for n in range(1, CELLS + 1):
        kind, how = plan(n)
        before = Process.of(pid)
        seconds = run(fresh, kind, how, n, tmp_path)
        cells.setdefault((kind, how), []).append(Cell(seconds, before, Process.of(pid)))
    report(cells)


def report(cells) -> None:
    for (kind, how), of in cells.items():
        print(how, kind.strip()[:40], len(of), f"{slower(of):.2f}", {w: round(grown(of, w), 2) for w in ("threads", "files", "mappings", "memory")})
    all_runs = [c for (k, h), of in cells.items() if h == RUNS and k != EMPTY for c in of]
    all_runs.sort(key=lambda c: c.number) if hasattr(all_runs[0], "number") else None
