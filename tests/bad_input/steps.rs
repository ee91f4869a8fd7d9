//! Steps given what they cannot take, and closures that fail: what they say, word for
//! word, and when.

use ndarray::{Array1, array};
use ndsight::{
    Buckets, DType, Dataset, Element, Error, PaddedBatch, RejectionResample, Result, SampleFrom,
    Shuffle, Split, Tensor, TensorSpec, Window,
};

use crate::refused;

fn range() -> Dataset {
    Dataset::range(0..10)
}

/// The error of a step at its call, with the name that the cause has in the recorded
/// results of TensorFlow.
#[track_caller]
fn at_the_call<T>(made: Result<T>, code: &str, message: &str) {
    let err = made.map(|_| ()).unwrap_err();
    assert_eq!((err.code(), err.to_string().as_str()), (code, message));
}

/// The first error of a pass, and how many elements came before it.
#[track_caller]
fn while_iterating(ds: &Dataset, good: usize, message: &str) -> Error {
    let mut pass = ds.iter();
    let came = pass.by_ref().take(good).filter(|e| e.is_ok()).count();
    assert_eq!(came, good);
    let err = pass.next().unwrap().unwrap_err();
    assert_eq!(err.to_string(), message);
    err
}

#[test]
fn numbers_that_mean_nothing() {
    fn argument(made: Result<Dataset>, message: &str) {
        at_the_call(made, "invalid_argument", message);
    }
    let size = "expected a batch size of at least 1, but found 0";
    argument(range().batch(0), size);
    argument(range().batch_drop_remainder(0), size);
    argument(range().padded_batch(0), size);
    argument(range().batch(2).unwrap().rebatch([2, 0]), size);
    argument(
        range().batch(2).unwrap().rebatch([]),
        "expected at least one batch size, but found none",
    );
    argument(
        range().shard(0, 0),
        "expected at least 1 shard, but found 0",
    );
    argument(
        range().shard(3, 3),
        "expected an index below 3, the number of shards, but found 3",
    );
    for (window, what) in [
        (Window::new(0), "size"),
        (Window::new(1).shift(0), "shift"),
        (Window::new(1).stride(0), "stride"),
    ] {
        let message = format!("expected a window {what} of at least 1, but found 0");
        argument(range().window(window), &message);
    }
    argument(
        Dataset::range_step(0, 5, 0),
        "expected a step other than 0, but found 0; counter(start, 0) repeats a number",
    );
    argument(
        range().map_parallel(0, |x: i64| x),
        "expected at least 1 parallel call, but found 0; None takes as many as there are cores",
    );
    argument(
        range().interleave(0, 1, |x: i64| Dataset::range(0..x)),
        "expected a cycle length of at least 1, but found 0",
    );
    argument(
        range().interleave(1, 0, |x: i64| Dataset::range(0..x)),
        "expected a block length of at least 1, but found 0",
    );
    argument(
        range().group_by_window(0, |x: i64| x, |_, group| group),
        "expected a window size of at least 1, but found 0",
    );
    at_the_call(
        Shuffle::new(1).buffer_size(0),
        "invalid_argument",
        "expected a buffer size of at least 1, but found 0",
    );
    for fraction in [-0.1, 1.5, f64::NAN] {
        at_the_call(
            range().split(Split::new(fraction)),
            "invalid_argument",
            &format!("expected a fraction from 0 to 1, but found {fraction}"),
        );
    }
}

