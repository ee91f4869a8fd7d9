"""Cards in the real kernel: what a data set shows when its name ends a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

import pytest

from runner.expect import bundle_faults
from runner.kernel import CellResult, Kernel
from runner.pictures import pictures_in

BUNDLE = {"text/html", "image/png", "text/plain"}
# Bytes of all that a bundle holds.
MAX_BUNDLE = 300_000

IRIS = """
let iris = Dataset::from_npz("data/iris.npz")?
    .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
    .with_class_names(["setosa", "versicolor", "virginica"]);
let digits = Dataset::from_npz("data/digits.npz")?;
"""


@pytest.fixture(scope="module")
def data(kernel: Kernel) -> Iterator[Kernel]:
    """The kernel with the data of flowers and of digits."""
    kernel.ok(IRIS)
    yield kernel


def shown(result: CellResult) -> dict[str, str]:
    """The one bundle of a cell: HTML, PNG and text, every picture in it sound."""
    bundle = result.bundle
    assert bundle.keys() == BUNDLE
    assert list(bundle_faults(bundle)) == []
    assert "\n" not in bundle["text/html"].rstrip("\n")
    return bundle


def test_a_data_set_shows_its_card(data: Kernel) -> None:
    bundle = shown(data.ok("iris"))
    for body in (bundle["text/html"], bundle["text/plain"]):
        for said in ("150 elements", "mean ± std", "petal width", "virginica", "correlate at 0.9629"):
            assert said in body
    assert '<th scope="col"' in bundle["text/html"]
    assert bundle["text/html"].count("<img ") == 5, "a histogram for each feature and for the labels"


def test_images_have_thumbnails(data: Kernel) -> None:
    bundle = shown(data.ok("digits"))
    assert len(pictures_in(bundle["text/html"])) == 3, "two histograms and a grid"
    assert "10 of 1,797 images" in bundle["text/plain"]


def test_a_rule_can_be_left_out(data: Kernel) -> None:
    bundle = shown(data.ok("iris.card().without(Rule::Correlated)"))
    assert "correlate at" not in bundle["text/html"] + bundle["text/plain"]
    assert "duplicate rows" in bundle["text/html"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("iris.describe()?", "Description of 150 rows and 5 columns"),
        ("iris.findings()?[0].clone()", "duplicate rows"),
        ("iris.findings()?", "correlate at 0.9629"),
        ("iris.batch(32)?", "Batched dataset 5 batches, 150 rows"),
        ("iris.batch(32)?.at(0)?", "setosa (0)"),
        ("digits.batch(32)?.at(0)?", "Batch of 32 rows"),
        ("iris.at(149)?", "virginica (2)"),
        ("digits.at(3)?", "Element"),
        ("array![[1.0, f64::NAN], [3.0, 5.0]]", "mean 3 ± 1.633, 1 NaN"),
        ("compare(&iris, &iris.take(100))?", "KS"),
    ],
)
def test_what_has_a_card_shows_it(data: Kernel, code: str, said: str) -> None:
    bundle = shown(data.ok(code))
    assert said in bundle["text/plain"]


def test_a_description_is_typed(data: Kernel) -> None:
    numbers = 'd.numeric("petal length")?.median(), d.categorical("labels")?.unique()'
    result = data.ok(f'let d = iris.describe()?;\nprintln!("{{:?}} {{}}", {numbers});')
    assert result.stdout == "Some(4.35) 3\n"


FAILING = "digits.map(|(image, label): (Array2<u8>, i64)| {})?"
STEPS = [
    ('if label == 7 { Err("no sevens") } else { Ok((image, label)) }', "no sevens"),
    ("{ let names = vec![0; 7]; (image, label + names[label as usize]) }", "panicked"),
]


@pytest.mark.parametrize(("body", "why"), STEPS)
def test_the_card_of_a_step_that_fails_says_which_and_where(data: Kernel, body: str, why: str) -> None:
    data.run(f"let kept = 5; let failing = {FAILING.format(body)};")
    result = data.run("failing")
    assert result.error is None
    # What a user's own closure panics with is printed, once; nothing of ours is.
    assert why == "panicked" or not result.complaints
    assert result.stderr.count("panicked at") == (why == "panicked")
    bundle = shown(result)
    for body in (bundle["text/html"], bundle["text/plain"]):
        assert body.count("map: element 7:") == 1
        assert why in body
    assert data.ok('println!("{kept} {}", failing.cardinality());').stdout == "5 1797 elements\n"


def test_an_endless_data_set_has_a_card(data: Kernel) -> None:
    bundle = shown(data.ok("Dataset::counter(0, 1)"))
    assert "endless" in bundle["text/plain"]


def test_no_card_is_large(data: Kernel) -> None:
    """Of pictures of noise, which nothing makes small."""
    data.ok("""
        let mut state = 1_u32;
        let noise = Array4::<u8>::from_shape_simple_fn((40, 96, 96, 3), || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        let noise = Dataset::from_tensor_slices((noise, Array1::from_iter(0..40) % 4))?;
    """)
    for code in ("noise", "noise.batch(40)?", "noise.batch(40)?.at(0)?", "noise.at(0)?"):
        bundle = shown(data.ok(code))
        assert sum(len(body.encode()) for body in bundle.values()) <= MAX_BUNDLE, code
        assert "<img " in bundle["text/html"], code


def test_a_card_costs_about_as_much_as_a_plot(
    data: Kernel, record_property: Callable[[str, object], None]
) -> None:
    def seconds(*cells: str) -> float:
        return median(data.ok(cell).seconds for cell in cells)

    plot = seconds(*(f"iris.hist().bins({i})" for i in range(1, 6)))
    card = seconds(*(f"iris.take({i})" for i in range(146, 151)))
    record_property("seconds", f"histogram {plot:.2f}, card {card:.2f}")
    assert card < 2 * plot + 0.3, f"a card took {card:.2f} s, a histogram {plot:.2f} s"
