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
from matplotlib.offsetbox import AnnotationBbox, OffsetImage
from sklearn.metrics import ConfusionMatrixDisplay

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


@entry("images-predicted")
def images_predicted() -> None:
    judged = arrays("judged")
    wrong = judged["labels"] != judged["predicted"]
    order = np.lexsort((-judged["confidence"], ~wrong))[:18]
    predictions(order, 3, 6)


@entry("images-few-wrong")
def images_few_wrong() -> None:
    predictions(range(60, 70), 2, 5)


def predictions(rows: Any, grid_rows: int, columns: int) -> None:
    """The tutorial's grid of predictions, wrong ones red."""
    judged = arrays("judged")
    plt.figure(figsize=(2 * columns, 2.2 * grid_rows))
    for place, i in enumerate(rows):
        plt.subplot(grid_rows, columns, place + 1)
        plt.imshow(judged["images"][i], cmap="gray")
        guess, label, sure = judged["predicted"][i], judged["labels"][i], judged["confidence"][i]
        plt.title(f"{guess} {sure:.0%} ({label})", color="blue" if guess == label else "red")
        plt.axis("off")


def plain_grid(images: Any, rows: int, columns: int, **options: Any) -> None:
    """Images without titles."""
    plt.figure(figsize=(2 * columns, 2.2 * rows))
    for i, image in enumerate(images):
        plt.subplot(rows, columns, i + 1)
        plt.imshow(image, **options)
        plt.axis("off")


@entry("images-percentiles")
def images_percentiles() -> None:
    images = arrays("digits")["images"][:5]
    low, high = np.percentile(images, [5, 95])
    plain_grid(images, 1, 5, cmap="gray", vmin=low, vmax=high)


@entry("images-per-image")
def images_per_image() -> None:
    (images,) = arrays("bands").values()
    plain_grid(images[..., 0], 1, 6, cmap="gray")


@entry("images-colormap")
def images_colormap() -> None:
    plain_grid(arrays("digits")["images"][:10], 2, 5, cmap="magma")


@entry("images-channels")
def images_channels() -> None:
    (images,) = arrays("bands").values()
    images = images[..., [3, 2, 1]]
    plain_grid((images - images.min()) / (images.max() - images.min()), 1, 6)


@entry("images-reduced")
def images_reduced() -> None:
    (images,) = arrays("bands").values()
    plain_grid(images.mean(axis=-1), 1, 6, cmap="viridis")


@entry("images-boxes")
def images_boxes() -> None:
    scenes = arrays("scenes")
    plain_grid(scenes["photo"], 2, 4)
    for ax, boxes in zip(plt.gcf().axes, scenes["boxes"]):
        for (left, top, right, bottom), name in zip(boxes, ("disk", "square")):
            ax.add_patch(plt.Rectangle((left, top), right - left, bottom - top, fill=False, edgecolor="red"))
            ax.text(left, top, name, color="red")


@entry("images-masks")
def images_masks() -> None:
    scenes = arrays("scenes")
    plain_grid(scenes["photo"], 2, 4)
    for ax, mask in zip(plt.gcf().axes, scenes["mask"]):
        ax.imshow(np.ma.masked_equal(mask, 0), alpha=0.5)


@entry("images-sequences")
def images_sequences() -> None:
    films = next(iter(arrays("films").values()))
    frames = np.linspace(0, 23, 8).round().astype(int)
    plain_grid(films[:, frames].reshape(32, 20, 20), 4, 8, cmap="gray")


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


def by_class(table: pd.DataFrame, name: str, **options: Any) -> None:
    """A histogram of seaborn's."""
    plt.figure()
    sns.histplot(table, x=name, hue="labels", **options)


@cache
def incomes() -> pd.DataFrame:
    """Two features, a group and a weight."""
    data = arrays("incomes")
    table = pd.DataFrame({"income": data["income"], "age": data["age"]})
    table["group"] = [("rural", "urban")[group] for group in data["group"]]
    table["weight"] = data["weight"]
    return table


