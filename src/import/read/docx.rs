//! DOCX: the parts of a package → headings, paragraphs, items, tables and footnotes.
//!
//! Deleted text (tracked changes), comments, headers, footers and the table of contents are not
//! part of the document's content.

use super::super::document::{Block, Footnote, Passage};
use super::lines::Lines;
use super::package::Package;
use super::words::one_line;
use super::{Content, Refusal, xml};

mod body;
mod numbering;
mod styles;

use body::{Body, Note};
use numbering::Numbering;
use styles::Styles;

/// Reads a DOCX package.
///
/// # Errors
/// A damaged package or part, or more than a plan holds.
pub(super) fn read(bytes: &[u8]) -> Result<Content, Refusal> {
    let mut package = Package::open(bytes)?;
    let mut part = |name: &str| package.text(name);
    let styles = Styles::read(&part("word/styles.xml")?.unwrap_or_default())?;
    let numbering = Numbering::read(&part("word/numbering.xml")?.unwrap_or_default())?;
    let mut body = Body::new(&styles, numbering);

    let relations = part("word/_rels/document.xml.rels")?.unwrap_or_default();
    let document = part("word/document.xml")?.unwrap_or_default();
    let mut blocks = body.read(&document, xml::links(&relations)?)?;

    let references = body.references();
    let mut notes = Vec::new();
    for name in ["footnotes", "endnotes"] {
        let relations = part(&format!("word/_rels/{name}.xml.rels"))?.unwrap_or_default();
        let text = part(&format!("word/{name}.xml"))?.unwrap_or_default();
        notes.push(body.read_notes(&text, xml::links(&relations)?)?);
    }
    let mut source = body.lines();
    for (number, reference) in (1..).zip(references) {
        let text = match &reference {
            Note::Footnote(id) => notes[0].remove(id),
            Note::Endnote(id) => notes[1].remove(id),
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            blocks.push(footnote(number, text, &mut source)?);
        }
    }
    let core = part("docProps/core.xml")?.unwrap_or_default();
    Ok(Content {
        title: xml::title(&core)?,
        source: source.finish(),
        blocks,
    })
}

/// The block of a footnote, written to the source after its mark.
fn footnote(number: u32, text: Passage, lines: &mut Lines) -> Result<Block, Refusal> {
    let mut text = one_line(text);
    let marker = number.to_string();
    lines.write(&format!("{marker} "), &mut text)?;
    Ok(Block::Footnote(Footnote { marker, text }))
}
