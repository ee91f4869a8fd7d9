"""Data sets whose closures, threads and passes live from one cell to the next."""

from __future__ import annotations

import re

from runner.kernel import Kernel


def test_closures_stored_in_a_data_set_run_in_later_cells(kernel: Kernel) -> None:
    kernel.ok("let factor = 3_i64;")
    kernel.ok("let mapped = Dataset::range(0..5).map(move |x: i64| x * factor)?;")
    kernel.ok("let even = mapped.filter(|x: i64| x % 2 == 0)?;")
    kernel.ok("let sums = even.scan(0_i64, |sum, x: i64| (sum + x, sum + x))?;")
    assert kernel.ok("mapped.at(4)?.scalar::<i64>(0)?").text == "12"
    assert kernel.ok("even.iter().count()").text == "3"
    assert kernel.ok("sums.array::<i64, Ix1>(0)?.to_vec()").text == "[0, 6, 18]"


def test_a_generator_of_one_cell_makes_elements_in_another(kernel: Kernel) -> None:
    kernel.ok("let squares = Dataset::from_generator(|| (1_i64..).map(|i| i * i))?;")
    assert kernel.ok("squares.take(4).array::<i64, Ix1>(0)?.to_vec()").text == "[1, 4, 9, 16]"
    assert kernel.ok("squares.skip(2).take(1).array::<i64, Ix1>(0)?.to_vec()").text == "[9]"


def test_threads_of_one_cell_work_for_later_ones(kernel: Kernel) -> None:
    kernel.ok("let ahead = Dataset::range(0..1000).map_parallel(2, |x: i64| x + 1)?.prefetch(4);")
    kernel.ok("let mut pass = ahead.iter();")
    assert kernel.ok("pass.next().unwrap()?.scalar::<i64>(0)?").text == "1"
    assert kernel.ok("pass.map(|e| e.unwrap().scalar::<i64>(0).unwrap()).sum::<i64>()").text == "500499"


def test_a_cache_filled_in_one_cell_serves_the_next(kernel: Kernel) -> None:
    kernel.ok("use std::sync::{Arc, atomic::{AtomicUsize, Ordering::SeqCst}};")
    kernel.ok("let calls = Arc::new(AtomicUsize::new(0)); let seen = calls.clone();")
    kernel.ok(
        "let cached = Dataset::range(0..50).map(move |x: i64| { seen.fetch_add(1, SeqCst); x })?.cache();"
    )
    kernel.ok("let before = calls.load(SeqCst); assert_eq!(cached.iter().count(), 50);")
    kernel.ok("assert_eq!(cached.iter().count(), 50);")
    assert kernel.ok("calls.load(SeqCst) - before").text == "50"


def test_a_closure_that_panics_takes_no_variable_with_it(kernel: Kernel) -> None:
    kernel.ok("let precious = vec![1, 2, 3];")
    # The panic's own message comes on stderr, as that of any panic.
    made = kernel.run("let fragile = Dataset::range(0..5).map(|x: i64| { assert!(x != 2, \"two\"); x })?;")
    assert made.error is None
    failed = kernel.run("(fragile.at(2).unwrap_err().to_string(), precious.len())")
    assert failed.text == '("map: element 2: the closure panicked: two", 3)'
    assert kernel.ok("precious.len()").text == "3"


def test_work_that_takes_its_time_says_how_far_it_is(kernel: Kernel) -> None:
    kernel.ok("use std::{thread::sleep, time::Duration};")
    kernel.ok("let slow = Dataset::range(0..500).map(|x: i64| { sleep(Duration::from_millis(10)); x })?;")
    shown = kernel.run("slow.filter(|_: i64| true)?.hist()")
    assert shown.error is None and "text/html" in shown.bundle
    # After 2 s and 4 s, and at the end: whole lines, as a notebook shows no other.
    lines = shown.stderr.splitlines()
    assert len(lines) == 3, lines
    assert re.fullmatch(r"reading: \d+ rows, \d+ rows/s", lines[0]), lines
    assert re.fullmatch(r"reading: 500 rows, \d+ s", lines[2]), lines
    quick = kernel.ok("Dataset::range(0..500).hist()")
    assert quick.stderr == ""


def test_endless_data_sets_show_themselves_and_end(kernel: Kernel) -> None:
    endless = kernel.ok("Dataset::counter(0, 1)")
    assert "endless" in endless.bundle["text/plain"]
    assert "the first 10,000 rows" in endless.bundle["text/plain"]
    never = kernel.ok("Dataset::counter(0, 1).filter(|x: i64| x < 0)?")
    assert "given up after reading 1,000,000 elements" in never.bundle["text/plain"]
    assert never.seconds < 30
    windows = kernel.ok("Dataset::range(0..10).window(3)?")
    assert "Dataset(int64 ())" in windows.bundle["text/plain"]
