"""What evcxr keeps from one cell to the next, and what it does not."""

from runner.kernel import Kernel


def test_a_value_survives_to_the_next_cell(bare: Kernel) -> None:
    bare.ok("let kept: Vec<i32> = vec![1, 2, 3];")
    assert bare.ok("kept.iter().sum::<i32>()").text == "6"


def test_a_stored_closure_works_in_a_later_cell(bare: Kernel) -> None:
    bare.ok("let twice: Box<dyn Fn(i32) -> i32 + Send + Sync> = Box::new(|x| x * 2);")
    assert bare.ok("twice(21)").text == "42"


def test_a_thread_and_its_channel_survive(bare: Kernel) -> None:
    bare.ok("""
        let (sender, receiver) = std::sync::mpsc::channel::<i32>();
        let worker = std::thread::spawn(move || receiver.recv().unwrap_or(-1));
    """)
    assert bare.ok("sender.send(7).is_ok()").text == "true"
    assert bare.ok("worker.join().unwrap_or(-2)").text == "7"


def test_a_borrow_cannot_be_kept(bare: Kernel) -> None:
    bare.ok('let owner = String::from("abc");')
    result = bare.run("let borrowed: &str = &owner;")
    assert result.error is not None
    assert "contains a reference with a non-static lifetime" in result.error


def test_a_panic_loses_what_its_cell_made_and_moved(bare: Kernel) -> None:
    bare.ok("let mut changed = vec![1]; let moved = vec![2];")
    bare.run('changed.push(2); let made = moved; panic!("stop");')
    assert bare.ok("changed").text == "[1, 2]"
    assert "cannot find value `moved`" in (bare.run("moved").error or "")
    assert "cannot find value `made`" in (bare.run("made").error or "")


def test_a_setting_lasts_in_the_environment_of_the_process(bare: Kernel) -> None:
    bare.ok('unsafe { std::env::set_var("NDSIGHT_PROBE", "kept") };')
    assert bare.ok('std::env::var("NDSIGHT_PROBE").unwrap()').text == '"kept"'


def test_the_kernels_command_makes_a_setting_with_a_restart(spoilt: Kernel) -> None:
    spoilt.ok(":env NDSIGHT_PROBE=kept")
    assert spoilt.ok('std::env::var("NDSIGHT_PROBE").is_err()').text == "true"
    spoilt.ok(":env NDSIGHT_PROBE=kept\n:restart")
    assert spoilt.ok('std::env::var("NDSIGHT_PROBE").unwrap()').text == '"kept"'
