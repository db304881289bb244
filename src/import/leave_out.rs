//! Leaving out what cannot be made to hold: a part of a plan that breaks a rule does not keep the
//! rest from being read.

use std::collections::BTreeSet;

use super::remark::{Kind, Remark};
use super::workbook;
use crate::model::{Activity, Finding, Iri, Plan};

/// Takes the parts out of a plan that findings are about, the smallest that each is about: a
/// participation or a period before its activity. Gives what to look at; nothing where no finding
/// is about a part that could be left out.
///
/// `members` gives the members of a group, by whom the agents of an activity follow from what is
/// left of its participations.
pub fn leave_out(
    plan: &mut Plan,
    findings: &[Finding],
    members: &dyn Fn(&Iri) -> Vec<Iri>,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut done = BTreeSet::new();
    for finding in findings {
        let Some(node) = finding.place.node.as_deref().and_then(Iri::parse) else {
            continue;
        };
        if done.contains(&node) || !take(plan, &node, members) {
            continue;
        }
        let mut remark = Remark::new(
            Kind::LeftOut,
            None,
            "",
            format!("Delen höll inte och är utelämnad: {}", finding.sv),
            format!("The part did not hold and is left out: {}", finding.en),
        );
        remark.node = Some(node.as_str().to_owned());
        remarks.push(remark);
        done.insert(node);
    }
    remarks
}

/// Takes one part out, and what hangs on it; whether there was one.
fn take(plan: &mut Plan, node: &Iri, members: &dyn Fn(&Iri) -> Vec<Iri>) -> bool {
    for activity in plan.activities.values_mut() {
        if activity.temporal.remove(node).is_some() {
            return true;
        }
        if activity.participation.remove(node).is_some() {
            workbook::follow_agents(activity, members);
            return true;
        }
    }
    if plan.activities.remove(node).is_some() {
        let under = |activity: &Activity| activity.sub_activity_of.iter().any(|of| of == node);
        plan.activities.retain(|_, activity| !under(activity));
        let activities: BTreeSet<Iri> = plan.activities.keys().cloned().collect();
        plan.follow_ups.retain(|_, follow_up| {
            follow_up
                .follow_up_of
                .iter()
                .all(|of| activities.contains(of))
        });
        return true;
    }
    plan.follow_ups.remove(node).is_some() || plan.sections.remove(node).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FollowUp, Linked, Participation, Period, Section};
    use crate::model::{Layer, Role, Values};

    fn iri(name: &str) -> Iri {
        Iri::parse(format!("http://example.org/{name}")).unwrap()
    }

    fn one<T: Ord>(value: T) -> Values<T> {
        std::iter::once((value, Layer::Stated)).collect()
    }

    fn participation(role: Role, who: &str) -> Linked<Participation> {
        let node = Participation {
            role: one(role),
            participant: one(iri(who)),
            ..Participation::default()
        };
        let link = BTreeSet::from([Layer::Stated]);
        Linked::new(link, node)
    }

    /// Two activities, the first with a period, two participations, one under it and a follow-up.
    fn plan() -> Plan {
        let mut first = Activity::default();
        first
            .temporal
            .insert(iri("a/period"), Linked::<Period>::default());
        let led = participation(Role::Responsible, "region");
        let group = participation(Role::Supporting, "group");
        first.participation.insert(iri("a/led"), led);
        first.participation.insert(iri("a/group"), group);
        first.responsible = one(iri("region"));
        first.supporting = one(iri("group"));
        let under = Activity {
            sub_activity_of: one(iri("a")),
            ..Activity::default()
        };
        let mut plan = Plan::default();
        plan.activities.insert(iri("a"), first);
        plan.activities.insert(iri("a/1"), under);
        plan.activities.insert(iri("b"), Activity::default());
        for of in ["a", "b"] {
            let follow_up = FollowUp {
                follow_up_of: one(iri(of)),
                ..FollowUp::default()
            };
            plan.follow_ups
                .insert(iri(&format!("{of}/outcome")), follow_up);
        }
        plan.sections.insert(iri("section"), Section::default());
        plan
    }

    /// Leaves out what findings about nodes say; the nodes that the remarks are about.
    fn left_out(plan: &mut Plan, nodes: &[&str]) -> Vec<String> {
        let finding = |node: &&str| Finding::node(iri(node).as_str(), "fel", "wrong");
        let findings: Vec<Finding> = nodes.iter().map(finding).collect();
        let remarks = leave_out(plan, &findings, &|_| Vec::new());
        assert!(remarks.iter().all(|remark| remark.kind == Kind::LeftOut));
        let nodes = remarks.into_iter().filter_map(|remark| remark.node);
        nodes
            .map(|node| node.replace("http://example.org/", ""))
            .collect()
    }

    fn names<T>(nodes: &std::collections::BTreeMap<Iri, T>) -> Vec<&str> {
        nodes
            .keys()
            .map(|iri| &iri.as_str()["http://example.org/".len()..])
            .collect()
    }

    #[test]
    fn a_period_goes_before_its_activity() {
        let mut plan = plan();
        assert_eq!(left_out(&mut plan, &["a/period"]), ["a/period"]);
        assert!(plan.activities[&iri("a")].temporal.is_empty());
        assert_eq!(names(&plan.activities), ["a", "a/1", "b"]);
    }

    #[test]
    fn who_takes_part_follows_from_the_participations_that_are_left() {
        let mut plan = plan();
        assert_eq!(left_out(&mut plan, &["a/led"]), ["a/led"]);
        let activity = &plan.activities[&iri("a")];
        assert!(activity.responsible.is_empty());
        assert_eq!(activity.supporting, one(iri("group")));
        assert_eq!(names(&activity.participation), ["a/group"]);
    }

    #[test]
    fn what_hangs_on_an_activity_goes_with_it() {
        let mut plan = plan();
        assert_eq!(left_out(&mut plan, &["a"]), ["a"]);
        assert_eq!(names(&plan.activities), ["b"]);
        assert_eq!(names(&plan.follow_ups), ["b/outcome"]);
    }

    #[test]
    fn follow_ups_and_sections_go_alone() {
        let mut plan = plan();
        let gone = left_out(&mut plan, &["b/outcome", "section"]);
        assert_eq!(gone, ["b/outcome", "section"]);
        assert_eq!(names(&plan.activities), ["a", "a/1", "b"]);
        assert_eq!(names(&plan.follow_ups), ["a/outcome"]);
        assert!(plan.sections.is_empty());
    }

    #[test]
    fn a_part_is_left_out_once_and_the_plan_never() {
        let mut plan = plan();
        let all = plan.clone();
        assert_eq!(left_out(&mut plan, &["plan", "no-part"]), [""; 0]);
        assert_eq!(plan, all);
        assert_eq!(left_out(&mut plan, &["section", "section"]), ["section"]);
    }
}
