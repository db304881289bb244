//! The names of statuses and roles, as the vocabulary gives them.

use oxrdf::{Graph, NamedNode, TermRef};

use super::edit;
use crate::model::{Layer, Role, Status, Text, Values};
use crate::store::built_in;
use crate::vocab::{role, skos, status};

/// A member of a closed list and its names: Swedish, English.
type Named<T> = (T, String, String);

/// What statuses and roles are called.
pub(super) struct Labels {
    statuses: Vec<Named<Status>>,
    roles: Vec<Named<Role>>,
}

impl Labels {
    /// The labels of the vocabulary that comes with the program. A concept without one goes by
    /// its key.
    pub(super) fn new() -> Self {
        let graphs: Vec<Graph> = built_in::vocabulary()
            .unwrap_or_default()
            .into_iter()
            .map(|(_, graph)| graph)
            .collect();
        let named = |namespace: &str, key: &str, language: &str| {
            let concept = NamedNode::new_unchecked(format!("{namespace}{key}"));
            label(&graphs, &concept, language).unwrap_or_else(|| key.to_owned())
        };
        let status = |status: &Status| {
            let named = |language| named(status::NS, status.key(), language);
            (*status, named("sv"), named("en"))
        };
        let role = |role: &Role| {
            let named = |language| named(role::NS, role.key(), language);
            (*role, named("sv"), named("en"))
        };
        Self {
            statuses: Status::ALL.iter().map(status).collect(),
            roles: Role::ALL.iter().map(role).collect(),
        }
    }

    pub(super) fn status(&self, status: Status) -> &str {
        of(&self.statuses, status)
    }

    pub(super) fn role(&self, role: Role) -> &str {
        of(&self.roles, role)
    }

    /// Changes a status. One that the document has no word for is the editor's, and so is its
    /// word.
    pub(super) fn tell(
        &self,
        statuses: &mut Values<Status>,
        words: &mut Values<Text>,
        new: Option<Status>,
        layer: Layer,
    ) {
        let own = Layer::Editorial;
        match new {
            Some(status) if statuses.is_empty() && words.is_empty() && layer != own => {
                edit::value(statuses, new, own);
                words.insert(Text::sv(self.status(status)), own);
            }
            _ => edit::value(statuses, new, layer),
        }
    }

    /// The status with that name, in Swedish or English.
    pub(super) fn read_status(&self, name: &str) -> Option<Status> {
        find(&self.statuses, name)
    }

    /// The role with that name, in Swedish or English.
    pub(super) fn read_role(&self, name: &str) -> Option<Role> {
        find(&self.roles, name)
    }

    /// The Swedish names of all statuses.
    pub(super) fn statuses(&self) -> Vec<&str> {
        self.statuses.iter().map(|(_, sv, _)| sv.as_str()).collect()
    }

    /// The Swedish names of all roles.
    pub(super) fn roles(&self) -> Vec<&str> {
        self.roles.iter().map(|(_, sv, _)| sv.as_str()).collect()
    }
}

fn of<T: PartialEq + Copy>(all: &[Named<T>], wanted: T) -> &str {
    let found = all.iter().find(|(member, _, _)| *member == wanted);
    found.map_or("", |(_, sv, _)| sv)
}

fn find<T: Copy>(all: &[Named<T>], name: &str) -> Option<T> {
    let name = name.to_lowercase();
    let found = all
        .iter()
        .find(|(_, sv, en)| [sv, en].iter().any(|label| label.to_lowercase() == name));
    found.map(|(member, _, _)| *member)
}

fn label(graphs: &[Graph], concept: &NamedNode, language: &str) -> Option<String> {
    graphs
        .iter()
        .flat_map(|graph| graph.objects_for_subject_predicate(concept, skos::PREF_LABEL))
        .find_map(|label| match label {
            TermRef::Literal(label) if label.language() == Some(language) => {
                Some(label.value().to_owned())
            }
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_and_role_has_a_name_in_both_languages() {
        let labels = Labels::new();
        for status in Status::ALL {
            assert_eq!(
                labels.read_status(labels.status(*status)),
                Some(*status),
                "{status:?}"
            );
        }
        assert_eq!(labels.read_status("ongoing"), Some(Status::Ongoing));
        for role in Role::ALL {
            assert_eq!(
                labels.read_role(labels.role(*role)),
                Some(*role),
                "{role:?}"
            );
        }
        assert_eq!(labels.role(Role::Lead), "Huvudansvarig");
        assert_eq!(labels.read_role("adopting body"), Some(Role::AdoptingBody));
    }
}
