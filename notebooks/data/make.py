#!/usr/bin/env python3
"""Makes the data files beside this script from scikit-learn's bundled data sets.

Requires numpy 2.4.6, scikit-learn 1.9.1 and pillow 13.0.0:

    python -m pip install numpy==2.4.6 scikit-learn==1.9.1 pillow==13.0.0
    python make.py

The same versions give the same bytes: the archives carry no time of day.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris, load_sample_image, load_wine

HERE = Path(__file__).parent
PATCH = 32
PATCHES_PER_PHOTO = 40

# The earliest time a zip archive can state.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def save_npz(name: str, **arrays: np.ndarray) -> None:
    """Writes what `np.savez_compressed` writes, without the time of writing."""
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key, array in arrays.items():
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(array))
            info = zipfile.ZipInfo(f"{key}.npy", NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())


def patches(photo: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Square pieces at random places of a photo: of three times as many, those with the most contrast."""
    height, width, _ = photo.shape
    tops = rng.integers(0, height - PATCH, 3 * PATCHES_PER_PHOTO)
    lefts = rng.integers(0, width - PATCH, 3 * PATCHES_PER_PHOTO)
    corners = zip(tops, lefts, strict=True)
    pieces = np.stack([photo[top : top + PATCH, left : left + PATCH] for top, left in corners])
    contrast = pieces.std(axis=(1, 2)).max(axis=1)
    return pieces[np.argsort(contrast, kind="stable")[-PATCHES_PER_PHOTO:]]


def photos() -> tuple[np.ndarray, np.ndarray]:
    """Patches of both sample photos in mixed order; label 0 is china.jpg, 1 is flower.jpg."""
    rng = np.random.default_rng(0)
    images = np.concatenate([patches(load_sample_image(f), rng) for f in ("china.jpg", "flower.jpg")])
    labels = np.repeat([0, 1], PATCHES_PER_PHOTO)
    order = rng.permutation(len(images))
    return images[order], labels[order]


def main() -> None:
    digits = load_digits()
    # Grey levels are 0 to 16 there; u8 pictures use the whole range to 255.
    grey = np.round(digits.images * (255 / 16)).astype(np.uint8)
    save_npz("digits.npz", images=grey, labels=digits.target.astype(np.int64))

    images, labels = photos()
    save_npz("photos.npz", images=images.astype(np.uint8), labels=labels.astype(np.int64))

    iris, wine = load_iris(), load_wine()
    save_npz("iris.npz", features=iris.data.astype(np.float64), labels=iris.target.astype(np.int64))
    np.save(HERE / "iris.npy", iris.data.astype(np.float64))
    save_npz("wine.npz", features=wine.data.astype(np.float64), labels=wine.target.astype(np.int64))


if __name__ == "__main__":
    main()
