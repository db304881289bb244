//! `samplan compare`: the matrix of goals and plans in a terminal.

use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::compare::{Answer, Compared, Comparison, Row};
use crate::model::{Language, Text};
use crate::rdf::{Base, Format};
use crate::store::{Folder, Snapshot, load};
use crate::views::comparison::{Asked, Made, Unread, at, short};
use crate::views::{self, Resource};

/// Show what plans do towards the goals of a framework, side by side.
///
/// A number is how many of a plan's activities serve the goal, or a goal under it. `-` stands for
/// none of all activities, `?` for a plan of which nothing, `(?)` for one of which not everything has
/// been reviewed; `*` for a plan that serves the goal as a whole or by an area.
#[derive(Args, Debug)]
pub(super) struct Compare {
    /// The id of the framework, as in /framework/ID.
    framework: String,
    /// The id of a plan, as in /plan/ID; may be given several times. Else all that have been
    /// reviewed against the framework.
    #[arg(long, value_name = "PLAN")]
    plan: Vec<String>,
    /// Only plans of the county with this code (two digits); may be given several times.
    #[arg(long, value_name = "CODE")]
    region: Vec<String>,
    /// Only plans and activities under way in this year.
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// Only activities with this status; `unknown` for those without. May be given several times.
    #[arg(long, value_name = "KEY")]
    status: Vec<String>,
    /// Only activities for which the organisation with this id is responsible; may be given several
    /// times.
    #[arg(long, value_name = "ORGANISATION")]
    responsible: Vec<String>,
    /// The order of the goals: framework, most or fewest.
    #[arg(long, value_name = "ORDER")]
    sort: Option<String>,
    /// Which plans are shown where there are many, from 1.
    #[arg(long, value_name = "N")]
    page: Option<String>,
    /// What to write.
    #[arg(long, default_value = "table")]
    format: Form,
    /// The language of names.
    #[arg(long, default_value = "sv")]
    lang: Tongue,
    /// The data folder.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// The address of the instance.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = super::base)]
    base_url: Base,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// The matrix, for people.
    Table,
    /// A row for each activity that serves a goal (RFC 4180).
    Csv,
    /// The comparison as a data cube.
    Jsonld,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    Sv,
    En,
}

impl Compare {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let folder = Folder::read(&self.data)?;
        let loaded = load::load(&folder, &self.base_url)?;
        for refusal in &loaded.refused {
            // The plans that hold are compared all the same.
            writeln!(
                io::stderr(),
                "samplan: {} does not hold and is left out; see `samplan check`",
                refusal.what
            )?;
        }
        let snapshot = &loaded.snapshot;
        let asked = self.asked(snapshot)?;
        let bytes = match self.format {
            Form::Table => {
                let made = Made::of(snapshot, &asked)?;
                table(&made, self.language())?.into_bytes()
            }
            Form::Csv => self.rendered(snapshot, asked, Format::Csv)?,
            Form::Jsonld => self.rendered(snapshot, asked, Format::JsonLd)?,
        };
        io::stdout().write_all(&bytes)?;
        Ok(ExitCode::SUCCESS)
    }

    fn language(&self) -> Language {
        match self.lang {
            Tongue::Sv => Language::Sv,
            Tongue::En => Language::En,
        }
    }

    fn rendered(
        &self,
        snapshot: &Snapshot,
        asked: Asked,
        format: Format,
    ) -> anyhow::Result<Vec<u8>> {
        let resource = Resource::Comparison(Box::new(asked));
        Ok(views::render(snapshot, &resource, format, self.language())?.bytes)
    }

    fn asked(&self, snapshot: &Snapshot) -> anyhow::Result<Asked> {
        let reference = snapshot.reference()?;
        at(snapshot, &format!("compare/{}", self.framework))?.with_context(|| {
            let frameworks = reference.frameworks.values();
            let with_goals = frameworks.filter(|framework| !framework.goals.is_empty());
            let ids: Vec<&str> = with_goals.map(|framework| framework.id.as_str()).collect();
            format!(
                "there is no framework {} with goals; there are: {}",
                self.framework,
                ids.join(", ")
            )
        })?;
        let named = |name: &'static str, values: &[String]| -> Vec<(String, String)> {
            let pairs = values.iter().map(|value| (name.to_owned(), value.clone()));
            pairs.collect()
        };
        let one = |name: &'static str, value: &Option<String>| named(name, value.as_slice());
        let pairs = [
            named("plan", &self.plan),
            named("region", &self.region),
            one("year", &self.year),
            named("status", &self.status),
            named("responsible", &self.responsible),
            one("sort", &self.sort),
            one("page", &self.page),
        ];
        let pairs = pairs.concat();
        Asked::read(snapshot, &reference, &self.framework, &pairs).map_err(|unread| {
            let wrong: Vec<String> = match unread {
                Unread::Wrong(errors) => errors
                    .iter()
                    .map(|error| error.in_language(Language::En))
                    .collect(),
                Unread::NotHeld(not_held) => vec![not_held.in_language(Language::En)],
            };
            anyhow::anyhow!(wrong.join("\n"))
        })
    }
}

