//! What the targets have in common: files to be read, and what holds of every
//! error, array and picture.

use std::path::PathBuf;

use arbitrary::Arbitrary;
use ndarray::IxDyn;
use ndsight::{Complex, DType, Error, F16, Scalar, Tensor};

/// A folder of this process. `run.sh` removes it when all targets are done.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("ndsight-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder for temporary files is writable");
    folder
}

/// A file in [`folder`] that holds these bytes.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    std::fs::write(&path, bytes).expect("the folder for temporary files is writable");
    path
}

/// What is refused is refused in one line that can be printed, and never with our
/// own fault as the reason.
pub fn check_error(err: &Error) {
    let message = err.to_string();
    assert!(!err.is_internal(), "{message}");
    assert!(message.chars().count() <= 1_000, "long: {message}");
    assert!(!message.chars().any(char::is_control), "{message:?}");
}

/// The value, if there is one.
pub fn checked<T>(result: Result<T, Error>) -> Option<T> {
    result.inspect_err(check_error).ok()
}

/// Type, shape and elements, where NaN equals NaN.
pub fn same(a: &Tensor, b: &Tensor) -> bool {
    (a.dtype(), a.shape()) == (b.dtype(), b.shape()) && bits(a) == bits(b)
}

/// The elements as bytes, in order.
fn bits(tensor: &Tensor) -> Vec<u8> {
    match tensor.dtype() {
        DType::Bool => all(tensor, |&v: &bool| [u8::from(v)]),
        DType::Int8 => all(tensor, |v: &i8| v.to_le_bytes()),
        DType::Int16 => all(tensor, |v: &i16| v.to_le_bytes()),
        DType::Int32 => all(tensor, |v: &i32| v.to_le_bytes()),
        DType::Int64 => all(tensor, |v: &i64| v.to_le_bytes()),
        DType::UInt8 => all(tensor, |v: &u8| v.to_le_bytes()),
        DType::UInt16 => all(tensor, |v: &u16| v.to_le_bytes()),
        DType::UInt32 => all(tensor, |v: &u32| v.to_le_bytes()),
        DType::UInt64 => all(tensor, |v: &u64| v.to_le_bytes()),
        DType::Float16 => all(tensor, |v: &F16| v.to_f32().to_le_bytes()),
        DType::Float32 => all(tensor, |v: &f32| v.to_le_bytes()),
        DType::Float64 => all(tensor, |v: &f64| v.to_le_bytes()),
        DType::Complex64 => all(tensor, |v: &Complex<f32>| {
            [v.re.to_le_bytes(), v.im.to_le_bytes()].concat()
        }),
        DType::Complex128 => all(tensor, |v: &Complex<f64>| {
            [v.re.to_le_bytes(), v.im.to_le_bytes()].concat()
        }),
        // A character that no text of a file holds parts them.
        DType::String => all(tensor, |v: &String| [v.as_bytes(), &[0xff]].concat()),
        other => panic!("no file holds {}", other.name()),
    }
}

fn all<T: Scalar, B: IntoIterator<Item = u8>>(tensor: &Tensor, of: impl Fn(&T) -> B) -> Vec<u8> {
    let array = tensor.array::<T, IxDyn>().expect("the type is its own");
    array.iter().flat_map(of).collect()
}

/// Parts of an input: a byte, two bytes of length, as many bytes; the last may be
/// shorter.
pub fn parts(mut input: &[u8]) -> Vec<(u8, &[u8])> {
    let mut parts = Vec::new();
    while let [kind, low, high, rest @ ..] = input {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
        let (part, others) = rest.split_at(length);
        parts.push((*kind, part));
        input = others;
    }
    parts
}

/// An SVG is well-formed, on one line, and holds no number that is none.
pub fn check_svg(svg: &str) {
    let document = roxmltree::Document::parse(svg).expect("the SVG is well-formed");
    assert_eq!(svg.lines().count(), 1);
    for node in document.descendants() {
        for attribute in node.attributes() {
            let value = attribute.value();
            let place = !matches!(attribute.name(), "aria-label" | "href" | "class" | "id");
            assert!(
                !place || !value.contains("NaN") && !value.contains("inf"),
                "{value}"
            );
        }
    }
}

/// Text for a terminal holds no control characters but ends of lines.
pub fn check_text(text: &str) {
    assert!(
        !text.chars().any(|c| c.is_control() && c != '\n'),
        "{text:?}"
    );
}

/// A number as targets like it: small and round, special, or any.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub enum Number {
    Small(i8),
    Tenths(i8),
    Special(u8),
    Any(f64),
}

const SPECIAL: [f64; 16] = [
    0.0,
    -0.0,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    f64::from_bits(1),
    f64::EPSILON,
    1.0 + f64::EPSILON,
    9_007_199_254_740_993.0,
    1e17,
    1e-310,
    i64::MAX as f64,
    65_520.0,
];

impl Number {
    pub fn value(&self) -> f64 {
        match *self {
            Number::Small(n) => f64::from(n),
            Number::Tenths(n) => f64::from(n) * 0.1,
            Number::Special(n) => SPECIAL[usize::from(n) % SPECIAL.len()],
            Number::Any(value) => value,
        }
    }
}
