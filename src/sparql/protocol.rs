//! HTTP request parts → operation (SPARQL 1.1 Protocol, section 2.1). No store, no I/O.

use std::time::Duration;

use oxrdf::NamedNode;

use crate::model::Language;
use crate::rdf::Format;

/// The parts of a request that the protocol looks at.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a str,
    /// What stands after `?` in the address.
    pub query_string: &'a str,
    /// The `Content-Type` header; empty where there is none.
    pub content_type: &'a str,
    /// The body; empty where the method has none.
    pub body: &'a [u8],
}

/// What is asked of the endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing in particular: what the service is (SPARQL 1.1 Service Description, section 2).
    Description {
        /// The formats that `format` means, where it is given.
        format: Option<Vec<Format>>,
    },
    /// An answer to a query.
    Query(Operation),
}

/// A query to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// The query's text.
    pub query: String,
    /// `default-graph-uri`: graphs that make up the default graph instead of ours.
    pub default_graphs: Vec<NamedNode>,
    /// `named-graph-uri`: the only named graphs.
    pub named_graphs: Vec<NamedNode>,
    /// `format`: the formats that its value means, for rows and for graphs. It wins over the
    /// `Accept` header, which not everybody can set.
    pub format: Option<Vec<Format>>,
    /// `timeout`: how long the asker waits at most. It changes when an answer is given up, and
    /// never the answer.
    pub timeout: Option<Duration>,
}

/// Why a request is not a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolError {
    /// The method is none of the protocol's.
    Method,
    /// There is no query at all.
    NoQuery,
    /// More than one query.
    SeveralQueries,
    /// An update.
    Update,
    /// A graph that is not an IRI; the parameter.
    BadGraph(&'static str),
    /// `format` names no format.
    UnknownFormat,
    /// `timeout` is no time.
    BadTimeout,
    /// The body is of a kind that holds no query.
    UnsupportedMediaType,
    /// The body or the address is not UTF-8.
    NotText,
}

impl ProtocolError {
    /// What is wrong and how to mend it.
    pub fn detail(&self, language: Language) -> String {
        let fixed = |sv: &str, en: &str| language.pick(sv, en).to_owned();
        match self {
            Self::Method => fixed(
                "En fråga ställs med GET, POST eller QUERY.",
                "A query is asked with GET, POST or QUERY.",
            ),
            Self::NoQuery => fixed(
                "Det finns ingen fråga. Skicka en som ?query=…, i ett formulär, eller som innehåll med Content-Type: application/sparql-query.",
                "There is no query. Send one as ?query=…, in a form, or as the body with Content-Type: application/sparql-query.",
            ),
            Self::SeveralQueries => fixed(
                "Det finns mer än en fråga. Skicka var och en för sig.",
                "There is more than one query. Send each in a request of its own.",
            ),
            Self::Update => fixed(
                "Här går det bara att läsa. Ändra filerna i datamappen i stället för att skicka en uppdatering.",
                "This endpoint only reads. Change the files in the data folder instead of sending an update.",
            ),
            Self::BadGraph(parameter) => language.pick(
                format!("Värdet på {parameter} är ingen fullständig IRI."),
                format!("The value of {parameter} is not an absolute IRI."),
            ),
            Self::UnknownFormat => {
                let names = Format::ALL.map(Format::suffix).join(", ");
                language.pick(
                    format!("Det finns inget format med det namnet. Skriv format= något av {names}, eller en medietyp."),
                    format!("There is no format of that name. Write format= one of {names}, or a media type."),
                )
            }
            Self::BadTimeout => fixed(
                "Värdet på timeout är ingen tid. Skriv sekunder (timeout=5 eller timeout=0.5), timeout=5s eller timeout=500ms.",
                "The value of timeout is no time. Write seconds (timeout=5 or timeout=0.5), timeout=5s or timeout=500ms.",
            ),
            Self::UnsupportedMediaType => fixed(
                "Innehåll av den typen rymmer ingen fråga. Använd application/sparql-query eller application/x-www-form-urlencoded.",
                "A body of that type cannot hold a query. Use application/sparql-query or application/x-www-form-urlencoded.",
            ),
            Self::NotText => fixed(
                "Frågan är inte text i UTF-8. Skicka den i UTF-8.",
                "The query is not UTF-8 text. Send it in UTF-8.",
            ),
        }
    }
}

/// The methods by which a query can be asked; `QUERY` is that of
/// draft-ietf-httpbis-safe-method-w-body.
pub const METHODS: [&str; 4] = ["GET", "HEAD", "POST", "QUERY"];

