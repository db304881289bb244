//! Licences that datasets have, and what is said where a document states none.

use oxrdf::Literal;

use super::Licence;
use crate::sparql::named::Words;
use crate::store::{PlanEntry, Snapshot};
use crate::views::writer::{both, iri};
use crate::vocab::dcterms;

/// The path of what stands for a licence where a document states none.
pub(super) const NO_LICENCE: &str = "catalog/no-licence";

/// The path of what stands for a licence where the parts of a dataset have different ones.
pub(super) const SEVERAL_LICENCES: &str = "catalog/licence-of-each-plan";

/// The path of what is known of the rights where there is a licence.
pub(super) const RIGHTS: &str = "catalog/rights";

/// The path of what is known of the rights to all plans together.
pub(super) const RIGHTS_OF_ALL: &str = "catalog/rights-of-all-plans";

/// CC0 1.0, as portals write it.
pub(super) const CC0: &str = "http://creativecommons.org/publicdomain/zero/1.0/";

/// What ADMS calls a licence of which nothing is known: an IRI, a name.
pub(super) const UNKNOWN: (&str, &str) =
    ("http://purl.org/adms/licencetype/UnknownIPR", "Unknown IPR");

/// Licences and statements that datasets refer to.
pub(super) fn licences(snapshot: &Snapshot) -> Vec<Licence> {
    let own = |path: &str, class, words: Words, kind| Licence {
        iri: snapshot.base().node(path),
        class,
        words: texts(&words),
        description: Vec::new(),
        kind,
    };
    let known = |iri_of: &str, title: &str| Licence {
        iri: iri(iri_of),
        class: dcterms::LICENSE_DOCUMENT,
        words: vec![Literal::new_language_tagged_literal_unchecked(title, "en")],
        description: Vec::new(),
        kind: None,
    };
    // CKAN knows a licence by its title; the first three are those of its own list.
    let common = [
        ("publicdomain/zero/1.0", "Creative Commons CCZero"),
        ("licenses/by/4.0", "Creative Commons Attribution"),
        (
            "licenses/by-sa/4.0",
            "Creative Commons Attribution Share-Alike",
        ),
        (
            "licenses/by-nd/4.0",
            "Creative Commons Attribution-NoDerivatives 4.0",
        ),
        (
            "licenses/by-nc/4.0",
            "Creative Commons Attribution-NonCommercial 4.0",
        ),
        (
            "licenses/by-nc-sa/4.0",
            "Creative Commons Attribution-NonCommercial-ShareAlike 4.0",
        ),
        (
            "licenses/by-nc-nd/4.0",
            "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0",
        ),
    ]
    .map(|(path, title)| known(&format!("http://creativecommons.org/{path}/"), title));
    let ours = [
        Licence {
            description: texts(&both(
                "Ingen licens angiven: se rättigheterna",
                "No licence stated: see the rights",
            )),
            kind: Some(UNKNOWN),
            ..known(
                snapshot.base().node(NO_LICENCE).as_str(),
                "License not specified",
            )
        },
        own(
            SEVERAL_LICENCES,
            dcterms::LICENSE_DOCUMENT,
            both(
                "Olika för olika planer: se varje plan",
                "Different for different plans: see each plan",
            ),
            Some(UNKNOWN),
        ),
        own(
            RIGHTS,
            dcterms::RIGHTS_STATEMENT,
            both(
                "Texten har den licens som anges. Metadata och kopplingar är CC0.",
                "The text has the licence that is given. Metadata and links are CC0.",
            ),
            None,
        ),
        own(
            RIGHTS_OF_ALL,
            dcterms::RIGHTS_STATEMENT,
            both(
                "Varje plans text har den licens som anges för planen; för vissa är ingen angiven. Metadata och kopplingar är CC0.",
                "The text of each plan has the licence that is given for the plan; for some none is. Metadata and links are CC0.",
            ),
            None,
        ),
    ];
    common.into_iter().chain(ours).collect()
}

pub(super) fn texts(words: &Words) -> Vec<Literal> {
    [(&words.sv, "sv"), (&words.en, "en")]
        .map(|(text, language)| Literal::new_language_tagged_literal_unchecked(text, language))
        .into()
}

/// What a plan says of the rights to its text.
pub(super) fn rights_of(entry: &PlanEntry) -> impl Iterator<Item = Licence> {
    let rights = entry.plan.rights.iter().take(1);
    rights.map(|(node, rights)| Licence {
        iri: iri(node.as_str()),
        class: dcterms::RIGHTS_STATEMENT,
        words: rights
            .node
            .label
            .iter()
            .map(|text| {
                Literal::new_language_tagged_literal_unchecked(&*text.text, &*text.language)
            })
            .collect(),
        description: Vec::new(),
        kind: None,
    })
}