@entry("hist-hue")
def hist_hue() -> None:
    _, axes = plt.subplots(2, 2, figsize=(9, 7))
    for ax, name in zip(axes.flat, IRIS):
        sns.histplot(iris(), x=name, hue="labels", ax=ax)


@entry("hist-stacked")
def hist_stacked() -> None:
    by_class(wine(), "alcohol", bins=20, multiple="stack")


@entry("hist-dodge")
def hist_dodge() -> None:
    by_class(wine(), "alcohol", multiple="dodge")


@entry("hist-fill")
def hist_fill() -> None:
    by_class(wine(), "alcohol", multiple="fill")


@entry("hist-kde")
def hist_kde() -> None:
    sns.histplot(iris(), x="petal length", bins=20, kde=True)
    sns.rugplot(iris(), x="petal length")


@entry("hist-kde-hue")
def hist_kde_hue() -> None:
    _, axes = plt.subplots(1, 2, figsize=(10, 4))
    for ax, name in zip(axes, ["flavanoids", "proline"]):
        sns.histplot(wine(), x=name, hue="labels", kde=True, ax=ax)
        sns.rugplot(wine(), x=name, hue="labels", ax=ax)


@entry("hist-log")
def hist_log() -> None:
    plt.hist(incomes()["income"], bins=30, log=True)
    plt.title("income")


@entry("hist-log-x")
def hist_log_x() -> None:
    sns.histplot(incomes(), x="income", bins="auto", log_scale=True)


@entry("hist-cumulative")
def hist_cumulative() -> None:
    options = {"stat": "probability", "cumulative": True, "common_norm": False}
    by_class(wine(), "alcohol", bins=30, element="step", fill=False, **options)


@entry("hist-step")
def hist_step() -> None:
    _, axes = plt.subplots(1, 2, figsize=(8, 4))
    for ax, name in zip(axes, [IRIS[0], IRIS[2]]):
        ax.hist(iris()[name], bins=15, histtype="step")
        ax.set_title(name)


@entry("hist-step-filled")
def hist_step_filled() -> None:
    by_class(wine(), "alcohol", bins=15, element="step")


@entry("hist-weights")
def hist_weights() -> None:
    sns.histplot(incomes(), x="age", weights="weight", stat="percent", bins=10)


@entry("hist-discrete")
def hist_discrete() -> None:
    (values,) = arrays("dice").values()
    sns.histplot(values[:, 0], discrete=True)
    plt.xlabel("sum of two dice")


@entry("ecdf")
def ecdf() -> None:
    _, axes = plt.subplots(1, 4, figsize=(14, 3.5))
    for ax, name in zip(axes, IRIS):
        sns.ecdfplot(iris(), x=name, ax=ax)


@entry("ecdf-hue")
def ecdf_hue() -> None:
    sns.ecdfplot(wine(), x="alcohol", hue="labels")


@entry("ecdf-log")
def ecdf_log() -> None:
    sns.ecdfplot(incomes(), x="income", hue="group", complementary=True, log_scale=True)


# Categories


@entry("box")
def box() -> None:
    plt.boxplot(iris()[IRIS], tick_labels=IRIS)


@entry("box-by")
def box_by() -> None:
    _, axes = plt.subplots(1, 4, figsize=(14, 4))
    for ax, name in zip(axes, IRIS):
        sns.boxplot(iris(), x="labels", y=name, ax=ax)


@entry("box-hue")
def box_hue() -> None:
    sns.boxplot(iris().melt("labels"), x="variable", y="value", hue="labels")


@entry("box-notch")
def box_notch() -> None:
    sns.boxplot(wine(), x="labels", y="alcohol", notch=True, showmeans=True)


@entry("box-gaps")
def box_gaps() -> None:
    (values,) = arrays("gaps").values()
    plt.boxplot(values, tick_labels=["whole", "with gaps", "unknown"])


@entry("box-separate")
def box_separate() -> None:
    _, axes = plt.subplots(3, 5, figsize=(12, 9))
    for ax, name in zip(axes.flat, WINE):
        ax.boxplot(wine()[name], tick_labels=[name])
    plt.tight_layout()


@entry("box-level")
def box_level() -> None:
    plt.boxplot(wine()[WINE], tick_labels=WINE, orientation="horizontal")
    plt.xscale("log")


