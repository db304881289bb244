//! How good the suggestions of goals are, measured on the plans of `data/`.
//!
//! Each plan is held out once: its suggestions are made from its texts and from what the other
//! plans' accepted alignments say, and compared with what an editor has judged of it. Since two of
//! the plans are editions of one region's, all plans of its publisher are held out too, in a table
//! of their own. Beside them stands what the simplest method gives: the goals with most words in
//! common with the activity.
//!
//! `suggest` has eight numbers that no data give (`OWN_WORDS`, `ENOUGH`, `BESIDE`, `EVEN`, `PART`,
//! `NEAR`, `TOPIC` and how near a related goal is) and a table of topics. They are the same for all
//! plans and frameworks and round; but who chose them knew these plans, so a plan from elsewhere
//! may fare worse than the table says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use samplan::align;
use samplan::model::{Framework, Iri, Plan, ReferenceData, Text, Values};

use crate::support::snapshot;

/// The goals that somebody has said an activity serves; none where none fits.
type Judged = BTreeMap<Iri, BTreeSet<Iri>>;

/// Of each activity: the goals that it serves, and those that a method finds.
type Compared = Vec<(BTreeSet<Iri>, BTreeSet<Iri>)>;

fn plans() -> Vec<(Iri, &'static Plan)> {
    let plans = snapshot().plans().values();
    let named = plans.map(|entry| (Iri::parse(entry.iri.as_str()).unwrap(), entry.plan.as_ref()));
    named.collect()
}

/// What is judged of the activities of a plan; `None` where not all are.
fn judged(plan: &Plan, framework: &Framework) -> Option<Judged> {
    let mut judged = Judged::new();
    for alignment in plan.alignments.values() {
        let activity = alignment.aligned.first().unwrap();
        if !plan.activities.contains_key(activity) {
            continue;
        }
        if let Some(goal) = alignment.aligned_with.first()
            && framework.goals.iter().any(|own| own.iri == *goal)
        {
            judged
                .entry(activity.clone())
                .or_default()
                .insert(goal.clone());
        } else if alignment.fits_no_goal_of.first() == Some(&framework.iri) {
            judged.entry(activity.clone()).or_default();
        }
    }
    (judged.len() == plan.activities.len()).then_some(judged)
}

/// The goals without goals under them.
fn leaves(framework: &Framework) -> Vec<Iri> {
    let goals = &framework.goals;
    let above = |goal: &Iri| {
        goals
            .iter()
            .any(|under| under.broader.as_ref() == Some(goal))
    };
    let leaves = goals.iter().filter(|goal| !above(&goal.iri));
    leaves.map(|goal| goal.iri.clone()).collect()
}

/// Words of at least four letters, in lower case.
fn words<'a>(texts: impl Iterator<Item = &'a Text>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let lower = text.text.to_lowercase();
        let split = lower.split(|c: char| !c.is_alphanumeric());
        words.extend(
            split
                .filter(|word| word.chars().count() >= 4)
                .map(str::to_owned),
        );
    }
    words
}

/// The simplest method: the goals whose name and definition share most words with the activity.
fn shared_words(plan: &Plan, framework: &Framework, activity: &Iri) -> BTreeSet<Iri> {
    let node = &plan.activities[activity];
    let texts = [&node.title, &node.alternative, &node.description];
    let own = words(texts.into_iter().flat_map(Values::iter));
    let leaves = leaves(framework);
    let goals = framework
        .goals
        .iter()
        .filter(|goal| leaves.contains(&goal.iri));
    let shared: Vec<(&Iri, usize)> = goals
        .map(|goal| {
            let words = words(goal.names.iter().chain(&goal.definition));
            (&goal.iri, own.intersection(&words).count())
        })
        .collect();
    let most = shared.iter().map(|(_, count)| *count).max().unwrap();
    let best = shared
        .into_iter()
        .filter(|(_, count)| *count == most && most > 0);
    best.map(|(goal, _)| goal.clone()).collect()
}

/// Right, wrong and missed.
#[derive(Clone, Copy, Default)]
struct Count([u32; 3]);

impl Count {
    fn add(&mut self, truth: bool, found: bool) {
        match (truth, found) {
            (true, true) => self.0[0] += 1,
            (false, true) => self.0[1] += 1,
            (true, false) => self.0[2] += 1,
            (false, false) => {}
        }
    }

