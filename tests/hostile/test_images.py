"""Pictures that are cut short, declare what they do not hold, or inflate without end."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from judge import LITTLE
from pictures import SIGNATURE, bmp, chunk, gif, gray_jpeg, png, png_of, zeros
from probe import Probe
from special import SPECIAL

# MiB beyond an idle process: a PNG may hold 16 MiB beside its pixels; a buffer that grows doubles.
BESIDE = 64.0

PIXELS = np.random.default_rng(3).integers(0, 256, (5, 7, 3), "u1")
PNG = png(7, 5, PIXELS.tobytes())
NOISE = png(64, 64, np.random.default_rng(4).bytes(64 * 64 * 3))
JPEG = gray_jpeg(40, 24)


def loaded(probe: Probe, folder: Path, name: str, data: bytes, memory: float = LITTLE) -> dict[str, object]:
    path = folder / name
    path.write_bytes(data)
    answer = probe.ask("image", path)
    assert answer.error is None, answer.error
    assert answer.memory <= memory
    return dict(answer.value["ok"])


def refused(probe: Probe, folder: Path, name: str, data: bytes, words: str, memory: float = LITTLE) -> None:
    path = folder / name
    path.write_bytes(data)
    answer = probe.ask("image", path)
    assert answer.error is not None, f"expected an error, but found {answer.value}"
    assert words in answer.error
    assert answer.memory <= memory


def described(pixels: np.ndarray) -> dict[str, object]:
    height, width, _ = pixels.shape
    digest = hashlib.sha256(pixels.tobytes()).hexdigest()
    return {"width": width, "height": height, "rgb8_sha256": digest, "rgb8_mean": float(pixels.mean())}


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.bmp"])
def test_contents_count_and_not_the_name(probe: Probe, tmp_path: Path, name: str) -> None:
    assert loaded(probe, tmp_path, name, PNG) == described(PIXELS)


def test_every_format_is_read(probe: Probe, tmp_path: Path) -> None:
    rows = PIXELS[::-1, :, ::-1]
    padded = b"".join(row.tobytes() + bytes(-row.nbytes % 4) for row in rows)
    assert loaded(probe, tmp_path, "a.bmp", bmp(7, 5, padded)) == described(PIXELS)
    assert loaded(probe, tmp_path, "a.jpg", JPEG) == described(np.full((24, 40, 3), 128, "u1"))
    assert loaded(probe, tmp_path, "a.gif", gif(7, 5)) == described(np.zeros((5, 7, 3), "u1"))
    assert loaded(probe, tmp_path, "b.gif", gif(7, 5, frames=1_000)) == described(np.zeros((5, 7, 3), "u1"))


def test_a_picture_larger_than_what_may_lie_beside_it(probe: Probe, tmp_path: Path) -> None:
    picture = png_of(6_000, 1_000, zeros(18), depth=8)
    found = loaded(probe, tmp_path, "a.png", picture, memory=4 * 18.0)
    assert (found["width"], found["height"], found["rgb8_mean"]) == (6_000, 1_000, 0.0)


def test_what_inflates_beside_the_pixels_is_not_kept(probe: Probe, tmp_path: Path) -> None:
    bomb = b"name\0\0" + zeros(256)
    for kind in [b"iCCP", b"zTXt"]:
        beside = png(7, 5, PIXELS.tobytes(), chunk(kind, bomb))
        assert loaded(probe, tmp_path, "a.png", beside, BESIDE) == described(PIXELS)


def test_what_is_large_beside_the_pixels_is_refused(probe: Probe, tmp_path: Path) -> None:
    text = chunk(b"tEXt", b"name\0" + bytes(30 << 20))
    refused(probe, tmp_path, "a.png", png(7, 5, PIXELS.tobytes(), text), "beside its pixels", BESIDE)


TOO_LARGE = "the file declares a"

HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.png", b"", "an empty file"),
    "text": ("a.png", b"this is no picture\n", "PNG, JPEG, BMP or GIF"),
    "script": ("a.gif", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "PNG, JPEG, BMP or GIF"),
    "signature": ("a.png", SIGNATURE, "truncated"),
    "half-a-png": ("a.png", NOISE[: len(NOISE) // 2], "truncated"),
    "half-a-jpeg": ("a.jpg", JPEG[:-8], "truncated"),
    "jpeg-without-an-end": ("a.jpg", JPEG[:-2], "truncated"),
    "half-a-bmp": ("a.bmp", bmp(64, 64, bytes(64 * 32 * 3)), "truncated"),
    "half-a-gif": ("a.gif", gif(64, 64)[:600], "End of File"),
    "wrong-checksum": ("a.png", PNG[:-20] + b"????" + PNG[-16:], "CRC error"),
    "png-of-2-billion": ("a.png", png_of(0x7FFFFFFF, 0x7FFFFFFF, b""), TOO_LARGE),
    "png-of-900-megapixels": ("a.png", png_of(30_000, 30_000, zeros(107), depth=1, color=0), TOO_LARGE),
    "png-of-one-line": ("a.png", png_of(0x7FFFFFFF, 1, zeros(1)), TOO_LARGE),
    "jpeg-of-4-gigapixels": ("a.jpg", gray_jpeg(8, 8).replace(b"\0\x08\0\x08", b"\xff\xff\xff\xff"), TOO_LARGE),
    "bmp-of-2-billion": ("a.bmp", bmp(0x7FFFFFFF, 0x7FFFFFFF, bytes(64)), "picture"),
    "bmp-of-negative-width": ("a.bmp", bmp(-7, 5, bytes(200)), "picture"),
    "bmp-of-any-colours": ("a.bmp", bmp(7, 5, bytes(200), bits=8, colors=0x7FFFFFFF), "picture"),
    "bmp-of-runs": ("a.bmp", bmp(60_000, 60_000, b"\0\1", bits=8, packing=1), "picture"),
    "gif-of-nothing": ("a.gif", gif(0, 0), TOO_LARGE),
    "gif-of-4-gigapixels": ("a.gif", gif(7, 5, screen=(65_535, 65_535)), TOO_LARGE),
    "gif-without-frames": ("a.gif", gif(7, 5, frames=0), "picture"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_cannot_be_read_is_refused(probe: Probe, tmp_path: Path, name: str) -> None:
    file, data, words = HOSTILE[name]
    refused(probe, tmp_path, file, data, words)


def test_a_folder_is_read_to_its_first_fault(probe: Probe, tmp_path: Path) -> None:
    for number in range(7):
        path = tmp_path / "class" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PNG)
    assert probe.ask("image_folder", tmp_path).value == {"ok": {"count": 7}}
    (tmp_path / "class" / "3.png").write_bytes(PNG[:60])
    error = probe.ask("image_folder", tmp_path).error
    assert error is not None and "3.png: the file ends inside its PNG picture" in error


def test_folders_that_lead_in_circles_end(probe: Probe, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "1.png").write_bytes(PNG)
    (tmp_path / "class" / "again").symlink_to(tmp_path)
    assert probe.ask("image_folder", tmp_path).value == {"ok": {"count": 1}}


@pytest.mark.parametrize("name", sorted(SPECIAL))
def test_what_is_no_file_is_not_waited_for(probe: Probe, tmp_path: Path, name: str) -> None:
    (tmp_path / "class").mkdir()
    make, _ = SPECIAL[name]
    make(tmp_path / "class" / "1.png")
    assert probe.ask("image_folder", tmp_path).error is not None