#[test]
fn choices_that_cannot_be_made() {
    at_the_call(
        Dataset::sample_from_datasets([range()], SampleFrom::new(1).weights([0.5, 0.5])),
        "invalid_argument",
        "expected 1 weights, one for each data set, but found 2",
    );
    at_the_call(
        Dataset::sample_from_datasets([range()], SampleFrom::new(1).weights([f64::NAN])),
        "invalid_argument",
        "expected weights that are finite, not negative and not all 0, but found [NaN]",
    );
    at_the_call(
        Dataset::sample_from_datasets([], 1),
        "invalid_argument",
        "expected at least one data set to choose from, but found none",
    );
    let words = Dataset::from_tensor_slices(vec!["a"]).unwrap();
    at_the_call(
        Dataset::choose_from_datasets([range()], &words, true),
        "type_mismatch",
        "expected choices of int64 (), but found string ()",
    );
    let choice = Dataset::from_tensor_slices(vec![0_i64, -1]).unwrap();
    let chosen = Dataset::choose_from_datasets([range()], &choice, true).unwrap();
    let err = while_iterating(
        &chosen,
        1,
        "expected a choice below 1, the number of data sets, but found -1",
    );
    assert_eq!(err.code(), "out_of_range");
    at_the_call(
        range().rejection_resample(RejectionResample::new([0.0, 0.0], 1), |x: i64| x),
        "invalid_argument",
        "expected target shares that are finite, not negative and not all 0, but found [0.0, 0.0]",
    );
    at_the_call(
        range().bucket_by_sequence_length(Buckets::new([5, 3], [1, 1, 1]), |x: i64| x as usize),
        "invalid_argument",
        "expected boundaries that rise, but found [5, 3]",
    );
    at_the_call(
        range().bucket_by_sequence_length(Buckets::new([5], [1]), |x: i64| x as usize),
        "invalid_argument",
        "expected 2 batch sizes, one more than boundaries, but found 1",
    );
}

#[test]
fn elements_that_do_not_fit_together() {
    let pairs = Dataset::zip((range(), range())).unwrap();
    at_the_call(
        range().concatenate(&pairs),
        "structure_mismatch",
        "concatenate: expected elements int64 (), but found (int64 (), int64 ())",
    );
    let floats = Dataset::from_tensor_slices(vec![1.0]).unwrap();
    at_the_call(
        range().concatenate(&floats),
        "type_mismatch",
        "concatenate: expected int64 (), but found float64 ()",
    );
    at_the_call(
        Dataset::zip(Vec::<Dataset>::new()),
        "empty_structure",
        "expected at least one data set to zip, but found none",
    );
    at_the_call(
        range().unbatch(),
        "rank",
        "expected components of at least one axis to take apart, but found '0' of shape ()",
    );
    let uneven = Dataset::from_tensors((vec![1, 2, 3], vec![4])).unwrap();
    at_the_call(
        uneven.unbatch(),
        "shape_mismatch",
        "expected components of equal length, but found '0' of shape (3,) and '1' of shape (1,)",
    );
    let ragged = range().map_with_spec(TensorSpec::new(DType::Int64, [None]), |n: i64| {
        vec![n; n as usize]
    });
    let err = while_iterating(
        &ragged.batch(2).unwrap(),
        0,
        "expected tensors that agree in all axes but the first, but found shapes (1, 0), (1, 1)",
    );
    assert_eq!(err.code(), "shape_mismatch");
    let padded = |shape: Vec<Option<usize>>| PaddedBatch::new(2).padded_shapes([shape]);
    let err = while_iterating(
        &ragged.padded_batch(padded(vec![Some(2)])).unwrap(),
        1,
        "padded_batch: expected elements that fit into the padded shape (2,), but found shape (3,)",
    );
    assert_eq!(err.code(), "pad_too_small");
    at_the_call(
        ragged.padded_batch(padded(vec![])),
        "rank",
        "padded_batch: expected a padded shape of 1 axes for component '0' of shape (None,), but found 0",
    );
    at_the_call(
        ragged.padded_batch(PaddedBatch::new(2).padding_values([Tensor::from(0.5)])),
        "type_mismatch",
        "padded_batch: expected a padding value of int64 for component '0', but found float64",
    );
}

