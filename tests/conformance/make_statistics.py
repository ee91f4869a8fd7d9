"""Writes tests/data/scipy_cases.json: what SciPy and its kin find, for statistics.rs to compare.

    pip install numpy scipy pandas scikit-learn matplotlib
    python tests/conformance/make_statistics.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
from scipy import stats
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform
from sklearn.decomposition import PCA
from sklearn.metrics import confusion_matrix

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

LIBRARIES = ["numpy", "scipy", "pandas", "scikit-learn", "matplotlib"]
README = {
    "arrays": "a list of numbers, with NaN, Infinity and -Infinity as strings; or {wave: [a, b], len}, whose number i "
    "is ((a i i + b i) mod 100003) / 100003",
    "case": "id, fn (the function of ndsight::stats), its arguments, and what it should find, under the names of its "
    "fields. A number is close enough within rtol of itself (1e-9 unless the case says so) or within atol (1e-12).",
}
cases = []


def plain(value):
    """The value as JSON has it."""
    if isinstance(value, (pd.DataFrame, pd.Series)):
        return plain(value.values.ravel())
    if isinstance(value, (np.ndarray, np.generic)):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def case(name, fn, arguments, expect, **tolerances):
    same = sum(c["fn"] == fn for c in cases)
    arguments = {key: value if isinstance(value, dict) else plain(value) for key, value in arguments.items()}
    expect = {key: plain(value) for key, value in expect.items()}
    cases.append({"id": f"{fn}_{same}_{name}", "fn": fn, **arguments, "expect": expect, **tolerances})


def wave(a, b, length):
    """The same numbers in this file and in statistics.rs, without a word of them in the JSON."""
    i = np.arange(length, dtype=object)
    return {"wave": [a, b], "len": length}, ((a * i * i + b * i) % 100003).astype(float) / 100003


rng = np.random.default_rng(5)
normal = rng.normal(size=40).round(3)
skewed = rng.exponential(size=25).round(2)
tied = rng.integers(0, 5, 30).astype(float)
holes = np.where(rng.random(40) < 0.2, np.nan, normal)
holes[7] = np.inf


def kde():
    at = np.linspace(-4, 6, 11)
    for name, values in [("normal", normal), ("skewed", skewed), ("tied", tied), ("two", [1.0, 4.0])]:
        for method in ["scott", "silverman", 0.4]:
            found = stats.gaussian_kde(values, method)
            case(
                f"{name}_{method}",
                "kde",
                {"values": values, "bandwidth": method, "at": at},
                {"densities": found(at), "bandwidth": np.sqrt(found.covariance[0, 0])},
                atol=0.0,
            )
    weights = rng.random(25).round(2)
    found = stats.gaussian_kde(skewed, weights=weights)
    expect = {"densities": found(at), "bandwidth": np.sqrt(found.covariance[0, 0])}
    case("weighted", "kde", {"values": skewed, "weights": weights, "bandwidth": "scott", "at": at}, expect)
    far = normal * 1e-3 + 1e6
    found = stats.gaussian_kde(far)
    # SciPy divides by the bandwidth before it subtracts, and loses digits here.
    arguments = {"values": far, "bandwidth": "scott", "at": far[:9]}
    case("far_from_zero", "kde", arguments, {"densities": found(far[:9])}, rtol=1e-6)
    given, values = wave(7919, 13, 20_000)
    found = stats.gaussian_kde(values)
    case(
        "many",
        "kde_curve",
        {"values": given, "bandwidth": "scott", "low": -0.2, "high": 1.2, "points": 50},
        {"densities": found(np.linspace(-0.2, 1.2, 50))},
        atol=1e-6,
    )


def correlations():
    table = np.stack([holes, np.roll(holes, 3), normal**2, np.repeat(tied, 2)[:40], np.full(40, 0.1)])
    frame = pd.DataFrame(table.T)
    for method in ["pearson", "spearman"]:
        case("holes", "correlation", {"columns": table, "method": method}, {"matrix": frame.corr(method)})
        whole = frame.dropna()
        whole = whole[np.isfinite(whole).all(axis=1)]
        case("whole", "correlation", {"columns": whole.T.values, "method": method}, {"matrix": whole.corr(method)})
    case("far_from_zero", "pearson", {"x": normal + 1e9, "y": normal**2}, {"r": stats.pearsonr(normal, normal**2)[0]}, atol=1e-6)
    case("tied", "spearman", {"x": tied, "y": normal[:30]}, {"r": stats.spearmanr(tied, normal[:30])[0]})
    for name, values in [("tied", tied), ("none", []), ("infinite", [np.inf, 1, -np.inf, 1])]:
        case(name, "ranks", {"values": values}, {"ranks": stats.rankdata(values)})


def leaf_orders():
    given, values = wave(31, 5, 60 * 3)
    points = values.reshape(60, 3)
    grid = np.stack(np.meshgrid(np.arange(5), np.arange(4)), -1).reshape(-1, 2)
    letters = np.array([[0], [0], [3], [3], [0], [7]])
    for name, points in [("wave", points), ("grid", grid), ("repeated", letters), ("one", np.zeros((1, 2)))]:
        apart = np.abs(points[:, None] - points[None]).sum(-1).astype(float)
        order = leaves_list(linkage(squareform(apart), "average")) if len(apart) > 1 else [0]
        case(name, "leaf_order", {"distances": apart.round(6)}, {"order": order})


def components():
    table = np.stack([normal, normal * 2 + np.roll(normal, 1), tied.repeat(2)[:40], np.full(40, 3.0)]).T
    given, values = wave(7919, 17, 300 * 140)
    fall = 1 / (1 + np.arange(140))
    for name, array, rows, k, scale in [
        ("tall", table, table, 3, None),
        ("wide", table.T, table.T, 2, None),
        ("large", given, values.reshape(300, 140) * fall, 4, "falling"),
        ("large_wide", given, values.reshape(140, 300) * (1 / (1 + np.arange(300))), 4, "falling"),
    ]:
        found = PCA(k, svd_solver="full").fit(rows)
        arguments = {"rows": array if isinstance(array, dict) else array.ravel(), "shape": list(rows.shape), "k": k}
        expect = {
            "mean": found.mean_,
            "components": found.components_.ravel(),
            "explained_variance": found.explained_variance_,
            "explained_variance_ratio": found.explained_variance_ratio_,
            "scores": found.transform(rows)[:8].ravel(),
        }
        case(name, "pca", arguments | ({"scale": scale} if scale else {}), expect, atol=1e-9)


def grids():
    x, y = normal, np.roll(normal, 1) * 2 + 1
    range_ = [[-1.0, 1.0], [0.0, 2.0]]
    for name, bins, range_ in [
        ("number", 5, None),
        ("pair", [3, 7], None),
        ("range", 4, range_),
    ]:
        counts, x_edges, y_edges = np.histogram2d(x, y, bins, range_)
        density = np.histogram2d(x, y, bins, range_, density=True)[0]
        expect = {"counts": counts.ravel(), "x_edges": x_edges, "y_edges": y_edges, "density": density.ravel()}
        case(name, "histogram2d", {"x": x, "y": y, "bins": bins, "range": range_ or []}, expect)
    counts, x_edges, y_edges = np.histogram2d([3.0, 3.0], [1e17, 2e17], 2)
    case("equal", "histogram2d", {"x": [3, 3], "y": [1e17, 2e17], "bins": 2, "range": []}, {"counts": counts.ravel(), "x_edges": x_edges, "y_edges": y_edges})
    many, values = wave(7919, 13, 2000)
    for name, given, (x, y), size in [
        ("few", None, (normal, tied.repeat(2)[:40]), 6),
        ("columns", None, (tied, tied[::-1]), 4),
        ("equal", None, (np.full(3, 7.0), np.array([1.0, 2.0, 2.0])), 5),
        ("nothing", None, (np.array([]), np.array([])), 3),
        ("many", many, (values, values[::-1]), 20),
    ]:
        figure, axes = plt.subplots()
        drawn = axes.hexbin(x, y, gridsize=size)
        corners = drawn.get_paths()[0].vertices
        expect = {
            "counts": drawn.get_array(),
            "x": drawn.get_offsets()[:, 0],
            "y": drawn.get_offsets()[:, 1],
            "size": corners.max(axis=0) - corners.min(axis=0),
        }
        arguments = {"x": given, "reverse": True} if given else {"x": x, "y": y}
        case(name, "hexbin", arguments | {"gridsize": size}, expect)
        plt.close(figure)


def lines():
    noisy = 3 - 0.5 * normal + 0.1 * np.roll(normal, 5)
    for name, x, y in [("noisy", normal, noisy), ("unrelated", normal, np.roll(normal, 7)), ("few", [1, 2, 4], [1.0, 3.0, 2.0])]:
        fit = stats.linregress(x, y)
        x, y = np.asarray(x, float), np.asarray(y)
        freedom = len(x) - 2
        deviation = np.sqrt(((y - fit.intercept - fit.slope * x) ** 2).sum() / freedom)
        at = np.array([-2.0, 0.0, 5.0])
        band = {}
        for level in [0.5, 0.95, 0.999]:
            reach = stats.t.ppf((1 + level) / 2, freedom) * deviation
            reach *= np.sqrt(1 / len(x) + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
            middle = fit.intercept + fit.slope * at
            band[f"band {level}"] = np.stack([middle - reach, middle + reach], 1).ravel()
        expect = {
            "slope": fit.slope,
            "intercept": fit.intercept,
            "r": fit.rvalue,
            "p_value": fit.pvalue,
            "slope_error": fit.stderr,
            "intercept_error": fit.intercept_stderr,
        }
        case(name, "linear_fit", {"x": x, "y": y, "at": at}, expect | band)
    for freedom in [1, 2, 3, 7, 30, 400, 5000]:
        # The band of a line without slope about n values of known deviation is t over the root of n.
        n = freedom + 2
        x, y = np.arange(n, dtype=float), np.where(np.arange(n) % 2, 1.0, -1.0)
        fit = stats.linregress(x, y)
        deviation = np.sqrt(((y - fit.intercept - fit.slope * x) ** 2).sum() / freedom)
        reach = [stats.t.ppf((1 + level) / 2, freedom) * deviation / np.sqrt(n) for level in LEVELS]
        case(f"t_of_{freedom}", "quantiles", {"n": n, "levels": LEVELS}, {"reaches": reach})


LEVELS = [0.01, 0.5, 0.9, 0.95, 0.99, 0.9999]


def the_rest():
    for name, values in [("tied", tied), ("normal", normal)]:
        found = stats.ecdf(values).cdf
        case(name, "ecdf", {"values": values}, {"values": found.quantiles, "shares": found.probabilities})
    truth, predicted = rng.integers(0, 4, 50), rng.integers(0, 3, 50)
    for normalize in [None, "true", "pred", "all"]:
        found = confusion_matrix(truth, predicted, labels=range(5), normalize=normalize)
        case(normalize or "counts", "confusion", {"truth": truth, "predicted": predicted, "classes": 5, "normalize": normalize or ""}, {"matrix": found.ravel()})
    series = pd.DataFrame(holes.reshape(8, 5)).replace(np.inf, np.nan)
    mean, n = series.mean(), series.count()
    for name, reach in [
        ("sd", series.std()),
        ("se", series.sem()),
        ("ci", series.sem() * stats.t.ppf(0.975, n - 1)),
    ]:
        arguments = {"series": holes, "shape": [8, 5], "spread": name}
        case(name, "mean_band", arguments, {"mean": mean, "low": mean - reach, "high": mean + reach, "counts": n})
    groups = [normal, skewed, tied]
    for bins in [7, "auto", "sturges"]:
        edges = np.histogram_bin_edges(np.concatenate(groups), bins)
        case(f"{bins}", "common_edges", {"groups": groups, "bins": bins}, {"edges": edges})
    figure, axes = plt.subplots()
    sums, edges, _ = axes.hist(normal, 6, cumulative=True)
    shares, _, _ = axes.hist(normal, 6, cumulative=True, density=True)
    case("hist", "cumulative", {"values": normal, "bins": 6}, {"sums": sums, "shares": shares, "edges": edges})
    case("integers", "discrete_edges", {"values": tied}, {"edges": np.arange(tied.min() - 0.5, tied.max() + 1.5)})


for part in [kde, correlations, leaf_orders, components, grids, lines, the_rest]:
    part()
made_with = {name: version(name) for name in LIBRARIES}
lines_ = ",\n".join("  " + json.dumps(c) for c in cases)
head = json.dumps({"made_with": made_with, "readme": README}, indent=1)[:-2]
path = Path(__file__).parents[1] / "data" / "scipy_cases.json"
path.write_text(f'{head},\n "cases": [\n{lines_}\n ]\n}}\n')
print(f"{path}: {len(cases)} cases, {path.stat().st_size} bytes")
