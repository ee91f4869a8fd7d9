//! The bars of counted rows.

use super::super::figure::{
    Axis, Bars, Figure, Ink, Key, LegendEntry, Limits, Mark, Panel, Per, Place, Swatch, Texts,
};
use super::super::number::{count, short};
use super::tally::Tally;
use super::{CountPlot, CountStat};
use crate::list::{IntoList, MapEach, MapNumbers};

/// What the bars of a class take of its room.
const WIDTH: f64 = 0.8;

/// Roughly the width of a character of a name, in logical pixels.
const CHARACTER: f64 = 6.6;

/// What upright bars have to share, in logical pixels.
const ACROSS: f64 = 440.0;

/// Lines of a name below an upright bar.
const LINES: usize = 2;

pub(super) struct Chart<'a> {
    plot: &'a CountPlot,
    tally: &'a Tally,
    stat: CountStat,
    pub(super) level: bool,
}

/// One bar.
struct Bar {
    series: usize,
    span: (f64, f64),
    ends: (f64, f64),
    /// What is written at its end; nothing within a stack.
    text: Option<String>,
}

impl<'a> Chart<'a> {
    pub(super) fn new(plot: &'a CountPlot, tally: &'a Tally, stat: CountStat) -> Self {
        let level = plot.horizontal.unwrap_or_else(|| names_are_long(tally));
        Chart {
            plot,
            tally,
            stat,
            level,
        }
    }

    pub(super) fn figure(&self) -> Figure {
        let panel = match self.tally.rows() {
            0 => Panel::message("no data"),
            _ => self.panel(),
        };
        let what = self.counted();
        let classes = match self.tally.classes.len() {
            1 => "1 class".to_owned(),
            n => format!("{} classes", count(n)),
        };
        let description = format!(
            "Bars of {classes} of {what}, {} rows",
            count(self.tally.rows() as usize)
        );
        Figure::of_panels(self.size(), 1, vec![panel], description)
    }

    fn size(&self) -> (u32, u32) {
        let legend = if self.tally.series.len() > 1 { 80 } else { 0 };
        let side_by_side = match self.plot.stacked {
            true => 1,
            false => self.tally.series.len(),
        };
        let each = (8 + 14 * side_by_side).clamp(22, 60);
        let height = match self.level {
            true => (70 + each * self.tally.classes.len()).clamp(160, 1400) as u32,
            false => 320,
        };
        (520 + legend, height)
    }

    /// What is counted, in words.
    fn counted(&self) -> &str {
        self.tally.title.as_deref().unwrap_or("label")
    }

    fn panel(&self) -> Panel {
        let bars = self.bars();
        let top = bars.iter().map(|bar| bar.ends.1).fold(0.0, f64::max);
        // Room for the numbers.
        let room = match (self.plot.bar_labels, self.level) {
            (false, _) => 0.05,
            (true, false) => 0.1,
            (true, true) => 0.14,
        };
        let span = if top > 0.0 { top * (1.0 + room) } else { 1.0 };
        let mut values = Axis::new(Limits::from_min_max(0.0, span));
        values.integer = self.stat == CountStat::Count;
        values.label = Some(self.measure());
        let names = self.tally.classes.iter().map(|class| class.name.clone());
        let mut classes = Axis::categories(names.into_list()).labelled(self.counted());
        classes.reversed = self.level;
        let (mut x, mut y) = match self.level {
            true => (values, classes),
            false => (classes, values),
        };
        x.label = self.plot.x_label.clone().or(x.label);
        y.label = self.plot.y_label.clone().or(y.label);
        let mut marks = self.marks(&bars);
        if self.plot.bar_labels {
            marks.push(Mark::Texts(self.texts(&bars, span - top)));
        }
        Panel {
            keys: self.legend().into_iter().into_list(),
            ..Panel::new(x, y, marks)
        }
    }

    fn measure(&self) -> String {
        let of = match self.tally.compared {
            true => " of each data set",
            false => "",
        };
        match self.stat {
            CountStat::Count => "count".to_owned(),
            CountStat::Percent => format!("percent{of}"),
            CountStat::Proportion => format!("proportion{of}"),
        }
    }

    /// All bars, those of one series after another.
    fn bars(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        for series in 0..self.tally.series.len() {
            for class in 0..self.tally.classes.len() {
                bars.push(match self.plot.stacked {
                    true => self.stacked(class, series),
                    false => self.dodged(class, series),
                });
            }
        }
        bars
    }

