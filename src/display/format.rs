//! Which formats a picture is shown in: its own choice, or else the one made in
//! the environment for all.

use crate::plot::Format;

/// Chooses for all figures without a choice of their own. The environment is
/// the one place where a setting outlives a cell: each has statics of its own.
const VARIABLE: &str = "NDSIGHT_FORMAT";

/// The format to show a picture in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) format: Format,
    /// What to tell whoever set the environment to something else.
    pub(super) complaint: Option<String>,
}

impl Choice {
    /// The figure's own choice, or else the environment's.
    pub(super) fn of(own: Option<Format>) -> Choice {
        let set = std::env::var_os(VARIABLE);
        Choice::between(own, set.as_deref().map(|value| value.to_string_lossy()))
    }

    fn between(own: Option<Format>, environment: Option<impl AsRef<str>>) -> Choice {
        let named = environment.as_ref().map(|text| text.as_ref().trim());
        let (format, complaint) = match (own, named) {
            (Some(format), _) => (format, None),
            (None, None | Some("")) => (Format::default(), None),
            (None, Some(name)) => match parsed(name) {
                Some(format) => (format, None),
                None => (Format::default(), Some(complaint(name))),
            },
        };
        Choice { format, complaint }
    }
}

fn parsed(name: &str) -> Option<Format> {
    match name.to_ascii_lowercase().as_str() {
        "svg" => Some(Format::Svg),
        "png" => Some(Format::Png),
        "image/svg+xml" | "bare-svg" => Some(Format::BareSvg),
        _ => None,
    }
}

/// The most characters of a wrong value that are repeated.
const REPEATED: usize = 60;

fn complaint(name: &str) -> String {
    let name: String = name.chars().take(REPEATED).collect();
    format!("expected {VARIABLE} to be svg, png or image/svg+xml, but found '{name}'; shown as svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(environment: &str) -> Choice {
        Choice::between(None, Some(environment))
    }

    #[test]
    fn the_environment_chooses_in_any_case() {
        for (name, format) in [
            ("svg", Format::Svg),
            ("PNG", Format::Png),
            (" png ", Format::Png),
            ("image/svg+xml", Format::BareSvg),
            ("Image/SVG+XML", Format::BareSvg),
            ("bare-svg", Format::BareSvg),
            ("", Format::Svg),
        ] {
            let complaint = None;
            assert_eq!(by(name), Choice { format, complaint }, "{name:?}");
        }
        assert_eq!(Choice::between(None, None::<&str>).format, Format::Svg);
    }

    #[test]
    fn a_figures_own_choice_comes_first() {
        for environment in ["png", "jpeg"] {
            let choice = Choice::between(Some(Format::BareSvg), Some(environment));
            assert_eq!(choice.format, Format::BareSvg);
            assert_eq!(choice.complaint, None);
        }
    }

    #[test]
    fn an_unknown_format_is_told_with_those_that_there_are() {
        let choice = by("jpeg");
        assert_eq!(choice.format, Format::Svg);
        assert_eq!(
            choice.complaint.unwrap(),
            "expected NDSIGHT_FORMAT to be svg, png or image/svg+xml, but found 'jpeg'; shown as svg"
        );
        assert!(by(&"x".repeat(1_000_000)).complaint.unwrap().len() < 200);
    }
}