#[test]
fn closures_that_take_other_types() {
    let pairs = Dataset::from_tensor_slices((array![[1.0, 2.0]], vec!["a"])).unwrap();
    at_the_call(
        pairs.map(|x: f64| x),
        "structure_mismatch",
        "map: expected one component, but found components '0': float64 (2,), '1': string ()",
    );
    at_the_call(
        pairs.map(|(x, y, z): (Tensor, Tensor, Tensor)| (x, y, z)),
        "structure_mismatch",
        "map: expected a tuple of 3, but found components '0': float64 (2,), '1': string ()",
    );
    let err = pairs
        .filter(|(x, _): (Array1<f32>, String)| x[0] > 0.0)
        .map(|_| ())
        .unwrap_err();
    assert!(err.is_dtype());
    assert_eq!(
        err.to_string(),
        "filter: component '0': expected an array of float32, but found float64 of shape (2,); ask for it as f64"
    );
    at_the_call(
        range().map(|w: Dataset| w),
        "type_mismatch",
        "map: expected a window, which is a data set, but found int64 of shape ()",
    );
    assert_eq!(
        refused(range().reduce(0, |sum, x: i32| sum + x), Error::is_dtype),
        "reduce: element 0: expected an array of int32, but found int64 of shape (); ask for it as i64"
    );
}

#[test]
fn closures_that_fail_name_their_step_and_element() {
    let odd = |x: i64| {
        if x % 2 == 1 {
            Err(format!("{x} is odd"))
        } else {
            Ok(x)
        }
    };
    let halves = range().map(odd).unwrap();
    let err = while_iterating(&halves, 1, "map: element 1: 1 is odd");
    assert!(err.is_function());
    assert_eq!(err.code(), "map_function");
    // A batch fails with its element; the others stay.
    let batches = halves.batch(1).unwrap();
    while_iterating(&batches, 1, "map: element 1: 1 is odd");
    assert_eq!(batches.iter().filter(|batch| batch.is_ok()).count(), 5);
    let text = |err: Error| err.to_string();
    assert_eq!(text(halves.at(7).unwrap_err()), "map: element 7: 7 is odd");
    assert_eq!(
        text(halves.array::<i64, ndarray::Ix1>(0).unwrap_err()),
        "map: element 1: 1 is odd"
    );
    let parallel = range().map_parallel(3, odd).unwrap();
    assert_eq!(parallel.iter().filter(|x| x.is_ok()).count(), 5);
    assert_eq!(
        text(parallel.iter().nth(3).unwrap().unwrap_err()),
        "map: element 3: 3 is odd"
    );
    while_iterating(
        &range().filter(move |x: i64| odd(x).map(|x| x > 0)).unwrap(),
        0,
        "filter: element 1: 1 is odd",
    );
    let sums = range()
        .scan(0_i64, move |sum, x: i64| odd(x).map(|x| (sum + x, sum)))
        .unwrap();
    while_iterating(&sums, 1, "scan: element 1: 1 is odd");
    let spread = range()
        .flat_map(move |x: i64| odd(x).map(|x| Dataset::range(0..x)))
        .unwrap();
    while_iterating(&spread, 0, "flat_map: element 1: 1 is odd");
    at_the_call(
        range().map(|x: i64| Err::<i64, _>(format!("no {x}"))),
        "map_function",
        "map: no 0",
    );
}

#[test]
fn closures_that_panic_are_errors() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let tens = Dataset::range(-5..5).map(|x: i64| 10 / x).unwrap();
    let message = "map: element 5: the closure panicked: attempt to divide by zero";
    while_iterating(&tens, 5, message);
    assert_eq!(tens.at(5).unwrap_err().to_string(), message);
    let made = Dataset::from_generator(|| {
        (0..3).inspect(|i| {
            assert!(*i < 2, "three");
        })
    });
    while_iterating(
        &made.unwrap(),
        2,
        "from_generator: element 2: the closure panicked: three",
    );
    let err = range()
        .reduce(0, |_, _: Element| -> i32 { panic!("stop") })
        .unwrap_err();
    assert_eq!(
        err.to_string(),
        "reduce: element 0: the closure panicked: stop"
    );
    std::panic::set_hook(hook);
}

