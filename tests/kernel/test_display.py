"""What this crate's values show in the real kernel."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator

import pytest

from runner.expect import bundle_faults
from runner.kernel import CellResult, Kernel
from runner.pictures import pictures_in

DATA = "Dataset::from_tensor_slices((Array3::<u8>::zeros((6, 4, 4)), array![0, 1, 2, 0, 1, 2]))?"
TABLE = (
    'Dataset::from_tensor_slices(array![[1.0, 2.0], [2.0, 4.0], [3.0, 1.0]])?.with_feature_names(["a", "b"])?'
)
BUNDLE = {"text/html", "image/png", "text/plain"}
BARE = BUNDLE | {"image/svg+xml"}
SVG_START, PNG_START = "data:image/svg+xml;base64,", "data:image/png;base64,"
# The format's name, what it makes a cell show, and how its pictures begin.
FORMATS = [("Svg", BUNDLE, SVG_START), ("Png", BUNDLE, PNG_START), ("BareSvg", BARE, SVG_START)]


def shown(result: CellResult) -> dict[str, str]:
    """The one bundle of a cell, with every picture in it sound."""
    assert list(bundle_faults(result.bundle)) == []
    return result.bundle


PLOTS = [
    "hist().bins(4)",
    "ecdfplot()",
    "boxplot()",
    "violinplot()",
    "stripplot()",
    "scatter(0, 1)",
    "hist2d(0, 1)",
    "hexbin(0, 1)",
    "pairplot()",
    "pca()",
    "lineplot()",
    "heatmap()",
    "correlation()",
]


@pytest.mark.parametrize(
    "code",
    [
        f"{DATA}.images().columns(3)",
        f"{DATA}.countplot()",
        f"{DATA}.confusion_matrix(1, 1)",
        *(f"{TABLE}.{plot}" for plot in PLOTS),
        "array![[1.0, 2.0], [2.0, 4.0], [3.0, 1.0]].boxplot()",
        f"vstack(({TABLE}.hist(), {TABLE}.scatter(0, 1)))",
    ],
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


def titles_in(svg: str) -> list[str]:
    """The headings of the pictures of a document, from its start to its end."""
    return [title for title in ("first", "second", "third") if f">{title}</title>" in svg]


@pytest.mark.parametrize(("name", "types", "start"), FORMATS)
def test_a_format_decides_what_the_bundle_holds(
    kernel: Kernel, name: str, types: set[str], start: str
) -> None:
    kernel.ok(f"let table = {TABLE};")
    bundle = shown(kernel.ok(f"table.hist().format(Format::{name}).figsize(320, 240)"))
    assert bundle.keys() == types
    assert [picture.startswith(start) for picture in pictures_in(bundle["text/html"])] == [True]
    assert 'width="320" height="240"' in bundle["text/html"]


@pytest.mark.parametrize(("name", "types", "start"), FORMATS)
def test_several_plots_of_a_format_all_appear_in_order(
    kernel: Kernel, name: str, types: set[str], start: str
) -> None:
    kernel.ok(f"let table = {TABLE};")
    bundle = shown(
        kernel.ok(f"""
        let plot = table.hist().format(Format::{name}).figsize(320, 240);
        plot.clone().title("first").show();
        plot.clone().title("second").show();
        plot.clone().title("third")
    """)
    )
    assert bundle.keys() == types
    sources = pictures_in(bundle["text/html"])
    assert [source.startswith(start) for source in sources] == [True] * 3
    if start == SVG_START:
        svgs = [b64decode(source.partition(",")[2]).decode() for source in sources]
        assert [titles_in(svg) for svg in svgs] == [["first"], ["second"], ["third"]]
    if name == "BareSvg":
        svg = bundle["image/svg+xml"]
        assert titles_in(svg) == ["first", "second", "third"]
        at = [svg.index(f">{title}</title>") for title in titles_in(svg)]
        assert at == sorted(at)
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="320" height="720"')
    assert [bundle["text/plain"].find(title) >= 0 for title in ("first", "second", "third")] == [True] * 3


def test_one_bare_svg_takes_the_other_plots_of_the_cell_along(kernel: Kernel) -> None:
    kernel.ok(f"let table = {TABLE};")
    bundle = shown(
        kernel.ok("""
        table.hist().title("first").show();
        table.hist().title("second").format(Format::BareSvg).show();
        table.hist().title("third").format(Format::Png)
    """)
    )
    assert bundle.keys() == BARE
    assert titles_in(bundle["image/svg+xml"]) == ["first", "second"]
    assert bundle["image/svg+xml"].count(PNG_START) == 1


SET = 'unsafe {{ std::env::set_var("NDSIGHT_FORMAT", "{}") }};'
CARDS = [f"{TABLE}.hist()", DATA, f"{DATA}.at(0)?", "array![[1, 2], [3, 4]]"]


@pytest.fixture
def environment(kernel: Kernel) -> Iterator[Kernel]:
    """The kernel, whose environment chooses no format before and after."""
    yield kernel
    kernel.ok('unsafe { std::env::remove_var("NDSIGHT_FORMAT") };')


@pytest.mark.parametrize(
    ("value", "types", "start"),
    [
        ("svg", BUNDLE, SVG_START),
        ("PNG", BUNDLE, PNG_START),
        ("image/svg+xml", BARE, SVG_START),
        ("bare-svg", BARE, SVG_START),
    ],
)
def test_the_environment_chooses_for_all_figures(
    environment: Kernel, value: str, types: set[str], start: str
) -> None:
    environment.ok(SET.format(value))
    for code in CARDS:
        bundle = shown(environment.ok(code))
        assert bundle.keys() == types, code
        assert all(picture.startswith(start) for picture in pictures_in(bundle["text/html"])), code
    own = shown(environment.ok(f"{TABLE}.hist().format(Format::Svg)"))
    assert own.keys() == BUNDLE
    assert pictures_in(own["text/html"])[0].startswith(SVG_START)


def test_an_unknown_format_in_the_environment_is_told_above_the_picture(environment: Kernel) -> None:
    environment.ok(SET.format("<jpeg>"))
    bundle = shown(environment.ok(f"{TABLE}.hist().show(); {TABLE}.hist()"))
    assert bundle.keys() == BUNDLE
    assert bundle["text/html"].count("svg, png or image/svg+xml, but found &#39;&lt;jpeg&gt;&#39;") == 1
    assert bundle["text/plain"].startswith("warning: expected NDSIGHT_FORMAT to be svg, png or image/svg+xml")
    assert len(pictures_in(bundle["text/html"])) == 2


def test_a_dark_plot_and_a_composition_show_themselves(kernel: Kernel) -> None:
    kernel.ok(f"let table = {TABLE};")
    dark = shown(kernel.ok("table.hist().theme(Theme::Dark)"))["text/html"]
    svg = b64decode(pictures_in(dark)[0].partition(",")[2]).decode()
    assert "fill:#111" in svg
    both = shown(kernel.ok("hstack((table.hist().format(Format::Png), table.scatter(0, 1)))?"))
    assert [source[: len(PNG_START)] for source in pictures_in(both["text/html"])] == [PNG_START]


def test_a_kept_plot_takes_options_on_the_last_line_and_stays(kernel: Kernel) -> None:
    kernel.ok(f"let plot = {TABLE}.hist();")
    for option in ('title("kept")', "bins(3)", "theme(Theme::Light)"):
        bundle = shown(kernel.ok(f"plot.{option}"))
        assert bundle.keys() == BUNDLE
    figure = shown(kernel.ok('let figure = plot.figure().unwrap();\nfigure.title("whole")'))
    assert "whole" in figure["text/plain"]


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
        result = kernel.ok(f'let made = 1; table.hist().format(Format::BareSvg).title("{title}")')
        assert shown(result).keys() == BARE
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
