"""Words that are more than words, at every place that shows any: in cells, on terminals, in what is printed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

import shown
import words
from probe import MOST_SECONDS, build, environment, limited
from shown import Outline
from words import Words

# Bytes of all that one value shows beyond what it shows of a plain word, however long the words are.
MOST_MORE = 200_000
MOST_LINES = 1000

# Linux takes no longer ones.
MOST_IN_VARIABLE = 100_000

# Where words that find no room are left out on purpose.
WITHOUT_ROOM = {"labels of boxes"}

# Stands between the texts of one process.
SEPARATOR = "\x1e\n"

# What a page has for words that it shortens, and a drawing for words that it turns, sets smaller or leaves out.
OWN = {
    ("span", ("title",)),
    ("text", ("transform",)),
    ("g", ("class", "font-size")),
    ("g", ("class", "font-size", "text-anchor")),
    ("title", ()),
}


@pytest.fixture(scope="session")
def program() -> Path:
    return build("words_probe")


@pytest.fixture(scope="session")
def all_words(tmp_path_factory: pytest.TempPathFactory) -> list[Words]:
    """Every string, after a plain one."""
    return words.every(tmp_path_factory.mktemp("words"))


def run(program: Path, how: str, place: str, words: list[Words], **settings: str) -> list[str]:
    """What the process writes of each: it ends in order, within the limits, and complains of nothing."""
    ran = subprocess.run(
        [program, how, place, *(said.folder for said in words)],
        capture_output=True,
        timeout=MOST_SECONDS,
        preexec_fn=limited,
        env={**environment(), **settings},
    )
    assert (ran.returncode, ran.stderr) == (0, b""), ran.stderr[-2000:]
    *texts, end = ran.stdout.decode().split(SEPARATOR)
    assert (len(texts), end) == (len(words), "")
    return texts


def in_cell(program: Path, place: str, said: Words, format: str = "svg") -> dict[str, str]:
    """A process of its own: what one shows, it shows again with all that comes later."""
    return shown.blocks(run(program, "show", place, [said], EVCXR_IS_RUNTIME="1", NDSIGHT_FORMAT=format)[0])


def faults(checks: Iterable[tuple[Words, Callable[[], None]]]) -> list[str]:
    """What is wrong, of which words."""
    found = []
    for said, check in checks:
        try:
            check()
        except (AssertionError, subprocess.TimeoutExpired, ValueError) as fault:
            found.append(f"{said.name}: {fault}")
    return found


def check_outline(found: Outline, plain: Outline) -> None:
    """The elements of a plain word's, and no others."""
    differing = found.elements.keys() ^ plain.elements.keys()
    assert differing <= OWN, f"elements of the words' own making: {differing - OWN}"


@pytest.mark.parametrize("place", words.places("PLACES"))
def test_in_a_cell(program: Path, place: str, all_words: list[Words]) -> None:
    plain = in_cell(program, place, all_words[0])
    plain_page = shown.of_html(plain["text/html"])
    plain_drawings = list(shown.svgs_in(plain_page))

    def check(said: Words) -> None:
        bundle = in_cell(program, place, said)
        assert bundle.keys() == plain.keys()
        assert sum(map(len, bundle.values())) <= sum(map(len, plain.values())) + MOST_MORE
        page = shown.of_html(bundle["text/html"])
        check_outline(page, plain_page)
        drawings = list(shown.svgs_in(page))
        for drawing, plain_drawing in zip(drawings, plain_drawings, strict=True):
            check_outline(drawing, plain_drawing)
        shown.check_characters(bundle["text/plain"])
        if place not in WITHOUT_ROOM:
            shown.check_said(said.text, [word for part in [page, *drawings] for word in part.words])

    there = (said for said in all_words[1:] if said.shown_at(place))
    assert faults((said, partial(check, said)) for said in there) == []


def check_texts(how: str, place: str, program: Path, all_words: list[Words]) -> None:
    there = [said for said in all_words if said.shown_at(place)]
    plain, *texts = run(program, how, place, there)
    # Not all that a picture says is said in text.
    told = all_words[0].text in plain

    def check(said: Words, text: str) -> None:
        assert text.strip(), "expected text, but found none"
        assert len(text.encode()) <= MOST_MORE and text.count("\n") <= MOST_LINES
        assert "EVCXR_" not in text
        shown.check_characters(text)
        if told:
            shown.check_said(said.text, text.splitlines())

    assert faults((said, partial(check, said, text)) for said, text in zip(there[1:], texts)) == []


@pytest.mark.parametrize("place", words.places("PLACES"))
def test_on_a_terminal(program: Path, place: str, all_words: list[Words]) -> None:
    check_texts("show", place, program, all_words)


@pytest.mark.parametrize("place", words.places("PRINTED"))
def test_in_what_a_cell_prints(program: Path, place: str, all_words: list[Words]) -> None:
    check_texts("print", place, program, all_words)


def test_in_the_environment(program: Path, all_words: list[Words]) -> None:
    """What it says of the format may be none of them, which is told above the picture."""
    in_title = partial(in_cell, program, "title", all_words[0])
    plain = shown.of_html(in_title("qxz")["text/html"])

    def check(said: Words) -> None:
        bundle = in_title(said.text)
        check_outline(shown.of_html(bundle["text/html"]), plain)
        shown.check_characters(bundle["text/plain"])

    possible = (said for said in all_words if said.text.strip() and "\0" not in said.text and len(said.text) < MOST_IN_VARIABLE)
    assert faults((said, partial(check, said)) for said in possible) == []
