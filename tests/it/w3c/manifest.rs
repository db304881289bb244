//! Reading the manifests: which cases there are, and what each is made of.

use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{Graph, GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use crate::support::root;

/// What the IRIs of the files begin with. The cases were never published at one address that
/// all of them mean, so that of the folder serves.
const TOP: &str = "http://w3c.example/";

/// The suites, as folders.
const SUITES: [&str; 2] = ["w3c-sparql10", "w3c-sparql11"];

pub(super) const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Where the cases are.
pub(super) fn folder() -> PathBuf {
    root().join("../shared/conformance")
}

/// The file that an IRI of the manifests means.
fn path(iri: &str) -> PathBuf {
    folder().join(iri.strip_prefix(TOP).unwrap())
}

/// What the name of a file ends in, which says what it is.
pub(super) fn ending(iri: &str) -> &str {
    iri.rsplit('.').next().unwrap()
}

/// The bytes of the file that an IRI means.
pub(super) fn bytes(iri: &str) -> Vec<u8> {
    let path = path(iri);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of the file that an IRI means.
pub(super) fn text(iri: &str) -> String {
    String::from_utf8(bytes(iri)).unwrap()
}

/// What a file says, in a graph of that name. Nodes without a name are the file's own.
pub(super) fn quads(iri: &str, graph: impl Into<GraphName>) -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::from_extension(ending(iri)).unwrap())
        .with_base_iri(iri)
        .unwrap()
        .with_default_graph(graph)
        .rename_blank_nodes()
        .for_slice(&bytes(iri))
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{iri}: {error}"))
}

/// What a file says, as a graph.
pub(super) fn graph(iri: &str) -> Graph {
    let quads = quads(iri, GraphName::DefaultGraph);
    quads.into_iter().map(Triple::from).collect()
}

/// Properties of what stands in a manifest.
pub(super) trait Said {
    /// The values of a property, in no order.
    fn all(&self, subject: &Term, property: &str) -> Vec<Term>;

    /// The value of a property.
    fn one(&self, subject: &Term, property: &str) -> Option<Term> {
        self.all(subject, property).pop()
    }

    /// The members of a list.
    fn members(&self, list: Option<Term>) -> Vec<Term> {
        let mut members = Vec::new();
        let mut rest = list;
        while let Some(node) = rest {
            members.extend(self.one(&node, &format!("{RDF}first")));
            rest = self.one(&node, &format!("{RDF}rest"));
        }
        members
    }

    /// The values of a property as text: the IRI of a node, the value of a literal.
    fn texts(&self, subject: &Term, property: &str) -> Vec<String> {
        let mut texts: Vec<String> = self
            .all(subject, property)
            .iter()
            .map(|term| match term {
                Term::NamedNode(node) => node.as_str().to_owned(),
                Term::BlankNode(node) => node.to_string(),
                Term::Literal(literal) => literal.value().to_owned(),
            })
            .collect();
        texts.sort();
        texts
    }
}

impl Said for Graph {
    fn all(&self, subject: &Term, property: &str) -> Vec<Term> {
        let subject = match subject {
            Term::NamedNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::BlankNode(node) => NamedOrBlankNode::from(node.clone()),
            Term::Literal(_) => return Vec::new(),
        };
        let property = NamedNode::new(property).unwrap();
        let found = self.objects_for_subject_predicate(&subject, &property);
        found.map(oxrdf::TermRef::into_owned).collect()
    }
}

/// A case.
pub(super) struct Case {
    /// The folder, as `w3c-sparql11/bind`.
    pub(super) suite: String,
    /// What stands in the tables: folder and local name, as `w3c-sparql11/bind#bind01`.
    pub(super) name: String,
    /// What relative IRIs in the case's files are resolved against: the folder.
    pub(super) base: String,
    /// What it is about.
    pub(super) kind: Kind,
}

/// What a case is about.
pub(super) enum Kind {
    /// Asking a query of some data.
    Evaluation(Evaluation),
    /// Whether the text of a file is a query.
    Syntax { query: String, valid: bool },
    /// Requests and how they are to be answered.
    Protocol { manifest: Graph, case: Term },
    /// What the service says of itself.
    ServiceDescription,
}

/// A query, what it is asked of and how it is to be answered: IRIs of files.
pub(super) struct Evaluation {
    pub(super) query: String,
    pub(super) data: Vec<String>,
    pub(super) graphs: Vec<String>,
    pub(super) result: String,
    /// The result may have fewer copies of a row (`REDUCED`).
    pub(super) lax: bool,
}

/// Every case of both suites.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for suite in SUITES {
        let mut folders: Vec<_> = std::fs::read_dir(folder().join(suite))
            .unwrap_or_else(|error| panic!("{suite}: {error}"))
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        for folder in folders {
            cases.extend(in_folder(&folder, suite));
        }
    }
    cases
}

fn in_folder(folder: &Path, suite: &str) -> Vec<Case> {
    let suite = format!("{suite}/{}", folder.file_name().unwrap().to_str().unwrap());
    let base = format!("{TOP}{suite}/");
    let manifest = graph(&format!("{base}manifest.ttl"));
    let cases = entries(&manifest);
    assert!(!cases.is_empty(), "{suite} has no cases");
    cases
        .into_iter()
        .map(|case| Case {
            name: format!("{suite}#{}", local_name(&case)),
            suite: suite.clone(),
            base: base.clone(),
            kind: kind(&manifest, case),
        })
        .collect()
}

/// What a manifest lists. Some have no name for themselves.
fn entries(manifest: &Graph) -> Vec<Term> {
    let entries = NamedNode::new(format!("{MF}entries")).unwrap();
    let mut lists = manifest.triples_for_predicate(&entries);
    manifest.members(lists.next().map(|triple| triple.object.into_owned()))
}

fn local_name(case: &Term) -> String {
    match case {
        Term::NamedNode(node) => node.as_str().rsplit(['#', '/']).next().unwrap().to_owned(),
        other => panic!("a case without a name: {other}"),
    }
}

fn kind(manifest: &Graph, case: Term) -> Kind {
    let of = |property: &str| manifest.texts(&case, &format!("{MF}{property}"));
    let class = manifest.texts(&case, &format!("{RDF}type")).remove(0);
    match class.strip_prefix(MF).unwrap() {
        "QueryEvaluationTest" | "CSVResultFormatTest" => {
            let action = manifest.one(&case, &format!("{MF}action")).unwrap();
            let files = |property: &str| manifest.texts(&action, &format!("{QT}{property}"));
            Kind::Evaluation(Evaluation {
                query: files("query").remove(0),
                data: files("data"),
                graphs: files("graphData"),
                result: of("result").remove(0),
                lax: of("resultCardinality") == [format!("{MF}LaxCardinality")],
            })
        }
        "PositiveSyntaxTest" | "PositiveSyntaxTest11" => Kind::Syntax {
            query: of("action").remove(0),
            valid: true,
        },
        "NegativeSyntaxTest" | "NegativeSyntaxTest11" => Kind::Syntax {
            query: of("action").remove(0),
            valid: false,
        },
        "ProtocolTest" => Kind::Protocol {
            manifest: manifest.clone(),
            case,
        },
        "ServiceDescriptionTest" => Kind::ServiceDescription,
        other => panic!("{case} is of a kind of its own: {other}"),
    }
}
