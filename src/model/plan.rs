//! One edition of an action plan and its parts.
//!
//! The fields are the properties of the vocabulary in `vocab/ontology.ttl`, under the same
//! names; the comments here say only what the name does not.

use std::collections::BTreeMap;

use super::concept::{Method, Precision, ReferenceKind, ReviewState, Role, Status};
use super::layer::{Layer, Layers, Values};
use super::value::{Confidence, Date, Iri, LineRange, Text};

/// Nodes by their IRI.
pub type Nodes<N> = BTreeMap<Iri, N>;

/// Nodes that another node holds and links to, by their IRI.
pub type Owned<N> = BTreeMap<Iri, Linked<N>>;

/// A node together with the layers in which its owner links to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked<N> {
    /// Where the link stands.
    pub link: Layers,
    /// The node; without declaration and values where it is described elsewhere. Boxed, since
    /// most maps of them have one entry and room for eleven.
    pub node: Box<N>,
}

impl<N> Linked<N> {
    /// A link to a node.
    pub fn new(link: Layers, node: N) -> Self {
        Self {
            link,
            node: Box::new(node),
        }
    }
}

/// A node of a plan: a struct whose first field says in which layers it is declared.
macro_rules! node {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            /// The layers that declare the node to be one of its class.
            pub declared: Layers,
            $($(#[$field_doc])* pub $field: $type,)+
        }
    };
}

node! {
    /// A plan edition with all its parts.
    Plan {
        /// Title, one a language.
        title: Values<Text>,
        /// Other titles.
        alternative: Values<Text>,
        /// What the plan says it is.
        description: Values<Text>,
        /// The plan's id.
        identifier: Values<String>,
        /// Language of the document, from the EU authority table.
        language: Values<Iri>,
        /// The body that adopted or owns the plan.
        creator: Values<Iri>,
        /// The place the plan is about.
        spatial: Values<Iri>,
        /// The period of the plan.
        temporal: Owned<Period>,
        /// The day it was adopted.
        date_accepted: Values<Date>,
        /// The decision that adopted it.
        adoption: Owned<Adoption>,
        /// The strategy or plan it puts into practice.
        implements: Values<Iri>,
        /// Approaches it singles out.
        approach: Owned<Approach>,
        /// How often it is followed up, from the EU frequency table.
        follow_up_frequency: Values<Iri>,
        /// Who takes part in the plan as a whole.
        participation: Owned<Participation>,
        /// The edition it replaces.
        replaces: Values<Iri>,
        /// The edition it continues.
        revision_of: Values<Iri>,
        /// Editions it was split or merged from.
        derived_from: Values<Iri>,
        /// What it refers to.
        references: Values<Iri>,
        /// The document it was read from.
        source: Owned<Source>,
        /// The licence of its text.
        license: Values<Iri>,
        /// What is known of the rights where there is no licence.
        rights: Owned<Rights>,
        /// Goals it serves: the shortcut of accepted alignments.
        contributes_to: Values<Iri>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// The wording of the follow-up frequency.
        source_text: Values<Text>,
        /// Where that wording stands.
        source_range: Values<LineRange>,
        /// Headings.
        areas: Nodes<FocusArea>,
        /// Activities and the bullets under them.
        activities: Nodes<Activity>,
        /// Passages kept whole.
        sections: Nodes<Section>,
        /// Footnotes.
        footnotes: Nodes<Footnote>,
        /// What follow-ups report of the activities.
        follow_ups: Nodes<FollowUp>,
        /// What the plan names.
        named: Nodes<Reference>,
        /// What serves which goal, and who says so.
        alignments: Nodes<Alignment>,
        /// The descriptions of the layers.
        graphs: BTreeMap<Layer, LayerGraph>,
    }
}

impl Plan {
    /// The day on which a public layer was first published here.
    pub fn issued(&self) -> Option<Date> {
        self.days(|graph| &graph.issued).min()
    }

    /// The day on which a public layer last changed.
    pub fn modified(&self) -> Option<Date> {
        self.days(|graph| &graph.modified).max()
    }

