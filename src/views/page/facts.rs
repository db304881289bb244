//! What pages read of the snapshot: names, links, values of properties.

use maud::{Markup, html};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::layout::Site;
use super::terms;
use crate::model::{Layer, Text};
use crate::store::Snapshot;
use crate::views::describe::path_of;
use crate::views::order::Order;
use crate::views::{Error, Language};
use crate::vocab::{compact, dcterms, foaf, plan, rdf, rdfs, skos, vcard};

/// A text and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) text: String,
    /// The tag of its language; none for a text of no language.
    pub(super) language: Option<String>,
}

impl Words {
    /// Words of the page itself.
    fn ours(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            language: None,
        }
    }

    /// The language, where it is not that of the page and a reader must be told.
    pub(super) fn lang(&self, page: Language) -> Option<&str> {
        self.language.as_deref().filter(|own| *own != page.tag())
    }
}

/// The snapshot, read for a page in a language.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) language: Language,
    pub(super) site: Site<'a>,
}

/// The properties that name a thing, best first.
const NAMES: [NamedNodeRef<'static>; 6] = [
    dcterms::TITLE,
    skos::PREF_LABEL,
    foaf::NAME,
    rdfs::LABEL,
    vcard::FN,
    // What a part of a plan is called that has no name of its own: its words in the document.
    plan::SOURCE_TEXT,
];