#[test]
fn results_unlike_the_first_say_how_to_state_them() {
    let growing = Dataset::range(0..1000)
        .map(|x: i64| vec![0_u8; usize::from(x == 500) + 1])
        .unwrap();
    assert_eq!(growing.element_spec().to_string(), "uint8 (1,)");
    let err = growing.at(500).unwrap_err();
    assert_eq!(
        err.to_string(),
        "map: element 500: expected uint8 (1,), as the first ones gave, but found uint8 (2,); say what varies with map_with_spec"
    );
    assert_eq!(err.code(), "shape_mismatch");
    at_the_call(
        range().map(|x: i64| {
            if x < 5 {
                Tensor::from(1)
            } else {
                Tensor::from("one".to_owned())
            }
        }),
        "type_mismatch",
        "map: expected int32 (), but found string ()",
    );
    at_the_call(
        Dataset::from_generator(Vec::<i64>::new),
        "",
        "expected at least one item to learn the types from, but found none; state them with from_generator_with_spec",
    );
}

#[test]
fn what_has_no_end_or_no_order() {
    let endless = range().repeat(None);
    at_the_call(
        endless.len(),
        "infinite",
        "expected a number of elements, which len() needs, but repeat has no end; take(n) ends it",
    );
    at_the_call(
        endless.reduce(0_i64, |sum, x: i64| sum + x),
        "infinite",
        "expected a number of elements, which reduce() needs, but repeat has no end; take(n) ends it",
    );
    let some = range().filter(|x: i64| x > 3).unwrap();
    at_the_call(
        some.len(),
        "unknown_length",
        "expected a known number of elements, which len() needs, but after filter only iteration can tell; read them into memory first with collect()",
    );
    at_the_call(
        some.map(|x: i64| x).unwrap().at(0),
        "no_random_access",
        "expected elements that can be reached in any order, which at() needs, but after filter they come one after another; read them into memory first with collect()",
    );
    at_the_call(
        range().get_single_element(),
        "not_single",
        "expected one element, but found several; take(1) keeps the first",
    );
    at_the_call(
        range().take(0).get_single_element(),
        "not_single",
        "expected one element, but found none",
    );
    for endless in [endless.collect(), endless.sample(3, 1)] {
        assert_eq!(endless.map(|_| ()).unwrap_err().code(), "infinite");
    }
    while_iterating(
        &Dataset::counter(0, 1).shuffle(1),
        0,
        "shuffle: expected a data set with an end, but found an endless one; shuffle within a buffer: Shuffle::new(seed).buffer_size(1000)?",
    );
}

/// Pictures and texts of data that have no end, or whose closures let nothing through,
/// come to an end.
#[test]
fn displays_of_what_never_ends_end() {
    let never = Dataset::counter(0, 1).filter(|x: i64| x < 0).unwrap();
    assert!(
        never
            .hist()
            .to_text()
            .unwrap()
            .contains("given up after reading 1,000,000 elements")
    );
    let endless = Dataset::counter(0, 1).map(|x: i64| (x % 7) as f64).unwrap();
    assert!(
        endless
            .hist()
            .to_text()
            .unwrap()
            .contains("the first 100,000 rows of an endless data set")
    );
    let pairs = endless.map(|x: f64| (x, x * 2.0)).unwrap();
    assert!(
        pairs
            .scatter(0, 1)
            .to_text()
            .unwrap()
            .contains("the first 100,000 points of an endless data set"),
        "{}",
        pairs.scatter(0, 1).to_text().unwrap()
    );
    let images = endless
        .map(|x: f64| ndarray::Array2::from_elem((4, 4), x))
        .unwrap();
    assert!(
        images
            .images()
            .to_text()
            .unwrap()
            .contains("of an endless data set")
    );
}

