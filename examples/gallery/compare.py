"""Draws what the gallery draws with matplotlib and seaborn as they come, and compares.

usage, after `cargo run --release --example gallery`:

    python3 -m venv target/compare
    target/compare/bin/pip install matplotlib seaborn scikit-learn
    target/compare/bin/python examples/gallery/compare.py

Writes `target/gallery/compare.html`, a page of pairs with a table of their sizes
in bytes, and `target/gallery/pairs/NAME.png`, each pair at equal density. Fails
if one of our SVG files is larger than matplotlib's of the same data, and if an
entry of the gallery has no counterpart here.
"""

from __future__ import annotations

import html
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image

from theirs import COUNTERPARTS, WITHOUT, Draw

GALLERY = Path(__file__).resolve().parents[2] / "target" / "gallery"
THEIRS = GALLERY / "theirs"
PAIRS = GALLERY / "pairs"

# Our PNG files have two pixels to a logical one, of which 96 make an inch.
DENSE = 192


@dataclass(frozen=True)
class Pair:
    """The sizes of both pictures of an entry, in bytes."""

    name: str
    our_svg: int
    their_svg: int
    our_png: int
    their_png: int

    @property
    def is_behind(self) -> bool:
        return self.our_svg > self.their_svg


def main() -> int:
    """Draws all pairs, writes the page, and says what is behind."""
    names = sorted(path.stem for path in GALLERY.glob("*.svg"))
    if not names:
        print("nothing in target/gallery: run `cargo run --release --example gallery` first", file=sys.stderr)
        return 2
    for folder in (THEIRS, PAIRS):
        folder.mkdir(exist_ok=True)
    unknown = [name for name in names if name not in COUNTERPARTS and name not in WITHOUT]
    pairs = [drawn(name, COUNTERPARTS[name]) for name in names if name in COUNTERPARTS]
    (GALLERY / "compare.html").write_text(page(pairs), encoding="utf-8")
    return report(pairs, unknown)


def report(pairs: list[Pair], unknown: list[str]) -> int:
    """Prints the table and the faults; 1 if there are any."""
    print(f"{'SVG and PNG, bytes':24} {'ours':>10} {'theirs':>10} {'ours':>10} {'theirs':>10}")
    for pair in pairs:
        mark = "  BEHIND" if pair.is_behind else ""
        sizes = (pair.our_svg, pair.their_svg, pair.our_png, pair.their_png)
        print(f"{pair.name:24} " + " ".join(f"{size:10,}" for size in sizes) + mark)
    print(GALLERY / "compare.html")
    behind = [pair.name for pair in pairs if pair.is_behind]
    if behind:
        print(f"larger than matplotlib's SVG: {', '.join(behind)}", file=sys.stderr)
    if unknown:
        print(f"without a counterpart in theirs.py: {', '.join(unknown)}", file=sys.stderr)
    return 1 if behind or unknown else 0


def drawn(name: str, draw: Draw) -> Pair:
    """Draws the counterpart of an entry in all formats."""
    figure = quietly(draw)
    # As in a notebook, where nothing is cut off at the edges.
    figure.savefig(THEIRS / f"{name}.svg", bbox_inches="tight")
    figure.savefig(THEIRS / f"{name}.png", bbox_inches="tight")
    dense = PAIRS / f"{name}.png"
    figure.savefig(dense, dpi=DENSE, bbox_inches="tight")
    plt.close("all")
    beside(GALLERY / f"{name}.png", dense)
    files = [GALLERY / f"{name}.svg", THEIRS / f"{name}.svg", GALLERY / f"{name}.png", THEIRS / f"{name}.png"]
    return Pair(name, *(file.stat().st_size for file in files))


def quietly(draw: Draw) -> Figure:
    """The figure, without what the libraries say of their own ways."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return draw()


def beside(ours: Path, theirs: Path) -> None:
    """Puts our picture left of theirs, or above where both are wide, into the file of theirs."""
    gap, wide = 24, 1000
    with Image.open(ours) as first, Image.open(theirs) as second:
        if max(first.width, second.width) > wide:
            size = (max(first.width, second.width), first.height + gap + second.height)
            at = (0, first.height + gap)
        else:
            size = (first.width + gap + second.width, max(first.height, second.height))
            at = (first.width + gap, 0)
        both = Image.new("RGB", size, (160, 160, 160))
        both.paste(first.convert("RGB"), (0, 0))
        both.paste(second.convert("RGB"), at)
    both.save(theirs)


HEAD = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>ndsight and matplotlib</title>
<style>
:root { color-scheme: light; font: 15px/1.5 system-ui, sans-serif }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
td, th { padding: 2px 12px; text-align: right; border-bottom: 1px solid #ddd }
td:first-child, th:first-child { text-align: left }
.behind { color: #c00; font-weight: bold }
.pair { display: flex; gap: 16px; align-items: flex-start }
.pair img { max-width: 49%; height: auto }
</style>
<h1>The same data, ours to the left, matplotlib and seaborn to the right</h1>
"""


def page(pairs: list[Pair]) -> str:
    """All pairs side by side under a table of their sizes."""
    rows = "".join(map(row, pairs))
    head = "".join(f"<th>{text}</th>" for text in ("", "our SVG", "their SVG", "our PNG", "their PNG"))
    return f"{HEAD}<table><tr>{head}</tr>{rows}</table>\n{''.join(map(section, pairs))}</html>\n"


def row(pair: Pair) -> str:
    """A line of the table."""
    name = html.escape(pair.name)
    sizes = (pair.our_svg, pair.their_svg, pair.our_png, pair.their_png)
    behind = ' class="behind"' if pair.is_behind else ""
    cells = "".join(f"<td>{size:,}</td>" for size in sizes)
    return f'<tr{behind}><td><a href="#{name}">{name}</a></td>{cells}</tr>\n'


def section(pair: Pair) -> str:
    """A pair of pictures."""
    name = html.escape(pair.name)
    # A browser takes minutes to draw an SVG of 10 MB.
    kind = "svg" if pair.their_svg < 1_000_000 else "png"
    sources = (f"{name}.svg", f"theirs/{name}.{kind}")
    images = "".join(f'<img src="{source}" alt="{source}">' for source in sources)
    return f'<h2 id="{name}">{name}</h2>\n<div class="pair">{images}</div>\n'


if __name__ == "__main__":
    sys.exit(main())