/// How wide the names of goals may be.
const NAME: usize = 44;

/// The matrix, with a number for each plan, which are listed below it.
fn table(made: &Made, language: Language) -> anyhow::Result<String> {
    let comparison = made.comparison()?;
    let mut out = String::new();
    writeln!(out, "{}\n", best(&comparison.framework.names, language))?;
    matrix(&mut out, &comparison, language)?;
    out.push('\n');
    sums(&mut out, &comparison, language)?;
    out.push('\n');
    legend(&mut out, made, language)?;
    let gaps: Vec<String> = comparison
        .gaps()
        .map(|row| best(&row.goal.names, language))
        .collect();
    if !gaps.is_empty() {
        writeln!(
            out,
            "{} {}",
            language.pick("Mål utan plan:", "Goals without a plan:"),
            gaps.join("; ")
        )?;
    }
    Ok(out)
}

/// The goals, and what each plan does towards them.
fn matrix(out: &mut String, comparison: &Comparison<'_>, language: Language) -> fmt::Result {
    let heads: Vec<String> = (1..=comparison.plans.len())
        .map(|number| format!("[{number}]"))
        .collect();
    line(
        out,
        language.pick("Mål", "Goal"),
        &heads,
        language.pick("planer", "plans"),
    )?;
    for row in &comparison.rows {
        let name = format!(
            "{}{}",
            "  ".repeat(row.goal.depth),
            best(&row.goal.names, language)
        );
        let cells: Vec<String> = (0..comparison.plans.len())
            .map(|column| cell(comparison, row, column))
            .collect();
        line(out, &name, &cells, &row.served_by().to_string())?;
    }
    Ok(())
}

/// Of how many activities of each plan it is known what they serve.
fn sums(out: &mut String, comparison: &Comparison<'_>, language: Language) -> fmt::Result {
    let sums = |of: fn(&Compared) -> usize| -> Vec<String> {
        comparison
            .plans
            .iter()
            .map(|plan| of(plan).to_string())
            .collect()
    };
    line(
        out,
        language.pick("Inget mål passar", "No goal fits"),
        &sums(|plan| plan.fits_none),
        "",
    )?;
    line(
        out,
        language.pick("Ej granskade", "Not reviewed"),
        &sums(|plan| plan.considered.len() - plan.reviewed),
        "",
    )?;
    line(
        out,
        language.pick("Aktiviteter i urvalet", "Activities selected"),
        &sums(|plan| plan.considered.len()),
        "",
    )
}

/// Which plan each number stands for, and where the others are.
fn legend(out: &mut String, made: &Made, language: Language) -> fmt::Result {
    for (number, (id, facts, revision)) in made.plans.iter().enumerate() {
        writeln!(
            out,
            "[{}] {id} {} – {}",
            number + 1,
            short(revision),
            best(&facts.titles, language)
        )?;
    }
    if made.pages() > 1 {
        let (page, pages) = (made.asked.page, made.pages());
        writeln!(
            out,
            "{}",
            language.pick(
                format!("Sida {page} av {pages}; nästa med --page {}.", page + 1),
                format!("Page {page} of {pages}; the next with --page {}.", page + 1),
            )
        )?;
    }
    Ok(())
}

fn cell(comparison: &Comparison<'_>, row: &Row<'_>, column: usize) -> String {
    match (comparison.answer(row, column), row.cells.get(column)) {
        (Answer::Served, Some(cell)) if cell.activities.is_empty() => "*".to_owned(),
        (Answer::Served, Some(cell)) => cell.activities.len().to_string(),
        (Answer::NotServed, _) => "-".to_owned(),
        (Answer::PartlyReviewed, _) => "(?)".to_owned(),
        _ => "?".to_owned(),
    }
}

fn line(out: &mut String, name: &str, cells: &[String], last: &str) -> fmt::Result {
    let mut name: String = name.to_owned();
    if name.chars().count() > NAME {
        name = name.chars().take(NAME - 1).chain(['…']).collect();
    }
    write!(out, "{name:NAME$}")?;
    for cell in cells {
        write!(out, "{cell:>6}")?;
    }
    let text = if last.is_empty() {
        String::new()
    } else {
        format!("{last:>8}")
    };
    writeln!(out, "{text}")
}

/// The words of one of several texts.
fn best(texts: &[Text], language: Language) -> String {
    let found = Text::best(texts, language);
    found.map(|text| text.text.clone()).unwrap_or_default()
}
