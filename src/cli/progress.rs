//! What a command is doing, on standard error, when it takes more than a moment.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::import::progress::Step;

/// How long nothing is shown: who waits a moment needs no explanation.
const QUIET: Duration = Duration::from_secs(1);

/// How often a count is shown anew.
const TICK: Duration = Duration::from_millis(100);

/// Shows steps until it is dropped, from a thread of its own: a step may take long without a word.
pub(super) struct Progress {
    steps: Option<Sender<Step>>,
    shower: Option<JoinHandle<()>>,
}

impl Progress {
    pub(super) fn start() -> Self {
        let (steps, told) = mpsc::channel();
        let start = Instant::now();
        let mut line = Line::new(io::stderr(), io::stderr().is_terminal());
        let shower = thread::spawn(move || {
            let mut step = None;
            loop {
                match told.recv_timeout(TICK) {
                    Ok(next) => step = Some(next),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if let Some(step) = step {
                    line.show(step, start.elapsed());
                }
            }
            line.clear();
        });
        Self {
            steps: Some(steps),
            shower: Some(shower),
        }
    }

    /// Goes on with a step.
    pub(super) fn tell(&self, step: Step) {
        if let Some(steps) = &self.steps {
            // Nobody listens any more: then there is nothing to show.
            let _ = steps.send(step);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        // What comes after on standard error must not be cleared with the line.
        let _ = self.shower.take().map(JoinHandle::join);
    }
}

/// What is shown: on a terminal one line that changes, elsewhere a line for each step.
struct Line<W> {
    out: W,
    terminal: bool,
    /// What was shown last, and when.
    shown: Option<(&'static str, Duration)>,
}

impl<W: Write> Line<W> {
    fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            terminal,
            shown: None,
        }
    }

    /// Shows a step, so long after the beginning.
    fn show(&mut self, step: Step, elapsed: Duration) {
        let (name, count) = words(step);
        let fresh = self
            .shown
            .is_none_or(|(last, at)| last != name || (self.terminal && elapsed >= at + TICK));
        if elapsed < QUIET || !fresh {
            return;
        }
        self.shown = Some((name, elapsed));
        // That progress cannot be shown is no reason to stop.
        let _ = if self.terminal {
            write!(self.out, "\r\x1b[K{name}{count} …").and_then(|()| self.out.flush())
        } else {
            writeln!(self.out, "samplan: {name} …")
        };
    }

    /// Takes the line away.
    fn clear(&mut self) {
        if self.terminal && self.shown.take().is_some() {
            let _ = write!(self.out, "\r\x1b[K").and_then(|()| self.out.flush());
        }
    }
}

/// What a step is called, and how far it has come.
fn words(step: Step) -> (&'static str, String) {
    match step {
        Step::Reading => ("reading the document", String::new()),
        Step::Finding => ("finding headings, tables and lists", String::new()),
        Step::Making { done, of } => ("making the plan", format!(", activity {done} of {of}")),
        Step::Checking => ("checking the plan", String::new()),
        Step::Writing => ("writing the plan", String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(terminal: bool, steps: &[(Step, u64)]) -> String {
        let mut line = Line::new(Vec::new(), terminal);
        for (step, milliseconds) in steps {
            line.show(*step, Duration::from_millis(*milliseconds));
        }
        line.clear();
        String::from_utf8_lossy(&line.out).into_owned()
    }

    const SLOW: [(Step, u64); 6] = [
        (Step::Reading, 0),
        (Step::Finding, 900),
        (Step::Finding, 1000),
        (Step::Making { done: 1, of: 2 }, 1500),
        (Step::Making { done: 2, of: 2 }, 1700),
        (Step::Checking, 1710),
    ];

    #[test]
    fn a_quick_document_shows_nothing() {
        for terminal in [false, true] {
            assert_eq!(shown(terminal, &SLOW[..2]), "");
        }
    }

    #[test]
    fn each_step_of_a_slow_one_is_a_line() {
        assert_eq!(
            shown(false, &SLOW),
            "samplan: finding headings, tables and lists …\nsamplan: making the plan …\n\
             samplan: checking the plan …\n"
        );
    }

    #[test]
    fn on_a_terminal_one_line_changes_and_goes_away() {
        let text = shown(true, &SLOW);
        let lines: Vec<&str> = text.split("\r\x1b[K").collect();
        assert_eq!(
            lines,
            [
                "",
                "finding headings, tables and lists …",
                "making the plan, activity 1 of 2 …",
                "making the plan, activity 2 of 2 …",
                "checking the plan …",
                ""
            ]
        );
    }
}
