//! The public address of an instance, against which relative IRIs are resolved.

use oxrdf::NamedNode;

use crate::model::{Iri, Layer, PlanId};

/// The public base URL: absolute, `http` or `https`, ending in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// Why a text is not a base URL.
#[derive(Debug, thiserror::Error)]
#[error("“{given}” cannot be the base URL: {reason}. Give one like https://example.org/planer/")]
pub struct InvalidBase {
    given: String,
    reason: &'static str,
}

impl Base {
    /// The address that `samplan serve` has until it is told another.
    pub const LOCAL: &'static str = "http://localhost:8080/";

    /// Takes a base URL; a missing final `/` is added.
    pub fn parse(given: &str) -> Result<Self, InvalidBase> {
        let wrong = |reason| InvalidBase {
            given: given.to_owned(),
            reason,
        };
        let url = oxiri::Iri::parse(given).map_err(|_| wrong("it is not an absolute URL"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("it must start with http:// or https://"));
        }
        if url.authority().is_none_or(str::is_empty) {
            return Err(wrong("it names no host"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(wrong("it must not have a query or a fragment"));
        }
        let slash = if given.ends_with('/') { "" } else { "/" };
        Ok(Self(format!("{given}{slash}")))
    }

    /// The URL as text, ending in `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of the URL, starting and ending in `/`.
    pub fn path(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        let path = self.0[after_scheme..]
            .find('/')
            .map_or(self.0.len(), |at| at + after_scheme);
        &self.0[path..]
    }

    /// The host of the URL, without port.
    pub fn host(&self) -> &str {
        let authority = self.0.split('/').nth(2).unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        if host.starts_with('[') {
            return host.split_inclusive(']').next().unwrap_or_default();
        }
        host.split(':').next().unwrap_or_default()
    }

    /// Whether only this machine knows the host.
    pub fn is_local(&self) -> bool {
        ["localhost", "127.0.0.1", "[::1]"].contains(&self.host())
    }

    /// The address of a path below the base; the path has no leading `/`.
    pub fn node(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }

    /// The IRI of a plan.
    pub fn plan(&self, id: &PlanId) -> NamedNode {
        self.node(&format!("plan/{id}"))
    }

    /// The path below the base, for an IRI that is below it.
    pub fn relative<'a>(&self, iri: &'a str) -> Option<&'a str> {
        iri.strip_prefix(self.0.as_str())
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::LOCAL.to_owned())
    }
}

/// The name of a layer's graph.
pub fn layer_graph(plan: &str, layer: Layer) -> NamedNode {
    NamedNode::new_unchecked(format!("{plan}/{}", layer.key()))
}

/// The IRI type of the model for a named node.
pub(super) fn iri(node: &NamedNode) -> Option<Iri> {
    Iri::parse(node.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_ends_in_a_slash_and_may_have_a_path() {
        let base = Base::parse("https://example.org/planer").unwrap();
        assert_eq!(base.as_str(), "https://example.org/planer/");
        assert_eq!(base.path(), "/planer/");
        assert_eq!(base.host(), "example.org");
        assert_eq!(
            base.node("plan/x").as_str(),
            "https://example.org/planer/plan/x"
        );
        assert_eq!(Base::parse("http://[::1]:8080").unwrap().host(), "[::1]");
    }

    #[test]
    fn what_is_not_a_base_is_refused_with_the_reason() {
        for wrong in [
            "",
            "localhost:8080",
            "ftp://example.org/",
            "http://example.org/?a",
            "/plan",
        ] {
            let error = Base::parse(wrong).unwrap_err().to_string();
            assert!(error.contains("https://example.org/planer/"), "{error}");
        }
    }
}
