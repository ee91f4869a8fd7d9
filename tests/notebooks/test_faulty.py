"""Notebooks at fault, run in the real kernel: the runner must name notebook and cell."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from runner.__main__ import main

SVG_UNCLOSED = "PHN2Zz4="  # <svg>
RUST = {"language_info": {"name": "rust", "pygments_lexer": "rust"}}
BUNDLE = """
println!("EVCXR_BEGIN_CONTENT text/html\\n<img src='data:image/svg+xml;base64,{svg}'>\\nEVCXR_END_CONTENT");
println!("EVCXR_BEGIN_CONTENT image/png\\n{png}\\nEVCXR_END_CONTENT");
println!("EVCXR_BEGIN_CONTENT text/plain\\nx\\nEVCXR_END_CONTENT");
"""


def check(folder: Path, code: str, tags: list[str]) -> int:
    """Runs prose, a good cell, the cell in question and one after it."""
    cells = [
        new_markdown_cell("Prose."),
        new_code_cell("let fine = 1;"),
        new_code_cell(code, metadata={"tags": tags}),
        new_code_cell('println!("{fine}");', metadata={"tags": ["expect:text"]}),
    ]
    path = folder / "faulty.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=RUST), path)
    return main([str(folder / "out"), str(path)])


def test_a_good_notebook_passes_and_is_written(tmp_path: Path) -> None:
    assert check(tmp_path, 'println!("2");', ["expect:text"]) == 0
    executed = nbformat.read(tmp_path / "out" / "faulty.ipynb", as_version=4)
    nbformat.validate(executed)
    assert [cell.outputs[0].text for cell in executed.cells[2:]] == ["2\n", "1\n"]
    assert "<html" in (tmp_path / "out" / "faulty.html").read_text()


@pytest.mark.parametrize(
    ("code", "tag", "what"),
    [
        ('panic!("stop here");', "expect:text", "stop here"),
        ('let n: i32 = "seven".parse()?;', "expect:text", "invalid digit found in string"),
        ("let shown = 1;", "expect:picture", "but found nothing"),
        ("no_such_thing()", "expect:text", "cannot find function `no_such_thing`"),
        ("std::process::abort();", "expect:text", "Subprocess terminated"),
        (BUNDLE.format(svg=SVG_UNCLOSED, png=""), "expect:html", "the SVG is not well-formed XML"),
        (BUNDLE.format(svg="", png="iVBORw0KGgo="), "expect:html", "in image/png: the PNG has no header"),
    ],
)
def test_a_faulty_cell_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, tag: str, what: str
) -> None:
    assert check(tmp_path, code, [tag]) == 1
    said = capsys.readouterr().err
    assert "FAULT faulty.ipynb, cell 3" in said
    assert what in said


def test_a_notebook_that_declares_nothing_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "silent.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("let x = 1;")], metadata=RUST), path)
    assert main([str(tmp_path / "out"), str(path)]) == 1
    assert "no cell has a tag that says what it shows" in capsys.readouterr().err