    fn scores(self) -> [f64; 3] {
        let [right, wrong, missed] = self.0.map(f64::from);
        let share = |of: f64| if of > 0.0 { right / of } else { 0.0 };
        let f1 = if right > 0.0 {
            2.0 * right / (2.0 * right + wrong + missed)
        } else {
            0.0
        };
        [share(right + wrong), share(right + missed), f1]
    }
}

struct Measured {
    by_goal: Vec<(Iri, Count)>,
    all: Count,
    macro_f1: f64,
}

/// Precision, recall and F1; the mean of the goals that some activity serves.
fn measure<'a>(
    compared: &(impl Iterator<Item = &'a (BTreeSet<Iri>, BTreeSet<Iri>)> + Clone),
    goals: &[Iri],
) -> Measured {
    let (mut by_goal, mut all) = (Vec::new(), Count::default());
    for goal in goals {
        let mut count = Count::default();
        for (truth, found) in compared.clone() {
            count.add(truth.contains(goal), found.contains(goal));
            all.add(truth.contains(goal), found.contains(goal));
        }
        by_goal.push((goal.clone(), count));
    }
    let served = by_goal
        .iter()
        .filter(|(_, count)| count.0[0] + count.0[2] > 0);
    let scores: Vec<f64> = served.map(|(_, count)| count.scores()[2]).collect();
    #[expect(clippy::cast_precision_loss, reason = "few goals")]
    let macro_f1 = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    Measured {
        by_goal,
        all,
        macro_f1,
    }
}

/// Where 95 % of the macro-F1 lie when activities are drawn again, as many, with replacement: 2 000
/// times, the same every time.
fn interval(compared: &Compared, goals: &[Iri]) -> (f64, f64) {
    let mut state = 20_261_127_u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % compared.len()
    };
    let mut all: Vec<f64> = (0..2000)
        .map(|_| {
            let drawn: Vec<usize> = compared.iter().map(|_| draw()).collect();
            measure(&drawn.iter().map(|at| &compared[*at]), goals).macro_f1
        })
        .collect();
    all.sort_by(f64::total_cmp);
    (all[50], all[1949])
}

/// Everything that was measured of a framework, with one way to hold out.
struct Trial {
    goals: Vec<Iri>,
    ours: Compared,
    simplest: Compared,
    /// Of each suggestion: how sure it was, and whether it is right.
    sure: Vec<(f64, bool)>,
}

fn publisher(plan: &Plan) -> Option<&Iri> {
    plan.creator.first()
}

fn trial(framework: &Framework, reference: &ReferenceData, whole_publisher: bool) -> Trial {
    let plans = plans();
    let mut trial = Trial {
        goals: leaves(framework),
        ours: Vec::new(),
        simplest: Vec::new(),
        sure: Vec::new(),
    };
    for (iri, plan) in &plans {
        let Some(judged) = judged(plan, framework) else {
            continue;
        };
        let held_out = |other: &(Iri, &Plan)| {
            other.0 == *iri || (whole_publisher && publisher(other.1) == publisher(plan))
        };
        let others: Vec<(&Iri, &Plan)> = plans
            .iter()
            .filter(|other| !held_out(other))
            .map(|(iri, plan)| (iri, *plan))
            .collect();
        let suggestions = align::suggest((iri, plan), framework, reference, &others);
        for (activity, truth) in judged {
            let own = suggestions.iter().filter(|one| one.activity == activity);
            let own: Vec<_> = own.collect();
            trial.sure.extend(
                own.iter()
                    .map(|one| (one.confidence, truth.contains(&one.goal))),
            );
            let found = own.iter().map(|one| one.goal.clone()).collect();
            let simplest = shared_words(plan, framework, &activity);
            trial.ours.push((truth.clone(), found));
            trial.simplest.push((truth, simplest));
        }
    }
    trial
}

