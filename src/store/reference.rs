//! The reference data as plain types, read out of a snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::{Error, Snapshot};
use crate::model::{
    Agent, County, Date, Framework, Goal, Iri, Mapping, Match, ReferenceData, Sector, StatusWord,
    Text,
};
use crate::vocab::{dcterms, foaf, org, owl, pav, plan, publisher_type, rdf, rdfs, skos, sssom};

/// The scheme of the words that documents use for a status, below the base.
pub const STATUS_WORDS: &str = "status-word";

impl Snapshot {
    /// The reference data as plain types.
    ///
    /// # Errors
    /// When the store fails.
    pub fn reference(&self) -> Result<Arc<ReferenceData>, Error> {
        self.once("reference", || read(self))
    }
}

fn read(snapshot: &Snapshot) -> Result<ReferenceData, Error> {
    let reader = Reader(snapshot);
    Ok(ReferenceData {
        frameworks: reader.all(plan::FRAMEWORK, |iri| reader.framework(iri))?,
        agents: reader.all(foaf::AGENT, |iri| reader.agent(iri))?,
        places: reader.all(dcterms::LOCATION, |iri| reader.place(iri))?,
        mappings: reader.all(sssom::MAPPING, |iri| reader.mapping(iri))?,
        words: reader.words()?,
    })
}

/// Reads nodes of the default graph.
struct Reader<'a>(&'a Snapshot);

