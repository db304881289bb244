//! What a worker and the process that asks it say to each other: frames of a kind, a length and
//! so many bytes.
//!
//! | who | frame | bytes |
//! |---|---|---|
//! | asker | task | JSON |
//! | worker | prepared | JSON |
//! | asker | go, or skip, which ends the query | none |
//! | worker | chunk, any number | part of the answer |
//! | worker | end, or at any time failed | JSON |

use std::io::{self, Write};
use std::time::Duration;

use oxrdf::NamedNode;
use serde_json::{Value, json};

use crate::rdf::{Base, Format};
use crate::sparql::protocol::Operation;
use crate::sparql::results::{Kind, Wanted, Window};
use crate::sparql::run::{End, Limits, Prepared, RunError, Source, Task};
use crate::sparql::size::TooComplex;
use crate::sparql::syntax::Mistake;

/// The kinds of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Task,
    Go,
    Skip,
    Prepared,
    Chunk,
    End,
    Failed,
}

impl Tag {
    const ALL: [(Self, u8); 7] = [
        (Self::Task, b'T'),
        (Self::Go, b'G'),
        (Self::Skip, b'S'),
        (Self::Prepared, b'P'),
        (Self::Chunk, b'C'),
        (Self::End, b'E'),
        (Self::Failed, b'F'),
    ];

    fn byte(self) -> u8 {
        let own = Self::ALL.iter().find(|(tag, _)| *tag == self);
        own.map_or(0, |(_, byte)| *byte)
    }

    fn from_byte(byte: u8) -> Option<Self> {
        let own = Self::ALL.iter().find(|(_, own)| *own == byte);
        own.map(|(tag, _)| *tag)
    }
}

/// A frame that came whole.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) tag: Tag,
    pub(super) bytes: Vec<u8>,
}

/// How many bytes stand before those of a frame.
const HEAD: usize = 5;

/// The bytes of a frame.
pub(super) fn frame(tag: Tag, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(HEAD + bytes.len());
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.push(tag.byte());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(bytes);
    Ok(out)
}

/// Writes a frame.
pub(super) fn send(mut to: impl Write, tag: Tag, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&frame(tag, bytes)?)
}

/// Takes the first frame out of what has come, if it is whole.
pub(super) fn take(come: &mut Vec<u8>) -> io::Result<Option<Frame>> {
    let [kind, a, b, c, d, ..] = come[..] else {
        return Ok(None);
    };
    let tag = Tag::from_byte(kind).ok_or_else(|| odd("a frame of an unknown kind"))?;
    let end = HEAD + usize::try_from(u32::from_le_bytes([a, b, c, d])).map_err(io::Error::other)?;
    if come.len() < end {
        return Ok(None);
    }
    let rest = come.split_off(end);
    let mut bytes = std::mem::replace(come, rest);
    bytes.drain(..HEAD);
    Ok(Some(Frame { tag, bytes }))
}

fn odd(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// A task with everything that a worker needs for it.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) base: Base,
    pub(super) task: Task,
    /// What is left of the time, and the rest.
    pub(super) limits: Limits,
}

pub(super) fn order(base: &Base, task: &Task, limits: Limits) -> Vec<u8> {
    let iris = |graphs: &[NamedNode]| -> Vec<String> {
        graphs.iter().map(|own| own.as_str().to_owned()).collect()
    };
    let (named, text, default_graphs, named_graphs) = match &task.source {
        Source::Named(text) => (true, text, Vec::new(), Vec::new()),
        Source::Request(own) => (
            false,
            &own.query,
            iris(&own.default_graphs),
            iris(&own.named_graphs),
        ),
    };
    let format = |format: Option<Format>| format.map(Format::suffix);
    let wanted = task.wanted;
    bytes(&json!({
        "base": base.as_str(),
        "named": named,
        "text": text,
        "default_graphs": default_graphs,
        "named_graphs": named_graphs,
        "wanted": [format(wanted.rows), format(wanted.truth), format(wanted.graph)],
        "window": [task.window.start, task.window.length],
        "microseconds": u64::try_from(limits.time.as_micros()).unwrap_or(u64::MAX),
        "limits": [limits.rows, limits.bytes],
        "memory": limits.memory,
    }))
}

