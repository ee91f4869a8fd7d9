//! What the gallery draws: real data sets, and those made up in `invented`.

use std::path::Path;

use ndsight::{Dataset, Result, Tensor, dict};

use crate::invented::{self, bell, table, uniform};

/// The data by the names that the entries use.
pub(crate) struct Data {
    pub(crate) iris: Dataset,
    pub(crate) wine: Dataset,
    /// Seven tenths of the wines, drawn at random, and the rest.
    pub(crate) train: Dataset,
    pub(crate) test: Dataset,
    pub(crate) digits: Dataset,
    pub(crate) photos: Dataset,
    /// Ten pictures of 32 × 32 × 3 random numbers from 0 to 1, with labels.
    pub(crate) noise: Dataset,
    /// 100 rows of five random numbers from 0 to 1.
    pub(crate) uniform: Dataset,
    /// Bell-shaped numbers.
    pub(crate) bell: Dataset,
    /// Three features, of which one has gaps and one nothing else.
    pub(crate) gaps: Dataset,
    /// Two features and an amount that depends on both.
    pub(crate) cloud: Dataset,
    /// 100,000 rows of two features that go together.
    pub(crate) crowd: Dataset,
    /// Digits and what a simple model takes them for.
    pub(crate) judged: Dataset,
    /// Skewed amounts of two groups, and what each row stands for.
    pub(crate) incomes: Dataset,
    /// The sums of two dice.
    pub(crate) dice: Dataset,
    /// Pictures with boxes and masks.
    pub(crate) scenes: Dataset,
    /// Four sequences of 24 pictures.
    pub(crate) films: Dataset,
    /// Pictures of six channels.
    pub(crate) bands: Dataset,
    /// Three sensors over a day.
    pub(crate) sensors: Dataset,
    /// 80 sequences of two kinds.
    pub(crate) answers: Dataset,
    /// Two features that span powers of ten.
    pub(crate) powers: Dataset,
    /// A random walk of 400 steps with a gap.
    pub(crate) walk: Tensor,
    /// A random walk of 1,000,000 steps.
    pub(crate) long_walk: Tensor,
    /// 20 × 30 cells, of which one is not known.
    pub(crate) saddle: Tensor,
    /// 1,000 × 1,000 cells.
    pub(crate) ripples: Tensor,
    /// Values of four axes.
    pub(crate) hypercube: Tensor,
}

impl Data {
    pub(crate) fn read(folder: &Path) -> Result<Data> {
        let saved = |name: &str| Dataset::from_npz(folder.join(name));
        let digits = saved("digits.npz")?;
        let wine = saved("wine.npz")?
            .with_feature_names(WINE)?
            .with_class_names(["class 1", "class 2", "class 3"]);
        let (train, test) = wine.shuffle(1).split(0.7)?;
        Ok(Data {
            iris: saved("iris.npz")?
                .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
                .with_class_names(["setosa", "versicolor", "virginica"]),
            wine,
            train,
            test,
            judged: invented::judged(&digits)?,
            digits,
            photos: saved("photos.npz")?.with_class_names(["china", "flower"]),
            noise: invented::noise()?,
            uniform: Dataset::from_tensor_slices(table((100, 5), uniform(2)))?,
            bell: Dataset::from_tensor_slices(dict! { "value": table((2_000, 1), bell(5)) })?
                .with_feature_names(["value"])?,
            gaps: invented::gaps()?,
            cloud: invented::cloud()?,
            crowd: invented::crowd()?,
            incomes: invented::incomes()?,
            dice: invented::dice()?,
            scenes: invented::scenes()?,
            films: invented::films()?,
            bands: invented::bands()?,
            sensors: invented::sensors()?,
            answers: invented::answers()?,
            powers: invented::powers()?,
            walk: invented::walk(),
            long_walk: Tensor::from(invented::steps(1_000_000, bell(9))),
            saddle: invented::saddle(),
            ripples: invented::ripples(),
            hypercube: Tensor::from(table((16, 81), bell(11))).reshape(&[4, 4, 9, 9])?,
        })
    }

    /// One file for each, for other programs.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        for (name, dataset) in [
            ("iris", &self.iris),
            ("wine", &self.wine),
            ("train", &self.train),
            ("test", &self.test),
            ("digits", &self.digits),
            ("photos", &self.photos),
            ("noise", &self.noise),
            ("uniform", &self.uniform),
            ("bell", &self.bell),
            ("gaps", &self.gaps),
            ("cloud", &self.cloud),
            ("crowd", &self.crowd),
            ("judged", &self.judged),
            ("incomes", &self.incomes),
            ("dice", &self.dice),
            ("scenes", &self.scenes),
            ("films", &self.films),
            ("bands", &self.bands),
            ("sensors", &self.sensors),
            ("answers", &self.answers),
            ("powers", &self.powers),
        ] {
            dataset.save_npz(folder.join(name).with_extension("npz"))?;
        }
        for (name, tensor) in [
            ("walk", &self.walk),
            ("long_walk", &self.long_walk),
            ("saddle", &self.saddle),
            ("ripples", &self.ripples),
            ("hypercube", &self.hypercube),
        ] {
            tensor.save_npy(folder.join(name).with_extension("npy"))?;
        }
        Ok(())
    }
}

/// The columns of `wine.npz`.
const WINE: [&str; 13] = [
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "colour intensity",
    "hue",
    "OD280/OD315",
    "proline",
];
