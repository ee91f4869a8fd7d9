//! A folder that holds a data set of any structure, ragged ones too, written and read
//! in blocks.

use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::super::node::{Access, Node, RandomAccess, Value};
use super::super::pass::sifted;
use super::super::{Cardinality, Dataset, ElementSpec, Structure, TensorSpec};
use super::manifest::{FILE, Manifest, Stored};
use crate::error::{Error, Result};
use crate::list::{IntoList, MapEach, MapInto};
use crate::tensor::{NpyWriter, Opened, Rows, Tensor, open_npy, write_file};

impl Dataset {
    /// Writes the data set to a folder, to be [`load`](Dataset::load)ed later: as
    /// `tf.data.Dataset.save`. Any structure will do, rows of unlike shapes too; class and
    /// feature names go along, and elements are written as they come, so it may be
    /// larger than memory. Components are `.npy` files that NumPy reads.
    ///
    /// # Errors
    ///
    /// - there is no end ([`Error::is_value`]) or an element fails
    /// - the folder cannot be written ([`Error::is_file`])
    /// - a component is a window, or elements differ in rank ([`Error::is_dtype`],
    ///   [`Error::is_shape`])
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let folder = std::env::temp_dir().join("ndsight-saved");
    /// let ds = Dataset::from_tensor_slices((vec![0.5, 1.5], vec!["a", "b"]))?;
    /// ds.save(&folder)?;
    /// let back = Dataset::load(&folder)?;
    /// assert_eq!(back.element_spec(), ds.element_spec());
    /// assert_eq!(back.at(1)?.scalar::<String>(1)?, "b");
    /// # std::fs::remove_dir_all(&folder).ok();
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        self.save_to(path.as_ref())
    }

    fn save_to(&self, path: &Path) -> Result<()> {
        if path
            .extension()
            .is_some_and(|ext| ext == "svg" || ext == "png" || ext == "txt")
        {
            return Err(Error::value(format!(
                "expected the path of a folder for the data, but found '{}'; save_picture() writes the picture of a data set",
                path.display()
            )));
        }
        self.expect_end("save()")?;
        self.write_folder(path)
            .map_err(|err| err.context(format_args!("save to {}", path.display())))
    }

    /// A data set that [`save`](Dataset::save) wrote, with random access whatever it
    /// had before: `tf.data.Dataset.load`. Large components stay on disk, as those of
    /// [`from_npy`](Dataset::from_npy).
    ///
    /// # Errors
    ///
    /// The folder is missing, or not as `save` left it ([`Error::is_file`]).
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::Dataset;
    ///
    /// let err = Dataset::load("no/such/folder").unwrap_err();
    /// assert!(err.is_file());
    /// ```
    pub fn load(path: impl AsRef<Path>) -> Result<Dataset> {
        Dataset::load_from(path.as_ref())
    }

    fn load_from(path: &Path) -> Result<Dataset> {
        read_folder(path).map_err(|err| err.context(path.display()))
    }

    fn write_folder(&self, folder: &Path) -> Result<()> {
        let specs = self.node.spec.structure();
        let components = specs.try_map(&mut stored)?;
        let mut writers: Vec<Writer> = (components.leaves().into_iter().zip(specs.leaves()))
            .enumerate()
            .map(|(i, (stored, spec))| Writer::new(folder, i, stored, spec))
            .into_list();
        std::fs::create_dir_all(folder)
            .map_err(|err| Error::file(format!("cannot create the folder: {err}")))?;
        let ragged = components.leaves().into_iter().any(Stored::is_ragged);
        let blocks = match ragged || self.node.batched {
            true => self.single_elements(),
            false => self.blocks("saving"),
        };
        for block in blocks {
            let block = block?;
            for (writer, rows) in writers.iter_mut().zip(block.leaves()) {
                writer.write(rows)?;
            }
        }
        writers.into_iter().try_for_each(Writer::finish)?;
        let manifest = Manifest {
            components,
            batched: self.node.batched,
            names: self.names.clone(),
        };
        write_file(&folder.join(FILE), manifest.to_text().as_bytes())
    }

    /// Elements as blocks of one row.
    fn single_elements(&self) -> super::super::blocks::ValueBlocks {
        let pass = self.told("saving", self.node.open(&super::super::run::Run::default()));
        sifted(pass, |_, value| {
            Some(value.map(|value| value.map(&mut Tensor::with_first_axis)))
        })
    }
}

