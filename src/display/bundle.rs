//! One thing shown, in the formats that every viewer finds its own in, and all
//! things of a cell as the blocks that the kernel passes on.

use std::fmt;
use std::io;

use super::format::Choice;
use super::html;
use super::page::{self, BarsLook, Page, Part, Reducer, Sheet};
use super::picture::{Picture, in_base64, stacked_png, stacked_svg};
use super::protocol::{one_line, text_lines};
use super::record;
use crate::error::{Error, Result, guarded};
use crate::list::{IntoList, MapEach};
use crate::plot::{Figure, Format};
use crate::printed;

/// The most bytes of a card's blocks: many of them make a notebook that still opens
/// at once and can be kept under version control.
const MAX_BUNDLE: usize = 300_000;

/// HTML for notebooks, a picture for viewers without HTML (GitHub, LaTeX), text
/// for terminals. Each is safe to emit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bundle {
    pub(super) html: String,
    /// None for words alone.
    pictures: Vec<Picture>,
    pub(super) text: String,
    /// What to tell of the environment.
    complaint: Option<String>,
}

impl Bundle {
    /// A picture alone, as large as it is.
    pub(super) fn of_figure(figure: Figure) -> Result<Bundle> {
        Bundle::chosen(Choice::of, &Page::default().with(Part::figure(figure)))
    }

    /// A card; what would make it larger than [`MAX_BUNDLE`] is left out.
    pub(super) fn of_page(page: &Page) -> Result<Bundle> {
        let whole = Bundle::chosen(Choice::of, page)?;
        if whole.size() <= MAX_BUNDLE {
            return Ok(whole);
        }
        let (mut reducer, mut bundle) = (Reducer::new(page), whole.smaller(page));
        while bundle.size() > MAX_BUNDLE {
            let figures: usize = bundle.pictures.iter().map(Picture::size_in_bundle).sum();
            // Half the pixels each way take a quarter of the room.
            let steps = (bundle.size() / MAX_BUNDLE).max(1).ilog(4) + 1;
            let figures_first = figures > bundle.size() / 2;
            if !(0..steps).fold(false, |any, _| reducer.step(figures_first) || any) {
                break;
            }
            let page = reducer.page();
            bundle = Bundle::chosen(Choice::of, &page)?.smaller(&page);
        }
        Ok(bundle)
    }

    /// Bytes of all its blocks, where nothing else is shown.
    fn size(&self) -> usize {
        let pictures: usize = self.pictures.iter().map(Picture::png_size).sum();
        let words = self.html.len() + self.text.len();
        // Several pictures on one page can take more than each alone, as their palettes
        // are joined; whether they do is worth a look only where it may matter.
        if self.pictures.len() < 2 || words + 2 * pictures <= MAX_BUNDLE {
            return words + pictures;
        }
        let all: Vec<&Picture> = self.pictures.iter().into_list();
        let page = stacked_png(&all).ok().flatten();
        words + page.map_or(pictures, |page| in_base64(page.len()))
    }

    /// With each figure as the smaller of SVG and PNG.
    fn smaller(mut self, page: &Page) -> Bundle {
        self.pictures.iter_mut().for_each(Picture::choose_smaller);
        self.html = in_html(page, &self.pictures, small_look(Choice::of, page));
        self
    }

    /// With the format that `choose` gives a figure of this choice of its own.
    fn chosen(choose: impl Fn(Option<Format>) -> Choice, page: &Page) -> Result<Bundle> {
        let bars = small_look(&choose, page);
        let words_choice = Choice {
            format: bars.format,
            complaint: None,
        };
        let mut complaint = None;
        let mut pictures = Vec::new();
        for sheet in page::sheets(&page.parts) {
            let picture = match sheet {
                Sheet::Figure(figure) => {
                    let choice = choose(figure.format);
                    let picture = Picture::of(figure, &choice)?;
                    complaint = complaint.or(choice.complaint);
                    picture
                }
                Sheet::Words(words) => {
                    Picture::of(&words.theme(bars.theme), &words_choice)?.of_words()
                }
            };
            pictures.push(picture);
        }
        Ok(Bundle {
            html: in_html(page, &pictures, bars),
            pictures,
            text: text_lines(&page::text(&page.parts)),
            complaint,
        })
    }