pub(super) fn read_order(bytes: &[u8]) -> io::Result<Order> {
    let read = value(bytes)?;
    let iris = |name: &str| -> io::Result<Vec<NamedNode>> {
        let of = |iri: &Value| iri.as_str().and_then(|iri| NamedNode::new(iri).ok());
        let all = read[name].as_array().into_iter().flatten();
        all.map(|iri| of(iri).ok_or_else(|| odd("a graph")))
            .collect()
    };
    let format = |at: usize| read["wanted"][at].as_str().and_then(Format::from_suffix);
    let text = text(&read["text"])?;
    let source = if read["named"] == true {
        Source::Named(text)
    } else {
        Source::Request(Operation {
            query: text,
            default_graphs: iris("default_graphs")?,
            named_graphs: iris("named_graphs")?,
            ..Operation::default()
        })
    };
    let task = Task {
        source,
        wanted: Wanted {
            rows: format(0),
            truth: format(1),
            graph: format(2),
        },
        window: Window {
            start: number(&read["window"][0])?,
            length: number(&read["window"][1])?,
        },
    };
    let base = read["base"].as_str().unwrap_or_default();
    Ok(Order {
        base: Base::parse(base).map_err(io::Error::other)?,
        task,
        limits: Limits {
            time: Duration::from_micros(read["microseconds"].as_u64().unwrap_or_default()),
            rows: number(&read["limits"][0])?,
            bytes: number(&read["limits"][1])?,
            memory: read["memory"].as_u64().unwrap_or_default(),
        },
    })
}

pub(super) fn prepared(prepared: &Prepared) -> Vec<u8> {
    bytes(&json!({
        "kind": match prepared.kind {
            Kind::Rows => "rows",
            Kind::Truth => "truth",
            Kind::Graph => "graph",
        },
        "format": prepared.format.suffix(),
        "canonical": prepared.canonical,
        "deterministic": prepared.deterministic,
    }))
}

pub(super) fn read_prepared(bytes: &[u8]) -> io::Result<Prepared> {
    let read = value(bytes)?;
    let kind = match read["kind"].as_str() {
        Some("rows") => Kind::Rows,
        Some("truth") => Kind::Truth,
        Some("graph") => Kind::Graph,
        _ => return Err(odd("a kind of answer")),
    };
    let format = read["format"].as_str().and_then(Format::from_suffix);
    Ok(Prepared {
        kind,
        format: format.ok_or_else(|| odd("a format"))?,
        canonical: text(&read["canonical"])?,
        deterministic: read["deterministic"] == true,
    })
}

/// The end of an answer; `last` is said by a worker that takes no more tasks.
pub(super) fn end(end: End, last: bool) -> Vec<u8> {
    bytes(&json!({ "total": end.total, "last": last }))
}

pub(super) fn read_end(bytes: &[u8]) -> io::Result<(End, bool)> {
    let read = value(bytes)?;
    let total = match &read["total"] {
        Value::Null => None,
        total => Some(number(total)?),
    };
    Ok((End { total }, read["last"] == true))
}

/// Why there is no answer; `last` as at the end of one.
pub(super) fn failed(error: &RunError, last: bool) -> Vec<u8> {
    let formats =
        |formats: &[Format]| -> Vec<_> { formats.iter().map(|format| format.suffix()).collect() };
    let (kind, about) = match error {
        RunError::Syntax(mistake) => ("syntax", mistake.to_value()),
        RunError::Update => ("update", Value::Null),
        RunError::TooComplex(why) => match why {
            TooComplex::Long(many) => ("long", json!(many)),
            TooComplex::Deep => ("deep", Value::Null),
            TooComplex::Wordy(many) => ("wordy", json!(many)),
            TooComplex::Joined(many) => ("joined", json!(many)),
        },
        RunError::Service => ("service", Value::Null),
        RunError::NotAcceptable(able) => ("not acceptable", json!(formats(able))),
        RunError::Timeout(time) => ("timeout", json!(time.as_secs())),
        RunError::TooLarge(most) => ("too large", json!(most)),
        RunError::TooManyRows(most) => ("too many rows", json!(most)),
        RunError::Memory(most) => ("memory", json!(most)),
        RunError::Busy => ("busy", Value::Null),
        RunError::Unwritable(format, what) => ("unwritable", json!([format.suffix(), what])),
        RunError::Evaluation(said) => ("evaluation", json!(said)),
        RunError::Internal(cause) => ("internal", json!(cause.to_string())),
    };
    bytes(&json!({ "kind": kind, "about": about, "last": last }))
}

pub(super) fn read_failed(bytes: &[u8]) -> io::Result<(RunError, bool)> {
    let read = value(bytes)?;
    let error = error(read["kind"].as_str().unwrap_or_default(), &read["about"])?;
    Ok((error, read["last"] == true))
}

