"""The committed notebooks: clean, tagged, and formatted so that changes read well."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from runner.expect import KNOWN, expectations
from runner.publish import relocate

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert [path.name for path in NOTEBOOKS][:3] == [
        "01_images.ipynb",
        "02_histograms.ipynb",
        "03_scatter.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
class TestNotebook:
    def test_no_outputs_are_committed(self, path: Path) -> None:
        for cell in code_cells(path):
            assert (cell.outputs, cell.execution_count) == ([], None)

    def test_the_file_is_formatted_as_jupyter_writes_it(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        nbformat.validate(json.loads(text))

    def test_it_runs_on_the_rust_kernel(self, path: Path) -> None:
        assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "rust"

    def test_the_cache_comes_first_and_then_this_crate(self, path: Path) -> None:
        first, second = code_cells(path)[:2]
        assert first.source == ":cache 2000"
        assert ':dep ndsight = { path = ".." }' in second.source

    def test_cells_say_what_they_show(self, path: Path) -> None:
        words = [expectations(cell.metadata.get("tags", [])) for cell in code_cells(path)]
        assert set().union(*words) <= KNOWN
        assert sum("picture" in each for each in words) >= 2

    def test_a_copy_elsewhere_finds_the_crate(self, path: Path, tmp_path: Path) -> None:
        out = FOLDER.parent / "target" / "notebooks"
        moved = relocate(nbformat.read(path, as_version=4), FOLDER, out)
        assert any('path = "../.."' in cell.source for cell in moved.cells)


def test_the_data_is_small() -> None:
    assert sum(file.stat().st_size for file in (FOLDER / "data").iterdir()) < 2_000_000