@entry("violin")
def violin() -> None:
    sns.violinplot(iris()[IRIS])


@entry("violin-by")
def violin_by() -> None:
    _, axes = plt.subplots(1, 2, figsize=(10, 4))
    for ax, name in zip(axes, ["alcohol", "flavanoids"]):
        sns.violinplot(wine(), x="labels", y=name, inner="quart", ax=ax)


@entry("violin-split")
def violin_split() -> None:
    sns.violinplot(incomes(), y="income", hue="group", split=True, log_scale=True, density_norm="count")


@entry("strip")
def strip() -> None:
    sns.stripplot(iris()[IRIS])


@entry("strip-hue")
def strip_hue() -> None:
    table = wine()[["alcohol", "ash", "flavanoids", "labels"]].melt("labels")
    sns.stripplot(table, x="variable", y="value", hue="labels", dodge=True)


@entry("count")
def count() -> None:
    sns.countplot(x=arrays("digits")["labels"])


@entry("count-sorted")
def count_sorted() -> None:
    guesses = pd.Series(arrays("judged")["predicted"])
    sns.countplot(x=guesses, order=guesses.value_counts().index)


@entry("count-against")
def count_against() -> None:
    labels = [pd.DataFrame({"label": arrays(name)["labels"], "set": name}) for name in ("train", "test")]
    sns.countplot(pd.concat(labels), x="label", hue="set", stat="percent")


@entry("count-hue")
def count_hue() -> None:
    sns.histplot(incomes().astype({"weight": str}), x="weight", hue="group", multiple="stack", shrink=0.8)


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


@entry("scatter-all")
def scatter_all() -> None:
    sns.scatterplot(wine(), x="alcohol", y="flavanoids", hue="labels", style="labels", size="proline")


@entry("scatter-crowd-hue")
def scatter_crowd_hue() -> None:
    sns.scatterplot(crowd(), x="x", y="y", hue="kind")


@cache
def crowd() -> pd.DataFrame:
    """Two features and a class."""
    data = arrays("crowd")
    return pd.DataFrame({"x": data["x"], "y": data["y"], "kind": data["kind"].astype(str)})


@entry("scatter-marginal")
def scatter_marginal() -> None:
    sns.jointplot(iris(), x="sepal length", y="petal length", hue="labels")


@entry("scatter-marginal-bars")
def scatter_marginal_bars() -> None:
    sns.jointplot(x=arrays("cloud")["x"], y=arrays("cloud")["y"])


@entry("scatter-trend")
def scatter_trend() -> None:
    sns.regplot(iris(), x="petal length", y="petal width")


@entry("scatter-trends")
def scatter_trends() -> None:
    sns.lmplot(iris(), x="sepal length", y="sepal width", hue="labels")


@entry("scatter-log")
def scatter_log() -> None:
    plt.scatter(arrays("powers")["mass"], arrays("powers")["rate"])
    plt.xscale("log")
    plt.yscale("log")


@entry("pairplot")
def pairplot() -> None:
    sns.pairplot(iris()[IRIS])


@entry("pairplot-hue")
def pairplot_hue() -> None:
    sns.pairplot(iris(), hue="labels")


@entry("pairplot-corner")
def pairplot_corner() -> None:
    table = wine()[["alcohol", "flavanoids", "hue", "proline", "labels"]]
    sns.pairplot(table, hue="labels", corner=True, diag_kind="hist")


def components(values: np.ndarray, labels: Any) -> np.ndarray:
    """The first two principal components, drawn."""
    values = values - values.mean(axis=0)
    places = values @ np.linalg.svd(values, full_matrices=False)[2][:2].T
    sns.scatterplot(x=places[:, 0], y=places[:, 1], hue=labels)
    return places


@entry("pca-iris")
def pca_iris() -> None:
    values = iris()[IRIS].to_numpy()
    components((values - values.mean(axis=0)) / values.std(axis=0), iris()["labels"].to_numpy())


@entry("pca-digits")
def pca_digits() -> None:
    digits = arrays("digits")
    components(digits["images"].reshape(len(digits["images"]), -1), digits["labels"].astype(str))


