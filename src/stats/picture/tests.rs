//! Scores and hashes against CleanVision's: the cases of
//! `tests/data/picture_cases.json`, which `tests/conformance/make_pictures.py`
//! writes; the file's `readme` says what its fields mean.

use proptest::prelude::*;
use serde_json::Value;

use super::quality::Inspector;
use super::*;

const CASES: &str = include_str!("../../../tests/data/picture_cases.json");

/// Sums of logarithms and exponentials differ in their last bits only.
const CLOSE: f64 = 1e-12;

/// How a picture is made.
struct Recipe<'a> {
    kind: &'a str,
    width: i64,
    height: i64,
    channels: i64,
    seed: i64,
    radius: i64,
    low: i64,
    high: i64,
}

impl Recipe<'_> {
    fn of(case: &Value) -> Recipe<'_> {
        let given = &case["picture"];
        let number = |name: &str| given[name].as_i64().unwrap();
        Recipe {
            kind: given["kind"].as_str().unwrap(),
            width: number("width"),
            height: number("height"),
            channels: number("channels"),
            seed: number("seed"),
            radius: number("radius"),
            low: number("low"),
            high: number("high"),
        }
    }

    fn pattern(&self, x: i64, y: i64, k: i64) -> i64 {
        let seed = self.seed;
        match self.kind {
            "noise" => {
                let i = (y * 977 + x) * 5 + k + seed;
                (i * i * 7919 + i * 13) % 100_003 % 256
            }
            "ramp" => (x * (3 + seed) + y * seed + k * 40) % 256,
            "checks" => (x / (seed + 1) + y / (seed + 1)) % 2 * 255,
            "rings" => {
                let far = (x - 9).pow(2) + (y - 13).pow(2) * (k + 1);
                (far + seed * x * y) / 8 % 256
            }
            "page" if y % 8 < 5 || (x * 7 + y / 8 * seed) % 11 < 5 => 255,
            _ => 0,
        }
    }

    fn sample(&self, x: i64, y: i64, k: i64) -> u8 {
        let near = |at: i64, length: i64| {
            (at - self.radius..=at + self.radius).map(move |i| i.clamp(0, length - 1))
        };
        let rows = near(y, self.height);
        let blocks = rows.flat_map(|y| near(x, self.width).map(move |x| self.pattern(x, y, k)));
        let mean = blocks.sum::<i64>() / (2 * self.radius + 1).pow(2);
        (self.low + (mean * (self.high - self.low)).div_euclid(255)) as u8
    }

    fn picture(&self) -> Picture {
        let (width, channels) = (self.width, self.channels);
        let at = |i: i64| self.sample(i / channels % width, i / channels / width, i % channels);
        let samples = (0..width * self.height * channels).map(at).collect();
        let [width, height, channels] = [width, self.height, channels].map(|n| n as usize);
        Picture::new(width, height, channels, samples).unwrap()
    }
}

fn cases() -> Vec<Value> {
    let file: Value = serde_json::from_str(CASES).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn bits(hex: &Value) -> Option<u64> {
    Some(u64::from_str_radix(hex.as_str()?, 16).unwrap())
}

#[test]
fn scores_are_those_of_cleanvision() {
    let mut inspector = Inspector::new();
    for case in cases() {
        let found = inspector.quality(&Recipe::of(&case).picture());
        let named = [
            ("dark", found.dark_score, found.is_dark()),
            ("light", found.light_score, found.is_light()),
            ("blurry", found.blurry_score, found.is_blurry()),
            (
                "low_information",
                found.low_information_score,
                found.is_low_information(),
            ),
        ];
        let issues = case["issues"].as_array().unwrap();
        for (name, score, is_issue) in named {
            let wanted = case["scores"][name].as_f64().unwrap();
            assert!(
                (score - wanted).abs() < CLOSE,
                "{}: {name} {score} {wanted}",
                case["id"]
            );
            let wanted = issues.iter().any(|issue| issue == name);
            assert_eq!(is_issue, wanted, "{}: {name}", case["id"]);
        }
    }
}

#[test]
fn hashes_are_those_of_imagehash() {
    let mut inspector = Inspector::new();
    for case in cases() {
        let found = inspector.phash(&Recipe::of(&case).picture());
        let decided = !bits(&case["ties"]).unwrap();
        let wanted = bits(&case["phash"]);
        assert_eq!(
            found.map(|hash| hash & decided),
            wanted.map(|hash| hash & decided),
            "{}",
            case["id"]
        );
    }
}

#[test]
fn a_picture_has_as_many_samples_as_its_size() {
    let new = |width, height, channels, length| {
        Picture::new(width, height, channels, vec![0; length]).is_some()
    };
    assert!(new(2, 3, 1, 6) && new(2, 3, 3, 18) && new(2, 3, 4, 24));
    assert!(!new(2, 3, 2, 12) && !new(2, 3, 1, 7) && !new(2, 3, 0, 0));
    assert!(!new(0, 3, 1, 0) && !new(3, 0, 3, 0));
    assert!(!new(usize::MAX, 2, 1, 0) && !new(usize::MAX, 1, 4, 4));
}

fn any_picture() -> impl Strategy<Value = Picture> {
    let size = (1usize..80, 1usize..80, prop::sample::select(vec![1, 3, 4]));
    let values = prop_oneof![prop::collection::vec(any::<u8>(), 1..9), Just(vec![255])];
    (size, values).prop_map(|((width, height, channels), values)| {
        let samples = values.into_iter().cycle().take(width * height * channels);
        Picture::new(width, height, channels, samples.collect()).unwrap()
    })
}

proptest! {
    #[test]
    fn scores_lie_between_0_and_1(picture in any_picture()) {
        let quality = Inspector::new().quality(&picture);
        let scores = [
            quality.dark_score,
            quality.light_score,
            quality.blurry_score,
            quality.low_information_score,
        ];
        prop_assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{:?}", quality);
    }

    #[test]
    fn what_was_seen_before_does_not_matter(a in any_picture(), b in any_picture()) {
        let mut used = Inspector::new();
        used.quality(&a);
        used.phash(&a);
        let mut fresh = Inspector::new();
        prop_assert_eq!(used.quality(&b), fresh.quality(&b));
        prop_assert_eq!(used.phash(&b), fresh.phash(&b));
    }
}
