"""How failures look: the status says "ok", the text on stderr tells the truth."""

import pytest

from runner.kernel import Kernel


def test_a_question_mark_prints_the_error_and_the_status_is_ok(bare: Kernel) -> None:
    result = bare.run('let n: i32 = "seven".parse()?; println!("unreached");')
    assert (result.status, result.error, result.bundles) == ("ok", None, [])
    assert result.stdout == ""
    assert "invalid digit found in string" in result.stderr


def test_an_error_is_printed_with_display_where_it_has_it(bare: Kernel) -> None:
    bare.ok("""
        #[derive(Debug)] pub struct Told;
        impl std::fmt::Display for Told {
            fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result { f.write_str("told plainly") }
        }
        impl std::error::Error for Told {}
    """)
    assert bare.run("Err::<(), Told>(Told)?;").stderr.strip() == "told plainly"


def test_a_panic_prints_and_the_status_is_ok(bare: Kernel) -> None:
    result = bare.run('let v: Vec<i32> = vec![]; println!("{}", v[3]);')
    assert (result.status, result.error, result.bundles) == ("ok", None, [])
    assert "panicked at" in result.stderr
    assert "index out of bounds" in result.stderr


def test_overflow_is_checked_in_cells(bare: Kernel) -> None:
    result = bare.run('let big: u8 = std::hint::black_box(255); println!("{}", big + 1);')
    assert "attempt to add with overflow" in result.stderr


def test_a_cell_that_does_not_compile_is_an_error_message(bare: Kernel) -> None:
    result = bare.run("no_such_thing()")
    assert result.status == "error"
    assert "cannot find function `no_such_thing`" in (result.error or "")


def test_an_abort_loses_every_variable(spoilt: Kernel) -> None:
    spoilt.ok("let kept = 1;")
    result = spoilt.run("std::process::abort();")
    assert "Subprocess terminated" in (result.error or "")
    assert "cannot find value `kept`" in (spoilt.run("kept").error or "")


def test_a_kernel_that_dies_is_noticed(spoilt: Kernel) -> None:
    parent = "std::os::unix::process::parent_id().to_string()"
    result = spoilt.run(f'std::process::Command::new("kill").arg({parent}).status()?;')
    assert result.error == "the kernel died"


PANICS = '{ assert!(x != 4, "four"); x }'
RANGE = "Dataset::range(0..6)"
STEPS = {
    "map": f"{RANGE}.map(|x: i64| {PANICS})?",
    "map on threads": f"{RANGE}.map_parallel(2, |x: i64| {PANICS})?.prefetch(2)",
    "filter": f"{RANGE}.filter(|x: i64| {PANICS} >= 0)?",
    "flat_map": f"{RANGE}.flat_map(|x: i64| Dataset::range(0..{PANICS}))?",
    "interleave": f"{RANGE}.interleave(2, 1, |x: i64| Dataset::range(0..{PANICS}))?",
    "scan": f"{RANGE}.scan(0, |sum, x: i64| (sum, sum + {PANICS}))?",
    "from_generator": f"Dataset::from_generator(|| (0..6_i64).map(|x| {PANICS}))?",
}


@pytest.mark.parametrize("step", STEPS)
def test_a_closure_that_panics_costs_no_variable(kernel: Kernel, step: str) -> None:
    """All of its steps are tried without a kernel, in `tests/bad_input/panics.rs`."""
    first = "failing.iter().find_map(|element| element.err()).unwrap()"
    result = kernel.run(f'let kept = 7; let failing = {STEPS[step]}; print!("{{}}", {first});')
    assert result.error is None
    assert result.stdout == f"{step.split()[0]}: element 4: the closure panicked: four"
    shown = kernel.run("failing")
    assert shown.error is None and "the closure panicked: four" in shown.text
    assert kernel.ok('print!("{kept} {}", failing.element_spec());').stdout == "7 int64 ()"


def test_an_error_whose_words_panic_costs_no_variable(kernel: Kernel) -> None:
    kernel.ok("""
        pub struct Wordless;
        impl std::fmt::Display for Wordless {
            fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result { panic!("no words") }
        }
    """)
    shown = kernel.run("let kept = 7; Err::<Dataset, _>(Wordless)")
    assert "the message of the error panicked: no words" in shown.text
    assert kernel.ok('print!("{kept}");').stdout == "7"
