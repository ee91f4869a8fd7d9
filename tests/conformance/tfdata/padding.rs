//! Batches of elements of unlike shapes: what they are filled up to, and with.

use ndsight::{Buckets, Dataset, Element, PaddedBatch, Structure, Tensor, TensorSpec};
use serde_json::Value;

use super::args::{self, Args};
use super::steps::{BATCH_SIZE, DROP};
use super::{Spec, Stop, arrange};

pub(super) fn padded_batch(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    Ok(ds.padded_batch(padding(args.count(BATCH_SIZE)?, ds, args)?)?)
}

/// The length of an element is that of its first component.
pub(super) fn bucket_by_sequence_length(ds: &Dataset, args: Args<'_>) -> Result<Dataset, Stop> {
    let boundaries = args.counts(&["bucket_boundaries", "boundaries"])?;
    let sizes = args.counts(&["bucket_batch_sizes", "batch_sizes"])?;
    let buckets = Buckets::new(boundaries, sizes)
        .padding(padding(1, ds, args)?)
        .pad_to_bucket_boundary(args.flag(&["pad_to_bucket_boundary"], false)?)
        .no_padding(args.flag(&["no_padding"], false)?);
    let length = |element: Element| {
        let length = element.component(0)?.shape().first().copied();
        Ok::<_, ndsight::Error>(length.unwrap_or(0))
    };
    Ok(ds.bucket_by_sequence_length(buckets, length)?)
}

fn padding(size: usize, ds: &Dataset, args: Args<'_>) -> Result<PaddedBatch, Stop> {
    let mut how = PaddedBatch::new(size).drop_remainder(args.flag(DROP, false)?);
    let spec = ds.element_spec();
    if let Some(shapes) = args.get(&["padded_shapes"]) {
        let shapes = arrange(shapes, &mut |shape| given(shape, args::axes))?;
        how = how.padded_shapes(one_each(&shapes, spec.structure(), open));
    }
    if let Some(values) = args.get(&["padding_values"]) {
        let values = arrange(values, &mut |value| given(value, args::typed))?;
        how = how.padding_values(match &values {
            // A single value goes for every component.
            Structure::Leaf(Some(value)) => vec![value.clone(); spec.components().len()],
            values => one_each(values, spec.structure(), zero),
        });
    }
    Ok(how)
}

fn given<T>(value: &Value, read: fn(&Value) -> Result<T, Stop>) -> Result<Option<T>, Stop> {
    (!value.is_null()).then(|| read(value)).transpose()
}

/// The values at the leaves, depth first, with named ones in the order of the
/// spec; `otherwise` where there is none.
fn one_each<T: Clone>(
    values: &Structure<Option<T>>,
    spec: &Spec,
    otherwise: fn(&TensorSpec) -> T,
) -> Vec<T> {
    let mut pairs = Vec::new();
    pair(values, Some(spec), &mut pairs);
    let one = |(value, spec): (Option<T>, Option<&TensorSpec>)| value.or(spec.map(otherwise));
    pairs.into_iter().filter_map(one).collect()
}

fn pair<'a, T: Clone>(
    values: &Structure<T>,
    spec: Option<&'a Spec>,
    pairs: &mut Vec<(T, Option<&'a TensorSpec>)>,
) {
    match (values, spec) {
        (Structure::Leaf(value), Some(Structure::Leaf(spec))) => {
            pairs.push((value.clone(), Some(spec)));
        }
        (Structure::Leaf(value), _) => pairs.push((value.clone(), None)),
        (Structure::Tuple(parts), spec) => {
            let specs = match spec {
                Some(Structure::Tuple(specs)) => specs.as_slice(),
                _ => &[],
            };
            let parts = parts.iter().enumerate();
            parts.for_each(|(i, part)| pair(part, specs.get(i), pairs));
        }
        (Structure::Dict(parts), spec) => {
            let specs = match spec {
                Some(Structure::Dict(specs)) => specs.as_slice(),
                _ => &[],
            };
            let rank = |key: &String| specs.iter().position(|(name, _)| name == key);
            let mut parts: Vec<_> = parts.iter().map(|(key, part)| (rank(key), part)).collect();
            parts.sort_by_key(|(rank, _)| *rank);
            let spec = |rank: Option<usize>| rank.map(|rank| &specs[rank].1);
            parts
                .into_iter()
                .for_each(|(rank, part)| pair(part, spec(rank), pairs));
        }
    }
}

/// What TensorFlow pads to where nothing is said: the longest of a batch.
fn open(spec: &TensorSpec) -> Vec<Option<usize>> {
    spec.shape().map_or(Vec::new(), <[_]>::to_vec)
}

/// What TensorFlow pads with where nothing is said: zero, or the empty string.
fn zero(spec: &TensorSpec) -> Tensor {
    let number = Tensor::from(0_i64).cast(spec.dtype());
    number.unwrap_or_else(|_| Tensor::from(String::new()))
}
