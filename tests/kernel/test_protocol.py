"""How evcxr reads a cell's standard output: blocks, markers, and where they go wrong."""

from runner.kernel import Kernel


def block(mime: str, body: str) -> str:
    """Rust that prints one content block."""
    return f'println!("EVCXR_BEGIN_CONTENT {mime}\\n{body}\\nEVCXR_END_CONTENT");'


def test_blocks_of_different_types_make_one_bundle(bare: Kernel) -> None:
    result = bare.ok(block("text/html", "<b>x</b>") + block("text/plain", "x"))
    assert result.bundle == {"text/html": "<b>x</b>", "text/plain": "x"}


def test_a_second_block_of_a_type_replaces_the_first(bare: Kernel) -> None:
    result = bare.ok(block("text/plain", "first") + block("text/plain", "second"))
    assert result.bundle == {"text/plain": "second"}


def test_display_is_a_method_in_scope(bare: Kernel) -> None:
    bare.ok(f"""
        pub trait Shown {{ fn evcxr_display(&self); }}
        impl Shown for Vec<u8> {{ fn evcxr_display(&self) {{ {block("text/html", "of a trait")} }} }}
    """)
    assert bare.ok("vec![1u8]").bundle == {"text/html": "of a trait"}


def test_the_first_question_mark_of_a_session_spoils_the_display_of_its_cell(spoilt: Kernel) -> None:
    spoilt.ok(f"""
        #[derive(Debug)] pub struct Shown;
        impl Shown {{ pub fn evcxr_display(&self) {{ {block("text/html", "displayed")} }} }}
    """)
    code = "Ok::<Shown, std::fmt::Error>(Shown)?"
    assert spoilt.ok(code).bundle == {"text/plain": "Shown"}
    assert spoilt.ok(code).bundle == {"text/html": "displayed"}


def test_the_bundle_comes_when_the_cell_ends_and_lines_come_before(bare: Kernel) -> None:
    result = bare.ok(block("text/plain", "shown") + 'println!("a line");')
    assert (result.stdout, result.text) == ("a line\n", "shown")


def test_leading_empty_lines_of_a_block_are_lost(bare: Kernel) -> None:
    assert bare.ok(block("text/plain", r"\n\nx\n\ny")).text == "x\n\ny"


def test_text_before_a_begin_marker_on_its_line_is_lost(bare: Kernel) -> None:
    result = bare.ok('print!("lost ");' + block("text/plain", "x"))
    assert (result.stdout, result.text) == ("", "x")


def test_an_end_marker_in_the_body_cuts_it_short(bare: Kernel) -> None:
    result = bare.ok(block("text/plain", r"a\nEVCXR_END_CONTENT\nb"))
    assert (result.text, result.stdout) == ("a", "b\nEVCXR_END_CONTENT\n")


def test_an_end_marker_with_more_on_its_line_is_only_text(bare: Kernel) -> None:
    assert bare.ok(block("text/plain", "a EVCXR_END_CONTENT b")).text == "a EVCXR_END_CONTENT b"


def test_a_panic_marker_in_the_body_cuts_it_short(bare: Kernel) -> None:
    result = bare.ok(block("text/plain", r"a\nEVCXR_PANIC_NOTIFICATION\nb"))
    assert (result.text, result.stdout) == ("a", "b\nEVCXR_END_CONTENT\n")


def test_a_begin_marker_anywhere_in_a_line_swallows_what_follows(bare: Kernel) -> None:
    result = bare.ok('println!("data EVCXR_BEGIN_CONTENT x"); println!("gone\\nEVCXR_END_CONTENT");')
    assert (result.stdout, result.bundle) == ("", {"x": "gone"})


def test_an_error_marker_drops_the_variables_of_its_cell(bare: Kernel) -> None:
    bare.ok('let dropped = 5; println!("EVCXR_ERROR_OCCURRED");')
    assert "cannot find value `dropped`" in (bare.run("dropped").error or "")


def test_a_completion_marker_shifts_all_later_output_by_one_cell(spoilt: Kernel) -> None:
    spoilt.run('println!("EVCXR_EXECUTION_COMPLETE");', settle=False)
    assert spoilt.run(block("text/plain", "second"), settle=False).bundles == []
    assert spoilt.run('println!("third");', settle=False).text == "second"


def test_an_input_marker_as_a_prefix_kills_the_process(spoilt: Kernel) -> None:
    spoilt.run('println!("EVCXR_INPUT_REQUEST:who?");', settle=False)
    assert "Subprocess terminated" in (spoilt.run('println!("x");', settle=False).error or "")


def test_a_byte_that_is_not_utf8_silences_stderr_for_good(spoilt: Kernel) -> None:
    result = spoilt.run("use std::io::Write; let _ = std::io::stderr().write_all(&[0xff, b'\\n']);")
    assert result.deaf
    assert spoilt.run('eprintln!("unheard");').stderr == ""
