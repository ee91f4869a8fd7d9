"""Asks other libraries for what `versus.rs` does, of the same files, and prints a table.

`versus.sh` runs it. Ours and theirs alternate, and of each task the shortest run counts:
a machine that is busy for a while is so for both. Nothing is asserted.
"""

import io
import math
import re
import subprocess
import sys
import time
from pathlib import Path

import boost_histogram
import datashader
import datashader.transfer_functions as shading
import fast_histogram
import matplotlib
import numpy as np
import pandas as pd
import seaborn
from PIL import Image

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (after the choice of backend)

ROUNDS = 2
SLOW = 3_000
# Dots to an inch of a figure, unless it is told others, and of one with as many pixels as ours.
USUAL, OURS = 100, 200
ROWS, COLUMNS, BINS = 10_000_000, 5, 20


def make(folder):
    """Writes the files, once."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)

    def save(name, array):
        np.save(folder / name, array())

    gradient = np.linspace(0, 1, 32)

    def smooth():
        across, down = random.random((2, 10_000, 1, 1, 3))
        return (127 * (gradient[None, :, None, None] * across + gradient[None, None, :, None] * down)).astype(np.uint8)

    def points():
        x = random.standard_normal(ROWS, dtype=np.float32)
        y = 0.7 * x + 0.5 * random.standard_normal(ROWS, dtype=np.float32)
        return np.stack([x, y.astype(np.float32)], axis=1)

    files = {
        "features.npy": lambda: random.standard_normal((ROWS, COLUMNS), dtype=np.float32),
        "million.npy": lambda: random.standard_normal((1_000_000, COLUMNS), dtype=np.float32),
        "points.npy": points,
        "noise.npy": lambda: random.integers(0, 256, (10_000, 32, 32, 3), dtype=np.uint8),
        "smooth.npy": smooth,
        "recipe_images.npy": lambda: random.random((10, 32, 32, 3)),
        "recipe_labels.npy": lambda: random.integers(0, 10, 10),
        "recipe_features.npy": lambda: random.random((100, 5)),
        "recipe_points.npy": lambda: random.random((100, 2)),
    }
    for name, array in files.items():
        if not (folder / name).exists():
            save(name, array)


def png(draw, dpi, size=(8, 6)):
    figure = plt.figure(figsize=size)
    draw(figure)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=dpi)
    plt.close(figure)
    return out.getvalue()


def mosaic(images, gap=2, level=1):
    """All pictures on one page, encoded by Pillow."""
    columns = math.ceil(math.sqrt(len(images) * 2.5))
    rows, cell = math.ceil(len(images) / columns), images.shape[1] + gap
    page = np.full((rows, columns, cell, cell, 3), 255, np.uint8)
    page.reshape(rows * columns, cell, cell, 3)[: len(images), :-gap, :-gap] = images
    page = page.transpose(0, 2, 1, 3, 4).reshape(rows * cell, columns * cell, 3)
    out = io.BytesIO()
    Image.fromarray(page).save(out, "png", compress_level=level)
    return out.getvalue()


def boost(values):
    ends = float(values.min()), float(np.nextafter(values.max(), np.float32(np.inf)))
    axis = boost_histogram.axis.Regular(BINS, *ends)
    boost_histogram.Histogram(axis, storage=boost_histogram.storage.Int64()).fill(values, threads=2)


def fast(values):
    ends = float(values.min()), float(np.nextafter(values.max(), np.float32(np.inf)))
    fast_histogram.histogram1d(values, BINS, ends)


def recipe_images(images, labels, dpi):
    def draw(figure):
        for i, (image, label) in enumerate(zip(images, labels)):
            axes = figure.add_subplot(2, 5, i + 1)
            axes.imshow(image)
            axes.set_title(f"Label: {label}")
            axes.axis("off")
        figure.tight_layout()

    return png(draw, dpi, (10, 5))


def recipe_histograms(features, dpi):
    def draw(figure):
        for i in range(features.shape[1]):
            axes = figure.add_subplot(1, 5, i + 1)
            axes.hist(features[:, i], bins=BINS)
            axes.set_title(f"Feature {i + 1}")
        figure.tight_layout()

    return png(draw, dpi, (15, 3))


def recipe_scatter(points, dpi):
    def draw(figure):
        axes = figure.add_subplot()
        axes.scatter(points[:, 0], points[:, 1])
        axes.set(xlabel="Feature 1", ylabel="Feature 2", title="Scatter plot of two features")

    return png(draw, dpi)


def shaded(frame):
    counts = datashader.Canvas(800, 600).points(frame, "x", "y")
    out = io.BytesIO()
    shading.shade(counts, how="eq_hist").to_pil().save(out, "png")
    return out.getvalue()


def peers(folder):
    """For each task of ours: another library's name, what it does, how many times as fast
    we mean to be, and what its picture is, if bytes are compared: pixels, or a figure of some dpi."""
    load = lambda name: np.load(folder / name)  # noqa: E731
    features, million, points = load("features.npy"), load("million.npy"), load("points.npy")
    x, y = points.T
    frame = pd.DataFrame({"x": x, "y": y})
    table = pd.DataFrame(million, columns=[f"Feature {i + 1}" for i in range(COLUMNS)])
    noise, smooth = load("noise.npy"), load("smooth.npy")
    images, labels = load("recipe_images.npy"), load("recipe_labels.npy")
    few, pairs = load("recipe_features.npy"), load("recipe_points.npy")
    each = lambda run: [run(features[:, i]) for i in range(COLUMNS)]  # noqa: E731
    axes = lambda draw: lambda dpi=USUAL: png(lambda figure: draw(figure.add_subplot()), dpi)  # noqa: E731
    return [
        ("histograms", "np.histogram", lambda: each(lambda v: np.histogram(v, BINS)), 20, None),
        ("histograms", "boost-histogram, 2 threads", lambda: each(boost), 8, None),
        ("histograms", "fast-histogram", lambda: each(fast), None, None),
        ("describe", "pandas describe()", pd.DataFrame(features).describe, 10, None),
        ("scatter", "datashader, warm", lambda: shaded(frame), 3, None),
        ("scatter", "matplotlib scatter", axes(lambda a: a.scatter(x, y)), 300, "figure"),
        ("scatter", "matplotlib hist2d, 200 bins", axes(lambda a: a.hist2d(x, y, bins=200)), 25, "figure"),
        # About as many cells as ours, and the same scale of colours.
        ("scatter", "matplotlib hist2d, 300 × 236, log", axes(lambda a: a.hist2d(x, y, (300, 236), norm="log")), None, "figure"),
        ("grid of noise", "NumPy mosaic, Pillow level 1", lambda: mosaic(noise), 3, "pixels"),
        ("grid of gradients", "NumPy mosaic, Pillow level 1", lambda: mosaic(smooth), 3, "pixels"),
        ("boxplot", "matplotlib boxplot", axes(lambda a: a.boxplot(million)), 10, "figure"),
        ("boxplot", "seaborn boxplot", axes(lambda a: seaborn.boxplot(data=table, ax=a)), 300, "figure"),
        ("recipe images", "NumPy and matplotlib", lambda dpi=USUAL: recipe_images(images, labels, dpi), 20, "figure"),
        ("recipe histograms", "NumPy and matplotlib", lambda dpi=USUAL: recipe_histograms(few, dpi), 20, "figure"),
        ("recipe scatter", "NumPy and matplotlib", lambda dpi=USUAL: recipe_scatter(pairs, dpi), 20, "figure"),
    ]


def ours(folder):
    """Milliseconds and bytes by task."""
    command = ["cargo", "bench", "--quiet", "--bench", "versus", "--", str(folder.resolve())]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^(.+): ([\d.]+) ms, (\d+) bytes$", out, re.M)
    return {task: (float(took), int(size)) for task, took, size in found}


def timed(run):
    start = time.perf_counter()
    out = run()
    return (time.perf_counter() - start) * 1e3, len(out) if isinstance(out, bytes) else 0


def report(task, took, peer, theirs, target):
    ratio = theirs / took
    verdict = "" if target is None else ("met" if ratio >= target else "short")
    wanted = "" if target is None else f"≥ {target}"
    print(f"| {task} | {took:.1f} ms | {peer} {theirs:.1f} ms | {ratio:.1f} | {wanted} | {verdict} |")


def compare(task, ours, peer, theirs):
    verdict = "met" if ours <= theirs else "short"
    print(f"| {task}, bytes | {ours:,} | {peer} {theirs:,} | {theirs / ours:.2f} | ≥ 1 | {verdict} |")


def main():
    folder = Path(sys.argv[1])
    make(folder)
    others = peers(folder)
    mine, best = {}, [(math.inf, 0)] * len(others)
    for _ in range(ROUNDS):
        for task, found in ours(folder).items():
            mine[task] = min(mine.get(task, found), found)
        for i, (_, _, run, _, _) in enumerate(others):
            best[i] = min(best[i], timed(run))
            # The first run of some compiles; what takes long is asked once.
            if best[i][0] < SLOW:
                best[i] = min(best[i], timed(run), timed(run))
    print("| task | ours | peer | ratio | target | met or short |\n|---|---:|---|---:|---|---|")
    read = mine["read"][0]
    report("histograms, share of the read bandwidth", mine["histograms"][0], "one read by two threads", read, 0.4)
    for (task, peer, _, target, _), (theirs, _) in zip(others, best):
        report(task, mine[task][0], peer, theirs, target)
    for (task, peer, run, _, picture), (_, size) in zip(others, best):
        if picture == "figure":
            compare(task, mine[task][1], f"{peer}, {USUAL} dpi", size)
            compare(task, mine[task][1], f"{peer}, {OURS} dpi", len(run(OURS)))
        elif picture == "pixels":
            compare(task, mine[task][1], peer, size)


main()