@entry("pca-thumbnails")
def pca_thumbnails() -> None:
    digits = arrays("digits")
    places = components(digits["images"].reshape(len(digits["images"]), -1), digits["labels"].astype(str))
    for place, image in list(zip(places, digits["images"]))[::12]:
        plt.gca().add_artist(AnnotationBbox(OffsetImage(image, cmap="gray_r"), place, frameon=False))


@entry("hist2d")
def hist2d() -> None:
    plt.hist2d(crowd()["x"], crowd()["y"], bins=60)
    plt.colorbar()


@entry("hist2d-few")
def hist2d_few() -> None:
    plt.hist2d(iris()["petal length"], iris()["petal width"])
    plt.colorbar()


@entry("hexbin")
def hexbin() -> None:
    plt.hexbin(crowd()["x"], crowd()["y"], gridsize=40, bins="log")
    plt.colorbar()


# Lines


@cache
def answers() -> pd.DataFrame:
    """A row for each step of each sequence."""
    data = arrays("answers")
    table = pd.DataFrame(data["answer"])
    table["kind"] = [("control", "treated")[kind] for kind in data["kind"]]
    table["row"] = range(len(table))
    return table.melt(["kind", "row"], var_name="step", value_name="answer")


@entry("line-series")
def line_series() -> None:
    sensors = arrays("sensors")
    for name in ("outside", "inside", "cellar"):
        plt.plot(sensors["hour"], sensors[name], label=name)
    plt.legend()


@entry("line-rows")
def line_rows() -> None:
    sns.lineplot(iris()[IRIS])


@entry("line-mean")
def line_mean() -> None:
    sns.lineplot(incomes(), x="age", y="income", hue="group")


@entry("line-sequences")
def line_sequences() -> None:
    sns.lineplot(answers(), x="step", y="answer", hue="kind", units="row", estimator=None, linewidth=0.5)


@entry("line-sequences-mean")
def line_sequences_mean() -> None:
    sns.lineplot(answers(), x="step", y="answer", hue="kind", errorbar="sd")


@entry("line-stacked")
def line_stacked() -> None:
    sensors = arrays("sensors")
    names = ["outside", "inside", "cellar"]
    plt.stackplot(sensors["hour"], [sensors[name] for name in names], labels=names)
    plt.legend()


@entry("line-markers")
def line_markers() -> None:
    plt.plot(arrays("answers")["answer"][:3].T, marker="o")


# Tables


@entry("heatmap")
def heatmap() -> None:
    (values,) = arrays("uniform").values()
    sns.heatmap(values[:10], annot=True)


@entry("heatmap-wine")
def heatmap_wine() -> None:
    sns.clustermap(wine()[WINE], z_score=1)


@entry("heatmap-large")
def heatmap_large() -> None:
    # Not that of 100,000 rows, which is not ready in a minute.
    sns.heatmap(crowd()[["x", "y"]][::100])


@entry("correlation")
def correlation() -> None:
    sns.heatmap(iris()[IRIS].corr(), annot=True, vmin=-1, vmax=1, cmap="coolwarm")


@entry("correlation-wine")
def correlation_wine() -> None:
    sns.clustermap(wine()[WINE].corr(), vmin=-1, vmax=1, cmap="coolwarm", annot=True, fmt=".1f")


@entry("correlation-half")
def correlation_half() -> None:
    table = wine()[WINE].corr("spearman")
    mask = np.triu(np.ones_like(table, dtype=bool))
    sns.heatmap(table, mask=mask, annot=True, fmt=".1f", vmin=-1, vmax=1, cmap="coolwarm")


@entry("confusion")
def confusion() -> None:
    judged = arrays("judged")
    ConfusionMatrixDisplay.from_predictions(judged["labels"], judged["predicted"])


@entry("confusion-counts")
def confusion_counts() -> None:
    judged = arrays("judged")
    both = (judged["labels"] > 4, judged["predicted"] > 4)
    ConfusionMatrixDisplay.from_predictions(*both, display_labels=["small", "large"])


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
