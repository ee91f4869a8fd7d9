"""Writes tests/data/picture_cases.json: what CleanVision finds, for src/stats/picture/tests.rs to compare.

    pip install --no-deps cleanvision
    pip install imagehash numpy pandas pillow scipy fsspec tabulate tqdm
    python tests/conformance/make_pictures.py
"""

import itertools
import json
from importlib.metadata import version
from pathlib import Path

import imagehash
import numpy as np
import pandas as pd
import scipy.fft
from cleanvision.issue_managers.duplicate_issue_manager import get_hash
from cleanvision.issue_managers.image_property_issue_manager import ImagePropertyIssueManager
from PIL import Image

LIBRARIES = ["cleanvision", "ImageHash", "pillow", "scipy", "numpy"]
README = {
    "picture": "kind, width, height, channels, seed, radius, low, high. The value of the pattern `kind` at (x, y, "
    "channel), 0 to 255; its mean over the pixels at most `radius` away along each axis, the border's standing for "
    "those beyond it; that value stretched to low..high. Integers, rounded down, throughout.",
    "scores": "dark, light, blurry, low_information: CleanVision's, with its own thresholds behind `issues`.",
    "phash": "imagehash.phash, in hexadecimal; null where the 32 x 32 picture that is hashed has one shade only.",
    "ties": "the bits of phash whose coefficients equal the median up to 1e-6, so that rounding decides them.",
}
ISSUES = ["dark", "light", "blurry", "low_information"]
manager = ImagePropertyIssueManager()
cases = []


def pattern(kind, x, y, k, seed):
    if kind == "noise":
        i = (y * 977 + x) * 5 + k + seed
        return (i * i * 7919 + i * 13) % 100003 % 256
    if kind == "ramp":
        return (x * (3 + seed) + y * seed + k * 40) % 256
    if kind == "checks":
        return (x // (seed + 1) + y // (seed + 1)) % 2 * 255
    if kind == "rings":
        return ((x - 9) ** 2 + (y - 13) ** 2 * (k + 1) + seed * x * y) // 8 % 256
    if kind == "page":
        return 255 if y % 8 < 5 or (x * 7 + y // 8 * seed) % 11 < 5 else 0
    raise ValueError(kind)


def render(kind, width, height, channels, seed, radius, low, high):
    y, x, k = np.meshgrid(*map(np.arange, (height, width, channels)), indexing="ij")
    values = np.vectorize(lambda x, y, k: pattern(kind, x, y, k, seed))(x, y, k).astype(np.int64)
    padded = np.pad(values, [(radius, radius), (radius, radius), (0, 0)], mode="edge")
    size = 2 * radius + 1
    total = sum(padded[j : j + height, i : i + width] for i, j in itertools.product(range(size), repeat=2))
    shades = low + total // size**2 * (high - low) // 255
    return Image.fromarray((shades[:, :, 0] if channels == 1 else shades).astype(np.uint8))


def scores(image):
    found, issues = {}, []
    for issue in ISSUES:
        judge = manager.image_properties[issue]
        score = judge.get_scores(pd.DataFrame([judge.calculate(image)]), issue, **manager.params[issue])
        found[issue] = float(score.iloc[0, 0])
        if judge.mark_issue(score, issue, manager.params[issue]["threshold"]).iloc[0, 0]:
            issues.append(issue)
    return {"scores": found, "issues": issues}


def hashes(image):
    pixels = np.asarray(image.convert("L").resize((32, 32), Image.LANCZOS))
    if pixels.min() == pixels.max():
        return {"phash": None, "ties": "0" * 16}
    low = scipy.fft.dctn(pixels.astype(float), 2)[:8, :8]
    ties = imagehash.ImageHash(np.abs(low - np.median(low)) < 1e-6)
    return {"phash": get_hash(image, {"hash_type": "phash", "hash_size": 8}), "ties": str(ties)}


def case(kind, width, height, channels, seed=0, radius=0, low=0, high=255):
    values = (kind, width, height, channels, seed, radius, low, high)
    picture = dict(zip(["kind", "width", "height", "channels", "seed", "radius", "low", "high"], values))
    image = render(**picture)
    name = "_".join(map(str, picture.values()))
    cases.append({"id": name, "picture": picture, **scores(image), **hashes(image)})


sizes = [(32, 32), (28, 28), (8, 8), (1, 1), (1, 50), (50, 2), (64, 64), (65, 64), (97, 71), (30, 140), (150, 100), (3, 200)]
for (width, height), channels in itertools.product(sizes, [1, 3, 4]):
    for kind in ["noise", "rings"]:
        case(kind, width, height, channels, seed=len(cases))
for kind, (width, height), channels in itertools.product(["ramp", "checks", "page"], [(32, 32), (40, 30), (128, 128)], [1, 3]):
    for seed in [0, 2, 5]:
        case(kind, width, height, channels, seed)
for radius, (width, height) in itertools.product([1, 3, 6], [(32, 32), (90, 90)]):
    for kind, channels in [("noise", 1), ("noise", 4), ("checks", 3), ("rings", 3)]:
        case(kind, width, height, channels, 3, radius)
for low, high in [(0, 0), (130, 130), (255, 255), (0, 60), (0, 90), (200, 255), (243, 255), (100, 101), (80, 81), (255, 0)]:
    for channels, size in [(1, 32), (3, 32), (3, 80), (4, 80)]:
        case("noise", size, size, channels, 7, 0, low, high)

made_with = {name: version(name) for name in LIBRARIES}
lines = ",\n".join("  " + json.dumps(c, separators=(",", ":")) for c in cases)
head = json.dumps({"made_with": made_with, "readme": README}, indent=1)[:-2]
path = Path(__file__).parents[1] / "data" / "picture_cases.json"
path.write_text(f'{head},\n "cases": [\n{lines}\n ]\n}}\n')
print(f"{path}: {len(cases)} cases, {path.stat().st_size} bytes")
