"""Writes executed notebooks for reading: a copy that can be run on, and a page."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

# The notebooks name this crate and its data relative to where they lie.
CRATE = 'path = ".."'


def publish(notebook: nbformat.NotebookNode, source: Path, out: Path) -> list[Path]:
    """Writes NAME.ipynb and NAME.html into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    moved = relocate(notebook, source.resolve().parent, out.resolve())
    link_data(source.resolve().parent / "data", out / "data")
    page, _ = HTMLExporter().from_notebook_node(moved, resources={"metadata": {"name": source.stem}})
    files = [out / source.name, out / f"{source.stem}.html"]
    _write(files[0], nbformat.writes(moved))
    _write(files[1], page)
    return files


def relocate(notebook: nbformat.NotebookNode, home: Path, out: Path) -> nbformat.NotebookNode:
    """A copy whose `:dep` finds this crate from the folder `out`."""
    path = Path(os.path.relpath(home.parent, out)).as_posix()
    moved = copy.deepcopy(notebook)
    for cell in moved.cells:
        if cell.cell_type == "code":
            cell.source = cell.source.replace(CRATE, f'path = "{path}"')
    return moved


def link_data(data: Path, link: Path) -> None:
    """Makes the data reachable beside the executed copies."""
    if data.is_dir() and not link.exists():
        link.symlink_to(os.path.relpath(data, link.resolve().parent), target_is_directory=True)


def _write(path: Path, text: str) -> None:
    """Replaces a file in one step, so that a reader never sees half of it."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
