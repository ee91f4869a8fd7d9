"""Runs notebooks and exits with 1 if a cell is at fault.

usage: python -m runner OUT NOTEBOOK...

Executed copies and HTML pages go to the folder OUT.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from .kernel import CellResult
from .notebook import Fault, first_line, run_notebook
from .publish import publish


def report(number: int, source: str, result: CellResult) -> None:
    """One line for each cell, as soon as it has run."""
    shows = ", ".join(mime for bundle in result.bundles for mime in bundle)
    print(f"  {number:3} {result.seconds:6.1f} s  {first_line(source):60} {shows}", flush=True)


def run(source: Path, out: Path) -> list[Fault]:
    """Runs one notebook and writes it out, faults or not: one wants to see them."""
    print(f"\n{source.name}", flush=True)
    start = time.perf_counter()
    notebook, found = run_notebook(source, report)
    files = publish(notebook, source, out)
    for fault in found:
        print(f"\nFAULT {fault}", file=sys.stderr, flush=True)
    print(f"  {time.perf_counter() - start:.0f} s in all, written to {files[1]}", flush=True)
    return found


def main(arguments: list[str]) -> int:
    """Runs all notebooks named, the good ones too when one is bad."""
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    out, *sources = map(Path, arguments)
    found = [fault for source in sources for fault in run(source, out)]
    if found:
        print(f"\n{len(found)} fault(s):", file=sys.stderr)
    for fault in found:
        head = str(fault).partition("\n")[0]
        print(f"  {head}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
