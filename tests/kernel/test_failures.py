"""How failures look: the status says "ok", the text on stderr tells the truth."""

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
