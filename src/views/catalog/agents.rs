//! Who stands in the catalogue, as portals know them.

use oxrdf::NamedNodeRef;

use super::Agent;
use crate::store::Snapshot;
use crate::views::Error;
use crate::vocab::{dcterms, foaf, owl, plan, skos};

/// What the addresses of organisations begin with on dataportal.se; the organisation number
/// follows, without its hyphen.
const PORTAL: &str = "http://dataportal.se/organisation/SE";

/// An agent of the reference data.
pub(super) fn agent(snapshot: &Snapshot, node: NamedNodeRef<'_>) -> Result<Agent, Error> {
    let nodes = |property| snapshot.nodes(node, property);
    let literals = |property| snapshot.literals(node, property);
    let same = nodes(owl::SAME_AS)?;
    let portal = same
        .into_iter()
        .find(|same| same.as_str().starts_with(PORTAL));
    let number = literals(skos::NOTATION)?
        .into_iter()
        .find(|notation| notation.datatype() == plan::ORGANISATION_NUMBER);
    Ok(Agent {
        iri: portal.unwrap_or_else(|| node.into_owned()),
        page: node.into_owned(),
        names: literals(foaf::NAME)?,
        kind: nodes(dcterms::TYPE)?.into_iter().next(),
        number: number.map(|number| number.value().to_owned()),
        place: nodes(dcterms::SPATIAL)?.into_iter().next(),
    })
}
