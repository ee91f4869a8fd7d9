//! The functions that the files give to `map`, and those from an element to a
//! data set.

use ndsight::{DType, Dataset, Element, Structure, Tensor};
use serde_json::Value;

use super::arithmetic::{self, Operation};
use super::{Parts, Spec, Stop, args, unclear, values};

/// What a step calls on an element.
pub(super) type Function = Box<dyn Fn(Parts) -> Result<Parts, String> + Send + Sync>;

/// The function that `f` writes down.
pub(super) fn function(f: &Value) -> Result<Function, Stop> {
    let op = f["op"].as_str().unwrap_or("none");
    Ok(match op {
        "identity" => Box::new(Ok),
        "add" => with_constant(f, Operation::Add),
        "sub" => with_constant(f, Operation::Sub),
        "mul" => with_constant(f, Operation::Mul),
        "square" => on_array(|x| arithmetic::calculate(Operation::Mul, x, x)),
        "neg" => on_array(arithmetic::negated),
        "sum" => on_array(arithmetic::sum),
        "fill" => on_array(fill),
        "check_finite" => on_array(check_finite),
        "cast" => cast(f)?,
        "reshape" => reshape(f)?,
        "scale" => scale(f)?,
        "const" => constant(f)?,
        "pair" => Box::new(|x| Ok(Structure::Tuple(vec![x.clone(), x]))),
        "swap" => Box::new(|x| pair(x).map(|(a, b)| Structure::Tuple(vec![b, a]))),
        "add_pair" => Box::new(add_pair),
        "to_dict" => to_dict(f)?,
        "get" => get(Key::of(f)?),
        "on" => on(Key::of(f)?, function(&f["fn"])?),
        "chain" => chain(f)?,
        other => return Err(unclear(format!("there is no function {other:?}"))),
    })
}

/// Names a part of a tuple or of a dictionary.
pub(super) enum Key {
    Index(usize),
    Name(String),
}

impl Key {
    pub(super) fn of(f: &Value) -> Result<Key, Stop> {
        let name = f["key"].as_str().map(|key| Key::Name(key.to_owned()));
        let index = || f["i"].as_u64().or(f["key"].as_u64());
        let key = name.or_else(|| Some(Key::Index(index()? as usize)));
        key.ok_or_else(|| unclear(format!("neither i nor key: {f}")))
    }

    pub(super) fn find<'a, T>(&self, parts: &'a Structure<T>) -> Result<&'a Structure<T>, String> {
        let found = match (self, parts) {
            (Key::Index(i), Structure::Tuple(parts)) => parts.get(*i),
            (Key::Index(i), Structure::Dict(parts)) => parts.get(*i).map(|(_, part)| part),
            (Key::Name(name), Structure::Dict(parts)) => parts
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, part)| part),
            _ => None,
        };
        found.ok_or_else(|| format!("there is no part {self}"))
    }

    fn find_mut<'a>(&self, parts: &'a mut Parts) -> Result<&'a mut Parts, String> {
        let found = match (self, parts) {
            (Key::Index(i), Structure::Tuple(parts)) => parts.get_mut(*i),
            (Key::Index(i), Structure::Dict(parts)) => parts.get_mut(*i).map(|(_, part)| part),
            (Key::Name(name), Structure::Dict(parts)) => parts
                .iter_mut()
                .find(|(key, _)| key == name)
                .map(|(_, part)| part),
            _ => None,
        };
        found.ok_or_else(|| format!("there is no part {self}"))
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Index(i) => write!(f, "{i}"),
            Key::Name(name) => write!(f, "{name:?}"),
        }
    }
}

/// The only component of what is no tuple and no dictionary.
pub(super) fn single(parts: &Parts) -> Result<&Tensor, String> {
    match parts {
        Structure::Leaf(tensor) => Ok(tensor),
        _ => Err("expected one component".to_owned()),
    }
}

/// The two parts of a pair.
pub(super) fn pair(parts: Parts) -> Result<(Parts, Parts), String> {
    let parts = match parts {
        Structure::Tuple(parts) => parts,
        Structure::Dict(parts) => parts.into_iter().map(|(_, part)| part).collect(),
        Structure::Leaf(_) => Vec::new(),
    };
    let parts: Result<[Parts; 2], _> = parts.try_into();
    parts
        .map(<(Parts, Parts)>::from)
        .map_err(|_| "expected a pair".to_owned())
}

