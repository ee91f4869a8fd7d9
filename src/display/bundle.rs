//! One thing shown, in the three formats that every viewer finds its own in.

use super::html;
use super::protocol::text_lines;
use crate::error::{Error, Result};
use crate::plot::figure::Figure;
use crate::render;

/// HTML for notebooks, PNG for viewers without HTML (GitHub, LaTeX), text for
/// terminals. Each is safe to emit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bundle {
    pub(super) html: String,
    /// A whole PNG file. None for words alone.
    pub(super) png: Option<Vec<u8>>,
    pub(super) text: String,
}

impl Bundle {
    /// A picture alone.
    pub(super) fn of_figure(figure: &Figure) -> Result<Bundle> {
        Bundle::of_card(String::new(), String::new(), figure)
    }

    /// A picture under a heading.
    pub(super) fn of_card(html_head: String, text_head: String, figure: &Figure) -> Result<Bundle> {
        let text = [text_head, render::to_text(figure)];
        let lines: Vec<String> = text.into_iter().filter(|part| !part.is_empty()).collect();
        Ok(Bundle {
            html: format!("<div>{html_head}{}</div>", html::figure(figure)),
            png: Some(render::to_png(figure)?),
            text: text_lines(&lines.join("\n")),
        })
    }

    /// An error in words; no picture, so that whoever expects one notices.
    pub(super) fn of_error(message: &str) -> Bundle {
        Bundle {
            html: html::error(message),
            png: None,
            text: text_lines(&format!("error: {message}")),
        }
    }

    /// Runs `make`; an error or a panic inside becomes a bundle that says so. A
    /// panic that reached the kernel would cost the user the cell's variables.
    pub(super) fn catching(make: impl FnOnce() -> Result<Bundle>) -> Bundle {
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(make));
        let made = caught.unwrap_or_else(|panic| Err(Error::internal(panic_text(&*panic))));
        made.unwrap_or_else(|err| Bundle::of_error(&err.to_string()))
    }

    /// Several bundles as one, in order.
    pub(super) fn joined(bundles: &[Bundle]) -> Result<Bundle> {
        if let [only] = bundles {
            return Ok(only.clone());
        }
        let pages = bundles.iter().filter_map(|bundle| bundle.png.as_deref());
        let rasters = pages.map(render::decode_png).collect::<Result<Vec<_>>>()?;
        let png = match rasters.is_empty() {
            true => None,
            false => Some(render::encode_png(&render::stack(&rasters))?),
        };
        let html: Vec<&str> = bundles.iter().map(|bundle| bundle.html.as_str()).collect();
        let text: Vec<&str> = bundles.iter().map(|bundle| bundle.text.as_str()).collect();
        Ok(Bundle {
            html: html.join(""),
            png,
            text: text.join("\n\n"),
        })
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    format!(
        "ndsight panicked while drawing ({said}); the data are untouched. Please report this with the call that led here"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(data: Vec<f64>) -> Figure {
        crate::plot::Draw::figure(&crate::Tensor::from(data)).unwrap()
    }

    #[test]
    fn panics_and_errors_become_words() {
        let panicked = Bundle::catching(|| panic!("index out of bounds"));
        assert!(
            panicked
                .text
                .starts_with("error: ndsight panicked while drawing (index out of bounds)")
        );
        let failed = Bundle::catching(|| Err(Error::value("expected <1>, but found 2")));
        assert_eq!(failed.text, "error: expected <1>, but found 2");
        assert!(failed.html.contains("expected &lt;1&gt;") && failed.png.is_none());
    }

    #[test]
    fn joined_pages_are_as_high_as_their_parts() {
        let (a, b) = (
            Bundle::of_figure(&figure(vec![1.0, 2.0])).unwrap(),
            Bundle::of_figure(&figure(vec![2.0, 1.0])).unwrap(),
        );
        let words = Bundle::of_error("no");
        let both = Bundle::joined(&[a.clone(), words, b.clone()]).unwrap();
        let height = |bundle: &Bundle| {
            render::decode_png(bundle.png.as_ref().unwrap())
                .unwrap()
                .height
        };
        assert_eq!(height(&both), height(&a) + height(&b));
        assert_eq!(both.html.matches("<img ").count(), 2);
        assert!(!both.html.contains('\n'));
    }
}
