"""What this crate's values show in the real kernel."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable

import pytest

from runner.expect import bundle_faults
from runner.kernel import CellResult, Kernel
from runner.pictures import pictures_in

DATA = "Dataset::from_tensor_slices((Array3::<u8>::zeros((6, 4, 4)), array![0, 1, 2, 0, 1, 2]))?"
TABLE = (
    'Dataset::from_tensor_slices(array![[1.0, 2.0], [2.0, 4.0], [3.0, 1.0]])?.with_feature_names(["a", "b"])?'
)
BUNDLE = {"text/html", "image/png", "text/plain"}


def shown(result: CellResult) -> dict[str, str]:
    """The one bundle of a cell, with every picture in it sound."""
    assert list(bundle_faults(result.bundle)) == []
    return result.bundle


@pytest.mark.parametrize(
    "code",
    [f"{DATA}.images().columns(3)", f"{TABLE}.hist().bins(4)", f"{TABLE}.scatter(0, 1)"],
    ids=["images", "histogram", "scatter"],
)
def test_a_plot_shows_itself_in_one_bundle(kernel: Kernel, code: str) -> None:
    bundle = shown(kernel.ok(code))
    assert bundle.keys() == BUNDLE
    assert [source[:26] for source in pictures_in(bundle["text/html"])] == ["data:image/svg+xml;base64,"]


@pytest.mark.parametrize(
    "code",
    [
        DATA,
        f"{DATA}.batch(4)?",
        f"{DATA}.at(0)?",
        f"{DATA}.batch(4)?.at(0)?",
        f"{DATA}.at(0)?.component(0)?.clone()",
        "array![[1, 2], [3, 4]]",
        "Array2::<f64>::zeros((100, 100))",
        "image::DynamicImage::new_rgb8(5, 4)",
        f"Ok::<Dataset, ndsight::Error>({DATA})",
        f"Some({TABLE}.hist())",
    ],
)
def test_a_value_shows_itself(kernel: Kernel, code: str) -> None:
    bundle = shown(kernel.ok(code))
    assert bundle["text/html"]
    assert bundle["text/plain"].strip()


def test_an_error_in_a_result_is_shown_and_not_printed(kernel: Kernel) -> None:
    result = kernel.ok('Dataset::from_npy("no/such/file.npy")')
    assert "no/such/file.npy" in shown(result)["text/plain"]


def test_a_plot_that_cannot_be_drawn_shows_why(kernel: Kernel) -> None:
    bundle = shown(kernel.ok(f'{TABLE}.scatter("a", "c")'))
    assert "'a', 'b'" in bundle["text/plain"]


def test_a_data_set_survives_to_the_next_cell(kernel: Kernel) -> None:
    kernel.ok(f"let kept = {DATA};")
    kernel.ok("let batched = kept.batch(4)?;")
    counts = kernel.ok('println!("{} and {}", kept.cardinality(), batched.cardinality());')
    assert counts.stdout == "6 elements and 2 elements\n"


def test_several_plots_of_one_cell_all_appear_in_order(kernel: Kernel) -> None:
    kernel.ok(f"let table = {TABLE};")
    html = shown(
        kernel.ok("""
        table.hist().title("first").show();
        table.hist().title("second").show();
        table.scatter(0, 1).title("third")
    """)
    )["text/html"]
    for picture, title in zip(pictures_in(html), ("first", "second", "third"), strict=True):
        assert title in b64decode(picture.partition(",")[2]).decode()


def test_a_cell_that_ends_without_a_value_shows_what_was_shown_before(kernel: Kernel) -> None:
    kernel.ok(f"let table = {TABLE};")
    for ending in ("table.hist().show()", "for _ in 0..1 { table.hist().show(); }"):
        bundle = shown(kernel.ok(ending))
        assert bundle.keys() == BUNDLE
        assert bundle["text/plain"] != "()"


def test_what_one_cell_showed_is_not_in_the_next(kernel: Kernel) -> None:
    kernel.ok(f"let table = {TABLE};")
    kernel.ok("table.hist().show();")
    html = shown(kernel.ok("table.hist().show();"))["text/html"]
    assert len(pictures_in(html)) == 1


def test_with_dynamic_linking_what_a_cell_showed_is_not_in_the_next(shared: Kernel) -> None:
    shared.ok(f"let table = {TABLE};")
    for _ in range(2):
        html = shown(shared.ok("table.hist().show(); table.scatter(0, 1)"))["text/html"]
        assert len(pictures_in(html)) == 2


MARKERS = [
    "EVCXR_BEGIN_CONTENT text/plain",
    "EVCXR_END_CONTENT",
    "EVCXR_PANIC_NOTIFICATION",
    "EVCXR_EXECUTION_COMPLETE",
    "EVCXR_ERROR_OCCURRED",
    "EVCXR_VARIABLE_CHANGED_TYPE:table",
    "EVCXR_INPUT_REQUEST:who?",
]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_kernel_marker_in_a_title_is_only_text(kernel: Kernel, marker: str) -> None:
    kernel.ok(f"let table = {TABLE};")
    for title in (marker, rf"a\n{marker}\nb", rf"\r{marker}\r"):
        result = kernel.ok(f'let made = 1; table.hist().title("{title}")')
        assert shown(result).keys() == BUNDLE
        assert result.stdout == ""
        assert kernel.ok('println!("{made} {}", table.cardinality());').stdout == "1 3 elements\n"


@pytest.mark.parametrize("marker", MARKERS)
def test_a_kernel_marker_in_data_is_only_text(kernel: Kernel, marker: str) -> None:
    result = kernel.ok(rf'Dataset::from_tensor_slices(vec!["{marker}", "a\n{marker}\nb"])?')
    assert "text/html" in shown(result)
    assert result.stdout == ""
    assert kernel.ok('println!("after");').stdout == "after\n"


def test_no_thread_is_left_behind(kernel: Kernel) -> None:
    threads = 'println!("{}", std::fs::read_dir("/proc/self/task").unwrap().count());'
    before = kernel.ok(threads).stdout
    kernel.ok(f"{DATA}.images()")
    kernel.ok(f"{TABLE}.hist()")
    assert kernel.ok(threads).stdout == before


def test_a_display_costs_little_more_than_an_empty_cell(
    kernel: Kernel, record_property: Callable[[str, object], None]
) -> None:
    kernel.ok(f"let table = {TABLE};")
    empty = sorted(kernel.ok(f'println!("{i}");').seconds for i in range(5))[2]
    plot = sorted(kernel.ok(f"table.hist().bins({i})").seconds for i in range(1, 6))[2]
    record_property("seconds", f"empty {empty:.2f}, histogram {plot:.2f}")
    # Twice is what compiling a thin shim costs; a chart compiled in the cell costs six times.
    assert plot < 4 * empty + 0.3, f"a histogram took {plot:.2f} s, an empty cell {empty:.2f} s"
