"""A cell's tags against what it shows."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from runner.expect import expectations, faults
from runner.kernel import CellResult
from test_pictures import GOOD_SVG, png, uri

GOOD: dict[str, Any] = {
    "text/html": f'<img src="{uri("image/svg+xml", GOOD_SVG.encode())}">',
    "image/png": base64.b64encode(png()).decode(),
    "text/plain": "a picture",
}


def test_tags_of_other_tools_are_not_ours() -> None:
    assert expectations(["hide-input", "expect:picture", "expect:text"]) == {"picture", "text"}


def test_a_cell_may_show_nothing_unless_it_says_so() -> None:
    assert faults(CellResult(), set()) == []


@pytest.mark.parametrize(
    ("result", "tag"),
    [
        (CellResult(bundles=[GOOD]), "picture"),
        (CellResult(bundles=[{"text/html": "<b>x</b>", "text/plain": "x"}]), "html"),
        (CellResult(stdout="x\n"), "text"),
        (CellResult(bundles=[{"text/plain": "x"}]), "text"),
        (CellResult(stderr="no such file\n"), "error"),
        (CellResult(error="cannot find value"), "error"),
    ],
)
def test_what_is_declared_and_shown_is_right(result: CellResult, tag: str) -> None:
    assert faults(result, {tag}) == []


@pytest.mark.parametrize(
    ("result", "tag", "what"),
    [
        (
            CellResult(),
            "picture",
            "expected a picture (HTML with an <img>, a PNG and text), but found nothing",
        ),
        (CellResult(stdout="x"), "picture", "but found text alone"),
        (CellResult(bundles=[{"text/plain": "x"}]), "html", "expected HTML and text, but found text/plain"),
        (CellResult(stdout="\n"), "text", "expected text, but found nothing"),
        (CellResult(stdout="fine"), "error", "expected an error, but the cell succeeded"),
        (CellResult(stdout="fine"), "pictures", 'unknown tag "expect:pictures"'),
    ],
)
def test_what_is_declared_and_not_shown_is_a_fault(result: CellResult, tag: str, what: str) -> None:
    assert [fault for fault in faults(result, {tag}) if what in fault]


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_a_picture_needs_its_whole_bundle(missing: str) -> None:
    bundle = {mime: body for mime, body in GOOD.items() if mime != missing}
    assert len(faults(CellResult(bundles=[bundle]), {"picture"})) == 1


@pytest.mark.parametrize(
    ("result", "what"),
    [
        (CellResult(stderr="told plainly\n"), "text on stderr: told plainly"),
        (CellResult(error="cannot find value `x`"), "the cell failed: cannot find value `x`"),
        (CellResult(deaf=True), "the kernel no longer passes the cell's streams on"),
        (CellResult(bundles=[GOOD | {"image/png": "AAAA"}]), "in image/png: the PNG has no PNG signature"),
        (
            CellResult(bundles=[GOOD | {"text/html": "<img>"}]),
            "in text/html: a picture is neither PNG nor SVG",
        ),
        (CellResult(bundles=[{"image/svg+xml": "<svg"}]), "in image/svg+xml: the SVG is not well-formed XML"),
    ],
)
def test_failures_and_broken_pictures_need_no_tag(result: CellResult, what: str) -> None:
    found = faults(result, set())
    assert len(found) == 1
    assert found[0].startswith(what)
