"""What a process shows, taken apart: the kernel's blocks, elements and attributes, words."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import html5lib

from probe import BIDI

BLOCK = re.compile(r"EVCXR_BEGIN_CONTENT (\S+)\n(.*?)\nEVCXR_END_CONTENT\n", re.DOTALL)
PICTURE = re.compile(r"data:image/(png|svg\+xml);base64,[A-Za-z0-9+/]+=*")

NOT_XML = re.compile("[\ufffe\uffff]")

# As text tells what it may not hold: escapes, whole or cut off, and the signs for anything hidden or left out.
ESCAPED = re.compile(r"\\(u\{[0-9a-f]+\}|[0nrt\"'])|\\(u?\{?[0-9a-f]*)?(?=…)")
HIDDEN = "\ufffd"
LEFT_OUT = "…"


@dataclass
class Outline:
    """The elements of a document with the names of their attributes, and its words."""

    elements: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def add(self, element: Any) -> None:
        tag = str(element.tag).rpartition("}")[2]
        names = tuple(sorted(name.rpartition("}")[2] for name in element.attrib))
        self.elements[tag, names] += 1
        self.words += [element.text or "", element.tail or ""]
        self.words += [element.attrib[name] for name in ("title", "alt") if name in element.attrib]
        self.sources += [value for name, value in element.attrib.items() if name in ("src", "href")]


def blocks(stdout: str) -> dict[str, str]:
    """The blocks that the kernel would read, which must be all there is."""
    assert not BLOCK.sub("", stdout), f"expected blocks alone, but found {BLOCK.sub('', stdout)[:200]!r}"
    found = BLOCK.findall(stdout)
    for _, body in found:
        assert "EVCXR_" not in body, f"a marker in {body[:200]!r}"
    assert len(found) == len(dict(found)), "a block of a type came twice"
    return dict(found)


def of_html(html: str) -> Outline:
    """A fragment as a browser reads it, held against what no fragment of ours may have."""
    assert "\n" not in html
    check_characters(html)
    outline = Outline()
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        outline.add(element)
        assert element.tag not in ("script", "style", "a", "svg", "math", "iframe"), f"a <{element.tag}>"
        assert not [name for name in element.attrib if name.startswith("on")], element.attrib
        style = element.attrib.get("style", "")
        assert "url" not in style and "position" not in style, style
    for source in outline.sources:
        assert PICTURE.fullmatch(source), f"expected pictures, but found {source[:100]}"
    return outline


def of_svg(svg: str) -> Outline:
    """A document of XML 1.0."""
    check_characters(svg)
    outline = Outline()
    for element in ElementTree.fromstring(svg).iter():
        outline.add(element)
    for source in outline.sources:
        assert PICTURE.fullmatch(source) or source.startswith("#"), f"expected our own, but found {source[:100]}"
    return outline


def svgs_in(outline: Outline) -> Iterator[Outline]:
    """The drawings within the pictures of a page."""
    start = "data:image/svg+xml;base64,"
    for source in outline.sources:
        if source.startswith(start):
            yield of_svg(base64.b64decode(source.removeprefix(start)).decode())


def check_characters(text: str) -> None:
    """No character that steers a terminal, turns what follows it, or may not be in XML."""
    hidden = {c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"}
    assert not hidden, f"control characters: {hidden}"
    assert not NOT_XML.search(text), "noncharacters"
    assert not BIDI.search(text), "changes of direction"


def check_said(text: str, found: list[str]) -> None:
    """The words are shown as they are, or visibly shortened.

    Lines may break anywhere, and what is hidden may be told or left out, so only what stays is compared.
    """
    wanted, pieces = plainly(text), plainly("\n".join(found)).split(LEFT_OUT)
    if not wanted or any(wanted in piece for piece in pieces):
        return
    starts = {wanted[:length] for length in range(1, min(len(wanted), 300) + 1)}
    ends = any(piece.endswith(start) for piece in pieces[:-1] for start in starts)
    assert ends, f"expected {wanted[:80]!r}, but found {pieces}"


def plainly(text: str) -> str:
    """Words without spaces, quotes, what is hidden, and the ways to say so."""
    left_out = {HIDDEN, '"', "'", "\\"}
    kept = (c for c in ESCAPED.sub("", text) if not c.isspace() and c not in left_out)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cn", "Mn"))