fn on_array(f: impl Fn(&Tensor) -> Result<Tensor, String> + Send + Sync + 'static) -> Function {
    Box::new(move |parts| f(single(&parts)?).map(Structure::Leaf))
}

fn with_constant(f: &Value, operation: Operation) -> Function {
    let value = f["c"].clone();
    on_array(move |x| {
        arithmetic::calculate(operation, x, &arithmetic::constant(&value, x.dtype())?)
    })
}

fn fill(n: &Tensor) -> Result<Tensor, String> {
    let count = n.cast(DType::Int64).and_then(|n| n.scalar::<i64>());
    let count = count.map_err(|err| err.to_string())?;
    let count = usize::try_from(count).map_err(|_| format!("{count} copies"))?;
    let zeros = Tensor::from(vec![0_u8; count]).cast(n.dtype());
    arithmetic::calculate(Operation::Add, n, &zeros.map_err(|err| err.to_string())?)
}

fn check_finite(x: &Tensor) -> Result<Tensor, String> {
    match arithmetic::is_finite(x)? {
        true => Ok(x.clone()),
        false => Err("not finite".to_owned()),
    }
}

fn named_dtype(f: &Value) -> Result<DType, Stop> {
    let dtype = f["dtype"].as_str().and_then(|name| name.parse().ok());
    dtype.ok_or_else(|| unclear(format!("there is no dtype {}", f["dtype"])))
}

fn cast(f: &Value) -> Result<Function, Stop> {
    let dtype = named_dtype(f)?;
    Ok(on_array(move |x| {
        x.cast(dtype).map_err(|err| err.to_string())
    }))
}

fn reshape(f: &Value) -> Result<Function, Stop> {
    let shape = args::axes(&f["shape"])?;
    Ok(on_array(move |x| {
        let known: usize = shape.iter().flatten().product();
        let rest = x.len().checked_div(known).unwrap_or(0);
        let shape: Vec<usize> = shape.iter().map(|axis| axis.unwrap_or(rest)).collect();
        x.reshape(&shape).map_err(|err| err.to_string())
    }))
}

fn scale(f: &Value) -> Result<Function, Stop> {
    let div = values::number(&f["div"]).ok_or_else(|| unclear("scale by what?"))? as f32;
    Ok(on_array(move |x| {
        let x = x
            .cast(DType::Float32)
            .and_then(|x| x.array::<f32, ndarray::IxDyn>());
        Ok(Tensor::from(
            x.map_err(|err| err.to_string())?.mapv(|x| x / div),
        ))
    }))
}

fn constant(f: &Value) -> Result<Function, Stop> {
    let value = args::typed(f)?;
    Ok(Box::new(move |_| Ok(Structure::Leaf(value.clone()))))
}

fn add_pair(parts: Parts) -> Result<Parts, String> {
    let (a, b) = pair(parts)?;
    arithmetic::calculate(Operation::Add, single(&a)?, single(&b)?).map(Structure::Leaf)
}

fn to_dict(f: &Value) -> Result<Function, Stop> {
    let keys = f["keys"]
        .as_array()
        .ok_or_else(|| unclear("to_dict without keys"))?;
    let keys = keys.iter().map(|key| key.as_str().map(str::to_owned));
    let keys: Vec<String> = keys
        .collect::<Option<_>>()
        .ok_or_else(|| unclear("a key is no string"))?;
    Ok(Box::new(move |parts| match parts {
        Structure::Tuple(parts) => Ok(Structure::Dict(keys.iter().cloned().zip(parts).collect())),
        other => Ok(Structure::Dict(keys.iter().cloned().zip([other]).collect())),
    }))
}

fn get(key: Key) -> Function {
    Box::new(move |parts| key.find(&parts).cloned())
}

fn on(key: Key, f: Function) -> Function {
    Box::new(move |mut parts| {
        let part = key.find_mut(&mut parts)?;
        *part = f(part.clone())?;
        Ok(parts)
    })
}

