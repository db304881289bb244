//! `samplan align`: goals that activities may serve, for a person to judge.

mod earlier;
mod review;
mod show;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use oxrdf::NamedNode;

use super::plan_files;
use crate::align::{self, Proposal};
use crate::model::{Framework, Iri, Plan, PlanId, ReferenceData};
use crate::rdf::{self, Base};
use crate::store::{Folder, Snapshot, load, put};
use crate::vocab::dcterms;

/// Suggest which goals of a framework the activities of a plan serve.
///
/// Suggestions are made of the texts: of the goals, of the activities, and of what other plans'
/// accepted alignments say; and accepted alignments with a goal of another framework are carried
/// over where a mapping says that the goals are the same or close. They are shown. With --write
/// they go to plans/PLAN/suggested.ttl, where they count for nothing until somebody accepts them
/// with --review. What has been accepted, rejected or said to fit no goal is not suggested again.
///
/// The exit code is 0 when it was done, 1 when the plan would not hold, 2 when it could not be
/// done.
#[derive(Args, Debug)]
pub(super) struct Align {
    /// The id of the plan, as in /plan/ID.
    plan: String,
    /// The id of the framework, as in /framework/ID.
    #[arg(long, required_unless_present = "earlier")]
    framework: Option<String>,
    /// Suggest instead which activities of this earlier edition the activities continue. What is
    /// rejected of that is not remembered.
    #[arg(long, value_name = "PLAN", conflicts_with = "framework")]
    earlier: Option<String>,
    /// Write the suggestions to plans/PLAN/suggested.ttl, in place of those a program put there
    /// before; else they are only shown.
    #[arg(long, conflicts_with = "review")]
    write: bool,
    /// Go through the suggestions, those in suggested.ttl and new ones: a accepts one, r rejects
    /// it, n says that no goal fits the activity, s skips it, q ends. What was decided is written
    /// at the end; who accepts a suggestion makes it his own judgement.
    #[arg(long)]
    review: bool,
    /// Who reviews: the id of an organisation, as in /organisation/ID. Else it is asked.
    #[arg(long, value_name = "ORGANISATION", requires = "review")]
    by: Option<String>,
    /// The data folder.
    #[arg(long, default_value = "data", env = "SAMPLAN_DATA")]
    data: PathBuf,
    /// The address of the instance.
    #[arg(long, default_value = Base::LOCAL, env = "SAMPLAN_BASE_URL", value_parser = super::base)]
    base_url: Base,
}

/// A plan with what it is judged beside.
struct Desk {
    folder: Folder,
    snapshot: Snapshot,
    reference: Arc<ReferenceData>,
    iri: Iri,
    plan: Plan,
}