/// The media types of bodies that hold a query.
pub const BODIES: [&str; 2] = [
    "application/sparql-query",
    "application/x-www-form-urlencoded",
];

/// Whether the query of a request with that method is in its body.
pub fn has_body(method: &str) -> bool {
    matches!(method, "POST" | "QUERY")
}

/// What a request asks.
///
/// # Errors
/// Where it is not a request that the protocol knows, or an update.
pub fn parse(request: Request<'_>) -> Result<Asked, ProtocolError> {
    if !METHODS.contains(&request.method) {
        return Err(ProtocolError::Method);
    }
    let mut pairs = pairs(request.query_string.as_bytes())?;
    if has_body(request.method) {
        pairs.extend(of_body(request)?);
    }
    let given = Given(&pairs);
    if given.all("update").next().is_some() {
        return Err(ProtocolError::Update);
    }
    // Judged also where there is nothing to wait for: a wrong value is told, not passed over.
    let (format, timeout) = (format(&pairs)?, timeout(&pairs)?);
    let mut queries = given.all("query");
    match (queries.next(), queries.next()) {
        (Some(query), None) => Ok(Asked::Query(Operation {
            // Some editors on Windows begin a file with a mark that is not SPARQL.
            query: query.trim_start_matches('\u{FEFF}').to_owned(),
            default_graphs: given.graphs("default-graph-uri")?,
            named_graphs: given.graphs("named-graph-uri")?,
            format,
            timeout,
        })),
        (Some(_), Some(_)) => Err(ProtocolError::SeveralQueries),
        (None, _) if has_body(request.method) || given.names_graphs() => {
            Err(ProtocolError::NoQuery)
        }
        (None, _) => Ok(Asked::Description { format }),
    }
}

/// The parameters that a body holds.
fn of_body(request: Request<'_>) -> Result<Vec<(String, String)>, ProtocolError> {
    let mut parts = request.content_type.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default();
    let in_utf8 = |parameter: &str| {
        let charset = parameter.to_ascii_lowercase();
        let charset = charset.strip_prefix("charset=");
        charset.is_none_or(|name| matches!(name.trim_matches('"'), "utf-8" | "utf8" | "us-ascii"))
    };
    if !parts.all(in_utf8) {
        return Err(ProtocolError::NotText);
    }
    match media_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => pairs(request.body),
        "application/sparql-query" => {
            let query = std::str::from_utf8(request.body).map_err(|_| ProtocolError::NotText)?;
            Ok(vec![("query".to_owned(), query.to_owned())])
        }
        "application/sparql-update" => Err(ProtocolError::Update),
        _ => Err(ProtocolError::UnsupportedMediaType),
    }
}

/// The names and values of a form. What is not UTF-8 is refused: decoding puts U+FFFD in its
/// place, and a query with that in it would get a wrong answer without a sign.
///
/// # Errors
/// [`ProtocolError::NotText`].
pub fn pairs(bytes: &[u8]) -> Result<Vec<(String, String)>, ProtocolError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(bytes).into_owned().collect();
    let replaced = |text: &str| text.matches('\u{FFFD}').count();
    let decoded: usize = pairs
        .iter()
        .map(|(name, value)| replaced(name) + replaced(value))
        .sum();
    let Ok(raw) = std::str::from_utf8(bytes) else {
        return Err(ProtocolError::NotText);
    };
    if decoded > 0 {
        let meant = raw.to_ascii_uppercase().matches("%EF%BF%BD").count() + replaced(raw);
        if decoded > meant {
            return Err(ProtocolError::NotText);
        }
    }
    Ok(pairs)
}

/// The formats that `format` means, where it is given and not empty.
///
/// # Errors
/// [`ProtocolError::UnknownFormat`].
pub fn format(pairs: &[(String, String)]) -> Result<Option<Vec<Format>>, ProtocolError> {
    let mut given = Given(pairs).all("format");
    let Some(name) = given.find(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let meant: Vec<Format> = Format::ALL
        .into_iter()
        .filter(|format| format.is_called(name))
        .collect();
    if meant.is_empty() {
        return Err(ProtocolError::UnknownFormat);
    }
    Ok(Some(meant))
}

/// The time that `timeout` gives, where it is given and not empty.
///
/// A plain number is seconds, as it is at Fuseki and RDF4J; with `s` too, as at
/// `QLever`; `ms` is milliseconds. 0 asks for nothing less than there is, as at RDF4J and
/// Virtuoso. There is no sign, no exponent and no infinity.
///
/// # Errors
/// [`ProtocolError::BadTimeout`].
pub fn timeout(pairs: &[(String, String)]) -> Result<Option<Duration>, ProtocolError> {
    let mut given = Given(pairs).all("timeout");
    let Some(value) = given.find(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let (number, unit) = match value.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (value.strip_suffix('s').unwrap_or(value), 1.0),
    };
    let is_digit = |c: char| c.is_ascii_digit();
    let decimal = number.starts_with(is_digit)
        && number.ends_with(is_digit)
        && number.chars().all(|c| c == '.' || is_digit(c));
    let number = number.parse::<f64>().ok().filter(|_| decimal);
    let seconds = number.ok_or(ProtocolError::BadTimeout)? * unit;
    if seconds == 0.0 {
        return Ok(None);
    }
    // A time without end is as good as none: it cannot lengthen what the instance gives.
    Ok(Duration::try_from_secs_f64(seconds)
        .ok()
        .map(|time| time.max(SHORTEST)))
}

/// The shortest time that can be asked for.
const SHORTEST: Duration = Duration::from_millis(1);

/// The parameters of a request. Those that the protocol does not know mean nothing.
struct Given<'a>(&'a [(String, String)]);