/// Also where a number of elements is known, but not whether they ever come.
#[test]
fn displays_of_a_few_that_never_come_end() {
    let none = Dataset::counter(0, 1).filter(|x: i64| x < 0).unwrap();
    let spec = TensorSpec::new(DType::Int64, []);
    let failing = Dataset::counter(0, 1).map_with_spec(spec, |_: i64| Err::<i64, _>("no"));
    let cached = Dataset::range(0..3).filter(|_: i64| true).unwrap().cache();
    assert_eq!(cached.iter().count(), 3);
    for never in [
        none.take(3),
        none.repeat(None).take(5),
        failing.ignore_errors().take(3),
        cached.repeat(None).filter(|x: i64| x > 10).unwrap(),
        none.cache(),
        none.batch(4).unwrap(),
    ] {
        let text = never.hist().to_text().unwrap();
        assert!(
            text.contains("given up after reading 1,000,000 elements"),
            "{text}"
        );
    }
}

#[test]
fn sizes_and_positions_beyond_all_memory() {
    let endless = Dataset::counter(0, 1);
    let some = range().filter(|_: i64| true).unwrap();
    for size in [usize::MAX, 1 << 40] {
        assert!(
            some.batch_drop_remainder(size)
                .unwrap()
                .iter()
                .next()
                .is_none()
        );
        let padded = PaddedBatch::new(size).drop_remainder(true);
        assert!(some.padded_batch(padded).unwrap().iter().next().is_none());
        assert!(
            some.batch(size)
                .unwrap()
                .rebatch(size)
                .unwrap()
                .iter()
                .count()
                == 1
        );
        at_the_call(
            endless.batch(size),
            "invalid_argument",
            &format!(
                "expected a batch of an endless data set to fit into memory, but found a size of {size}"
            ),
        );
    }
    let last = usize::MAX;
    for far in [
        endless.skip(5).batch(10).unwrap(),
        endless.shard(2, 1).unwrap().batch(2).unwrap(),
        endless.enumerate().batch(3).unwrap(),
        endless.repeat(3).batch(3).unwrap(),
    ] {
        assert_eq!(far.at(last).unwrap_err().code(), "out_of_range");
    }
    assert!(endless.shard(2, 1).unwrap().at(last).is_ok());
    assert_eq!(some.enumerate_from(i64::MAX).iter().count(), 10);
    assert_eq!(range().enumerate_from(i64::MAX).iter().count(), 10);
}

#[test]
fn rows_that_do_not_agree_are_not_lost() {
    let spec = TensorSpec::new(DType::Int64, [None]);
    let uneven = Dataset::from_generator_with_spec((spec.clone(), spec), || {
        [(vec![1_i64, 2, 3], vec![1_i64, 2])]
    });
    for ds in [uneven.rebatch(2).unwrap(), uneven.unbatch().unwrap()] {
        while_iterating(
            &ds,
            0,
            "expected components of equal length, but found shapes (3,) and (2,)",
        );
    }
    let any = TensorSpec::of_any_shape(DType::Int64);
    let single = range().map_with_spec(any, |x: i64| x);
    for ds in [single.rebatch(2).unwrap(), single.unbatch().unwrap()] {
        let err = while_iterating(
            &ds,
            0,
            "expected components of at least one axis to take apart, but found a single value",
        );
        assert_eq!(err.code(), "rank");
    }
}

#[test]
fn names_that_come_twice_and_elements_of_nothing() {
    let twice = "expected every name once, but found two components named 'a'";
    at_the_call(Dataset::zip([("a", range()), ("a", range())]), "", twice);
    let doubled = |x: i64| ndsight::dict! { "a": x, "a": x };
    at_the_call(range().map(doubled), "", &format!("map: {twice}"));
    at_the_call(
        range().map(|_: i64| ndsight::Structure::Tuple(Vec::new())),
        "empty_structure",
        "map: expected at least one array, but found no components",
    );
}