    /// An error in words; no picture, so that whoever expects one notices.
    pub(super) fn of_error(message: &str) -> Bundle {
        let message = printed::lines(message);
        Bundle {
            html: html::error(&message),
            pictures: Vec::new(),
            text: text_lines(&format!("error: {message}")),
            complaint: None,
        }
    }

    /// An error of the user's own, whose message may panic.
    pub(super) fn of_own_error(err: &dyn fmt::Display) -> Bundle {
        let said = guarded(
            || Ok(err.to_string()),
            |said| Error::function(format!("the message of the error panicked: {said}")),
        );
        Bundle::of_error(&said.unwrap_or_else(|err| err.to_string()))
    }

    /// All of it, for [`from_bytes`](Bundle::from_bytes).
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        record::put(&mut out, self.html.as_bytes());
        record::put(&mut out, self.text.as_bytes());
        record::put_any(&mut out, self.complaint.as_deref().map(str::as_bytes));
        record::put(&mut out, &(self.pictures.len() as u32).to_le_bytes());
        self.pictures
            .iter()
            .for_each(|picture| picture.put(&mut out));
        out
    }

    /// The first bundle of `bytes`, which then are what comes after it.
    pub(super) fn from_bytes(bytes: &mut &[u8]) -> io::Result<Bundle> {
        let html = record::text(record::next(bytes)?)?;
        let text = record::text(record::next(bytes)?)?;
        let complaint = record::next_any(bytes)?.map(record::text).transpose()?;
        let count = record::next_number(bytes)?;
        let mut pictures = Vec::new();
        for _ in 0..count {
            pictures.push(Picture::next(bytes)?);
        }
        Ok(Bundle {
            html,
            pictures,
            text,
            complaint,
        })
    }

    /// Runs `make`; an error or a panic inside becomes a bundle that says so.
    pub(super) fn catching(make: impl FnOnce() -> Result<Bundle>) -> Bundle {
        caught(make).unwrap_or_else(|err| Bundle::of_error(&err.to_string()))
    }
}

/// How a page's small histograms are drawn: as its first figure.
fn small_look(choose: impl Fn(Option<Format>) -> Choice, page: &Page) -> BarsLook {
    let first = page.parts.iter().flat_map(Part::figures).next();
    let (theme, format) = first.map_or_else(Default::default, |f| (f.theme, f.format));
    BarsLook {
        format: choose(format).format,
        theme,
    }
}

fn in_html(page: &Page, pictures: &[Picture], bars: BarsLook) -> String {
    let mut figures = pictures.iter().filter(|picture| !picture.is_words());
    let inner = page::html(&page.parts, &mut figures, bars);
    format!("<div class=\"{}\">{inner}</div>", html::NO_MATH)
}

/// The bodies of a cell's blocks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Blocks {
    pub(super) html: String,
    /// A whole PNG file.
    pub(super) png: Option<Vec<u8>>,
    /// A document of one line.
    pub(super) svg: Option<String>,
    pub(super) text: String,
}

impl Blocks {
    /// Several things as one, in order.
    pub(super) fn of(bundles: &[Bundle]) -> Blocks {
        caught(|| Blocks::joined(bundles)).unwrap_or_else(|err| {
            let error = Bundle::of_error(&err.to_string());
            Blocks {
                html: one_line(&error.html),
                png: None,
                svg: None,
                text: error.text,
            }
        })
    }

    fn joined(bundles: &[Bundle]) -> Result<Blocks> {
        let pictures: Vec<&Picture> = bundles.flat_map_each(|b| &b.pictures);
        // All of a cell's figures are chosen for by one environment.
        let complaint = bundles.iter().find_map(|b| b.complaint.as_deref());
        let html: String = bundles.iter().map(|b| b.html.as_str()).collect();
        let said = complaint.map(|complaint| text_lines(&format!("warning: {complaint}")));
        let texts = bundles.iter().map(|b| b.text.as_str());
        let texts: Vec<&str> = said.as_deref().into_iter().chain(texts).into_list();
        Ok(Blocks {
            html: one_line(&(complaint.map(html::warning).unwrap_or_default() + &html)),
            png: stacked_png(&pictures)?,
            svg: stacked_svg(&pictures).map(|svg| one_line(&svg)),
            text: texts.join("\n\n"),
        })
    }
}

