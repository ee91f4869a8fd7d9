"""The gallery's entries as matplotlib and seaborn draw them, one function each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

Draw = Callable[[], Figure]

DATA = Path(__file__).resolve().parents[2] / "target" / "gallery" / "data"
IRIS = ["sepal length", "sepal width", "petal length", "petal width"]
SPECIES = ["setosa", "versicolor", "virginica"]
WINE = [
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "colour intensity",
    "hue",
    "OD280/OD315",
    "proline",
]

COUNTERPARTS: dict[str, Draw] = {}

# Entries of ours that neither library has a picture for.
WITHOUT = {"dataset-words"}


def entry(name: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Registers a function that draws; what it returns is not looked at."""

    def register(draw: Callable[[], Any]) -> Callable[[], Any]:
        def figure() -> Figure:
            draw()
            return plt.gcf()

        COUNTERPARTS[name] = figure
        return draw

    return register


@cache
def arrays(name: str) -> dict[str, np.ndarray]:
    """The arrays of a data set."""
    with np.load(DATA / f"{name}.npz") as file:
        return {key: file[key] for key in file}


@cache
def array(name: str) -> np.ndarray:
    """A single array."""
    return np.load(DATA / f"{name}.npy")


@cache
def iris() -> pd.DataFrame:
    """Features in columns, and the species by name."""
    table = pd.DataFrame(arrays("iris")["features"], columns=IRIS)
    table["labels"] = [SPECIES[label] for label in arrays("iris")["labels"]]
    return table


@cache
def wine() -> pd.DataFrame:
    """Features in columns, and the class by name."""
    table = pd.DataFrame(arrays("wine")["features"], columns=WINE)
    table["labels"] = [f"class {label + 1}" for label in arrays("wine")["labels"]]
    return table


# Images


def image_grid(images: np.ndarray, labels: list[Any], rows: int, columns: int) -> None:
    """The tutorials' loop over subplots."""
    plt.figure(figsize=(2 * columns, 2.2 * rows))
    for i in range(min(rows * columns, len(images))):
        plt.subplot(rows, columns, i + 1)
        plt.imshow(images[i], cmap="gray")
        plt.title(f"Label: {labels[i]}")
        plt.axis("off")


@entry("images-digits")
def images_digits() -> None:
    image_grid(arrays("digits")["images"], list(arrays("digits")["labels"]), 2, 5)


@entry("images-noise")
def images_noise() -> None:
    noise = arrays("noise")
    images, labels = (value for value in noise.values())
    image_grid(images, list(labels), 2, 5)


@entry("images-photos")
def images_photos() -> None:
    names = [("china", "flower")[label] for label in arrays("photos")["labels"]]
    image_grid(arrays("photos")["images"], names, 3, 6)


@entry("images-batch")
def images_batch() -> None:
    digits = arrays("digits")
    image_grid(digits["images"][96:128], list(digits["labels"][96:128]), 4, 8)
    plt.suptitle("Batch 3")


# Distributions


def histograms(table: pd.DataFrame, bins: int, columns: int) -> None:
    """The tutorials' loop over axes."""
    rows = -(-table.shape[1] // columns)
    _, axes = plt.subplots(rows, columns, figsize=(3 * columns, 3 * rows), squeeze=False)
    for ax, name in zip(axes.flat, table):
        values = table[name].to_numpy()
        finite = values[np.isfinite(values)]
        ax.hist(finite, bins=bins)
        ax.set_title(name)
    for ax in axes.flat[table.shape[1] :]:
        ax.axis("off")
    plt.tight_layout()


@entry("hist-iris")
def hist_iris() -> None:
    histograms(iris()[IRIS], 20, 4)


@entry("hist-uniform")
def hist_uniform() -> None:
    (values,) = arrays("uniform").values()
    histograms(pd.DataFrame(values, columns=[f"Feature {i + 1}" for i in range(5)]), 20, 5)


@entry("hist-one")
def hist_one() -> None:
    (values,) = arrays("bell").values()
    plt.hist(values[:, 0], bins="auto", density=True)
    plt.title("value")


@entry("hist-wine")
def hist_wine() -> None:
    histograms(wine()[WINE], 10, 5)


@entry("hist-gaps")
def hist_gaps() -> None:
    (values,) = arrays("gaps").values()
    histograms(pd.DataFrame(values, columns=["whole", "with gaps", "unknown"]), 10, 3)


# Points


@entry("scatter")
def scatter() -> None:
    plt.scatter(wine()["alcohol"], wine()["proline"])
    plt.xlabel("alcohol")
    plt.ylabel("proline")


@entry("scatter-classes")
def scatter_classes() -> None:
    sns.scatterplot(iris(), x="sepal length", y="petal length", hue="labels")
    plt.title("Iris")


@entry("scatter-amounts")
def scatter_amounts() -> None:
    cloud = arrays("cloud")
    points = plt.scatter(cloud["x"], cloud["y"], c=cloud["distance"])
    plt.colorbar(points, label="distance")
    plt.xlabel("x")
    plt.ylabel("y")


@entry("scatter-crowd")
def scatter_crowd() -> None:
    plt.scatter(arrays("crowd")["x"], arrays("crowd")["y"])


# Arrays


@entry("array-curve")
def array_curve() -> None:
    plt.plot(array("walk"))


@entry("array-long-curve")
def array_long_curve() -> None:
    plt.plot(array("long_walk"))


@entry("array-matrix")
def array_matrix() -> None:
    plt.imshow(array("saddle"))
    plt.colorbar()


@entry("array-large-matrix")
def array_large_matrix() -> None:
    plt.imshow(array("ripples"))
    plt.colorbar()


@entry("array-hypercube")
def array_hypercube() -> None:
    plt.hist(array("hypercube").ravel(), bins=20)


@entry("array-image")
def array_image() -> None:
    plt.imshow(arrays("photos")["images"][0])
    plt.axis("off")


@entry("array-slices")
def array_slices() -> None:
    plt.figure(figsize=(10, 4))
    for i in range(10):
        plt.subplot(2, 5, i + 1)
        plt.imshow(arrays("digits")["images"][i], cmap="gray")
        plt.axis("off")


@entry("dataset-table")
def dataset_table() -> None:
    histograms(wine()[WINE[:10]], 10, 5)


# Figures of figures


@entry("hstack")
def hstack() -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    left.hist(iris()["sepal length"])
    left.set_title("sepal length")
    sns.scatterplot(iris(), x="sepal length", y="petal length", hue="labels", ax=right)


@entry("vstack")
def vstack() -> None:
    figure = plt.figure(figsize=(12, 7))
    for i in range(10):
        ax = figure.add_subplot(3, 5, i + 1)
        ax.imshow(arrays("digits")["images"][i], cmap="gray")
        ax.set_title(f"Label: {arrays('digits')['labels'][i]}")
        ax.axis("off")
    (values,) = arrays("uniform").values()
    for i in range(5):
        ax = figure.add_subplot(3, 5, 11 + i)
        ax.hist(values[:, i], bins=10)
        ax.set_title(f"Feature {i + 1}")


@entry("grid")
def grid() -> None:
    figure, axes = plt.subplots(2, 2, figsize=(11, 8))
    sns.scatterplot(iris(), x="sepal length", y="petal length", hue="labels", ax=axes[0, 0])
    figure.colorbar(axes[0, 1].imshow(array("saddle")))
    axes[1, 0].plot(array("walk"))
    axes[1, 1].scatter(arrays("crowd")["x"], arrays("crowd")["y"])
    figure.suptitle("Four figures")
