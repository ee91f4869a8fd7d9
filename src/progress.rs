//! How far long work is, in lines on stderr.
//!
//! A notebook shows only whole lines, so they come at times that double; the REPL and a
//! terminal show one line that changes. Work of less than two seconds says nothing.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use crate::tensor::number::count;

/// Silence until then; from then on lines come whenever the time has doubled.
const FIRST: Duration = Duration::from_secs(2);

/// How often a line that changes does so.
const OFTEN: Duration = Duration::from_millis(250);

/// `off`, whatever the case, for no lines at all.
const VARIABLE: &str = "NDSIGHT_PROGRESS";

/// Where lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Output {
    Nowhere,
    /// One below the other.
    Lines,
    /// Each in the place of the one before.
    Changing,
}

impl Output {
    fn of_this_program() -> Output {
        let is_off = |value: std::ffi::OsString| value.eq_ignore_ascii_case("off");
        if std::env::var_os(VARIABLE).is_some_and(is_off) {
            return Output::Nowhere;
        }
        // What a cell prints goes through a pipe, and the program's name tells whether to a
        // notebook or to the REPL.
        let program = std::env::current_exe().ok();
        let name = program.as_deref().and_then(|path| path.file_stem());
        let is_repl = name.is_some_and(|name| name == "evcxr");
        match is_repl || stderr().is_terminal() {
            true => Output::Changing,
            false => Output::Lines,
        }
    }

    /// When to say something again that was said after this time.
    fn after(self, elapsed: Duration) -> Duration {
        match self {
            Output::Changing => elapsed + OFTEN,
            Output::Lines | Output::Nowhere => elapsed * 2,
        }
    }
}

/// Work that goes over rows, once or several times.
pub(crate) struct Progress {
    /// What is done, in a word or two.
    what: &'static str,
    /// Rows of each pass, where that is known.
    rows: Option<usize>,
    /// How many passes there will be, where that is known.
    passes: Option<usize>,
    pass: usize,
    done: usize,
    begun: Instant,
    pass_begun: Instant,
    next: Duration,
    told: bool,
    output: Output,
}

impl Progress {
    pub(crate) fn new(what: &'static str, rows: Option<usize>, passes: Option<usize>) -> Progress {
        let now = Instant::now();
        Progress {
            what,
            rows,
            passes,
            pass: 0,
            done: 0,
            begun: now,
            pass_begun: now,
            next: FIRST,
            told: false,
            output: Output::of_this_program(),
        }
    }

    /// The next pass begins.
    pub(crate) fn pass(&mut self) {
        self.pass += 1;
        self.done = 0;
        self.pass_begun = Instant::now();
    }

    /// So many rows more are done.
    pub(crate) fn add(&mut self, rows: usize) {
        self.done = self.done.saturating_add(rows);
        let elapsed = self.begun.elapsed();
        if elapsed < self.next || self.output == Output::Nowhere {
            return;
        }
        self.next = self.output.after(elapsed);
        let line = self.line(self.pass_begun.elapsed());
        self.tell(&line);
    }

    /// How far this pass is after so long.
    fn line(&self, elapsed: Duration) -> String {
        let rate = self.done as f64 / elapsed.as_secs_f64().max(1e-3);
        let mut line = format!("{}: ", self.what);
        match self.passes {
            Some(1) => {}
            Some(passes) => line += &format!("pass {} of {passes}, ", self.pass),
            None if self.pass > 1 => line += &format!("pass {}, ", self.pass),
            None => {}
        }
        match self.rows.filter(|&rows| rows >= self.done) {
            Some(rows) => {
                let percent = self.done as f64 / rows.max(1) as f64 * 100.0;
                line += &format!("{} of {} rows ", count(self.done), count(rows));
                line += &format!("({percent:.0} %)");
            }
            None => line += &format!("{} rows", count(self.done)),
        }
        line += &format!(", {} rows/s", count(rate as usize));
        if let Some(left) = self.left(rate) {
            let of = match (self.passes, self.pass) {
                (None, _) => " of this pass",
                _ => "",
            };
            line += &format!(", about {} left{of}", seconds(left));
        }
        line
    }