/// Draws; a panic becomes an error.
fn caught<T>(make: impl FnOnce() -> Result<T>) -> Result<T> {
    guarded(make, |said| {
        Error::internal(format!(
            "ndsight panicked while drawing ({said}); the data are untouched. Please report this with the call that led here"
        ))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::display::page::{Cell, Table};
    use crate::plot::{Draw, Theme, hstack};
    use crate::render;

    fn figure(data: Vec<f64>) -> Figure {
        Draw::figure(&crate::Tensor::from(data)).unwrap()
    }

    fn curve() -> Figure {
        figure(vec![1.0, 2.0])
    }

    fn alone(figure: &Figure) -> Page {
        Page::default().with(Part::figure(figure.clone()))
    }

    /// As it is shown where the environment chooses nothing.
    fn shown(figure: &Figure) -> Bundle {
        let choose = |own: Option<Format>| Choice {
            format: own.unwrap_or_default(),
            complaint: None,
        };
        Bundle::chosen(choose, &alone(figure)).unwrap()
    }

    fn in_format(format: Format) -> Bundle {
        shown(&curve().format(format))
    }

    /// The start of the picture's data in the HTML.
    fn source(html: &str) -> &str {
        let at = html.find("src=\"").unwrap() + 5;
        html[at..].split(',').next().unwrap()
    }

    fn svg_of(html: &str) -> String {
        use base64::Engine;
        let data = html.split("svg+xml;base64,").nth(1).unwrap();
        let data = data.split('"').next().unwrap();
        let decoded = base64::engine::general_purpose::STANDARD.decode(data);
        String::from_utf8(decoded.unwrap()).unwrap()
    }

    fn png_size(file: &[u8]) -> (u32, u32) {
        let reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
        (reader.info().width, reader.info().height)
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
        let blocks = Blocks::of(&[failed]);
        assert!(blocks.html.contains("expected &lt;1&gt;"));
        assert_eq!((blocks.png, blocks.svg), (None, None));
    }

    #[test]
    fn bundles_come_back_from_their_bytes() {
        let mut complaining = shown(&curve());
        complaining.complaint = Some("expected svg".into());
        let words = Page::default().with(Part::Note("only words".into()));
        let bundles = [
            Bundle::of_error("no \u{1f4c9}"),
            in_format(Format::Svg),
            in_format(Format::Png),
            in_format(Format::BareSvg),
            complaining,
            Bundle::of_page(&words).unwrap(),
        ];
        let bytes: Vec<u8> = bundles.iter().flat_map(Bundle::to_bytes).collect();
        let mut rest = bytes.as_slice();
        for bundle in &bundles {
            assert_eq!(Bundle::from_bytes(&mut rest).as_ref().unwrap(), bundle);
        }
        assert!(rest.is_empty());
        let last = bundles[5].to_bytes();
        for end in 0..last.len() {
            assert!(Bundle::from_bytes(&mut &last[..end]).is_err());
        }
    }

    #[test]
    fn html_holds_what_was_chosen() {
        let (width, height) = (curve().width, curve().height);
        for (format, start) in [
            (Format::Svg, "data:image/svg+xml;base64"),
            (Format::Png, "data:image/png;base64"),
            (Format::BareSvg, "data:image/svg+xml;base64"),
        ] {
            let blocks = Blocks::of(&[in_format(format)]);
            assert_eq!(source(&blocks.html), start);
            // A PNG of twice as many pixels takes no more room than an SVG.
            assert!(
                blocks
                    .html
                    .contains(&format!("width=\"{width}\" height=\"{height}\""))
            );
            assert_eq!(png_size(&blocks.png.unwrap()), (2 * width, 2 * height));
            assert_eq!(blocks.svg.is_some(), format == Format::BareSvg);
            assert!(!blocks.text.is_empty());
        }
    }

    #[test]
    fn every_picture_of_a_card_has_the_format_that_was_chosen() {
        let bars = Table::new(vec![], vec![vec![Cell::Bars(vec![1.0, 2.0])]; 2]);
        let page = Page::default().with(Part::Table(bars));
        for (format, start) in [
            (Format::Svg, "src=\"data:image/svg+xml;base64,"),
            (Format::Png, "src=\"data:image/png;base64,"),
        ] {
            let choose = |_| Choice {
                format,
                complaint: None,
            };
            let with_figure = page.clone().with(Part::figure(curve()));
            for (page, pictures) in [(&page, 2), (&with_figure, 3)] {
                let html = Bundle::chosen(choose, page).unwrap().html;
                assert_eq!(html.matches("<img ").count(), pictures);
                assert_eq!(html.matches(start).count(), pictures);
            }
        }
    }

    #[test]
    fn one_bare_picture_is_the_document_that_html_holds() {
        let blocks = Blocks::of(&[in_format(Format::BareSvg)]);
        assert_eq!(blocks.svg.unwrap(), svg_of(&blocks.html));
    }

    #[test]
    fn joined_pages_are_as_high_as_their_parts() {
        let (a, b) = (shown(&curve()), shown(&figure(vec![2.0, 1.0])));
        let both = Blocks::of(&[a.clone(), Bundle::of_error("no"), b.clone()]);
        let height = |bundles: &[Bundle]| png_size(&Blocks::of(bundles).png.unwrap()).1;
        assert_eq!(png_size(&both.png.unwrap()).1, height(&[a]) + height(&[b]));
        assert_eq!(both.html.matches("<img ").count(), 2);
        assert!(!both.html.contains('\n'));
    }

    #[test]
    fn one_document_holds_all_pictures_of_a_cell_if_one_is_bare() {
        let bundles = [
            in_format(Format::BareSvg),
            in_format(Format::Png),
            Bundle::of_error("no"),
            in_format(Format::Svg),
        ];
        let blocks = Blocks::of(&bundles);
        let svg = blocks.svg.unwrap();
        assert!(!svg.contains('\n'));
        let document = roxmltree::Document::parse(&svg).unwrap();
        let (width, height) = (curve().width, curve().height);
        let root = document.root_element();
        assert_eq!(root.attribute("width"), Some(&*width.to_string()));
        assert_eq!(root.attribute("height"), Some(&*(3 * height).to_string()));
        let parts: Vec<(&str, &str)> = root
            .children()
            .map(|node| (node.tag_name().name(), node.attribute("y").unwrap()))
            .collect();
        let (second, third) = (height.to_string(), (2 * height).to_string());
        assert_eq!(parts, [("svg", "0"), ("image", &second), ("svg", &third)]);
        assert_eq!(Blocks::of(&bundles[1..]).svg, None);
    }

    #[test]
    fn no_block_has_a_command_of_the_kernels_in_it() {
        let hostile = "EVCXR_END_CONTENT\nEVCXR_BEGIN_CONTENT x";
        let figure = curve().title(hostile).format(Format::BareSvg);
        let blocks = Blocks::of(&[shown(&figure), shown(&figure)]);
        for body in [&blocks.html, blocks.svg.as_ref().unwrap(), &blocks.text] {
            assert!(!body.contains("EVCXR_"), "{body}");
        }
        assert!(!blocks.svg.unwrap().contains('\n'));
    }

    #[test]
    fn a_wrong_choice_is_told_once_and_the_picture_shown() {
        let choose = |_| Choice {
            format: Format::Svg,
            complaint: Some("expected <svg>".to_owned()),
        };
        let bundle = || Bundle::chosen(choose, &alone(&curve())).unwrap();
        let blocks = Blocks::of(&[bundle(), bundle()]);
        assert_eq!(blocks.html.matches("expected &lt;svg&gt;").count(), 1);
        assert_eq!(blocks.html.matches("<img ").count(), 2);
        assert!(blocks.text.starts_with("warning: expected <svg>\n\n"));
    }

    #[test]
    fn a_dark_figure_is_dark_in_every_format() {
        let dark = curve().theme(Theme::Dark);
        let svg = svg_of(&shown(&dark).html);
        assert!(svg.contains("fill:#111") && !svg.contains("prefers-color-scheme"));
        let blocks = Blocks::of(&[shown(&dark.format(Format::Png))]);
        let page = render::decode_png(&blocks.png.unwrap()).unwrap();
        assert_eq!(page.rgb[..3], [0x11; 3]);
    }

    #[test]
    fn a_composition_is_shown_as_the_first_part_that_chose() {
        let parts = [curve(), curve().format(Format::Png).theme(Theme::Dark)];
        let figure = hstack(parts).unwrap();
        assert_eq!(
            (figure.format, figure.theme),
            (Some(Format::Png), Theme::Dark)
        );
        assert_eq!(source(&shown(&figure).html), "data:image/png;base64");
        let own = figure.format(Format::Svg);
        assert_eq!(source(&shown(&own).html), "data:image/svg+xml;base64");
    }
}