fn error(kind: &str, about: &Value) -> io::Result<RunError> {
    let format = |format: &Value| format.as_str().and_then(Format::from_suffix);
    Ok(match kind {
        "syntax" => {
            let mistake = Mistake::from_value(about);
            RunError::Syntax(mistake.ok_or_else(|| odd("a mistake"))?)
        }
        "update" => RunError::Update,
        "long" => RunError::TooComplex(TooComplex::Long(number(about)?)),
        "deep" => RunError::TooComplex(TooComplex::Deep),
        "wordy" => RunError::TooComplex(TooComplex::Wordy(number(about)?)),
        "joined" => RunError::TooComplex(TooComplex::Joined(number(about)?)),
        "service" => RunError::Service,
        "not acceptable" => {
            let able = about.as_array().into_iter().flatten();
            RunError::NotAcceptable(able.filter_map(format).collect())
        }
        "timeout" => RunError::Timeout(Duration::from_secs(about.as_u64().unwrap_or_default())),
        "too large" => RunError::TooLarge(number(about)?),
        "too many rows" => RunError::TooManyRows(number(about)?),
        "memory" => RunError::Memory(about.as_u64().unwrap_or_default()),
        "busy" => RunError::Busy,
        "unwritable" => {
            let format = format(&about[0]).ok_or_else(|| odd("a format"))?;
            RunError::Unwritable(format, text(&about[1])?)
        }
        "evaluation" => RunError::Evaluation(text(about)?),
        "internal" => RunError::Internal(io::Error::other(text(about)?)),
        _ => return Err(odd("an error of an unknown kind")),
    })
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn value(bytes: &[u8]) -> io::Result<Value> {
    serde_json::from_slice(bytes).map_err(io::Error::other)
}

fn number(value: &Value) -> io::Result<usize> {
    let number = value.as_u64().and_then(|number| number.try_into().ok());
    number.ok_or_else(|| odd("no number"))
}

fn text(value: &Value) -> io::Result<String> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| odd("no text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    #[test]
    fn frames_come_whole_however_they_are_cut() {
        let sent = [
            frame(Tag::Task, b"{}").unwrap(),
            frame(Tag::Go, b"").unwrap(),
            frame(Tag::Chunk, &[7; 1000]).unwrap(),
        ]
        .concat();
        for step in [1, 3, 700, sent.len()] {
            let (mut come, mut frames) = (Vec::new(), Vec::new());
            for part in sent.chunks(step) {
                come.extend_from_slice(part);
                while let Some(frame) = take(&mut come).unwrap() {
                    frames.push((frame.tag, frame.bytes.len()));
                }
            }
            let expected = [(Tag::Task, 2), (Tag::Go, 0), (Tag::Chunk, 1000)];
            assert_eq!(frames, expected, "{step}");
            assert!(come.is_empty());
        }
        assert!(take(&mut b"?\0\0\0\0".to_vec()).is_err());
    }

    #[test]
    fn a_task_arrives_as_it_was_sent() {
        let graph = |iri: &str| NamedNode::new(iri).unwrap();
        let task = Task {
            source: Source::Request(Operation {
                query: "ASK { \"å\u{0}\n\" }".to_owned(),
                default_graphs: vec![graph("http://a/"), graph("http://b/å")],
                named_graphs: vec![graph("http://c/")],
                ..Operation::default()
            }),
            wanted: Wanted {
                rows: Some(Format::Html),
                truth: None,
                graph: Some(Format::JsonLd),
            },
            window: Window::ALL,
        };
        let limits = Limits::default();
        let read = read_order(&order(&Base::default(), &task, limits)).unwrap();
        assert_eq!(format!("{:?}", read.task), format!("{task:?}"));
        assert_eq!((read.base, read.limits), (Base::default(), limits));
    }

    #[test]
    fn every_error_arrives_as_it_was_sent() {
        let parser = SparqlParser::new();
        let mistakes = [
            "SELECT",
            "ASK { a:b }",
            "SELECT * { ?s ?p \"x }",
            "{",
            "X()",
        ];
        let mistakes = mistakes.map(|query| {
            let said = parser.clone().parse_query(query).unwrap_err().to_string();
            RunError::Syntax(crate::sparql::syntax::find(query, &parser, &said))
        });
        let others = [
            RunError::Update,
            RunError::TooComplex(TooComplex::Long(1)),
            RunError::TooComplex(TooComplex::Deep),
            RunError::TooComplex(TooComplex::Wordy(2)),
            RunError::TooComplex(TooComplex::Joined(3)),
            RunError::Service,
            RunError::NotAcceptable(Format::ROWS.to_vec()),
            RunError::Timeout(Duration::from_secs(4)),
            RunError::TooLarge(5),
            RunError::TooManyRows(6),
            RunError::Memory(7),
            RunError::Busy,
            RunError::Unwritable(Format::RdfXml, "å".to_owned()),
            RunError::Evaluation("it is odd".to_owned()),
        ];
        for error in mistakes.into_iter().chain(others) {
            let (read, last) = read_failed(&failed(&error, true)).unwrap();
            assert_eq!(format!("{read:?}"), format!("{error:?}"));
            assert!(last);
        }
        let ours = RunError::Internal(io::Error::other("odd"));
        let (read, last) = read_failed(&failed(&ours, false)).unwrap();
        assert!(!last && matches!(read, RunError::Internal(cause) if cause.to_string() == "odd"));
    }
}
