"""Words that are more than words, at every place that shows any, in the real kernel.

The places are those of `tests/common/places.rs`, which a cell defines. Words are read
when a cell runs, and one cell shows or prints many, as each takes a while to build.
Shown are those with markers that steer the kernel; with `NDSIGHT_ALL_WORDS=1` all are,
which takes a quarter of an hour. `tests/hostile` has them all without a kernel.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import html5lib
import pytest

import shown
import words
from runner.expect import bundle_faults
from runner.kernel import CellResult, Kernel
from words import Words

# Each display of a cell emits all before it again, so many at a time cost more than more cells.
AT_ONCE = 8

STEERING = {
    "evcxr-begin-mid",
    "evcxr-changed",
    "evcxr-complete-lines",
    "evcxr-end-begin",
    "evcxr-error",
    "evcxr-input",
    "evcxr-panic-lines",
    "evcxr-wrapped",
}

BUNDLES = [{"text/html", "image/png", "text/plain"}, {"text/html", "text/plain"}]


@pytest.fixture(scope="module")
def all_words(tmp_path_factory: pytest.TempPathFactory) -> list[Words]:
    every = words.every(tmp_path_factory.mktemp("words"))
    return every if os.environ.get("NDSIGHT_ALL_WORDS") else [said for said in every if said.name in STEERING]


@pytest.fixture(scope="module")
def places(kernel: Kernel) -> Iterator[Kernel]:
    """The kernel in which cells can show words at each place."""
    source = words.PLACES.read_text("utf-8").replace('#[cfg(feature = "image")]', "")
    kernel.ok(f"pub mod places {{\n{source}\n}}")
    yield kernel


def at_place(kernel: Kernel, how: str, place: str, said: list[Words], **last: bool) -> CellResult:
    """What comes of a cell that makes a variable, and shows or prints the words at a place."""
    folders = json.dumps([str(one.folder) for one in said])
    return kernel.run(f'let made = 7; for folder in {folders} {{ places::{how}("{place}", folder); }}', **last)


@pytest.mark.parametrize("place", words.places("PLACES"))
def test_each_is_shown_once(places: Kernel, place: str, all_words: list[Words]) -> None:
    for start in range(0, len(all_words), AT_ONCE):
        said = all_words[start : start + AT_ONCE]
        result = at_place(places, "show", place, said, settle=start + AT_ONCE >= len(all_words))
        assert (result.error, result.stdout, result.stderr, result.deaf) == (None, "", "", False)
        assert result.bundle.keys() in BUNDLES
        assert list(bundle_faults(result.bundle)) == []
        page = html5lib.parseFragment(result.bundle["text/html"], namespaceHTMLElements=False)
        assert [element.tag for element in page] == ["div"] * len(said)
        shown.of_html(result.bundle["text/html"])
    assert places.ok('println!("{made}");').stdout == "7\n"


@pytest.mark.parametrize("place", words.places("PRINTED"))
def test_each_is_printed_as_lines(places: Kernel, place: str, all_words: list[Words]) -> None:
    result = at_place(places, "print", place, all_words)
    assert (result.error, result.stderr, result.deaf) == (None, "", False)
    # A cell without a value shows nothing.
    assert result.bundles == []
    assert len(result.stdout.splitlines()) >= len(all_words)
    shown.check_characters(result.stdout)
    assert places.ok('println!("{made}");').stdout == "7\n"
