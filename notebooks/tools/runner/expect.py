"""What a cell should show, said by its tags, and what is wrong with what it shows.

Tags: `expect:picture`, `expect:html`, `expect:text`, `expect:error`. A cell may
carry several. Whatever its tags, a cell that complains on stderr, fails, or
shows a broken picture is at fault, unless it is tagged `expect:error`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from typing import Any

from .kernel import CellResult
from .pictures import BrokenPicture, check_data_uri, check_png, check_svg, pictures_in

PREFIX = "expect:"
KNOWN = {"picture", "html", "text", "error"}


def expectations(tags: Iterable[str]) -> set[str]:
    """The words after `expect:` in a cell's tags."""
    return {tag.removeprefix(PREFIX) for tag in tags if tag.startswith(PREFIX)}


def faults(result: CellResult, expected: set[str]) -> list[str]:
    """Everything wrong with a cell's result, in words."""
    found = [f'unknown tag "{PREFIX}{word}"' for word in sorted(expected - KNOWN)]
    found += _failures(result, "error" in expected)
    found += [fault for bundle in result.bundles for fault in bundle_faults(bundle)]
    found += [f"expected {what}, but found {_shown(result)}" for what in _missing(result, expected)]
    return found


def _failures(result: CellResult, welcome: bool) -> Iterator[str]:
    failure = result.error or result.complaints
    if welcome and not failure:
        yield "expected an error, but the cell succeeded"
    if not welcome and result.error:
        yield f"the cell failed: {result.error}"
    if not welcome and result.complaints:
        yield f"text on stderr: {result.complaints}"
    if result.deaf:
        yield "the kernel no longer passes the cell's streams on"


def _missing(result: CellResult, expected: set[str]) -> Iterator[str]:
    if "picture" in expected and not any(_has_picture(b) for b in result.bundles):
        yield "a picture (HTML with an <img>, a PNG and text)"
    if "html" in expected and not any(b.get("text/html") and b.get("text/plain") for b in result.bundles):
        yield "HTML and text"
    if "text" in expected and not (result.stdout.strip() or any(b.get("text/plain") for b in result.bundles)):
        yield "text"


def _has_picture(bundle: dict[str, Any]) -> bool:
    return bool(
        pictures_in(bundle.get("text/html", "")) and bundle.get("image/png") and bundle.get("text/plain")
    )


def _shown(result: CellResult) -> str:
    types = sorted({mime for bundle in result.bundles for mime in bundle})
    return ", ".join(types) or ("text alone" if result.stdout.strip() else "nothing")


def bundle_faults(bundle: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the pictures of one bundle."""
    for mime, body in bundle.items():
        try:
            _check(mime, body)
        except BrokenPicture as broken:
            yield f"in {mime}: {broken}"


def _check(mime: str, body: Any) -> None:
    if mime == "image/png":
        try:
            check_png(base64.b64decode(body, validate=False))
        except binascii.Error as error:
            raise BrokenPicture(f"the PNG is not base64: {error}") from error
    elif mime == "image/svg+xml":
        check_svg(body)
    elif mime == "text/html":
        for source in pictures_in(body):
            check_data_uri(source)