fn stored(spec: &TensorSpec) -> Result<Stored> {
    match spec.shape() {
        Some(shape) => Ok(Stored {
            shape: shape.to_vec(),
        }),
        None => Err(Error::shape(format!(
            "expected components of known rank, but found {spec}; state it with map_with_spec"
        ))),
    }
}

fn file_of(folder: &Path, component: usize, what: &str) -> PathBuf {
    folder.join(format!("{component}{what}.npy"))
}

/// Writes one component. Files are begun with the first block.
struct Writer {
    folder: PathBuf,
    component: usize,
    stored: Stored,
    spec: TensorSpec,
    values: Option<NpyWriter>,
    shapes: Option<NpyWriter>,
}

impl Writer {
    fn new(folder: &Path, component: usize, stored: &Stored, spec: &TensorSpec) -> Writer {
        Writer {
            folder: folder.to_owned(),
            component,
            stored: stored.clone(),
            spec: spec.clone(),
            values: None,
            shapes: None,
        }
    }

    /// The shape of a row of the array of values.
    fn row_shape(&self) -> Vec<usize> {
        match self.stored.is_ragged() {
            true => Vec::new(),
            false => self.stored.shape.map_each(|axis| axis.unwrap_or(0)),
        }
    }

    fn values(&mut self) -> Result<&mut NpyWriter> {
        if self.values.is_none() {
            let path = file_of(&self.folder, self.component, "");
            self.values = Some(NpyWriter::create(
                &path,
                self.spec.dtype(),
                &self.row_shape(),
            )?);
        }
        self.values
            .as_mut()
            .ok_or_else(|| Error::internal("a writer was just begun"))
    }

    fn shapes(&mut self) -> Result<&mut NpyWriter> {
        if self.shapes.is_none() {
            let path = file_of(&self.folder, self.component, "-shapes");
            let rank = [self.stored.shape.len()];
            self.shapes = Some(NpyWriter::create(
                &path,
                crate::tensor::DType::Int64,
                &rank,
            )?);
        }
        self.shapes
            .as_mut()
            .ok_or_else(|| Error::internal("a writer was just begun"))
    }

    fn write(&mut self, rows: &Tensor) -> Result<()> {
        if !self.stored.is_ragged() {
            return self.values()?.write(rows);
        }
        let shape = rows.shape().get(1..).unwrap_or(&[]);
        let lengths: Vec<i64> = shape.map_each(|&axis| axis as i64);
        let row = Array2::from_shape_vec((1, lengths.len()), lengths)
            .map_err(|err| Error::internal(format!("a shape is not a row: {err}")))?;
        let flat = rows.reshape(&[rows.len()])?;
        self.shapes()?.write(&Tensor::from(row))?;
        self.values()?.write(&flat)
    }

    fn finish(mut self) -> Result<()> {
        self.values()?;
        if self.stored.is_ragged() {
            self.shapes()?;
        }
        let (values, shapes) = (self.values, self.shapes);
        values
            .into_iter()
            .chain(shapes)
            .try_for_each(NpyWriter::finish)
    }
}

/// A component of a saved data set.
enum Part {
    Even(Opened),
    Ragged(Ragged),
}

/// Rows of unlike shapes, their values laid end to end.
struct Ragged {
    values: Opened,
    shapes: Vec<Vec<usize>>,
    /// Where the values of each row begin.
    starts: Vec<usize>,
}

struct Saved {
    parts: Structure<Part>,
}