impl<'a> Given<'a> {
    fn all(&self, wanted: &'static str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0
            .iter()
            .filter(move |(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    }

    fn names_graphs(&self) -> bool {
        let names = ["default-graph-uri", "named-graph-uri"];
        self.0
            .iter()
            .any(|(name, _)| names.contains(&name.as_str()))
    }

    fn graphs(&self, parameter: &'static str) -> Result<Vec<NamedNode>, ProtocolError> {
        self.all(parameter)
            .filter(|iri| !iri.is_empty())
            .map(|iri| NamedNode::new(iri).map_err(|_| ProtocolError::BadGraph(parameter)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";
    const DIRECT: &str = "application/sparql-query";

    fn get(query_string: &str) -> Result<Asked, ProtocolError> {
        parse(Request {
            method: "GET",
            query_string,
            content_type: "",
            body: b"",
        })
    }

    fn sent(
        method: &str,
        content_type: &str,
        at: &str,
        body: &[u8],
    ) -> Result<Asked, ProtocolError> {
        parse(Request {
            method,
            query_string: at,
            content_type,
            body,
        })
    }

    fn post(content_type: &str, at: &str, body: &[u8]) -> Result<Asked, ProtocolError> {
        sent("POST", content_type, at, body)
    }

    fn operation(asked: Result<Asked, ProtocolError>) -> Operation {
        match asked.unwrap() {
            Asked::Query(operation) => operation,
            Asked::Description { .. } => panic!("no query"),
        }
    }

    #[test]
    fn a_query_can_be_sent_in_five_ways() {
        for asked in [
            get("query=ASK+%7B%7D"),
            sent("HEAD", "", "query=ASK+%7B%7D", b""),
            post(FORM, "", b"query=ASK+%7B%7D"),
            post("Application/SPARQL-query; charset=utf-8", "", b"ASK {}"),
            sent("QUERY", DIRECT, "", b"ASK {}"),
            sent("QUERY", FORM, "", b"query=ASK+%7B%7D"),
        ] {
            assert_eq!(operation(asked).query, "ASK {}");
        }
    }

    #[test]
    fn graphs_and_format_come_along_in_the_address_or_the_form() {
        for asked in [
            get("query=ASK{}&default-graph-uri=http://a/&named-graph-uri=http://b/&format=csv"),
            post(
                DIRECT,
                "default-graph-uri=http://a/&named-graph-uri=http://b/&format=csv",
                b"ASK{}",
            ),
            post(
                FORM,
                "",
                b"query=ASK{}&default-graph-uri=http://a/&named-graph-uri=http://b/&format=csv",
            ),
        ] {
            let operation = operation(asked);
            assert_eq!(operation.default_graphs[0].as_str(), "http://a/");
            assert_eq!(operation.named_graphs[0].as_str(), "http://b/");
            assert_eq!(operation.format, Some(vec![Format::Csv]));
        }
        let none = operation(get(
            "query=%EF%BB%BFASK{}&default-graph-uri=&named-graph-uri=",
        ));
        assert_eq!(
            (none.query.as_str(), none.default_graphs.len()),
            ("ASK{}", 0)
        );
        for parameter in ["default-graph-uri", "named-graph-uri"] {
            let asked = get(&format!("query=ASK{{}}&{parameter}=a"));
            assert_eq!(asked, Err(ProtocolError::BadGraph(parameter)));
        }
    }

    #[test]
    fn a_format_is_known_by_what_programs_call_it() {
        for (name, meant) in [
            ("json", vec![Format::JsonLd, Format::SparqlJson]),
            ("xml", vec![Format::RdfXml, Format::SparqlXml]),
            ("rdf", vec![Format::RdfXml]),
            ("rdf+xml", vec![Format::RdfXml]),
            ("TURTLE", vec![Format::Turtle]),
            ("n3", vec![Format::Turtle]),
            ("json-ld", vec![Format::JsonLd]),
            ("text/csv", vec![Format::Csv]),
            (
                "application/sparql-results%2Bjson",
                vec![Format::SparqlJson],
            ),
            ("nq", vec![Format::NQuads]),
            ("html", vec![Format::Html]),
        ] {
            let asked = get(&format!("query=ASK{{}}&format={name}"));
            assert_eq!(operation(asked).format, Some(meant), "{name}");
        }
        assert_eq!(
            get("query=ASK{}&format=pdf"),
            Err(ProtocolError::UnknownFormat)
        );
        assert_eq!(operation(get("query=ASK{}&format=")).format, None);
    }

    #[test]
    fn a_time_is_seconds_unless_it_says_otherwise() {
        for (value, milliseconds) in [
            ("5", Some(5_000)),
            ("5s", Some(5_000)),
            ("0.5", Some(500)),
            ("1.25s", Some(1_250)),
            ("500ms", Some(500)),
            ("0.01ms", Some(1)),
            ("0", None),
            ("0.0s", None),
            ("", None),
        ] {
            let operation = operation(get(&format!("query=ASK{{}}&timeout={value}")));
            let expected = milliseconds.map(Duration::from_millis);
            assert_eq!(operation.timeout, expected, "{value}");
        }
        let form = post(FORM, "", b"query=ASK{}&timeout=2");
        assert_eq!(operation(form).timeout, Some(Duration::from_secs(2)));
        let beside = post(DIRECT, "timeout=2", b"ASK{}");
        assert_eq!(operation(beside).timeout, Some(Duration::from_secs(2)));
        let endless = operation(get(&format!("query=ASK{{}}&timeout={}", "9".repeat(400))));
        assert_eq!(endless.timeout, None);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for value in [
            "x", "-1", "%2B1", "1e3", "inf", "NaN", ".5", "5.", "1.2.3", "5 s", "s", "ms", "5m",
            "5sms", "0x5", "1,5",
        ] {
            for query in ["query=ASK{}&", ""] {
                let asked = get(&format!("{query}timeout={value}"));
                assert_eq!(asked, Err(ProtocolError::BadTimeout), "{query}{value}");
            }
        }
        for language in Language::ALL {
            let detail = ProtocolError::BadTimeout.detail(language);
            assert!(detail.contains("timeout=500ms"), "{detail}");
        }
    }

    #[test]
    fn who_asks_nothing_gets_to_know_the_service() {
        let nothing = Asked::Description { format: None };
        assert_eq!(get(""), Ok(nothing.clone()));
        assert_eq!(get("lang=sv&ac=1"), Ok(nothing));
        assert_eq!(
            get("format=ttl"),
            Ok(Asked::Description {
                format: Some(vec![Format::Turtle])
            })
        );
    }

    #[test]
    fn what_is_no_query_says_why() {
        use ProtocolError::{
            Method, NoQuery, NotText, SeveralQueries, UnsupportedMediaType, Update,
        };
        for (asked, expected) in [
            (get("query=ASK{}&query=ASK{}"), SeveralQueries),
            (post(DIRECT, "query=ASK{}", b"ASK{}"), SeveralQueries),
            (post(FORM, "query=ASK{}", b"query=ASK{}"), SeveralQueries),
            (get("default-graph-uri=http://a/"), NoQuery),
            (post(FORM, "", b""), NoQuery),
            (post(FORM, "", b"update=CLEAR+ALL"), Update),
            (get("update=CLEAR+ALL"), Update),
            (post("application/sparql-update", "", b"CLEAR ALL"), Update),
            (post("text/plain", "", b"ASK {}"), UnsupportedMediaType),
            (post("", "", b"query=ASK{}"), UnsupportedMediaType),
            (
                post("application/sparql-query; charset=iso-8859-1", "", b"ASK{}"),
                NotText,
            ),
            (post(DIRECT, "", b"\xff"), NotText),
            (post(FORM, "", b"query=ASK{}%E5"), NotText),
            (get("query=ASK{}%ff"), NotText),
            (sent("PUT", DIRECT, "", b"ASK{}"), Method),
            (sent("get", "", "query=ASK{}", b""), Method),
        ] {
            for language in Language::ALL {
                assert!(expected.detail(language).ends_with('.'));
            }
            assert_eq!(asked, Err(expected));
        }
        assert!(get("query=ASK{}%EF%BF%BD%C3%A5").is_ok());
    }
}