impl Align {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        let desk = self.desk()?;
        match (&self.framework, &self.earlier) {
            (_, Some(earlier)) => earlier::run(&self, desk, earlier),
            (Some(id), None) => {
                let framework = desk.framework(id)?.clone();
                let proposals = desk.proposals(&framework);
                if self.review {
                    review::run(&self, desk, &framework, &proposals)
                } else {
                    self.show(desk, &framework, &proposals)
                }
            }
            (None, None) => anyhow::bail!("say which framework with --framework"),
        }
    }

    /// Shows the suggestions, and writes them where that is asked for.
    fn show(
        &self,
        mut desk: Desk,
        framework: &Framework,
        proposals: &[Proposal],
    ) -> anyhow::Result<ExitCode> {
        let mut out = io::stdout().lock();
        show::table(&mut out, &desk.plan, framework, proposals)?;
        if !self.write {
            if !proposals.is_empty() {
                writeln!(
                    out,
                    "\nNothing was written. --write puts them into suggested.ttl, --review decides on them."
                )?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let by = desk.publisher()?;
        let today = plan_files::today()?;
        align::propose(&mut desk.plan, &desk.iri, framework, proposals, &by, today);
        self.put(&desk, &mut out)
    }

    /// Writes the plan as it now is, and says which files changed.
    fn put(&self, desk: &Desk, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        let validator = load::folder_validator(&desk.folder, &self.base_url)?;
        let graph = rdf::write(&desk.plan, &desk.iri);
        let today = plan_files::today()?;
        match put::plan(&self.data, &self.base_url, &validator, graph, None, today) {
            Ok(written) => {
                let files = written.changed.into_iter().chain(written.removed);
                let files: Vec<_> = files
                    .map(|file| format!("plans/{}/{file}", self.plan))
                    .collect();
                if files.is_empty() {
                    writeln!(out, "\nNothing changed.")?;
                } else {
                    writeln!(out, "\nWritten: {}", files.join(", "))?;
                }
                Ok(ExitCode::SUCCESS)
            }
            Err(put::PutError::Refused(findings)) => {
                for finding in findings {
                    writeln!(io::stderr(), "{finding}")?;
                }
                writeln!(
                    io::stderr(),
                    "samplan: the plan would not hold; nothing was written"
                )?;
                Ok(ExitCode::from(1))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn desk(&self) -> anyhow::Result<Desk> {
        let folder = Folder::read(&self.data)?;
        let snapshot = load::load(&folder, &self.base_url)?.snapshot;
        let entry =
            entry(&snapshot, &self.plan).with_context(|| self.no_plan(&snapshot, &self.plan))?;
        let (iri, plan) = (Iri::parse(entry.iri.as_str()), Plan::clone(&entry.plan));
        Ok(Desk {
            reference: snapshot.reference()?,
            iri: iri.context("the address of the plan is no IRI")?,
            plan,
            folder,
            snapshot,
        })
    }

    fn no_plan(&self, snapshot: &Snapshot, id: &str) -> String {
        let plans: Vec<&str> = snapshot.plans().keys().map(PlanId::as_str).collect();
        format!(
            "there is no plan {id} that holds in {}; there are: {}",
            self.data.display(),
            plans.join(", ")
        )
    }
}

fn entry<'a>(snapshot: &'a Snapshot, id: &str) -> Option<&'a crate::store::PlanEntry> {
    snapshot.plans().get(&PlanId::parse(id)?)
}

impl Desk {
    fn framework(&self, id: &str) -> anyhow::Result<&Framework> {
        let found = self.reference.framework(id);
        let found = found.filter(|framework| !framework.goals.is_empty());
        found.with_context(|| {
            let all = self.reference.frameworks.values();
            let with_goals = all.filter(|framework| !framework.goals.is_empty());
            let ids: Vec<&str> = with_goals.map(|framework| framework.id.as_str()).collect();
            format!(
                "there is no framework {id} with goals among the reference data; there are: {}",
                ids.join(", ")
            )
        })
    }

    fn proposals(&self, framework: &Framework) -> Vec<Proposal> {
        let plans: Vec<(Iri, Arc<Plan>)> = self
            .snapshot
            .plans()
            .values()
            .filter_map(|entry| Some((Iri::parse(entry.iri.as_str())?, Arc::clone(&entry.plan))))
            .collect();
        let others: Vec<_> = plans
            .iter()
            .map(|(iri, plan)| (iri, plan.as_ref()))
            .collect();
        align::proposals((&self.iri, &self.plan), framework, &self.reference, &others)
    }

    /// Who answers for what the program suggests: the publisher of the catalogue.
    fn publisher(&self) -> anyhow::Result<Iri> {
        let base = self.snapshot.base();
        let catalog: NamedNode = base.node("catalog");
        let publishers = self.snapshot.nodes(catalog.as_ref(), dcterms::PUBLISHER)?;
        let publisher = publishers
            .first()
            .and_then(|node| Iri::parse(node.as_str()));
        let publisher = publisher.or_else(|| self.organisation("samplan"));
        publisher
            .filter(|iri| self.reference.agents.contains_key(iri))
            .context(
                "the publisher of the catalogue is not among the organisations of the reference data; correct dcterms:publisher in catalog.ttl",
            )
    }

    /// The organisation with that id or address.
    fn organisation(&self, id: &str) -> Option<Iri> {
        let whole = if id.contains("://") {
            id.to_owned()
        } else {
            let base = self.snapshot.base();
            base.node(&format!("organisation/{id}")).into_string()
        };
        Iri::parse(whole).filter(|iri| self.reference.agents.contains_key(iri))
    }
}
