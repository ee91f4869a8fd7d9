//! Images that show little, and images that are nearly the same.

use super::keys::firsts;
use super::pictures::Pictures;
use super::words::those;
use super::{Evidence, ImageKeys};
use crate::list::{IntoList, MapEach};
use crate::profile::finding::Finding;
use crate::profile::rule::Rule;
use crate::stats::picture::groups::{duplicates, near_duplicates};
use crate::stats::picture::quality::{Inspector, Quality};
use crate::tensor::number::{count, percent};

const QUALITY: [Rule; 4] = [Rule::Dark, Rule::Bright, Rule::Blurry, Rule::LowInformation];

pub(super) fn find(evidence: &Evidence<'_>, images: &ImageKeys<'_>) -> Vec<Finding> {
    let rules = evidence.rules;
    let (quality, near) = (
        rules.follow_any(&QUALITY),
        rules.follow(Rule::NearDuplicateImages),
    );
    if !quality && !near {
        return Vec::new();
    }
    let Some(pictures) = Pictures::of(evidence) else {
        return Vec::new();
    };
    let seen = pictures.map(Inspector::new, |inspector, picture| Seen {
        quality: quality.then(|| inspector.quality(picture)),
        hash: near.then(|| inspector.phash(picture)).flatten(),
    });
    let mut findings: Vec<Finding> = QUALITY
        .into_iter()
        .filter(|rule| rules.follow(*rule))
        .filter_map(|rule| of_quality(evidence, rule, &seen))
        .into_list();
    findings.extend(
        near.then(|| nearly_equal(evidence, images, &seen))
            .flatten(),
    );
    findings
}

/// What is known of a picture.
struct Seen {
    quality: Option<Quality>,
    hash: Option<u64>,
}

fn of_quality(evidence: &Evidence<'_>, rule: Rule, seen: &[Option<Seen>]) -> Option<Finding> {
    let (is, what, hint): (fn(&Quality) -> bool, _, _) = match rule {
        Rule::Dark => (Quality::is_dark, "dark", "are they night, or nothing?"),
        Rule::Bright => (
            Quality::is_light,
            "bright all over",
            "are they overexposed, or blank?",
        ),
        Rule::Blurry => (
            Quality::is_blurry,
            "blurry",
            "are they out of focus, or enlarged?",
        ),
        _ => (
            Quality::is_low_information,
            "nearly empty, of few shades",
            "do they show anything?",
        ),
    };
    let quality = |seen: &Option<Seen>| seen.as_ref()?.quality;
    let odd = |seen: &Option<Seen>| quality(seen).is_some_and(|quality| is(&quality));
    let odd = seen.iter().enumerate().filter(|(_, seen)| odd(seen));
    let rows = evidence.positions(odd.map(|(row, _)| row));
    let n = rows.len();
    if n == 0 || n as f64 > Rule::MAX_PREVALENCE * seen.len() as f64 {
        return None;
    }
    let message = format!(
        "{} of {} ({}) {} {what}",
        count(n),
        looked_at(evidence, seen.len()),
        percent(n, seen.len()),
        if n == 1 { "is" } else { "are" }
    );
    let hint = format!("look at them, whose rows are listed: {hint}");
    let finding = Finding::new(rule, n as f64, message, hint);
    Some(finding.about(evidence.image_name()).at(rows))
}

fn nearly_equal(
    evidence: &Evidence<'_>,
    images: &ImageKeys<'_>,
    seen: &[Option<Seen>],
) -> Option<Finding> {
    let hashes: Vec<Option<u64>> = seen.map_each(|seen| seen.as_ref()?.hash);
    let keys = images.get()?.get(..seen.len())?;
    let sets = near_duplicates(&hashes, &duplicates(keys));
    let firsts = firsts(keys);
    // Of each set the first is one too many, and of equal ones all but the first.
    let others = sets.iter().flat_map(|set| &set[1..]).copied();
    let rows = evidence.positions(others.filter(|row| firsts[*row] == *row));
    let n = rows.len();
    if n == 0 || n as f64 > Rule::MAX_PREVALENCE * seen.len() as f64 {
        return None;
    }
    let message = format!(
        "{} of {} ({}) nearly {} an earlier one",
        count(n),
        looked_at(evidence, seen.len()),
        percent(n, seen.len()),
        if n == 1 { "equals" } else { "equal" }
    );
    let hint = "keep them together when you split: the same scene in both parts flatters the test";
    let finding = Finding::new(Rule::NearDuplicateImages, n as f64, message, hint);
    Some(finding.about(evidence.image_name()).at(rows))
}

/// The pictures that were looked at.
fn looked_at(evidence: &Evidence<'_>, pictures: usize) -> String {
    let look = evidence.look;
    match pictures < look.len {
        true => format!("the first {} pictures looked at", count(pictures)),
        false => those(&look.extent, pictures, "image"),
    }
}
