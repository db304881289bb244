//! Asking one engine all questions, cold and warm.

use std::time::Duration;

use anyhow::Context;

use crate::comparison::Question;
use crate::engines::Running;
use crate::http::Said;
use crate::process::Memory;

/// How often a question is asked again.
const WARM: usize = 7;
/// A query that takes longer is asked once only.
const LONG: Duration = Duration::from_secs(20);

/// What was measured of an engine.
pub(crate) struct Measured {
    /// What it is called.
    pub(crate) name: &'static str,
    /// How long it took until it held the data.
    pub(crate) loading: Duration,
    /// What it held when all was asked.
    pub(crate) memory: Memory,
    /// How long each question took; the reason where it has no answer.
    pub(crate) questions: Vec<Result<Timing, String>>,
}

/// How long a question took.
pub(crate) struct Timing {
    /// Each variant, asked for the first time.
    pub(crate) cold: Vec<Duration>,
    /// The first variant, asked again.
    pub(crate) warm: Vec<Duration>,
    /// What each variant's answer says.
    pub(crate) said: Vec<Said>,
}

impl Timing {
    /// Milliseconds of the first times: their median.
    pub(crate) fn cold(&self) -> f64 {
        median(&self.cold)
    }

    /// Milliseconds of the further times: their median.
    pub(crate) fn warm(&self) -> f64 {
        median(&self.warm)
    }
}

/// Asks an engine everything.
pub(crate) fn measure(engine: &Running, questions: &[Question]) -> Measured {
    let timed = questions
        .iter()
        .map(|question| {
            eprint!("    {:<36}", question.name);
            let timing = time(engine, question).map_err(|error| format!("{error:#}"));
            match &timing {
                Ok(timing) => eprintln!(
                    "{:>10.1} ms cold {:>10.1} ms warm {:>8} rows",
                    timing.cold(),
                    timing.warm(),
                    timing.said.first().map_or(0, |said| said.rows)
                ),
                Err(error) => eprintln!("failed: {error}"),
            }
            timing
        })
        .collect();
    Measured {
        name: engine.name,
        loading: engine.loading,
        memory: engine.process.memory(),
        questions: timed,
    }
}

fn time(engine: &Running, question: &Question) -> anyhow::Result<Timing> {
    let mut timing = Timing {
        cold: Vec::new(),
        warm: Vec::new(),
        said: Vec::new(),
    };
    for variant in &question.variants {
        let (said, took) = engine.endpoint.rows(variant)?;
        timing.cold.push(took);
        timing.said.push(said);
        if took > LONG {
            break;
        }
    }
    if timing.cold.iter().any(|took| *took > LONG) {
        timing.warm.clone_from(&timing.cold);
        return Ok(timing);
    }
    let again = question.variants.first().context("nothing to ask")?;
    for _ in 0..WARM {
        let (_, took) = engine.endpoint.rows(again)?;
        timing.warm.push(took);
        if took > LONG {
            break;
        }
    }
    Ok(timing)
}

fn median(times: &[Duration]) -> f64 {
    let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let half = times.len() / 2;
    match times.len() {
        0 => f64::NAN,
        even if even % 2 == 0 => f64::midpoint(times[half - 1], times[half]),
        _ => times[half],
    }
}
