//! Closures that panic, in every step that takes one: an error that names the step, and
//! a data set that goes on being one.

use std::fmt;
use std::panic::panic_any;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use ndsight::{
    Buckets, DType, Dataset, Element, FromElement, RejectionResample, Result, Show, Structure,
    Tensor, TensorSpec,
};

/// The numbers 0 to 5, on one of which each closure here panics.
fn range() -> Dataset {
    Dataset::range(0..6)
}

const BAD: i64 = 4;

fn panics_at_bad(x: i64) -> i64 {
    assert!(x != BAD, "no {x}");
    x
}

/// A parameter whose own code panics.
struct Picky(i64);

impl FromElement for Picky {
    fn from_element(element: Element) -> Result<Self> {
        Ok(Picky(panics_at_bad(element.scalar(0)?)))
    }
}

/// A value whose own code panics when it is made to components.
struct Brittle(i64);

impl ndsight::IntoStructure for Brittle {
    fn into_structure(self) -> Structure<Tensor> {
        Structure::Leaf(panics_at_bad(self.0).into())
    }
}

/// A state that can be cloned only until it is told otherwise.
struct Fragile(Arc<AtomicBool>);

impl Clone for Fragile {
    fn clone(&self) -> Self {
        assert!(!self.0.load(Relaxed), "no clone");
        Fragile(Arc::clone(&self.0))
    }
}

/// An error whose own words panic.
struct Wordless;

impl fmt::Display for Wordless {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("no words")
    }
}

/// An iterator that panics instead of its item.
fn items() -> impl Iterator<Item = i64> + Clone + Send + 'static {
    (0..6).map(panics_at_bad)
}

fn int64() -> TensorSpec {
    TensorSpec::new(DType::Int64, [])
}

fn buckets() -> Buckets {
    Buckets::new([3], [6, 6])
}

type Made = Result<Dataset>;
type Closure = (&'static str, fn() -> Made);

/// Every method that takes a closure: what its errors begin with, and a data set whose
/// pass calls a closure that panics.
const CLOSURES: &[Closure] = &[
    ("map: element 4", || range().map(panics_at_bad)),
    ("map: element 4", || range().map(|x: Picky| x.0)),
    ("map: element 4", || range().map(Brittle)),
    ("map: element 4", || {
        range().map(|x: i64| if x == BAD { panic_any(x) } else { x })
    }),
    ("map", || range().map(|_: i64| Err::<i64, _>(Wordless))),
    ("map: element 4", || range().map_parallel(2, panics_at_bad)),
    ("map: element 4", || {
        Ok(range().map_with_spec(int64(), panics_at_bad))
    }),
    ("map: element 4", || {
        Ok(range().map(panics_at_bad)?.prefetch(2))
    }),
    ("map: element 4", || Ok(range().map(panics_at_bad)?.cache())),
    ("map: element 4", || range().map(panics_at_bad)?.batch(2)),
    ("filter: element 4", || {
        range().filter(|x: i64| panics_at_bad(x) >= 0)
    }),
    ("take_while: element 4", || {
        range().take_while(|x: i64| panics_at_bad(x) >= 0)
    }),
    ("flat_map: element 4", || {
        range().flat_map(|x: i64| Dataset::range(0..panics_at_bad(x)))
    }),
    ("map: element 4", || {
        Dataset::range(0..1).flat_map(|_: i64| range().map(panics_at_bad))
    }),
    ("interleave: element 4", || {
        range().interleave(2, 1, |x: i64| Dataset::range(0..panics_at_bad(x)))
    }),
    ("scan: element 4", || {
        range().scan(0, |sum, x: i64| (sum + panics_at_bad(x), sum))
    }),
    ("scan: element 4", || {
        range().scan(0, |sum, x: i64| (sum, Brittle(x)))
    }),
    ("scan", || {
        let told = Arc::new(AtomicBool::new(false));
        let ds = range().scan(Fragile(Arc::clone(&told)), |state, x: i64| (state, x))?;
        told.store(true, Relaxed);
        Ok(ds)
    }),
    ("group_by_window: element 4", || {
        range().group_by_window(2, panics_at_bad, |_, group| group.batch(2))
    }),
    ("group_by_window", || {
        range().group_by_window(
            2,
            |x: i64| x,
            |key, group| {
                panics_at_bad(key);
                group.batch(2)
            },
        )
    }),
    ("bucket_by_sequence_length: element 4", || {
        range().bucket_by_sequence_length(buckets(), |x: i64| panics_at_bad(x) as usize)
    }),
    ("rejection_resample: element 4", || {
        range().rejection_resample(RejectionResample::new([1.0], 1), |x: i64| {
            panics_at_bad(x).min(0)
        })
    }),
    ("from_generator: element 4", || {
        Dataset::from_generator(items)
    }),
    ("from_generator: element 4", || {
        Ok(Dataset::from_generator_with_spec(int64(), items))
    }),
    ("from_generator: element 4", || {
        Dataset::from_generator(|| (0..6).map(Brittle))
    }),
    ("from_generator: element 0", || {
        let never = || -> Vec<i64> { panic!("no 4") };
        Ok(Dataset::from_generator_with_spec(int64(), never))
    }),
    ("from_generator: element 4", || {
        Dataset::from_iterator(items())
    }),
];

#[test]
fn a_panic_is_an_error_that_names_the_step() {
    for (number, (step, make)) in CLOSURES.iter().enumerate() {
        // One that panics when it is tried out is an error when the step is made.
        let first = make().and_then(|ds| ds.iter().collect::<Result<Vec<_>>>());
        let text = first.map(drop).unwrap_err().to_string();
        assert!(
            text.starts_with(step) && text.contains("the closure panicked: no "),
            "{number}: expected '{step}: …', but found '{text}'"
        );
        let Ok(ds) = make() else { continue };
        // It fails so again, and can be shown.
        let again = ds.iter().find_map(Result::err).unwrap();
        assert_eq!(again.to_string(), text);
        assert!(again.is_function());
        ds.card().to_html().unwrap();
    }
}

#[test]
fn a_panic_in_a_reduction_is_an_error() {
    let sum = range().reduce(0, |sum, x: i64| sum + panics_at_bad(x));
    assert_eq!(
        sum.unwrap_err().to_string(),
        "reduce: element 4: the closure panicked: no 4"
    );
}

#[test]
fn an_error_without_words_is_shown() {
    Err::<Dataset, _>(Wordless).show();
}
