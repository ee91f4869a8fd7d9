"""Runs one notebook top to bottom and writes what came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_output

from .expect import expectations, faults
from .kernel import CellResult, Kernel


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell of one notebook."""

    notebook: str
    cell: int
    source: str
    what: str

    def __str__(self) -> str:
        return f"{self.notebook}, cell {self.cell} ({first_line(self.source)}): {self.what}"


# Called with the number of the cell, its source and its result.
Progress = Callable[[int, str, CellResult], None]


def run_notebook(path: Path, progress: Progress) -> tuple[nbformat.NotebookNode, list[Fault]]:
    """Runs the cells of a notebook in a kernel of its own, where the notebook lies.

    Stops at the first cell at fault: those after it would only repeat it.
    Cells are counted from 1, prose included, as one counts them on the page.
    """
    notebook = nbformat.read(path, as_version=4)
    found = _missing_declarations(path.name, notebook)
    with Kernel(path.resolve().parent) as kernel:
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            result = kernel.run(cell.source)
            progress(number, cell.source, result)
            cell.outputs, cell.execution_count = outputs(result), number
            expected = expectations(cell.metadata.get("tags", []))
            wrong = faults(result, expected)
            if wrong:
                found += [Fault(path.name, number, cell.source, what) for what in wrong]
                break
    return notebook, found


def _missing_declarations(name: str, notebook: nbformat.NotebookNode) -> list[Fault]:
    """A notebook none of whose cells declares anything could show nothing and pass."""
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])]
    if expectations(tags):
        return []
    return [Fault(name, 0, "the whole notebook", "no cell has a tag that says what it shows")]


def outputs(result: CellResult) -> list[nbformat.NotebookNode]:
    """A cell's result as a notebook stores it."""
    stored = [
        new_output("stream", name=name, text=text)
        for name, text in (("stdout", result.stdout), ("stderr", result.stderr))
        if text
    ]
    stored += [new_output("display_data", data=bundle) for bundle in result.bundles]
    if result.error:
        name, _, trace = result.error.partition("\n")
        stored.append(new_output("error", ename="", evalue=name, traceback=trace.split("\n")))
    return stored


def first_line(source: str) -> str:
    """A cell's first line, shortened to fit a line of the terminal."""
    line = source.strip().partition("\n")[0]
    return line if len(line) <= 60 else line[:57] + "…"
