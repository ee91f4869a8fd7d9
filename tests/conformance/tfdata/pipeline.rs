//! Pipelines of the files, built as a caller of the crate would.

use ndsight::{Dataset, Element, SampleFrom};
use serde_json::Value;

use super::args::Args;
use super::functions::to_dataset;
use super::inputs::Inputs;
use super::{Parts, Stop, arrange, padding, states, steps, unclear};

/// What a pipeline comes to.
pub(super) enum Built {
    Dataset(Dataset),
    /// It ends in a value of this data set, which was found or not.
    Value(Dataset, Result<Answer, Stop>),
}

/// What a data set answers at the end of a pipeline.
pub(super) enum Answer {
    Count(usize),
    Cardinality(ndsight::Cardinality),
    Element(Element),
    State(Parts),
}

impl Inputs<'_> {
    /// Builds a whole pipeline, and asks for the value that it may end in.
    pub(super) fn build(&self, pipeline: &Value) -> Result<Built, Stop> {
        let steps = pipeline
            .as_array()
            .ok_or_else(|| unclear("no list of steps"))?;
        let Some((last, before)) = steps.split_last() else {
            return Err(unclear("a pipeline without a step"));
        };
        let (name, args) = parts(last)?;
        if !matches!(
            name,
            "len" | "at" | "get_single_element" | "reduce" | "cardinality"
        ) {
            return self.dataset(steps).map(Built::Dataset);
        }
        let dataset = self.dataset(before)?;
        let answer = answer(&dataset, name, args);
        Ok(Built::Value(dataset, answer))
    }

    fn dataset(&self, steps: &[Value]) -> Result<Dataset, Stop> {
        let Some((source, steps)) = steps.split_first() else {
            return Err(unclear("a pipeline without a source"));
        };
        let (name, args) = parts(source)?;
        self.apply(self.source(name, args)?, steps)
    }

    fn apply(&self, source: Dataset, steps: &[Value]) -> Result<Dataset, Stop> {
        steps.iter().try_fold(source, |dataset, step| {
            let (name, args) = parts(step)?;
            self.step(&dataset, name, args)
        })
    }

    fn pipeline(&self, pipeline: &Value) -> Result<Dataset, Stop> {
        self.dataset(
            pipeline
                .as_array()
                .ok_or_else(|| unclear("no list of steps"))?,
        )
    }

    fn source(&self, name: &str, args: Args<'_>) -> Result<Dataset, Stop> {
        Ok(match name {
            "from_tensor_slices" => Dataset::from_tensor_slices(self.structure(args.need(OF)?)?)?,
            "from_tensors" => Dataset::from_tensors(self.structure(args.need(OF)?)?)?,
            "from_npy" => Dataset::from_npy(self.npy(args.need(OF)?)?)?,
            "from_generator" => self.generator(args)?,
            "range" => range(args)?,
            "counter" => Dataset::counter(
                args.whole(&["start"])?.unwrap_or(0),
                args.whole(&["step"])?.unwrap_or(1),
            ),
            "zip" => {
                let datasets = arrange(args.need(OF)?, &mut |part| self.pipeline(part))?;
                Dataset::zip(datasets)?
            }
            "choose_from_datasets" => self.choose(args)?,
            "sample_from_datasets" => self.sample(args)?,
            other => return Err(Stop::NoStep(format!("there is no source {other:?}"))),
        })
    }

    fn step(&self, ds: &Dataset, name: &str, args: Args<'_>) -> Result<Dataset, Stop> {
        Ok(match name {
            "batch" => steps::batch(ds, args)?,
            "unbatch" => ds.unbatch()?,
            "rebatch" => steps::rebatch(ds, args)?,
            "padded_batch" => padding::padded_batch(ds, args)?,
            "bucket_by_sequence_length" => padding::bucket_by_sequence_length(ds, args)?,
            "take" => ds.take(args.until(COUNT)?.unwrap_or(usize::MAX)),
            "skip" => ds.skip(args.until(COUNT)?.unwrap_or(usize::MAX)),
            "repeat" => ds.repeat(args.until(COUNT)?),
            "shard" => steps::shard(ds, args)?,
            "window" => steps::window(ds, args)?,
            "enumerate" => ds.enumerate_from(args.whole(&["start"])?.unwrap_or(0)),
            "concatenate" => ds.concatenate(&self.pipeline(args.need(&["with", "dataset"])?)?)?,
            "cache" => ds.cache(),
            "prefetch" => steps::prefetch(ds, args)?,
            "ignore_errors" => ds.ignore_errors(),
            "unique" => ds.unique(),
            "shuffle" => steps::shuffle(ds, args)?,
            "map" => steps::map(ds, args)?,
            "filter" => ds.filter(steps::predicate_of(ds, args)?)?,
            "take_while" => ds.take_while(steps::predicate_of(ds, args)?)?,
            "scan" => steps::scan(ds, args)?,
            "flat_map" => ds.flat_map(to_dataset(args.need(steps::FN)?)?)?,
            "interleave" => steps::interleave(ds, args)?,
            "group_by_window" => steps::group_by_window(ds, args)?,
            "rejection_resample" => steps::rejection_resample(ds, args)?,
            "save_load" => self.save_load(ds)?,
            "apply" => ds.apply(|ds| self.apply(ds.clone(), args.list(&["steps", "fn", "of"])?))?,
            "options" | "with_options" => ds.clone(),
            other => return Err(Stop::NoStep(format!("there is no step {other:?}"))),
        })
    }

    /// A generator of the listed elements, or of the rows of inputs.
    fn generator(&self, args: Args<'_>) -> Result<Dataset, Stop> {
        let rows = Dataset::from_tensor_slices(self.structure(args.need(OF)?)?)?;
        let elements: Vec<Element> = rows.iter().collect::<Result<_, _>>()?;
        Ok(Dataset::from_generator(move || elements.clone())?)
    }

    fn pipelines(&self, args: Args<'_>) -> Result<Vec<Dataset>, Stop> {
        let pipelines = args.list(&["datasets", "of"])?.iter();
        pipelines.map(|pipeline| self.pipeline(pipeline)).collect()
    }

    fn choose(&self, args: Args<'_>) -> Result<Dataset, Stop> {
        let choice = self.pipeline(args.need(&["choice", "choice_dataset"])?)?;
        let stop = args.flag(STOP_ON_EMPTY, true)?;
        Ok(Dataset::choose_from_datasets(
            self.pipelines(args)?,
            &choice,
            stop,
        )?)
    }

    fn sample(&self, args: Args<'_>) -> Result<Dataset, Stop> {
        let mut how = SampleFrom::new(args.seed()?);
        how = how.stop_on_empty_dataset(args.flag(STOP_ON_EMPTY, false)?);
        if let Some(weights) = args.numbers(&["weights"])? {
            how = how.weights(weights);
        }
        Ok(Dataset::sample_from_datasets(self.pipelines(args)?, how)?)
    }

    fn save_load(&self, ds: &Dataset) -> Result<Dataset, Stop> {
        let path = self.scratch.path("saved");
        ds.save(&path)?;
        Ok(Dataset::load(&path)?)
    }
}

