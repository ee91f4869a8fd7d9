"""The words of `tests/data/hostile_strings.json`, and files that hold them or are called so."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pictures import png

ROOT = Path(__file__).resolve().parents[2]
PLACES = ROOT / "tests" / "common" / "places.rs"


@dataclass
class Words:
    """A string, and the folder that the program gets it in."""

    name: str
    text: str
    folder: Path

    def shown_at(self, place: str) -> bool:
        """Whether the string is at a place: a file or a member cannot have every name."""
        needed = {
            "name of a file": "arrays",
            "name of a file that is broken": "broken",
            "name of a member": "member.npz",
            "name of a member that is broken": "broken.npz",
            "name of a folder of pictures": "pictures",
        }.get(place)
        return needed is None or (self.folder / needed).exists()


def places(table: str) -> list[str]:
    """The names in a table of places."""
    rows = PLACES.read_text("utf-8").partition(f"pub const {table}: ")[2].partition("\n];")[0]
    return re.findall(r'^ {4}\("(.+?)", \|w\|', rows, re.MULTILINE)


def every(folder: Path) -> list[Words]:
    """All strings, each in a folder of its own within `folder`."""
    entries = json.loads((ROOT / "tests" / "data" / "hostile_strings.json").read_text("utf-8"))
    texts = [(entry["id"], entry["s"] * entry.get("times", 1)) for entry in entries]
    return [made(folder / name, name, text) for name, text in [("plain", "qxz"), *texts]]


def made(folder: Path, name: str, text: str) -> Words:
    """The folder of one string: the string itself, and as many files as can be called so."""
    folder.mkdir()
    (folder / "words.txt").write_bytes(text.encode())
    array = saved()
    if can_be_called(f"{text}.npy"):
        put(folder / "arrays" / f"{text}.npy", array)
        put(folder / "broken" / f"{text}.npz", b"not an archive")
    if text and can_be_called(text):
        put(folder / "pictures" / text / "a.png", png(2, 2, bytes(12)))
    pack(folder / "member.npz", f"{text}.npy", array)
    pack(folder / "broken.npz", f"{text}.npy", array[:-9])
    return Words(name, text, folder)


def saved() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.arange(4.0))
    return buffer.getvalue()


def can_be_called(name: str) -> bool:
    return not {"/", "\0"} & set(name) and len(name.encode()) <= 255


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


def pack(path: Path, member: str, data: bytes) -> None:
    """An archive with a member of that name, where there can be one."""
    info = zipfile.ZipInfo(member)
    if info.filename == member and len(member.encode()) <= 0xFFFF:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(info, data)