    fn dodged(&self, class: usize, series: usize) -> Bar {
        let width = WIDTH / self.tally.series.len() as f64;
        let from = class as f64 - WIDTH / 2.0 + series as f64 * width;
        let height = self.value(self.tally.classes[class].counts[series], series);
        Bar {
            series,
            span: (from, from + width),
            ends: (0.0, height),
            text: Some(self.written(height)),
        }
    }

    fn stacked(&self, class: usize, series: usize) -> Bar {
        let counts = &self.tally.classes[class].counts;
        let height = |upto: usize| -> f64 {
            let values = counts[..upto].iter().enumerate();
            values.map(|(series, &n)| self.value(n, series)).sum()
        };
        let last = series + 1 == counts.len();
        Bar {
            series,
            span: (class as f64 - WIDTH / 2.0, class as f64 + WIDTH / 2.0),
            ends: (height(series), height(series + 1)),
            text: last.then(|| self.written(height(counts.len()))),
        }
    }

    /// `n` rows in the measure.
    fn value(&self, n: u64, series: usize) -> f64 {
        let all = match self.tally.compared {
            true => self.tally.series[series].rows,
            false => self.tally.rows(),
        };
        let share = n as f64 / all.max(1) as f64;
        match self.stat {
            CountStat::Count => n as f64,
            CountStat::Percent => share * 100.0,
            CountStat::Proportion => share,
        }
    }

    fn written(&self, value: f64) -> String {
        match self.stat {
            CountStat::Count => count(value.round() as usize),
            CountStat::Percent if value > 0.0 && value < 0.1 => "<0.1 %".to_owned(),
            CountStat::Percent => format!("{value:.1} %"),
            CountStat::Proportion => short((value * 1e3).round() / 1e3),
        }
    }

    fn marks(&self, bars: &[Bar]) -> Vec<Mark> {
        let of = |series: usize| {
            let own = || bars.iter().filter(|bar| bar.series == series);
            Mark::Bars(Bars {
                spans: own().map(|bar| bar.span).into_list(),
                ends: own().map(|bar| bar.ends).into_list(),
                ink: Ink::Series(series),
                opacity: 1.0,
                level: self.level,
            })
        };
        (0..self.tally.series.len()).map_each(of)
    }

    fn texts(&self, bars: &[Bar], headroom: f64) -> Texts {
        let written = || bars.iter().filter(|bar| bar.text.is_some());
        let at = |bar: &Bar| {
            let middle = (bar.span.0 + bar.span.1) / 2.0;
            match self.level {
                true => (bar.ends.1, middle),
                false => (middle, bar.ends.1),
            }
        };
        let width = bars.first().map_or(1.0, |bar| bar.span.1 - bar.span.0);
        let width = match self.plot.stacked || self.tally.series.len() == 1 {
            true => 1.0,
            false => width,
        };
        Texts {
            at: written().map(at).into_list(),
            texts: written().filter_map(|bar| bar.text.clone()).into_list(),
            inks: Per::All(Ink::Text),
            room: match self.level {
                true => (headroom, width),
                false => (width, headroom),
            },
            place: match self.level {
                true => Place::After,
                false => Place::Above,
            },
        }
    }

    fn legend(&self) -> Option<Key> {
        let entry = |(i, series): (usize, &super::tally::Series)| LegendEntry {
            label: match self.tally.compared {
                true => format!("{} ({})", series.name, count(series.rows as usize)),
                false => series.name.clone(),
            },
            ink: Ink::Series(i),
            swatch: Swatch::Area,
        };
        let several = self.plot.hue.is_some() || self.tally.compared;
        several.then(|| Key::Legend {
            title: self.tally.series_title.clone(),
            entries: self.tally.series.map_indexed(entry),
        })
    }
}

/// Whether names find no room below upright bars, in two lines each.
fn names_are_long(tally: &Tally) -> bool {
    let classes = tally.classes.len().max(1);
    let room = (ACROSS / classes as f64 - 6.0) / CHARACTER;
    tally.classes.iter().any(|class| {
        let longest = class.name.split(' ').map(|word| word.chars().count()).max();
        longest.unwrap_or(0) as f64 > room
            || class.name.chars().count() as f64 > room * LINES as f64
    })
}
