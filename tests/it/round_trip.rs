//! Graph → plan → graph and plan → graph → plan are identities, layers included.

use oxrdf::{Literal, NamedNode, Term, Triple};
use proptest::prelude::*;
use samplan::model::{
    Activity, Alignment, Approach, Confidence, Date, FocusArea, FollowUp, Footnote, Iri, Layer,
    LayerGraph, Layers, LineRange, Linked, Method, Nodes, Owned, Participation, Period, Plan,
    Precision, Quote, Reference, ReferenceKind, ReviewState, Rights, Role, Section, Source, Status,
    Target, Text, Values,
};
use samplan::model::{Adoption, Checksum, Hex};
use samplan::rdf::{LayeredGraph, canonical, read, write};

use crate::support::{graph_of, node, plan, snapshot};

const PLAN: &str = "http://localhost:8080/plan/p";

fn layer() -> impl Strategy<Value = Layer> {
    prop::sample::select(&Layer::ALL[..])
}

fn layers() -> impl Strategy<Value = Layers> {
    prop::collection::btree_set(layer(), 1..3)
}

fn values<T: Ord + std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Values<T>> {
    prop::collection::vec((value, layer()), 0..3).prop_map(|all| all.into_iter().collect())
}

fn text() -> impl Strategy<Value = Text> {
    // Any text at all: quotes, line ends, what looks like syntax, other scripts.
    ("[a-z]{2}(-[a-z]{2})?", any::<String>()).prop_map(|(language, text)| Text {
        language,
        text: text.replace('\0', " "),
    })
}

fn word() -> impl Strategy<Value = String> {
    any::<String>().prop_map(|text| text.replace('\0', " "))
}

fn iri() -> impl Strategy<Value = Iri> {
    "[a-z]{1,4}".prop_map(|name| Iri::parse(format!("http://example.org/{name}")).unwrap())
}

fn below(kind: &'static str) -> impl Strategy<Value = Iri> {
    "[a-z]{1,3}".prop_map(move |name| Iri::parse(format!("{PLAN}/{kind}/{name}")).unwrap())
}