fn read_folder(folder: &Path) -> Result<Dataset> {
    let manifest = Manifest::read(folder)?;
    let mut component = 0..;
    let parts = manifest
        .components
        .try_map(&mut |stored| read_part(folder, component.next().unwrap_or(0), stored))?;
    let lens: Vec<usize> = parts.leaves().map_into(Part::len);
    if let Some(other) = lens.iter().find(|len| **len != lens[0]) {
        return Err(Error::file(format!(
            "expected components of equal length, but found {} and {other} rows",
            lens[0]
        )));
    }
    let mut stored = manifest.components.leaves().into_iter();
    let spec = ElementSpec::new(parts.map(&mut |part| {
        let shape = stored
            .next()
            .map_or(Vec::new(), |stored| stored.shape.clone());
        TensorSpec::new(part.dtype(), shape)
    }));
    let mut node = Node::source(
        format!("load({})", folder.display()),
        spec,
        Cardinality::Finite(lens.first().copied().unwrap_or(0)),
        Access::random(Saved { parts }),
    );
    node.batched = manifest.batched;
    Ok(Dataset::new(node, manifest.names))
}

fn read_part(folder: &Path, component: usize, stored: &Stored) -> Result<Part> {
    let values = open_npy(&file_of(folder, component, ""))?;
    if !stored.is_ragged() {
        let rows = values.shape().get(1..).unwrap_or(&[]);
        let wanted = stored.shape.iter().map(|axis| axis.unwrap_or(0));
        if values.shape().is_empty() || !wanted.eq(rows.iter().copied()) {
            return Err(not_as_saved(component));
        }
        return Ok(Part::Even(values));
    }
    let shapes = Tensor::from_npy(file_of(folder, component, "-shapes"))?;
    let shapes = shapes
        .array::<i64, ndarray::Ix2>()
        .map_err(|_| not_as_saved(component))?;
    Ragged::new(
        values,
        shapes.rows().into_iter().map(|row| row.to_vec()),
        stored.shape.len(),
    )
    .map(Part::Ragged)
    .ok_or_else(|| not_as_saved(component))
}

fn not_as_saved(component: usize) -> Error {
    Error::file(format!(
        "the files of component {component} do not fit together; save it anew"
    ))
}

impl Ragged {
    /// None where the shapes are not those of the values.
    fn new(values: Opened, shapes: impl Iterator<Item = Vec<i64>>, rank: usize) -> Option<Ragged> {
        let [len] = values.shape()[..] else {
            return None;
        };
        let (mut all, mut starts, mut next) = (Vec::new(), Vec::new(), 0_usize);
        for shape in shapes {
            let shape: Vec<usize> = shape
                .into_iter()
                .map(|n| usize::try_from(n).ok())
                .collect::<Option<_>>()?;
            let count = shape
                .iter()
                .try_fold(1_usize, |n, axis| n.checked_mul(*axis))?;
            (shape.len() == rank).then_some(())?;
            starts.push(next);
            next = next.checked_add(count)?;
            all.push(shape);
        }
        (next == len).then_some(Ragged {
            values,
            shapes: all,
            starts,
        })
    }

    fn row(&self, index: usize) -> Result<Tensor> {
        let (shape, start) = (&self.shapes[index], self.starts[index]);
        let count: usize = shape.iter().product();
        self.values
            .rows(&Rows::Range(start..start + count))?
            .reshape(shape)
    }
}

impl Part {
    fn len(&self) -> usize {
        match self {
            Part::Even(values) => values.shape().first().copied().unwrap_or(0),
            Part::Ragged(ragged) => ragged.shapes.len(),
        }
    }

    fn dtype(&self) -> crate::tensor::DType {
        match self {
            Part::Even(values) | Part::Ragged(Ragged { values, .. }) => values.dtype(),
        }
    }
}

impl RandomAccess for Saved {
    fn get(&self, index: usize, _epoch: u64) -> Result<Value> {
        self.parts.try_map(&mut |part| match part {
            Part::Even(values) => values.row(index),
            Part::Ragged(ragged) => ragged.row(index),
        })
    }

    fn stack(&self, rows: &Rows, _epoch: u64) -> Result<Value> {
        self.parts.try_map(&mut |part| match part {
            Part::Even(values) => values.rows(rows),
            Part::Ragged(ragged) => {
                let rows: Vec<Tensor> = rows.iter().map(|row| ragged.row(row)).try_into_list()?;
                Tensor::stack(&rows)
            }
        })
    }
}