fn chain(f: &Value) -> Result<Function, Stop> {
    let fns = f["fns"]
        .as_array()
        .ok_or_else(|| unclear("a chain of what?"))?;
    let fns: Vec<Function> = fns.iter().map(function).collect::<Result<_, Stop>>()?;
    Ok(Box::new(move |parts| {
        fns.iter().try_fold(parts, |parts, f| f(parts))
    }))
}

/// Refuses to add two types, which does not compile in Rust.
pub(super) fn one_type(a: DType, b: DType) -> Result<(), Stop> {
    match a == b {
        true => Ok(()),
        false => Err(Stop::Static(format!("Rust does not add {a} and {b}"))),
    }
}

/// Refuses what cannot be written for elements of `spec`.
pub(super) fn check_types(f: &Value, spec: &Spec) -> Result<(), Stop> {
    match (f["op"].as_str(), spec) {
        (Some("add_pair"), Structure::Tuple(parts)) => match parts.as_slice() {
            [Structure::Leaf(a), Structure::Leaf(b)] => one_type(a.dtype(), b.dtype()),
            _ => Ok(()),
        },
        _ => Ok(()),
    }
}

/// What a step calls on an element to get a data set.
pub(super) type ToDataset = Box<dyn Fn(Element) -> Result<Dataset, ndsight::Error> + Send + Sync>;

/// The function to a data set that `f` writes down.
pub(super) fn to_dataset(f: &Value) -> Result<ToDataset, Stop> {
    let op = f["op"].as_str().unwrap_or("none");
    let count = || args::Args::new(op, f).count(&["n", "batch_size", "count"]);
    Ok(match op {
        "slices" => Box::new(Dataset::from_tensor_slices),
        "repeat" => {
            let count = args::Args::new(op, f).until(&["n", "count"])?;
            Box::new(move |element| Ok(Dataset::from_tensors(element)?.repeat(count)))
        }
        "range" => Box::new(|element| {
            let stop = element.component(0)?.cast(DType::Int64)?.scalar::<i64>()?;
            Ok(Dataset::range(0..stop))
        }),
        "batch" => {
            let n = count()?;
            Box::new(move |window| window.dataset(0)?.batch(n))
        }
        "zip_batch" => {
            let n = count()?;
            Box::new(move |windows| Dataset::zip(windows_of(&windows)?)?.batch(n))
        }
        "identity" => Box::new(|window| window.dataset(0)),
        other => {
            return Err(unclear(format!(
                "there is no function {other:?} to a data set"
            )));
        }
    })
}

/// What a step calls on a window.
pub(super) type OfWindow = Box<dyn Fn(Dataset) -> Result<Dataset, ndsight::Error> + Send + Sync>;

/// The function of a window that `f` writes down.
pub(super) fn of_window(f: &Value) -> Result<OfWindow, Stop> {
    match f["op"].as_str().unwrap_or("none") {
        "batch" => {
            let n = args::Args::new("batch", f).count(&["n", "batch_size"])?;
            Ok(Box::new(move |window| window.batch(n)))
        }
        "identity" => Ok(Box::new(Ok)),
        other => Err(unclear(format!(
            "there is no function {other:?} of a window"
        ))),
    }
}

/// The windows of an element, arranged as its components are.
fn windows_of(element: &Element) -> Result<Structure<Dataset>, ndsight::Error> {
    fn windows(
        parts: &Parts,
        next: &mut dyn FnMut() -> Result<Dataset, ndsight::Error>,
    ) -> Result<Structure<Dataset>, ndsight::Error> {
        Ok(match parts {
            Structure::Leaf(_) => Structure::Leaf(next()?),
            Structure::Tuple(parts) => {
                let parts = parts.iter().map(|part| windows(part, next));
                Structure::Tuple(parts.collect::<Result<_, _>>()?)
            }
            Structure::Dict(parts) => {
                let parts = parts.iter();
                let named = parts.map(|(key, part)| Ok((key.clone(), windows(part, next)?)));
                Structure::Dict(named.collect::<Result<_, ndsight::Error>>()?)
            }
        })
    }
    let mut leaves = 0..;
    windows(element.structure(), &mut || {
        element.dataset(leaves.next().unwrap_or(0))
    })
}