fn table(title: &str, trial: &Trial) -> String {
    let mut text = format!("{title}: {} activities\n", trial.ours.len());
    let ours = measure(&trial.ours.iter(), &trial.goals);
    let simplest = measure(&trial.simplest.iter(), &trial.goals);
    writeln!(
        text,
        "{:24} {:>6} {:>18} {:>18}",
        "goal", "serve", "suggestions", "shared words"
    )
    .unwrap();
    let three = |[p, r, f]: [f64; 3]| format!("{p:.2} {r:.2} {f:.2}");
    for ((goal, own), (_, other)) in ours.by_goal.iter().zip(&simplest.by_goal) {
        let key = goal.as_str().rsplit('/').next().unwrap();
        let serve = own.0[0] + own.0[2];
        let (own, other) = (three(own.scores()), three(other.scores()));
        writeln!(text, "{key:24} {serve:>6} {own:>18} {other:>18}").unwrap();
    }
    let (own, other) = (three(ours.all.scores()), three(simplest.all.scores()));
    writeln!(
        text,
        "{:24} {:>6} {own:>18} {other:>18}",
        "all together", ""
    )
    .unwrap();
    for (name, measured, compared) in [
        ("suggestions", &ours, &trial.ours),
        ("shared words", &simplest, &trial.simplest),
    ] {
        let (low, high) = interval(compared, &trial.goals);
        writeln!(
            text,
            "macro-F1, {name}: {:.2} ({low:.2}–{high:.2})",
            measured.macro_f1
        )
        .unwrap();
    }
    for (from, to) in [(0.0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)] {
        let these = trial
            .sure
            .iter()
            .filter(|(sure, _)| (from..to).contains(sure));
        let (all, right) = (
            these.clone().count(),
            these.filter(|(_, right)| *right).count(),
        );
        writeln!(text, "confidence from {from:.1}: {right} of {all} right").unwrap();
    }
    text
}

#[test]
fn suggestions_are_better_than_shared_words() {
    let reference = snapshot().reference().unwrap();
    let mut tables = Vec::new();
    for id in ["digstrat-2017", "digstrat-2025"] {
        let framework = reference.framework(id).unwrap();
        for (held_out, whole_publisher) in [("plan", false), ("publisher", true)] {
            let trial = trial(framework, &reference, whole_publisher);
            tables.push(table(&format!("{id}, each {held_out} held out"), &trial));
            let ours = measure(&trial.ours.iter(), &trial.goals).macro_f1;
            let simplest = measure(&trial.simplest.iter(), &trial.goals).macro_f1;
            assert!(
                ours >= simplest + 0.10,
                "{id}, {held_out}: {ours:.3}, {simplest:.3}"
            );
        }
    }
    let tables = tables.join("\n");
    eprintln!("{tables}");
    insta::assert_snapshot!("align_quality", tables);
}

/// What a plan's own alignments say must not help: they are what is to be found.
#[test]
fn a_plan_s_own_alignments_never_count() {
    let reference = snapshot().reference().unwrap();
    let framework = reference.framework("digstrat-2017").unwrap();
    let plans = plans();
    for (iri, plan) in &plans {
        let all: Vec<(&Iri, &Plan)> = plans.iter().map(|(iri, plan)| (iri, *plan)).collect();
        let others: Vec<_> = all.iter().filter(|other| other.0 != iri).copied().collect();
        let bare = Plan {
            alignments: BTreeMap::new(),
            ..(*plan).clone()
        };
        assert_eq!(
            align::suggest((iri, plan), framework, &reference, &all),
            align::suggest((iri, &bare), framework, &reference, &others)
        );
    }
}

#[test]
fn every_suggestion_quotes_the_plan_word_for_word() {
    let reference = snapshot().reference().unwrap();
    let mut quotations = 0;
    for id in ["digstrat-2017", "digstrat-2025", "un-sdg"] {
        let framework = reference.framework(id).unwrap();
        let plans = plans();
        let all: Vec<(&Iri, &Plan)> = plans.iter().map(|(iri, plan)| (iri, *plan)).collect();
        for (iri, plan) in &plans {
            for one in align::suggest((iri, plan), framework, &reference, &all) {
                assert!(!one.words.is_empty(), "{one:?}");
                for words in &one.words {
                    let whole = [words.prefix.as_str(), &words.exact, &words.suffix].concat();
                    let texts = crate::editorial::texts_of(plan, &words.part);
                    assert!(texts.iter().any(|text| text.contains(&whole)), "{words:?}");
                    quotations += 1;
                }
            }
        }
    }
    assert!(quotations > 100, "{quotations}");
}
