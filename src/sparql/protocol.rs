//! HTTP request parts → operation (SPARQL 1.1 Protocol, section 2.1). No store, no I/O.

use oxrdf::NamedNode;

/// A query to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The query's text.
    pub query: String,
    /// `default-graph-uri`: graphs that make up the default graph instead of ours.
    pub default_graphs: Vec<NamedNode>,
    /// `named-graph-uri`: the only named graphs.
    pub named_graphs: Vec<NamedNode>,
}

/// Why a request is not a query.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProtocolError {
    /// There is no query at all: the reader is looking for the service.
    #[error(
        "There is no query. Send one as ?query=…, in a form, or as the body with Content-Type: application/sparql-query."
    )]
    NoQuery,
    /// More than one query.
    #[error("There is more than one query. Send each in a request of its own.")]
    SeveralQueries,
    /// An update.
    #[error(
        "This endpoint only reads. Change the files in the data folder instead of sending an update."
    )]
    Update,
    /// A graph that is not an IRI.
    #[error("The value of {parameter} is not an absolute IRI.")]
    BadGraph {
        /// The parameter.
        parameter: String,
        /// What it holds.
        value: String,
    },
    /// The body is of a kind that holds no query.
    #[error(
        "A body of that type cannot hold a query. Use application/sparql-query or application/x-www-form-urlencoded."
    )]
    UnsupportedMediaType(String),
    /// The body is not text.
    #[error("The query is not UTF-8 text. Send it in UTF-8.")]
    NotText,
}

/// The operation of a GET request, from the part of its address after `?`.
pub fn get(query_string: &str) -> Result<Operation, ProtocolError> {
    from_pairs(&pairs(query_string.as_bytes())?)
}

/// The operation of a POST request, from its `Content-Type`, address and body.
pub fn post(
    content_type: &str,
    query_string: &str,
    body: &[u8],
) -> Result<Operation, ProtocolError> {
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    match media_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => from_pairs(&pairs(body)?),
        "application/sparql-query" => {
            let query = std::str::from_utf8(body).map_err(|_| ProtocolError::NotText)?;
            let mut all = pairs(query_string.as_bytes())?;
            all.push(("query".to_owned(), query.to_owned()));
            from_pairs(&all)
        }
        "application/sparql-update" => Err(ProtocolError::Update),
        _ => Err(ProtocolError::UnsupportedMediaType(content_type.to_owned())),
    }
}

/// The names and values of a form. What is not UTF-8 is refused: decoding puts U+FFFD in its
/// place, and a query with that in it would get a wrong answer without a sign.
fn pairs(bytes: &[u8]) -> Result<Vec<(String, String)>, ProtocolError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    let replaced = |text: &str| text.matches('\u{FFFD}').count();
    let decoded: usize = pairs
        .iter()
        .map(|(name, value)| replaced(name) + replaced(value))
        .sum();
    let raw = String::from_utf8_lossy(bytes).to_ascii_uppercase();
    let meant = raw.matches("%EF%BF%BD").count() + raw.matches('\u{FFFD}').count();
    if decoded > meant || std::str::from_utf8(bytes).is_err() {
        return Err(ProtocolError::NotText);
    }
    Ok(pairs)
}

fn from_pairs(pairs: &[(String, String)]) -> Result<Operation, ProtocolError> {
    let of = |wanted: &str| -> Vec<&String> {
        pairs
            .iter()
            .filter(|(name, _)| name == wanted)
            .map(|(_, value)| value)
            .collect()
    };
    if !of("update").is_empty() {
        return Err(ProtocolError::Update);
    }
    let graphs = |parameter: &str| -> Result<Vec<NamedNode>, ProtocolError> {
        of(parameter)
            .into_iter()
            .map(|iri| {
                NamedNode::new(iri).map_err(|_| ProtocolError::BadGraph {
                    parameter: parameter.to_owned(),
                    value: iri.clone(),
                })
            })
            .collect()
    };
    match of("query").as_slice() {
        [] => Err(ProtocolError::NoQuery),
        [query] => Ok(Operation {
            query: (*query).clone(),
            default_graphs: graphs("default-graph-uri")?,
            named_graphs: graphs("named-graph-uri")?,
        }),
        _ => Err(ProtocolError::SeveralQueries),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";
    const DIRECT: &str = "application/sparql-query";

    #[test]
    fn a_query_can_be_sent_in_three_ways() {
        let ask = |operation: Result<Operation, ProtocolError>| operation.unwrap().query;
        assert_eq!(ask(get("query=ASK+%7B%7D")), "ASK {}");
        assert_eq!(ask(post(FORM, "", b"query=ASK+%7B%7D")), "ASK {}");
        assert_eq!(
            ask(post(
                "application/sparql-query; charset=utf-8",
                "",
                b"ASK {}"
            )),
            "ASK {}"
        );
    }

    #[test]
    fn graphs_come_from_the_same_place_as_the_query() {
        let operation = get("query=ASK{}&default-graph-uri=http://a/&named-graph-uri=http://b/");
        assert_eq!(operation.unwrap().default_graphs.len(), 1);
        let operation = post(DIRECT, "default-graph-uri=http://a/", b"ASK {}");
        assert_eq!(operation.unwrap().default_graphs.len(), 1);
        assert!(matches!(
            get("query=ASK{}&default-graph-uri=a"),
            Err(ProtocolError::BadGraph { .. })
        ));
    }

    #[test]
    fn what_is_no_query_says_why() {
        assert_eq!(get(""), Err(ProtocolError::NoQuery));
        assert_eq!(
            get("query=ASK{}&query=ASK{}"),
            Err(ProtocolError::SeveralQueries)
        );
        assert_eq!(
            post(DIRECT, "query=ASK{}", b"ASK{}"),
            Err(ProtocolError::SeveralQueries)
        );
        assert_eq!(
            post(FORM, "", b"update=CLEAR+ALL"),
            Err(ProtocolError::Update)
        );
        assert_eq!(get("update=CLEAR+ALL"), Err(ProtocolError::Update));
        assert_eq!(
            post("application/sparql-update", "", b"CLEAR ALL"),
            Err(ProtocolError::Update)
        );
        assert_eq!(
            post("text/plain", "", b"ASK {}"),
            Err(ProtocolError::UnsupportedMediaType("text/plain".to_owned()))
        );
        assert_eq!(post(DIRECT, "", b"\xff"), Err(ProtocolError::NotText));
        assert_eq!(
            post(FORM, "", b"query=ASK{}%E5"),
            Err(ProtocolError::NotText)
        );
        assert_eq!(get("query=ASK{}%ff"), Err(ProtocolError::NotText));
        assert!(get("query=ASK{}%EF%BF%BD%C3%A5").is_ok());
    }
}
