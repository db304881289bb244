//! Which property of the vocabulary each field of the model is.
//!
//! Every class is described once, by walking its fields with a [`Mapper`]; writing and
//! reading are the two mappers. A field that is missing here is caught by the round-trip
//! properties, a property that is missing here is a finding of the reader.

use std::collections::BTreeSet;

use oxrdf::NamedNodeRef;

use super::term::Value;
use crate::model::{
    Activity, Adoption, Alignment, Approach, Checksum, FocusArea, FollowUp, Footnote, Layer,
    LayerGraph, Layers, Nodes, Owned, Participation, Period, Plan, Quote, Reference, Rights,
    Section, Source, Target, Values,
};
use crate::vocab::{adms, dcat, dcterms, foaf, m8g, oa, pav, plan, prov, rdf, rdfs, skos, spdx};

type Property = NamedNodeRef<'static>;

/// One direction between a node of the model and the triples about it.
pub(super) trait Mapper {
    /// The layers in which the node is declared to be of a class.
    fn declared(&mut self, class: NamedNodeRef<'static>, layers: &mut Layers);
    /// The values of a property.
    fn values<T: Value>(&mut self, property: Property, values: &mut Values<T>);
    /// Nodes that a property links to and that belong to this node.
    fn owned<N: Node>(&mut self, property: Property, nodes: &mut Owned<N>);
    /// Nodes of a class that stand beside the plan.
    fn parts<N: Node>(&mut self, nodes: &mut Nodes<N>);
    /// The description of the graph of a layer, if there is one.
    fn graph(&mut self, layer: Layer, graph: &mut Option<LayerGraph>);
}

/// A node of the model.
pub(super) trait Node: Default {
    /// Its class.
    const CLASS: NamedNodeRef<'static>;
    /// The layers that declare it.
    fn declared(&mut self) -> &mut BTreeSet<Layer>;
    /// Walks the fields.
    fn map<M: Mapper>(&mut self, mapper: &mut M);
}

/// A node whose fields are values and owned nodes.
macro_rules! node {
    ($type:ident is $class:expr; $($kind:ident $field:ident = $property:expr,)+) => {
        impl Node for $type {
            const CLASS: NamedNodeRef<'static> = $class;

            fn declared(&mut self) -> &mut BTreeSet<Layer> {
                &mut self.declared
            }

            fn map<M: Mapper>(&mut self, mapper: &mut M) {
                $(mapper.$kind($property, &mut self.$field);)+
            }
        }
    };
}

impl Node for Plan {
    const CLASS: NamedNodeRef<'static> = plan::PLAN;

    fn declared(&mut self) -> &mut BTreeSet<Layer> {
        &mut self.declared
    }

    fn map<M: Mapper>(&mut self, mapper: &mut M) {
        mapper.values(dcterms::TITLE, &mut self.title);
        mapper.values(dcterms::ALTERNATIVE, &mut self.alternative);
        mapper.values(dcterms::DESCRIPTION, &mut self.description);
        mapper.values(dcterms::IDENTIFIER, &mut self.identifier);
        mapper.values(dcterms::LANGUAGE, &mut self.language);
        mapper.values(dcterms::CREATOR, &mut self.creator);
        mapper.values(dcterms::SPATIAL, &mut self.spatial);
        mapper.owned(dcterms::TEMPORAL, &mut self.temporal);
        mapper.values(dcterms::DATE_ACCEPTED, &mut self.date_accepted);
        mapper.owned(prov::WAS_GENERATED_BY, &mut self.adoption);
        mapper.values(plan::IMPLEMENTS, &mut self.implements);
        mapper.owned(plan::APPROACH, &mut self.approach);
        mapper.values(plan::FOLLOW_UP_FREQUENCY, &mut self.follow_up_frequency);
        mapper.owned(m8g::HAS_PARTICIPATION, &mut self.participation);
        mapper.values(dcterms::REPLACES, &mut self.replaces);
        mapper.values(prov::WAS_REVISION_OF, &mut self.revision_of);
        mapper.values(prov::WAS_DERIVED_FROM, &mut self.derived_from);
        mapper.values(dcterms::REFERENCES, &mut self.references);
        mapper.owned(dcterms::SOURCE, &mut self.source);
        mapper.values(dcterms::LICENSE, &mut self.license);
        mapper.owned(dcterms::RIGHTS, &mut self.rights);
        mapper.values(plan::CONTRIBUTES_TO, &mut self.contributes_to);
        mapper.values(skos::NOTE, &mut self.note);
        mapper.values(skos::EDITORIAL_NOTE, &mut self.editorial_note);
        mapper.values(plan::SOURCE_TEXT, &mut self.source_text);
        mapper.values(plan::SOURCE_RANGE, &mut self.source_range);
        mapper.parts(&mut self.areas);
        mapper.parts(&mut self.activities);
        mapper.parts(&mut self.sections);
        mapper.parts(&mut self.footnotes);
        mapper.parts(&mut self.follow_ups);
        mapper.parts(&mut self.named);
        mapper.parts(&mut self.alignments);
        for layer in Layer::ALL {
            let mut graph = self.graphs.remove(&layer);
            mapper.graph(layer, &mut graph);
            self.graphs.extend(graph.map(|graph| (layer, graph)));
        }
    }
}

/// The class of a layer's graph.
pub(super) fn graph_class(layer: Layer) -> NamedNodeRef<'static> {
    match layer {
        Layer::Stated => plan::STATED_GRAPH,
        Layer::Interpreted => plan::INTERPRETED_GRAPH,
        Layer::Editorial => plan::EDITORIAL_GRAPH,
        Layer::Suggested => plan::SUGGESTED_GRAPH,
    }
}