    fn days(&self, of: fn(&LayerGraph) -> &Values<Date>) -> impl Iterator<Item = Date> {
        let graphs = self.graphs.iter().filter(|(layer, _)| layer.is_public());
        graphs.flat_map(move |(_, graph)| of(graph).iter().copied())
    }
}

node! {
    /// The description of one layer.
    LayerGraph {
        /// The plan it describes.
        in_plan: Values<Iri>,
        /// The day it was first published here.
        issued: Values<Date>,
        /// The day its content last changed.
        modified: Values<Date>,
        /// Its licence.
        license: Values<Iri>,
        /// The rights statement that holds for it.
        rights: Values<Iri>,
    }
}

node! {
    /// A period; an open end has no end date.
    Period {
        /// First day.
        start: Values<Date>,
        /// Last day.
        end: Values<Date>,
        /// How precisely the source gives it.
        precision: Values<Precision>,
        /// The wording.
        source_text: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
    }
}

node! {
    /// The decision that adopted a plan.
    Adoption {
        /// The decision in words.
        label: Values<Text>,
        /// Its day.
        date: Values<Date>,
        /// Who decided.
        associated_with: Values<Iri>,
        /// The plan it adopted.
        in_plan: Values<Iri>,
        /// The wording.
        source_text: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// An approach that a plan singles out.
    Approach {
        /// Its name.
        label: Values<Text>,
        /// Its number in the document.
        notation: Values<String>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Its place among the approaches.
        position: Values<u32>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// Who takes part, and in which role.
    Participation {
        /// Its name among the participations of its owner.
        identifier: Values<String>,
        /// The role.
        role: Values<Role>,
        /// The agent.
        participant: Values<Iri>,
        /// Its place in the document's list.
        position: Values<u32>,
        /// Whether each member of the group takes part for itself.
        distributive: Values<bool>,
        /// The wording.
        source_text: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
    }
}

node! {
    /// The document a plan was read from.
    Source {
        /// Its title.
        title: Values<Text>,
        /// Its media type, as an IANA address.
        media_type: Values<Iri>,
        /// Who published it.
        publisher: Values<Iri>,
        /// The day it was retrieved.
        retrieved: Values<Date>,
        /// Its own address.
        page: Values<Iri>,
        /// Where its text can be had; line ranges count in it.
        download: Values<Iri>,
        /// The hash of that text.
        checksum: Owned<Checksum>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
    }
}

node! {
    /// A hash of a document.
    Checksum {
        /// How it was made.
        algorithm: Values<Iri>,
        /// Lower-case hexadecimal.
        value: Values<Hex>,
    }
}

/// Bytes in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hex(String);

impl Hex {
    /// Takes an even number of lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = text.len().is_multiple_of(2)
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        ok.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

node! {
    /// What is known of the rights to a document.
    Rights {
        /// In words.
        label: Values<Text>,
        /// The plan.
        in_plan: Values<Iri>,
    }
}

node! {
    /// A heading that activities are sorted under.
    FocusArea {
        /// The heading.
        label: Values<Text>,
        /// Other forms of it.
        alt_label: Values<Text>,
        /// Its number in the document.
        notation: Values<String>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Its place among the headings.
        position: Values<u32>,
        /// The lead.
        r#abstract: Values<Text>,
        /// The body.
        description: Values<Text>,
        /// What it refers to.
        references: Values<Iri>,
        /// The goal it is.
        exact_match: Values<Iri>,
        /// The goal it is close to.
        close_match: Values<Iri>,
        /// Goals it serves: the shortcut of accepted alignments.
        contributes_to: Values<Iri>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// A measure, or a bullet under one.
    Activity {
        /// What is to be done, one a language.
        title: Values<Text>,
        /// Other wordings, as in a responsibility matrix.
        alternative: Values<Text>,
        /// How.
        description: Values<Text>,
        /// The plan.
        in_plan: Values<Iri>,
        /// The heading it stands under.
        focus_area: Values<Iri>,
        /// The activity it is a bullet of.
        sub_activity_of: Values<Iri>,
        /// Its place among its siblings.
        position: Values<u32>,
        /// When.
        temporal: Owned<Period>,
        /// Who, in which role.
        participation: Owned<Participation>,
        /// Agents whose role is lead or responsible; follows from the participations.
        responsible: Values<Iri>,
        /// Agents whose role is collaborating or supporting; follows from the participations.
        supporting: Values<Iri>,
        /// How far it has come.
        status: Values<Status>,
        /// The document's own word for that.
        status_text: Values<Text>,
        /// What it refers to.
        references: Values<Iri>,
        /// Goals it serves: the shortcut of accepted alignments.
        contributes_to: Values<Iri>,
        /// The activity of another edition that it continues.
        revision_of: Values<Iri>,
        /// Activities of another edition that it was split or merged from.
        derived_from: Values<Iri>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// A passage kept whole.
    Section {
        /// Its heading.
        title: Values<Text>,
        /// Its number in the document.
        notation: Values<String>,
        /// Its text.
        description: Values<Text>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Its place among the sections.
        position: Values<u32>,
        /// What it refers to.
        references: Values<Iri>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// A footnote.
    Footnote {
        /// Its mark.
        marker: Values<String>,
        /// Its text.
        text: Values<Text>,
        /// The plan.
        in_plan: Values<Iri>,
        /// What it refers to.
        references: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// What one follow-up reports about one activity.
    FollowUp {
        /// The activity.
        follow_up_of: Values<Iri>,
        /// The edition or report that carries it.
        reported_in: Values<Iri>,
        /// The edition of the activity.
        in_plan: Values<Iri>,
        /// Its place in the report.
        position: Values<u32>,
        /// The report's text.
        description: Values<Text>,
        /// How far the activity has come.
        status: Values<Status>,
        /// The report's own words for that.
        status_text: Values<Text>,
        /// The day of the report.
        date: Values<Date>,
        /// Who reports.
        attributed_to: Values<Iri>,
        /// What it refers to.
        references: Values<Iri>,
        /// Footnotes.
        note: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
        /// Where it stands.
        source_range: Values<LineRange>,
    }
}

node! {
    /// Something the plan names.
    Reference {
        /// What kind of thing it is.
        kind: Values<ReferenceKind>,
        /// Its name in the plan.
        title: Values<Text>,
        /// Other names.
        alternative: Values<Text>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Its place in the plan's list of references.
        position: Values<u32>,
        /// The wording that names it.
        source_text: Values<Text>,
        /// Where that stands.
        source_range: Values<LineRange>,
        /// Its address.
        page: Values<Iri>,
        /// The framework or organisation it is.
        relation: Values<Iri>,
        /// Remarks of those who structured the data.
        editorial_note: Values<Text>,
    }
}

node! {
    /// The statement that something serves a goal.
    Alignment {
        /// What serves.
        aligned: Values<Iri>,
        /// The goal.
        aligned_with: Values<Iri>,
        /// The framework of which no goal fits, in place of a goal.
        fits_no_goal_of: Values<Iri>,
        /// The plan.
        in_plan: Values<Iri>,
        /// Whether it is accepted.
        review_state: Values<ReviewState>,
        /// How sure the proposer was.
        confidence: Values<Confidence>,
        /// How it was made.
        method: Values<Method>,
        /// Who says so.
        attributed_to: Values<Iri>,
        /// When.
        date: Values<Date>,
        /// The words it rests on.
        target: Owned<Target>,
        /// The alignment with another goal that it was carried over from.
        derived_from: Values<Iri>,
        /// Why the one who says so thinks so.
        editorial_note: Values<Text>,
    }
}

node! {
    /// Where the words stand that an alignment rests on.
    Target {
        /// The part of the plan that holds them.
        source: Values<Iri>,
        /// The words.
        selector: Owned<Quote>,
    }
}

node! {
    /// Words quoted from a part of the plan.
    Quote {
        /// The words.
        exact: Values<Text>,
        /// Words before them.
        prefix: Values<Text>,
        /// Words after them.
        suffix: Values<Text>,
    }
}