    /// Seconds that are left of all passes, or else of this one, at this rate.
    fn left(&self, rate: f64) -> Option<f64> {
        let rows = self.rows.filter(|&rows| rows >= self.done)?;
        let later = self.passes.map_or(0, |all| all.saturating_sub(self.pass));
        let left = (rows - self.done) as f64 + later as f64 * rows as f64;
        (rate > 0.0).then(|| left / rate)
    }

    fn tell(&mut self, line: &str) {
        let up = match (self.output, self.told) {
            (Output::Nowhere, _) => return,
            // To the start of the line above, which is cleared.
            (Output::Changing, true) => "\u{1b}[1A\u{1b}[2K",
            _ => "",
        };
        self.told = true;
        // Nobody reads it where this fails.
        let _ = stderr().write_all(format!("{up}{line}\n").as_bytes());
    }

    /// All is done: said if anything was.
    fn close(&mut self) {
        let took = seconds(self.begun.elapsed().as_secs_f64());
        let passes = match self.pass {
            0 | 1 => String::new(),
            passes => format!(" in {passes} passes"),
        };
        let line = format!("{}: {} rows{passes}, {took}", self.what, count(self.done));
        self.tell(&line);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.told {
            self.close();
        }
    }
}

/// `7 s`, `3 min 20 s`, `2 h 5 min`.
fn seconds(seconds: f64) -> String {
    // Beyond a century the cast's limit will do.
    let whole = seconds.ceil().max(0.0) as u64;
    match whole {
        0..60 => format!("{whole} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(rows: Option<usize>, passes: Option<usize>) -> Progress {
        Progress {
            output: Output::Nowhere,
            ..Progress::new("histogram", rows, passes)
        }
    }

    #[test]
    fn a_line_says_how_far_and_how_long_still() {
        let mut known = progress(Some(4_000_000), Some(2));
        known.pass();
        known.add(1_000_000);
        assert_eq!(
            known.line(Duration::from_secs(2)),
            "histogram: pass 1 of 2, 1,000,000 of 4,000,000 rows (25 %), 500,000 rows/s, about 14 s left"
        );
        let mut open = progress(Some(4_000_000), None);
        open.pass();
        open.add(1_000_000);
        assert_eq!(
            open.line(Duration::from_secs(2)),
            "histogram: 1,000,000 of 4,000,000 rows (25 %), 500,000 rows/s, about 6 s left of this pass"
        );
        let mut stream = progress(None, Some(1));
        stream.pass();
        stream.add(1_000);
        assert_eq!(
            stream.line(Duration::from_secs(2)),
            "histogram: 1,000 rows, 500 rows/s"
        );
    }

    #[test]
    fn more_rows_than_were_known_are_no_share() {
        let mut more = progress(Some(10), Some(1));
        more.pass();
        more.add(11);
        let line = more.line(Duration::from_secs(1));
        assert_eq!(line, "histogram: 11 rows, 11 rows/s");
    }

    #[test]
    fn a_notebook_gets_few_lines_and_a_terminal_many() {
        let mut at = FIRST;
        let times = std::iter::repeat_with(|| {
            let now = at;
            at = Output::Lines.after(now);
            now
        });
        // An hour's work.
        assert_eq!(times.take_while(|at| at.as_secs() < 3600).count(), 11);
        let soon = Output::Changing.after(FIRST);
        assert!(soon < FIRST + Duration::from_secs(1));
    }

    #[test]
    fn times_are_read_easily() {
        assert_eq!(seconds(0.2), "1 s");
        assert_eq!(seconds(200.0), "3 min 20 s");
        assert_eq!(seconds(7_500.0), "2 h 5 min");
        assert_eq!(seconds(f64::INFINITY).is_empty(), false);
    }
}
