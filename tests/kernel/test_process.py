"""The process a cell runs in: its name, its statics, its threads."""

from pathlib import Path

from runner.kernel import Kernel

CRATE = """
[package]
name = "counter"
version = "0.1.0"
edition = "2024"
"""
COUNTER = """
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    pub fn count() -> u32 { COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1 }
"""
THREADS = 'std::fs::read_dir("/proc/self/task").unwrap().count()'


def test_the_program_is_named_after_the_kernel(bare: Kernel) -> None:
    name = "std::env::current_exe().unwrap().file_stem().unwrap().to_str().unwrap().to_string()"
    assert bare.ok(name).text == '"evcxr_jupyter"'


def test_the_environment_says_that_evcxr_runs_us(bare: Kernel) -> None:
    assert bare.ok('std::env::var("EVCXR_IS_RUNTIME").unwrap()').text == '"1"'


def test_all_cells_run_in_one_process(bare: Kernel) -> None:
    first = bare.ok("std::process::id()").text
    assert bare.ok("std::process::id()").text == first


def test_statics_are_fresh_in_every_cell(bare: Kernel) -> None:
    bare.ok(COUNTER)
    assert bare.ok('println!("{}", count() + count());').stdout == "3\n"
    assert bare.ok('println!("{}", count() + count());').stdout == "3\n"


def load_counter(kernel: Kernel, folder: Path) -> None:
    """Makes a crate with a static in it, and loads it."""
    (folder / "src").mkdir()
    (folder / "Cargo.toml").write_text(CRATE)
    (folder / "src" / "lib.rs").write_text(COUNTER)
    kernel.ok(f':dep counter = {{ path = "{folder}" }}')


def test_statics_of_a_dependency_are_fresh_in_every_cell(spoilt: Kernel, tmp_path: Path) -> None:
    load_counter(spoilt, tmp_path)
    counts = [spoilt.ok('println!("{}", counter::count());').stdout for _ in range(2)]
    assert counts == ["1\n", "1\n"]


def test_with_dynamic_linking_statics_of_a_dependency_are_shared(spoilt: Kernel, tmp_path: Path) -> None:
    spoilt.run(":allow_static_linking 0")
    load_counter(spoilt, tmp_path)
    counts = [spoilt.ok('println!("{}", counter::count());').stdout for _ in range(2)]
    assert counts == ["1\n", "2\n"]


def test_scoped_threads_are_gone_when_the_cell_ends(bare: Kernel) -> None:
    before = int(bare.ok(THREADS).text)
    bare.ok("std::thread::scope(|s| { for _ in 0..4 { s.spawn(|| 1 + 1); } });")
    assert int(bare.ok(THREADS).text) == before


def test_what_cells_show_is_kept_in_one_file_beside_the_library_of_the_last(kernel: Kernel) -> None:
    """Their memory would stay until the kernel ends. The file goes with the kernel's folder."""
    for title in ("first", "second"):
        kernel.ok(f'Tensor::from(vec![1, 2]).hist().title("{title}").show();')
    maps = Path(f"/proc/{kernel.ok('std::process::id()').text}/maps").read_text()
    libraries = [Path(line[line.index("/") :]) for line in maps.splitlines() if "/libcode_" in line]
    files = {file for library in libraries for file in library.parent.glob("*.shown")}
    assert [b"second" in file.read_bytes() for file in files] == [True]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600]