/// The fields of a layer's graph; its class depends on the layer, so it is no [`Node`].
pub(super) fn map_graph<M: Mapper>(graph: &mut LayerGraph, mapper: &mut M) {
    mapper.values(plan::IN_PLAN, &mut graph.in_plan);
    mapper.values(dcterms::ISSUED, &mut graph.issued);
    mapper.values(dcterms::MODIFIED, &mut graph.modified);
    mapper.values(dcterms::LICENSE, &mut graph.license);
    mapper.values(dcterms::RIGHTS, &mut graph.rights);
}

node! { Period is dcterms::PERIOD_OF_TIME;
    values start = dcat::START_DATE,
    values end = dcat::END_DATE,
    values precision = plan::PRECISION,
    values source_text = plan::SOURCE_TEXT,
    values source_range = plan::SOURCE_RANGE,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
}

node! { Adoption is prov::ACTIVITY;
    values label = rdfs::LABEL,
    values date = dcterms::DATE,
    values associated_with = prov::WAS_ASSOCIATED_WITH,
    values in_plan = plan::IN_PLAN,
    values source_text = plan::SOURCE_TEXT,
    values source_range = plan::SOURCE_RANGE,
}

node! { Approach is skos::CONCEPT;
    values label = skos::PREF_LABEL,
    values notation = skos::NOTATION,
    values in_plan = plan::IN_PLAN,
    values position = plan::POSITION,
    values source_range = plan::SOURCE_RANGE,
}

node! { Participation is m8g::PARTICIPATION;
    values identifier = dcterms::IDENTIFIER,
    values role = m8g::ROLE,
    values participant = m8g::HAS_PARTICIPANT,
    values position = plan::POSITION,
    values distributive = plan::DISTRIBUTIVE,
    values source_text = plan::SOURCE_TEXT,
    values source_range = plan::SOURCE_RANGE,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
}

node! { Source is foaf::DOCUMENT;
    values title = dcterms::TITLE,
    values media_type = dcat::MEDIA_TYPE,
    values publisher = dcterms::PUBLISHER,
    values retrieved = pav::RETRIEVED_ON,
    values page = foaf::PAGE,
    values download = dcat::DOWNLOAD_URL,
    owned checksum = spdx::CHECKSUM,
    values in_plan = plan::IN_PLAN,
    values editorial_note = skos::EDITORIAL_NOTE,
}

node! { Checksum is spdx::CHECKSUM_CLASS;
    values algorithm = spdx::ALGORITHM,
    values value = spdx::CHECKSUM_VALUE,
}

node! { Rights is dcterms::RIGHTS_STATEMENT;
    values label = rdfs::LABEL,
    values in_plan = plan::IN_PLAN,
}