const OF: &[&str] = &["of"];
const COUNT: &[&str] = &["count", "n"];
const STOP_ON_EMPTY: &[&str] = &["stop_on_empty_dataset"];

/// Name and arguments of `[STEP, ARGS]`.
fn parts(step: &Value) -> Result<(&str, Args<'_>), Stop> {
    let name = step[0]
        .as_str()
        .ok_or_else(|| unclear(format!("{step} is no step")))?;
    Ok((name, Args::new(name, &step[1])))
}

fn range(args: Args<'_>) -> Result<Dataset, Stop> {
    let start = args.whole(&["start"])?.unwrap_or(0);
    let stop = args
        .whole(&["stop"])?
        .ok_or_else(|| unclear("range: stop is missing"))?;
    Ok(match args.whole(&["step"])?.unwrap_or(1) {
        1 => Dataset::range(start..stop),
        step => Dataset::range_step(start, stop, step)?,
    })
}

fn answer(ds: &Dataset, name: &str, args: Args<'_>) -> Result<Answer, Stop> {
    Ok(match name {
        "len" => Answer::Count(ds.len()?),
        "cardinality" => Answer::Cardinality(ds.cardinality()),
        "get_single_element" => Answer::Element(ds.get_single_element()?),
        "at" => {
            // Nothing is at a negative index, as nothing is at the one that a
            // cast makes of it.
            let index = args
                .whole(&["index", "i"])?
                .ok_or_else(|| unclear("at which index?"))?;
            Answer::Element(ds.at(index as usize)?)
        }
        _ => {
            let state = steps::initial_state(args)?;
            let f = args.need(&["fn", "reduce_func"])?;
            let f = states::reduce(f, &state, ds.element_spec().structure())?;
            Answer::State(ds.reduce(state, f)?)
        }
    })
}
