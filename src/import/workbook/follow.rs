//! Who is responsible and who supports, as it follows from the participations.

use std::collections::BTreeMap;

use crate::model::{Activity, Iri, Layer, Participation, Role, Values};

/// Makes the agents of an activity follow from its participations again. `members` gives the
/// members of a group, who take part each where the group does each for itself.
///
/// An agent who still takes part keeps the layers; a new one stands in the weakest layer among
/// those of the values it follows from.
pub(in crate::import) fn agents(activity: &mut Activity, members: &dyn Fn(&Iri) -> Vec<Iri>) {
    let mut responsible = BTreeMap::new();
    let mut supporting = BTreeMap::new();
    for linked in activity.participation.values() {
        let Some(link) = linked.link.first().filter(|layer| layer.is_public()) else {
            continue;
        };
        let Some(role) = linked.node.role.public().next() else {
            continue;
        };
        let agents = match role.value {
            Role::Lead | Role::Responsible => &mut responsible,
            Role::Collaborating | Role::Supporting => &mut supporting,
            Role::Funder | Role::SteeringGroup | Role::AdoptingBody => continue,
        };
        for (agent, layer) in taking_part(&linked.node, members) {
            let layer = layer.max(role.layer).max(*link);
            let strongest = agents.entry(agent).or_insert(layer);
            *strongest = layer.min(*strongest);
        }
    }
    replace(&mut activity.responsible, &responsible);
    replace(&mut activity.supporting, &supporting);
}

/// The agents of a participation, each with the weakest layer that it rests on.
fn taking_part(part: &Participation, members: &dyn Fn(&Iri) -> Vec<Iri>) -> Vec<(Iri, Layer)> {
    let each = part.distributive.public().find(|each| each.value);
    let mut agents = Vec::new();
    for participant in part.participant.public() {
        agents.push((participant.value.clone(), participant.layer));
        if let Some(each) = each {
            // Who the members are is in the reference data, not in the quoted words.
            let layer = participant.layer.max(each.layer).max(Layer::Interpreted);
            let members = members(&participant.value).into_iter();
            agents.extend(members.map(|member| (member, layer)));
        }
    }
    agents
}

fn replace(values: &mut Values<Iri>, agents: &BTreeMap<Iri, Layer>) {
    let there: Vec<_> = values.iter().cloned().collect();
    let kept = values
        .layered()
        .filter(|agent| !agent.layer.is_public() || agents.contains_key(&agent.value))
        .map(|agent| (agent.value.clone(), agent.layer));
    let new = agents
        .iter()
        .filter(|(agent, _)| !there.contains(agent))
        .map(|(agent, layer)| (agent.clone(), *layer));
    *values = kept.chain(new).collect();
}
