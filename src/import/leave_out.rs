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
