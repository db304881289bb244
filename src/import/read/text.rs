//! Plain text: bytes → text → numbered lines.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::super::document::{Block, TextLine};
use super::{Content, LINE_LIMIT, Refusal};

/// The text in some bytes: UTF-8, UTF-16 with a byte order mark, or else Windows-1252. A byte
/// order mark is left out.
///
/// # Errors
/// Bytes that are no text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            encoding.decode(bytes).0.into_owned()
        }
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => WINDOWS_1252
                    .decode_without_bom_handling(bytes)
                    .0
                    .into_owned(),
            }
        }
    };
    let control = |letter: char| {
        (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}'))
            || letter == char::REPLACEMENT_CHARACTER
    };
    let strange = text.chars().filter(|letter| control(*letter)).count();
    if text.contains('\0') || strange > 4 + text.len() / 200 {
        return Err(Refusal::new(
            "Filen är varken text eller ett dokument i ett format som läses. Spara dokumentet som \
             PDF, DOCX, XLSX, ODS, CSV, Markdown eller ren text.",
            "The file is neither text nor a document in a format that is read. Save the document \
             as PDF, DOCX, XLSX, ODS, CSV, Markdown or plain text.",
        ));
    }
    Ok(text)
}

/// All lines of a text, as one block. A form feed begins a page.
///
/// # Errors
/// Too many lines.
pub(super) fn read(source: String) -> Result<Content, Refusal> {
    let mut page = 1;
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(source.lines()) {
        if lines.len() == LINE_LIMIT {
            return Err(Refusal::too_large());
        }
        let breaks = |part: &str| u32::try_from(part.matches('\x0C').count()).unwrap_or(u32::MAX);
        let rest = line.trim_start_matches('\x0C');
        page += breaks(&line[..line.len() - rest.len()]);
        lines.push(TextLine {
            number,
            page,
            text: rest.replace('\x0C', ""),
        });
        page += breaks(rest);
    }
    Ok(Content {
        title: None,
        source,
        blocks: vec![Block::Lines(lines)],
    })
}
