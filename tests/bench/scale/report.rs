//! What was measured, as tables and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::comparison::Question;
use crate::measure::{Measured, Timing};

/// What was measured on data of one size.
pub(crate) struct Round {
    /// The size, in tenths of a nation.
    pub(crate) tenths: usize,
    /// How many quads.
    pub(crate) quads: usize,
    /// The questions.
    pub(crate) questions: Vec<Question>,
    /// Each engine; ours first.
    pub(crate) engines: Vec<Measured>,
}

impl Round {
    /// The table, with all engines beside one another.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write_head(&mut text);
        let _ = self.write_rows(&mut text);
        let _ = self.write_means(&mut text);
        let _ = self.write_resources(&mut text);
        for note in self.differences() {
            let _ = writeln!(text, "note: {note}");
        }
        text
    }

    fn write_head(&self, text: &mut String) -> std::fmt::Result {
        writeln!(
            text,
            "{} quads ({} tenths of a nation); milliseconds, medians",
            self.quads, self.tenths
        )?;
        write!(text, "{:<36}{:>8}", "", "rows")?;
        for engine in &self.engines {
            write!(text, " |{:>10} cold{:>10}", engine.name, "warm")?;
        }
        if self.virtuoso().is_some() {
            write!(text, " | times as fast as virtuoso")?;
        }
        writeln!(text)
    }

    fn write_rows(&self, text: &mut String) -> std::fmt::Result {
        for (at, question) in self.questions.iter().enumerate() {
            let first = self.engines.first().and_then(|engine| timing(engine, at));
            let rows = first.and_then(|timing| timing.said.first());
            let rows = rows.map_or(0, |said| said.rows);
            write!(text, "{:<36}{rows:>8}", question.name)?;
            for engine in &self.engines {
                match timing(engine, at) {
                    Some(timing) => {
                        write!(text, " |{:>15.2}{:>10.2}", timing.cold(), timing.warm())?;
                    }
                    None => write!(text, " |{:>15}{:>10}", "failed", "failed")?,
                }
            }
            if let Some((cold, warm)) = self.times_virtuoso(at) {
                write!(text, " |{cold:>15.3}{warm:>10.3}")?;
            }
            writeln!(text)?;
        }
        Ok(())
    }

    fn write_means(&self, text: &mut String) -> std::fmt::Result {
        write!(text, "{:<44}", "geometric mean")?;
        for engine in &self.engines {
            let timings = || engine.questions.iter().filter_map(|one| one.as_ref().ok());
            let cold = geometric_mean(timings().map(Timing::cold));
            let warm = geometric_mean(timings().map(Timing::warm));
            write!(text, " |{cold:>15.2}{warm:>10.2}")?;
        }
        let ratios: Vec<_> = (0..self.questions.len())
            .filter_map(|at| self.times_virtuoso(at))
            .collect();
        if !ratios.is_empty() {
            let cold = geometric_mean(ratios.iter().map(|(cold, _)| *cold));
            let warm = geometric_mean(ratios.iter().map(|(_, warm)| *warm));
            write!(text, " |{cold:>15.3}{warm:>10.3}")?;
        }
        writeln!(text)
    }

    fn write_resources(&self, text: &mut String) -> std::fmt::Result {
        for engine in &self.engines {
            writeln!(
                text,
                "{:<10} loaded in {:>7.1} s, {:>6} MiB resident, at most {:>6} MiB",
                engine.name,
                engine.loading.as_secs_f64(),
                engine.memory.resident >> 10,
                engine.memory.peak >> 10
            )?;
        }
        Ok(())
    }

    fn virtuoso(&self) -> Option<&Measured> {
        self.engines.iter().find(|engine| engine.name == "virtuoso")
    }

    /// How many times as fast as Virtuoso ours is: more than 1 is faster.
    fn times_virtuoso(&self, at: usize) -> Option<(f64, f64)> {
        let ours = timing(self.engines.first()?, at)?;
        let theirs = timing(self.virtuoso()?, at)?;
        Some((theirs.cold() / ours.cold(), theirs.warm() / ours.warm()))
    }

    /// Where engines do not say the same.
    fn differences(&self) -> Vec<String> {
        let mut found = Vec::new();
        let Some((ours, others)) = self.engines.split_first() else {
            return found;
        };
        for other in others {
            for (at, question) in self.questions.iter().enumerate() {
                let (Some(one), Some(two)) = (timing(ours, at), timing(other, at)) else {
                    continue;
                };
                let mut both = one.said.iter().zip(&two.said);
                if let Some((one, two)) = both.find(|(one, two)| one != two) {
                    found.push(format!(
                        "{}: {} has {} rows that count {}, {} has {} that count {}",
                        question.name,
                        ours.name,
                        one.rows,
                        one.counted,
                        other.name,
                        two.rows,
                        two.counted
                    ));
                }
            }
        }
        found
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> Value {
        json!({
            "tenths": self.tenths,
            "quads": self.quads,
            "questions": self.questions.iter().map(|question| json!({
                "name": question.name,
                "variants": question.variants,
            })).collect::<Vec<_>>(),
            "engines": self.engines.iter().map(engine_json).collect::<Vec<_>>(),
            "differences": self.differences(),
        })
    }
}

fn engine_json(engine: &Measured) -> Value {
    let milliseconds = |times: &[std::time::Duration]| -> Vec<f64> {
        times.iter().map(|time| time.as_secs_f64() * 1e3).collect()
    };
    let questions = engine.questions.iter().map(|one| match one {
        Ok(timing) => json!({
            "cold": milliseconds(&timing.cold),
            "warm": milliseconds(&timing.warm),
            "rows": timing.said.iter().map(|said| said.rows).collect::<Vec<_>>(),
            "counted": timing.said.iter().map(|said| said.counted).collect::<Vec<_>>(),
        }),
        Err(error) => json!({ "failed": error }),
    });
    json!({
        "name": engine.name,
        "loading_seconds": engine.loading.as_secs_f64(),
        "resident_kib": engine.memory.resident,
        "peak_kib": engine.memory.peak,
        "questions": questions.collect::<Vec<_>>(),
    })
}

/// How much longer each engine takes for more data: cold, each size beside the smallest.
pub(crate) fn growth(rounds: &[Round]) -> String {
    let mut text = String::new();
    let Some((first, larger)) = rounds.split_first() else {
        return text;
    };
    // Writing to a string does not fail.
    let _ = writeln!(text, "times as long, cold, as with {} quads", first.quads);
    for (number, engine) in first.engines.iter().enumerate() {
        for (at, question) in first.questions.iter().enumerate() {
            let _ = write!(text, "{:<10} {:<36}", engine.name, question.name);
            let base = timing(engine, at).map(Timing::cold);
            for round in larger {
                let now = round.engines.get(number);
                let now = now.and_then(|engine| timing(engine, at)).map(Timing::cold);
                let _ = match (base, now) {
                    (Some(base), Some(now)) => {
                        write!(text, " {:>9} quads x {:<7.1}", round.quads, now / base)
                    }
                    _ => write!(text, " {:>9} quads failed   ", round.quads),
                };
            }
            text.push('\n');
        }
    }
    text
}

fn timing(engine: &Measured, at: usize) -> Option<&Timing> {
    engine.questions.get(at)?.as_ref().ok()
}

fn geometric_mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number: f64| {
        (sum + number.ln(), count + 1.0)
    });
    f64::exp(sum / count)
}