fn date() -> impl Strategy<Value = Date> {
    (1u16..=9999, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn range() -> impl Strategy<Value = LineRange> {
    (1u32..5000, 0u32..50).prop_map(|(first, more)| LineRange {
        first,
        last: first + more,
    })
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn owned<N: std::fmt::Debug + Clone>(
    kind: &'static str,
    node: impl Strategy<Value = N>,
) -> impl Strategy<Value = Owned<N>> {
    prop::collection::btree_map(
        below(kind),
        (layers(), node).prop_map(|(link, node)| Linked::new(link, node)),
        0..2,
    )
}

fn nodes<N: std::fmt::Debug + Clone>(
    kind: &'static str,
    node: impl Strategy<Value = N>,
) -> impl Strategy<Value = Nodes<N>> {
    prop::collection::btree_map(below(kind), node, 0..3)
}

/// A strategy for a node: every field from its own strategy.
macro_rules! node {
    ($name:ident: $type:ident { $($field:ident: $strategy:expr,)+ }) => {
        fn $name() -> impl Strategy<Value = $type> {
            // One tuple would be too long for proptest; boxes chain field by field.
            let start = layers().prop_map(|declared| $type { declared, ..$type::default() }).boxed();
            $(
                let start = (start, $strategy)
                    .prop_map(|(mut node, value)| { node.$field = value; node })
                    .boxed();
            )+
            start
        }
    };
}

node! { period: Period {
    start: values(date()), end: values(date()), precision: values(one_of(Precision::ALL)),
    source_text: values(text()), source_range: values(range()), note: values(iri()),
    editorial_note: values(text()),
} }
node! { participation: Participation {
    identifier: values(word()), role: values(one_of(Role::ALL)), participant: values(iri()),
    position: values(any::<u32>()), distributive: values(any::<bool>()),
    source_text: values(text()), source_range: values(range()), note: values(iri()),
    editorial_note: values(text()),
} }
node! { adoption: Adoption {
    label: values(text()), date: values(date()), associated_with: values(iri()),
    in_plan: values(iri()), source_text: values(text()), source_range: values(range()),
} }
node! { approach: Approach {
    label: values(text()), notation: values(word()), in_plan: values(iri()),
    position: values(any::<u32>()), source_range: values(range()),
} }
node! { checksum: Checksum {
    algorithm: values(iri()),
    value: values("([0-9a-f]{2}){1,8}".prop_map(|hex| Hex::parse(&hex).unwrap())),
} }
node! { source: Source {
    title: values(text()), media_type: values(iri()), publisher: values(iri()),
    retrieved: values(date()), page: values(iri()), download: values(iri()),
    checksum: owned("checksum", checksum()), in_plan: values(iri()), editorial_note: values(text()),
} }
node! { rights: Rights { label: values(text()), in_plan: values(iri()), } }
node! { area: FocusArea {
    label: values(text()), alt_label: values(text()), notation: values(word()),
    in_plan: values(iri()), position: values(any::<u32>()), r#abstract: values(text()),
    description: values(text()), references: values(iri()), exact_match: values(iri()),
    close_match: values(iri()), contributes_to: values(iri()), note: values(iri()),
    editorial_note: values(text()), source_range: values(range()),
} }
node! { activity: Activity {
    title: values(text()), alternative: values(text()), description: values(text()),
    in_plan: values(iri()), focus_area: values(iri()), sub_activity_of: values(iri()),
    position: values(any::<u32>()), temporal: owned("period", period()),
    participation: owned("participation", participation()), responsible: values(iri()),
    supporting: values(iri()), status: values(one_of(Status::ALL)), status_text: values(text()),
    references: values(iri()), contributes_to: values(iri()), revision_of: values(iri()),
    derived_from: values(iri()), note: values(iri()), editorial_note: values(text()),
    source_range: values(range()),
} }
node! { section: Section {
    title: values(text()), notation: values(word()), description: values(text()),
    in_plan: values(iri()), position: values(any::<u32>()), references: values(iri()),
    note: values(iri()), editorial_note: values(text()), source_range: values(range()),
} }
node! { footnote: Footnote {
    marker: values(word()), text: values(text()), in_plan: values(iri()),
    references: values(iri()), editorial_note: values(text()), source_range: values(range()),
} }
node! { follow_up: FollowUp {
    follow_up_of: values(iri()), reported_in: values(iri()), in_plan: values(iri()),
    position: values(any::<u32>()), description: values(text()),
    status: values(one_of(Status::ALL)), status_text: values(text()), date: values(date()),
    attributed_to: values(iri()), references: values(iri()), note: values(iri()),
    editorial_note: values(text()), source_range: values(range()),
} }
node! { named: Reference {
    kind: values(one_of(ReferenceKind::ALL)), title: values(text()), alternative: values(text()),
    in_plan: values(iri()), position: values(any::<u32>()), source_text: values(text()),
    source_range: values(range()), page: values(iri()), relation: values(iri()),
    editorial_note: values(text()),
} }
node! { quote: Quote { exact: values(text()), prefix: values(text()), suffix: values(text()), } }
node! { target: Target { source: values(iri()), selector: owned("quote", quote()), } }
node! { alignment: Alignment {
    aligned: values(iri()), aligned_with: values(iri()), fits_no_goal_of: values(iri()),
    in_plan: values(iri()),
    review_state: values(one_of(ReviewState::ALL)),
    confidence: values("0\\.[0-9]{1,3}".prop_map(|c| Confidence::parse(&c).unwrap())),
    method: values(one_of(Method::ALL)), attributed_to: values(iri()), date: values(date()),
    target: owned("target", target()), derived_from: values(iri()), editorial_note: values(text()),
} }
node! { graph: LayerGraph {
    in_plan: values(iri()), modified: values(date()), license: values(iri()), rights: values(iri()),
} }
node! { a_plan: Plan {
    title: values(text()), alternative: values(text()), description: values(text()),
    identifier: values(word()), language: values(iri()), creator: values(iri()),
    spatial: values(iri()), temporal: owned("plan-period", period()),
    date_accepted: values(date()), adoption: owned("adoption", adoption()),
    implements: values(iri()), approach: owned("approach", approach()),
    follow_up_frequency: values(iri()), participation: owned("plan-participation", participation()),
    replaces: values(iri()), revision_of: values(iri()), derived_from: values(iri()),
    references: values(iri()), source: owned("source", source()), license: values(iri()),
    rights: owned("rights", rights()), contributes_to: values(iri()), note: values(iri()),
    editorial_note: values(text()), source_text: values(text()), source_range: values(range()),
    areas: nodes("area", area()), activities: nodes("activity", activity()),
    sections: nodes("section", section()), footnotes: nodes("footnote", footnote()),
    follow_ups: nodes("follow-up", follow_up()), named: nodes("reference", named()),
    alignments: nodes("alignment", alignment()),
    graphs: prop::collection::btree_map(layer(), graph(), 0..3),
} }

/// Nested nodes get addresses of their own below their owner: two owners sharing a nested
/// node is a graph that the model holds too, but as one owner's node and the other's link.
fn apart(plan: &mut Plan) {
    fn under<N>(owner: &Iri, nodes: &mut Owned<N>) {
        let moved = std::mem::take(nodes).into_iter().map(|(iri, node)| {
            let tail = iri.as_str().strip_prefix(PLAN).unwrap().to_owned();
            (Iri::parse(format!("{owner}{tail}")).unwrap(), node)
        });
        *nodes = moved.collect();
    }
    for (iri, activity) in &mut plan.activities {
        under(iri, &mut activity.temporal);
        under(iri, &mut activity.participation);
    }
    for (iri, alignment) in &mut plan.alignments {
        under(iri, &mut alignment.target);
        let targets = alignment.target.iter_mut();
        targets.for_each(|(iri, target)| under(iri, &mut target.node.selector));
    }
    for (iri, source) in &mut plan.source {
        under(iri, &mut source.node.checksum);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_comes_back_as_it_was(mut plan in a_plan()) {
        apart(&mut plan);
        let iri = Iri::parse(PLAN).unwrap();
        let graph = write(&plan, &iri);
        let (back, findings) = read(&graph);
        prop_assert_eq!(findings, []);
        prop_assert_eq!(&back, &plan);
        // And the graph of what came back is the graph that was read.
        prop_assert_eq!(write(&back, &iri), graph);
    }

    #[test]
    fn what_a_plan_cannot_carry_is_a_finding_and_the_rest_comes_back(
        mut plan in a_plan(),
        layer in layer(),
        which in 0usize..4,
    ) {
        apart(&mut plan);
        let iri = Iri::parse(PLAN).unwrap();
        let mut graph = write(&plan, &iri);
        let subject = NamedNode::new(PLAN).unwrap();
        let predicate = |name: &str| NamedNode::new(format!("http://purl.org/dc/terms/{name}")).unwrap();
        let foreign = match which {
            // A property that is none of a plan's.
            0 => Triple::new(subject, predicate("subject"), Literal::new_simple_literal("x")),
            // A value in another form than its one form.
            1 => Triple::new(subject, predicate("title"), Literal::new_simple_literal("x")),
            // A node that is not of this plan.
            2 => Triple::new(NamedNode::new("http://example.org/other").unwrap(), predicate("title"),
                Literal::new_simple_literal("x")),
            // A node without a name.
            _ => Triple::new(oxrdf::BlankNode::new("b").unwrap(), predicate("title"),
                Literal::new_simple_literal("x")),
        };
        graph.insert(&foreign, layer);
        let (back, findings) = read(&graph);
        prop_assert_eq!(findings.len(), 1, "{:?}", findings);
        prop_assert_eq!(back, plan);
    }
}

#[test]
fn the_plans_come_back_as_they_are() {
    for entry in snapshot().plans().values() {
        let graph = graph_of(entry);
        let iri = Iri::parse(entry.iri.as_str()).unwrap();
        let (read, findings) = read(&graph);
        assert_eq!(findings, [], "{iri}");
        let written = write(&read, &iri);
        assert_eq!(
            canonical::canonical_nquads(&written.dataset()),
            canonical::canonical_nquads(&graph.dataset()),
            "{iri}"
        );
        assert_eq!(read, *entry.plan);
    }
}

#[test]
fn a_value_is_kept_in_the_layer_it_stands_in() {
    let plan = &plan("vasterbotten-2026").plan;
    let title: Vec<_> = plan
        .title
        .layered()
        .map(|title| (title.value.language.as_str(), title.layer))
        .collect();
    let creator: Vec<Layer> = plan
        .creator
        .layered()
        .map(|creator| creator.layer)
        .collect();
    // Ours in English, and the document's own.
    assert_eq!(title, [("en", Layer::Interpreted), ("sv", Layer::Stated)]);
    assert_eq!(creator, [Layer::Interpreted]);
}

#[test]
fn a_number_written_another_way_is_refused_rather_than_rewritten() {
    let mut graph = LayeredGraph::new(node("plan/p"));
    let position = Literal::new_typed_literal("01", oxrdf::vocab::xsd::INTEGER);
    let activity = node("plan/p/activity/a");
    let property = |name: &str| NamedNode::new(format!("{}{name}", crate::support::PLAN)).unwrap();
    let class = Term::from(property("Activity"));
    graph.insert(
        &Triple::new(activity.clone(), oxrdf::vocab::rdf::TYPE, class),
        Layer::Stated,
    );
    graph.insert(
        &Triple::new(activity, property("position"), position),
        Layer::Stated,
    );
    let (_, findings) = read(&graph);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].en.contains("whole number"), "{}", findings[0]);
}
