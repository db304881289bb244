use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use proptest::prelude::*;

use super::*;

fn term() -> impl Strategy<Value = Term> {
    let text = prop_oneof!["[ab]{0,2}", Just("\u{0}".to_owned()), Just("å".to_owned())];
    prop_oneof![
        "[ab]".prop_map(|name| Term::from(NamedNode::new_unchecked(format!("http://{name}/")))),
        "[ab]".prop_map(|name| Term::from(BlankNode::new_unchecked(name))),
        text.clone()
            .prop_map(|value| Literal::new_simple_literal(value).into()),
        (text.clone(), "[ab]{1,2}").prop_map(|(value, language)| {
            Literal::new_language_tagged_literal_unchecked(value, language).into()
        }),
        (text, "[ab]{1,2}").prop_map(|(value, datatype)| {
            Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)).into()
        }),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    let node = |name: String| NamedNode::new_unchecked(format!("http://{name}/"));
    let subject = prop_oneof![
        "[abc]".prop_map(move |name| NamedOrBlankNode::from(node(name))),
        "[ab]".prop_map(|name| BlankNode::new_unchecked(name).into()),
    ];
    let graph = prop_oneof![
        Just(GraphName::DefaultGraph),
        "[ab]".prop_map(move |name| GraphName::from(node(name))),
    ];
    (subject, "[abc]", term(), graph).prop_map(move |(subject, name, object, graph)| {
        Quad::new(subject, node(name), object, graph)
    })
}

fn quads_of(index: &Index, scan: Scan<'_>) -> Vec<String> {
    let mut found: Vec<_> = scan
        .map(|row| {
            let names = row.map(|id| {
                index
                    .term(id)
                    .map_or(String::new(), |term| term.to_string())
            });
            names.join(" ")
        })
        .collect();
    found.sort();
    found
}

proptest! {
    #[test]
    fn every_pattern_gives_what_a_search_through_all_quads_gives(
        quads in prop::collection::vec(quad(), 0..40),
        wanted in quad(),
        given in 0..8u8,
        scope in 0..3u8,
    ) {
        let index = Index::build(quads.clone()).unwrap();
        let name = NamedNode::new_unchecked("http://a/");
        let id = |place: u8, term: Term| (given & (1 << place) != 0).then(|| index.id(term.as_ref()));
        let (subject, predicate, object): (Term, Term, Term) =
            (wanted.subject.into(), wanted.predicate.into(), wanted.object);
        let ids = [id(0, subject.clone()), id(1, predicate.clone()), id(2, object.clone())];
        let graph = index.id(name.as_ref().into());
        let in_scope = |quad: &Quad| match scope {
            0 => quad.graph_name.is_default_graph(),
            1 => quad.graph_name == GraphName::from(name.clone()),
            _ => !quad.graph_name.is_default_graph(),
        };
        let mut expected: Vec<String> = quads
            .iter()
            .filter(|quad| in_scope(quad))
            .filter(|quad| {
                let own: [Term; 3] =
                    [quad.subject.clone().into(), quad.predicate.clone().into(), quad.object.clone()];
                let sought = [&subject, &predicate, &object];
                (0..3).all(|place| given & (1 << place) == 0 || own[place] == *sought[place])
            })
            .map(|quad| {
                let graph = match &quad.graph_name {
                    GraphName::DefaultGraph => String::new(),
                    graph => graph.to_string(),
                };
                format!("{} {} {} {graph}", quad.subject, quad.predicate, quad.object)
            })
            .collect();
        expected.sort();
        expected.dedup();
        let known = ids.iter().all(|id| *id != Some(None)) && (scope != 1 || graph.is_some());
        let found = if known {
            let pattern = Pattern {
                subject: ids[0].flatten(),
                predicate: ids[1].flatten(),
                object: ids[2].flatten(),
                scope: match (scope, graph) {
                    (0, _) => Scope::Default,
                    (1, Some(graph)) => Scope::Named(graph),
                    _ => Scope::AnyNamed,
                },
            };
            quads_of(&index, index.scan(pattern))
        } else {
            Vec::new()
        };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn every_term_has_a_number_of_its_own_and_comes_back(quads in prop::collection::vec(quad(), 0..40)) {
        let index = Index::build(quads.clone()).unwrap();
        for id in 0..index.terms() {
            let term = index.term(id).unwrap();
            prop_assert_eq!(index.id(term.as_ref()), Some(id));
            prop_assert_eq!(index.is_iri(id), term.is_named_node());
            prop_assert_eq!(index.is_blank(id), term.is_blank_node());
        }
        for quad in quads {
            prop_assert!(index.id(quad.object.as_ref()).is_some());
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn another_process_can_open_the_file_and_nobody_can_change_it() {
    use std::io::Write;

    let name = NamedNode::new_unchecked("http://a/");
    let quad = Quad::new(name.clone(), name.clone(), name, GraphName::DefaultGraph);
    let index = Index::build([quad]).unwrap();
    let mut file = index.file().unwrap();
    assert!(file.write_all(b"x").is_err());
    assert!(file.set_len(0).is_err());
    let opened = Index::open(file).unwrap();
    assert_eq!(opened.triples().len(), 1);
    assert_eq!(opened.memory.words(), index.memory.words());
    let own = tempfile::tempfile().unwrap();
    assert!(
        Index::open(own).is_err(),
        "a file that can be changed is not mapped"
    );
}

#[test]
fn what_is_no_index_is_not_read_as_one() {
    let words = Index::build([]).unwrap().memory.words().to_vec();
    for broken in [Vec::new(), words[..words.len() - 1].to_vec(), {
        let mut other = words.clone();
        other[0] += 1;
        other
    }] {
        assert!(Index::over(Memory::hold(broken)).is_err());
    }
    assert!(Index::over(Memory::hold(words)).is_ok());
}