impl Reader<'_> {
    /// The nodes of a class; one that is not whole is left out, which the shapes do not let in.
    fn all<T>(
        &self,
        class: NamedNodeRef<'_>,
        read: impl Fn(&NamedNode) -> Result<Option<T>, Error>,
    ) -> Result<BTreeMap<Iri, T>, Error> {
        let mut all = BTreeMap::new();
        for node in self.0.referring(rdf::TYPE, class)? {
            if let (Some(iri), Some(thing)) = (iri(&node), read(&node)?) {
                all.insert(iri, thing);
            }
        }
        Ok(all)
    }

    fn texts(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<Text>, Error> {
        let literals = self.0.literals(node.as_ref(), property)?;
        Ok(literals.iter().map(text).collect())
    }

    fn iris(&self, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<Iri>, Error> {
        let nodes = self.0.nodes(node.as_ref(), property)?;
        Ok(nodes.iter().filter_map(iri).collect())
    }

    fn framework(&self, node: &NamedNode) -> Result<Option<Framework>, Error> {
        let Some(iri) = iri(node) else {
            return Ok(None);
        };
        let members: BTreeSet<_> = self
            .0
            .referring(skos::IN_SCHEME, node.as_ref())?
            .into_iter()
            .collect();
        let mut goals = Vec::new();
        self.goals(&members, None, 0, &mut goals)?;
        Ok(Some(Framework {
            id: last(node).to_owned(),
            names: self.texts(node, skos::PREF_LABEL)?,
            goals,
            iri,
        }))
    }

    /// The goals directly under one, or those under none, each with what is under it.
    fn goals(
        &self,
        members: &BTreeSet<NamedNode>,
        above: Option<&NamedNode>,
        depth: usize,
        into: &mut Vec<Goal>,
    ) -> Result<(), Error> {
        let mut here = Vec::new();
        for node in members {
            let broader = self.0.nodes(node.as_ref(), skos::BROADER)?;
            let broader = broader.iter().find(|broader| members.contains(*broader));
            if broader == above {
                let position = self.0.literals(node.as_ref(), plan::POSITION)?;
                let position = position
                    .first()
                    .and_then(|at| at.value().parse::<u32>().ok());
                here.push((position.unwrap_or(u32::MAX), node));
            }
        }
        here.sort_unstable();
        for (_, node) in here {
            let known = |goal: &Goal| goal.iri.as_str() == node.as_str();
            // A circle would go on for ever.
            if into.iter().any(known) {
                continue;
            }
            if let Some(goal) = self.goal(node, above, depth)? {
                into.push(goal);
                self.goals(members, Some(node), depth + 1, into)?;
            }
        }
        Ok(())
    }

    fn goal(
        &self,
        node: &NamedNode,
        above: Option<&NamedNode>,
        depth: usize,
    ) -> Result<Option<Goal>, Error> {
        let mut names = self.texts(node, skos::PREF_LABEL)?;
        let mut other_names = self.texts(node, skos::ALT_LABEL)?;
        // Where there is no official name in a language, the working name stands in for it.
        let stands_in = |other: &Text| !names.iter().any(|name| name.language == other.language);
        let working: Vec<_> = other_names
            .iter()
            .filter(|other| stands_in(other))
            .cloned()
            .collect();
        other_names.retain(|other| !working.contains(other));
        names.extend(working);
        let Some(iri) = iri(node) else {
            return Ok(None);
        };
        Ok(Some(Goal {
            iri,
            key: last(node).to_owned(),
            names,
            other_names,
            definition: self.texts(node, skos::DEFINITION)?,
            remarks: self.texts(node, skos::EDITORIAL_NOTE)?,
            broader: above.and_then(self::iri),
            depth,
        }))
    }

    fn agent(&self, node: &NamedNode) -> Result<Option<Agent>, Error> {
        Ok(Some(Agent {
            names: self.texts(node, foaf::NAME)?,
            other_names: self.texts(node, skos::ALT_LABEL)?,
            sectors: self.sectors(node)?,
            places: self.iris(node, dcterms::SPATIAL)?,
            members: self.iris(node, foaf::MEMBER)?,
        }))
    }

    /// What kinds of body an agent is: by its type, and by that of what it is a unit of or of its
    /// members.
    fn sectors(&self, node: &NamedNode) -> Result<BTreeSet<Sector>, Error> {
        let mut of = vec![node.clone()];
        of.extend(self.0.nodes(node.as_ref(), org::UNIT_OF)?);
        of.extend(self.0.nodes(node.as_ref(), foaf::MEMBER)?);
        let mut sectors = BTreeSet::new();
        for one in of {
            for kind in self.0.nodes(one.as_ref(), dcterms::TYPE)? {
                let code = kind.as_str().strip_prefix(publisher_type::NS);
                sectors.extend(code.and_then(Sector::from_code));
            }
        }
        if sectors.is_empty() {
            sectors.insert(Sector::Other);
        }
        Ok(sectors)
    }

    fn place(&self, node: &NamedNode) -> Result<Option<County>, Error> {
        let codes = self.0.literals(node.as_ref(), skos::NOTATION)?;
        let mut codes = codes.iter();
        let code = codes.find(|code| code.datatype() == plan::SCB_CODE);
        Ok(Some(County {
            names: self.texts(node, skos::PREF_LABEL)?,
            code: code.map(|code| code.value().to_owned()),
        }))
    }

    fn mapping(&self, node: &NamedNode) -> Result<Option<Mapping>, Error> {
        let one = |property| -> Result<Option<Iri>, Error> {
            Ok(self.iris(node, property)?.into_iter().next())
        };
        let kind = self.0.nodes(node.as_ref(), owl::ANNOTATED_PROPERTY)?;
        let date = self.0.literals(node.as_ref(), pav::AUTHORED_ON)?;
        let parts = (
            one(owl::ANNOTATED_SOURCE)?,
            kind.first().and_then(|kind| match_of(kind.as_ref())),
            one(owl::ANNOTATED_TARGET)?,
            one(pav::AUTHORED_BY)?,
            date.first().and_then(|date| Date::parse(date.value())),
        );
        let (Some(from), Some(kind), Some(to), Some(author), Some(date)) = parts else {
            return Ok(None);
        };
        let reason = self.texts(node, rdfs::COMMENT)?;
        Ok(Some(Mapping {
            from,
            kind,
            to,
            author,
            date,
            reason,
        }))
    }

    fn words(&self) -> Result<BTreeMap<Iri, StatusWord>, Error> {
        let scheme = self.0.base().node(STATUS_WORDS);
        let mut words = BTreeMap::new();
        for node in self.0.referring(skos::IN_SCHEME, scheme.as_ref())? {
            let mut names = self.texts(&node, skos::PREF_LABEL)?;
            names.extend(self.texts(&node, skos::ALT_LABEL)?);
            words.extend(iri(&node).map(|iri| (iri, StatusWord { names })));
        }
        Ok(words)
    }
}

fn iri(node: &NamedNode) -> Option<Iri> {
    Iri::parse(node.as_str())
}

fn text(literal: &Literal) -> Text {
    Text {
        language: literal.language().unwrap_or_default().to_owned(),
        text: literal.value().to_owned(),
    }
}

/// The last part of an address.
fn last(node: &NamedNode) -> &str {
    node.as_str().rsplit('/').next().unwrap_or_default()
}

/// The kinds of matches and their properties.
const MATCHES: [(Match, NamedNodeRef<'static>); 5] = [
    (Match::Exact, skos::EXACT_MATCH),
    (Match::Close, skos::CLOSE_MATCH),
    (Match::Broad, skos::BROAD_MATCH),
    (Match::Narrow, skos::NARROW_MATCH),
    (Match::Related, skos::RELATED_MATCH),
];

fn match_of(property: NamedNodeRef<'_>) -> Option<Match> {
    let found = MATCHES.iter().find(|(_, own)| *own == property);
    found.map(|(kind, _)| *kind)
}