impl<'a> Facts<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, language: Language) -> Self {
        Self {
            snapshot,
            language,
            site: Site::new(snapshot, language),
        }
    }

    /// Where a link to something leads: to its page here, or to its own address.
    pub(super) fn leads(&self, iri: &str) -> String {
        match path_of(self.snapshot, iri) {
            Some(path) => self.site.page(&path),
            None => iri.to_owned(),
        }
    }

    /// One of two wordings, by language.
    pub(super) fn pick<'t>(&self, sv: &'t str, en: &'t str) -> &'t str {
        self.language.pick(sv, en)
    }

    /// The language of a text where it is not the page's and a reader must be told.
    pub(super) fn lang<'t>(&self, text: &'t Text) -> Option<&'t str> {
        (text.language != self.language.tag()).then_some(text.language.as_str())
    }

    /// Words in the quotation marks of the language.
    pub(super) fn quoted(&self, words: &Markup) -> Markup {
        let (open, close) = self.language.pick(("”", "”"), ("“", "”"));
        html! { (open) (words) (close) }
    }

    /// The addresses among the values of a property.
    pub(super) fn nodes(
        &self,
        node: &str,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<String>, Error> {
        let node = NamedNodeRef::new_unchecked(node);
        let nodes = self.snapshot.nodes(node, property)?.into_iter();
        Ok(nodes.map(NamedNode::into_string).collect())
    }

    /// The literals among the values of a property.
    pub(super) fn literals(
        &self,
        node: &str,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Literal>, Error> {
        let node = NamedNodeRef::new_unchecked(node);
        Ok(self.snapshot.literals(node, property)?)
    }

    /// The strongest layer in which a plan's description says that a node has a property with
    /// that value; `stated` for what is no part of a plan.
    pub(super) fn layer(
        &self,
        node: &str,
        property: NamedNodeRef<'_>,
        value: &str,
    ) -> Result<Layer, Error> {
        let graphs = self
            .snapshot
            .layers_about(NamedNodeRef::new_unchecked(node))?;
        let says = |triple: &Triple| {
            triple.predicate == property
                && matches!(&triple.object, Term::NamedNode(object) if object.as_str() == value)
        };
        Ok(graphs
            .iter()
            .filter(|(_, triples)| triples.iter().any(says))
            .filter_map(|(graph, _)| Layer::from_key(self.snapshot.plan_of(graph.as_str())?.1))
            .min()
            .unwrap_or(Layer::Stated))
    }

    /// What points to a node by a property, in the order of addresses.
    pub(super) fn referring(
        &self,
        property: NamedNodeRef<'_>,
        node: &str,
    ) -> Result<Vec<String>, Error> {
        let node = NamedNodeRef::new_unchecked(node);
        let found = self.snapshot.referring(property, node)?;
        Ok(found.into_iter().map(NamedNode::into_string).collect())
    }

    /// The text of a property in the language of the page, else in Swedish, else in any.
    pub(super) fn text(
        &self,
        node: &str,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<Words>, Error> {
        Ok(best(self.literals(node, property)?, self.language))
    }

    /// The class that a node has, as far as it decides how the node is shown.
    pub(super) fn is_a(&self, node: &str, class: NamedNodeRef<'_>) -> Result<bool, Error> {
        let classes = self.nodes(node, rdf::TYPE)?;
        Ok(classes.iter().any(|own| own == class.as_str()))
    }

    /// What a thing is called; its shortened address where nothing names it.
    pub(super) fn name(&self, iri: &str) -> Result<Words, Error> {
        for property in NAMES {
            if let Some(name) = self.text(iri, property)? {
                return Ok(name);
            }
        }
        if let Some(name) = self.name_by_kind(iri)? {
            return Ok(name);
        }
        let text = match self.snapshot.base().relative(iri) {
            Some(path) => path.to_owned(),
            None => compact(iri),
        };
        let text = text.trim_matches(['<', '>']);
        let text = text
            .strip_prefix("https://")
            .or(text.strip_prefix("http://"))
            .unwrap_or(text);
        Ok(Words {
            text: text.trim_end_matches('/').to_owned(),
            language: None,
        })
    }

    /// What a thing without a name is called by what it is: a footnote by its mark, an outcome
    /// by its activity, anything else by its class.
    fn name_by_kind(&self, iri: &str) -> Result<Option<Words>, Error> {
        if let Some(name) = terms::elsewhere(iri, self.language) {
            return Ok(Some(Words::ours(name)));
        }
        if let Some(mark) = self.literals(iri, plan::MARKER)?.first() {
            let footnote = self.pick("Fotnot", "Footnote");
            return Ok(Some(Words::ours(&format!("{footnote} {}", mark.value()))));
        }
        if let Some(activity) = self.nodes(iri, plan::FOLLOW_UP_OF)?.first() {
            let outcome = self.pick("Utfall", "Outcome");
            let name = self.name(activity)?.text;
            return Ok(Some(Words::ours(&format!("{outcome}: {name}"))));
        }
        for class in self.nodes(iri, rdf::TYPE)? {
            if let Some(name) = terms::name(*self, &class)? {
                return Ok(Some(Words::ours(&name)));
            }
        }
        Ok(None)
    }

    /// The path below the base at which a thing is served here, if it is.
    pub(super) fn path(&self, iri: &str) -> Result<Option<String>, Error> {
        let known = self.snapshot.knows(NamedNodeRef::new_unchecked(iri))?
            || self.snapshot.has_graph(NamedNodeRef::new_unchecked(iri))?;
        let Some(path) = path_of(self.snapshot, iri).filter(|_| known) else {
            return Ok(None);
        };
        // A term of the vocabulary is a place on its page.
        let anchor = iri.split_once('#').map(|(_, local)| format!("#{local}"));
        Ok(Some(path + &anchor.unwrap_or_default()))
    }

    /// Where a link to a thing leads: to its page here, or to its own address on the web.
    pub(super) fn href(&self, iri: &str) -> Result<Option<String>, Error> {
        if let Some(path) = self.path(iri)? {
            return Ok(Some(self.site.page(&path)));
        }
        let web = iri.starts_with("https://") || iri.starts_with("http://");
        Ok(web.then(|| iri.to_owned()))
    }

    /// A link to a thing, with its name.
    pub(super) fn link(&self, iri: &str) -> Result<Markup, Error> {
        let name = self.name(iri)?;
        let href = self.href(iri)?;
        let lang = name.lang(self.language);
        Ok(html! {
            @if let Some(href) = href { a href=(href) lang=[lang] { (name.text) } }
            @else { span lang=[lang] { (name.text) } }
        })
    }

    /// Links to things, in the order given.
    pub(super) fn links<I: AsRef<str>>(
        &self,
        iris: impl IntoIterator<Item = I>,
    ) -> Result<Vec<Markup>, Error> {
        iris.into_iter()
            .map(|iri| self.link(iri.as_ref()))
            .collect()
    }

    /// Addresses in the order of the names behind them, each once.
    pub(super) fn by_name(&self, iris: Vec<String>) -> Result<Vec<String>, Error> {
        let mut named = Vec::new();
        for iri in iris {
            named.push((self.name(&iri)?.text, iri));
        }
        let order = Order::of(self.language);
        named.sort_by(|(a, one), (b, other)| order.compare(a, b).then_with(|| one.cmp(other)));
        named.dedup();
        Ok(named.into_iter().map(|(_, iri)| iri).collect())
    }
}

/// The best of some texts for readers of a language: that language, Swedish, any.
pub(super) fn best(literals: Vec<Literal>, language: Language) -> Option<Words> {
    let rank = |literal: &Literal| language.rank(literal.language().unwrap_or_default());
    literals.into_iter().min_by_key(rank).map(|literal| Words {
        language: literal.language().map(str::to_owned),
        text: literal.value().to_owned(),
    })
}