node! { FocusArea is plan::FOCUS_AREA;
    values label = skos::PREF_LABEL,
    values alt_label = skos::ALT_LABEL,
    values notation = skos::NOTATION,
    values in_plan = plan::IN_PLAN,
    values position = plan::POSITION,
    values r#abstract = dcterms::ABSTRACT,
    values description = dcterms::DESCRIPTION,
    values references = dcterms::REFERENCES,
    values exact_match = skos::EXACT_MATCH,
    values close_match = skos::CLOSE_MATCH,
    values contributes_to = plan::CONTRIBUTES_TO,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
    values source_range = plan::SOURCE_RANGE,
}

node! { Activity is plan::ACTIVITY;
    values title = dcterms::TITLE,
    values alternative = dcterms::ALTERNATIVE,
    values description = dcterms::DESCRIPTION,
    values in_plan = plan::IN_PLAN,
    values focus_area = plan::FOCUS_AREA_OF,
    values sub_activity_of = plan::SUB_ACTIVITY_OF,
    values position = plan::POSITION,
    owned temporal = dcterms::TEMPORAL,
    owned participation = m8g::HAS_PARTICIPATION,
    values responsible = plan::RESPONSIBLE,
    values supporting = plan::SUPPORTING,
    values status = adms::STATUS,
    values status_text = plan::STATUS_TEXT,
    values references = dcterms::REFERENCES,
    values contributes_to = plan::CONTRIBUTES_TO,
    values revision_of = prov::WAS_REVISION_OF,
    values derived_from = prov::WAS_DERIVED_FROM,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
    values source_range = plan::SOURCE_RANGE,
}

node! { Section is plan::SECTION;
    values title = dcterms::TITLE,
    values notation = skos::NOTATION,
    values description = dcterms::DESCRIPTION,
    values in_plan = plan::IN_PLAN,
    values position = plan::POSITION,
    values references = dcterms::REFERENCES,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
    values source_range = plan::SOURCE_RANGE,
}

node! { Footnote is plan::FOOTNOTE;
    values marker = plan::MARKER,
    values text = rdf::VALUE,
    values in_plan = plan::IN_PLAN,
    values references = dcterms::REFERENCES,
    values editorial_note = skos::EDITORIAL_NOTE,
    values source_range = plan::SOURCE_RANGE,
}

node! { FollowUp is plan::FOLLOW_UP;
    values follow_up_of = plan::FOLLOW_UP_OF,
    values reported_in = plan::REPORTED_IN,
    values in_plan = plan::IN_PLAN,
    values position = plan::POSITION,
    values description = dcterms::DESCRIPTION,
    values status = adms::STATUS,
    values status_text = plan::STATUS_TEXT,
    values date = dcterms::DATE,
    values attributed_to = prov::WAS_ATTRIBUTED_TO,
    values references = dcterms::REFERENCES,
    values note = skos::NOTE,
    values editorial_note = skos::EDITORIAL_NOTE,
    values source_range = plan::SOURCE_RANGE,
}

node! { Reference is plan::REFERENCE;
    values kind = rdf::TYPE,
    values title = dcterms::TITLE,
    values alternative = dcterms::ALTERNATIVE,
    values in_plan = plan::IN_PLAN,
    values position = plan::POSITION,
    values source_text = plan::SOURCE_TEXT,
    values source_range = plan::SOURCE_RANGE,
    values page = foaf::PAGE,
    values relation = dcterms::RELATION,
    values editorial_note = skos::EDITORIAL_NOTE,
}

node! { Alignment is plan::ALIGNMENT;
    values aligned = plan::ALIGNED,
    values aligned_with = plan::ALIGNED_WITH,
    values fits_no_goal_of = plan::FITS_NO_GOAL_OF,
    values in_plan = plan::IN_PLAN,
    values review_state = plan::REVIEW_STATE,
    values confidence = plan::CONFIDENCE,
    values method = plan::METHOD,
    values attributed_to = prov::WAS_ATTRIBUTED_TO,
    values date = dcterms::DATE,
    owned target = oa::HAS_TARGET,
    values derived_from = prov::WAS_DERIVED_FROM,
    values editorial_note = skos::EDITORIAL_NOTE,
}

node! { Target is oa::SPECIFIC_RESOURCE;
    values source = oa::HAS_SOURCE,
    owned selector = oa::HAS_SELECTOR,
}

node! { Quote is oa::TEXT_QUOTE_SELECTOR;
    values exact = oa::EXACT,
    values prefix = oa::PREFIX,
    values suffix = oa::SUFFIX,
}
