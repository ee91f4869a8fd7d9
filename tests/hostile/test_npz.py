"""`.npz` archives that inflate without end, lie about their members, or name them strangely."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from archives import CHECKSUM, FLAGS, METHOD, OFFSET, PACKED, SIZE, archive, changed, inflating, one_member, shared
from arrays import file, saved
from judge import LITTLE, described
from probe import Probe

X = np.arange(12, dtype="f4").reshape(4, 3)
Y = np.arange(4)
WHOLE = archive({"x.npy": saved(X), "y.npy": saved(Y)})
DEFLATED = archive({"x.npy": saved(X), "y.npy": saved(Y)}, deflate=True)
GIB = 1 << 30


def members(probe: Probe, path: Path) -> dict[str, object]:
    answer = probe.ask("npz", path)
    assert answer.error is None, answer.error
    assert answer.memory <= LITTLE
    return {name: member["ok"] for name, member in answer.value["members"].items()}


def refused(probe: Probe, path: Path, words: str) -> None:
    answer = probe.ask("npz", path)
    assert answer.error is not None, f"expected an error, but found {answer.value}"
    assert words in answer.error
    assert answer.memory <= LITTLE


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_writes_is_read(probe: Probe, tmp_path: Path, save) -> None:
    path = tmp_path / "arrays.npz"
    save(path, x=X, y=Y, scalar=np.float32(1.5), longer=np.arange(9.0))
    arrays = {"x": X, "y": Y, "scalar": np.array(1.5, "f4"), "longer": np.arange(9.0)}
    assert members(probe, path) == {name: described(array) for name, array in arrays.items()}


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "zip"),
    "an-array": (saved(X), "zip"),
    "half": (WHOLE[: len(WHOLE) // 2], "zip"),
    "no-end": (WHOLE[:-22], "zip"),
    "no-members": (archive({}), "found none"),
    "no-arrays": (archive({"notes.txt": b"none here"}), "found none"),
    "encrypted": (changed(WHOLE, FLAGS, 1), "assword"),
    "unknown-method": (changed(WHOLE, METHOD, 97), "compression method"),
    "damaged": (changed(WHOLE, CHECKSUM, 0), "checksum"),
    "damaged-deflated": (changed(DEFLATED, CHECKSUM, 0), "checksum"),
    "no-deflate": (one_member(b"x.npy", b"\xff" * 60, 200), "member 'x.npy'"),
    "beyond-the-end": (changed(WHOLE, OFFSET, 0x7FFFFFFF), "member 'y.npy'"),
    "into-another-member": (changed(WHOLE, OFFSET, 40), "member 'y.npy'"),
    "declares-little": (changed(DEFLATED, SIZE, 100), "truncated"),
    "goes-on-behind-its-end": (changed(archive({"x.npy": saved(X) + bytes(9)}, deflate=True), SIZE, len(saved(X))), "goes on"),
    "declares-much": (changed(DEFLATED, SIZE, 0xFFFFFFF0), "member 'y.npy'"),
    "packs-more-than-there-is": (changed(DEFLATED, PACKED, 0x7FFFFFFF), "one behind another"),
    "truncated-array": (archive({"x.npy": saved(X)[:-1]}), "truncated"),
    "array-of-terabytes": (archive({"x.npy": file("<f4", (1 << 40,), bytes(8))}, deflate=True), "truncated"),
    "pickle": (archive({"x.npy": file("|O", (1,), b"\x80\x04N.")}), "pickles"),
    "honest-8-gib": (inflating(file("<f4", (2 * GIB,)), 8 * GIB), "to inflate to at most"),
    "4-gib-behind-the-array": (inflating(saved(X), 4 * GIB), "to inflate to at most"),
    "10000-on-the-same-bytes": (shared(saved(np.zeros(1 << 17)), 10_000), "one behind another"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_cannot_be_read_is_refused(probe: Probe, tmp_path: Path, name: str) -> None:
    data, words = HOSTILE[name]
    path = tmp_path / "arrays.npz"
    path.write_bytes(data)
    refused(probe, path, words)


def test_other_members_are_left_alone(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("notes.txt", "no array")
        packed.writestr("folder/", "")
        packed.writestr("x.npy", saved(X))
        packed.comment = b"PK\x05\x06 is not the end"
    assert members(probe, path) == {"x": described(X)}


def test_of_two_members_of_one_name_there_is_one(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "w") as packed:
        packed.writestr("x.npy", saved(X + 1))
        packed.writestr("x.npy", saved(X))
    answer = probe.ask("npz", path)
    assert answer.error is not None or answer.value["members"] == {"x": {"ok": described(X)}}


NAMES = ["../out", "/absolute", "back\\slash", "folder/x", "<b>bold</b>", "a\nEVCXR_END_CONTENT\n", "\u202etxet", "\x1b[2J", ""]


def test_names_of_members_are_names_and_nothing_else(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "inner" / "arrays.npz"
    path.parent.mkdir()
    path.write_bytes(archive({f"{name}.npy": saved(X) for name in NAMES}))
    assert members(probe, path) == {name: described(X) for name in NAMES}
    assert sorted(tmp_path.rglob("*")) == [path.parent, path]


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_names_of_members_do_not_get_out_of_messages(probe: Probe, tmp_path: Path, number: int) -> None:
    path = tmp_path / "arrays.npz"
    path.write_bytes(archive({f"{NAMES[number]}.npy": b"no array at all"}))
    refused(probe, path, "magic")


def test_names_of_members_do_not_get_out_of_cards(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "arrays.npz"
    path.write_bytes(archive({f"{name}.npy": saved(X) for name in NAMES}))
    card = probe.ask("card", path).value["ok"]
    assert "<b>bold" not in card["html"]
    lines = card["html"].splitlines() + card["text"].splitlines()
    assert not [line for line in lines if line.startswith("EVCXR_")]
    assert not {"\x1b", "\u202e"} & set(card["html"] + card["text"])
