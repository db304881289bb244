//! What kind of file some bytes are.

use super::super::document::Format;
use super::package::Package;
use super::{Refusal, csv, markdown, text};

/// The magic bytes of pictures.
const PICTURES: [&[u8]; 6] = [
    b"\xFF\xD8\xFF",
    b"\x89PNG",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
];

/// The format of a file, by what is in it.
///
/// # Errors
/// A format that is not read; a package that is damaged or a bomb.
pub(super) fn format(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::new(
            "Filen är i ett äldre Office-format (.doc, .xls) eller skyddad med lösenord. Öppna \
             den, ta bort lösenordet om den har ett, och spara den som DOCX eller XLSX.",
            "The file is in an older Office format (.doc, .xls) or protected by a password. Open \
             it, remove the password if it has one, and save it as DOCX or XLSX.",
        ));
    }
    let start = &bytes[..bytes.len().min(1024)];
    let marked = start.windows(5).any(|window| window == b"%PDF-");
    if bytes.starts_with(b"%PDF-") || (marked && std::str::from_utf8(bytes).is_err()) {
        return Ok(Format::Pdf);
    }
    if PICTURES.iter().any(|magic| bytes.starts_with(magic)) && start.contains(&0) {
        return Err(Refusal::new(
            "Filen är en bild. Använd det dokument som bilden togs av, eller låt ett program för \
             textigenkänning (OCR) göra en PDF eller textfil av den.",
            "The file is a picture. Use the document that it was taken of, or have a program for \
             text recognition (OCR) make a PDF or text file of it.",
        ));
    }
    words(&text::decode(bytes)?)
}

/// The format of a text.
fn words(text: &str) -> Result<Format, Refusal> {
    let start: String = text.trim_start().chars().take(64).collect();
    let start = start.to_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err(Refusal::new(
            "Filen är en webbsida (HTML). Ladda ner själva dokumentet, eller spara sidan som \
             DOCX eller ren text.",
            "The file is a web page (HTML). Download the document itself, or save the page as \
             DOCX or plain text.",
        ));
    }
    if start.starts_with("{\\rtf") {
        return Err(Refusal::new(
            "Filen är i formatet RTF, som inte läses. Öppna den och spara den som DOCX.",
            "The file is in the format RTF, which is not read. Open it and save it as DOCX.",
        ));
    }
    Ok(if csv::delimiter(text).is_some() {
        Format::Csv
    } else if markdown::is_markdown(text) {
        Format::Markdown
    } else {
        Format::Text
    })
}

/// The format of a package.
fn package(bytes: &[u8]) -> Result<Format, Refusal> {
    let mut package = Package::open(bytes)?;
    if package.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if package.has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    let kind = package.text("mimetype")?.unwrap_or_default();
    if kind.trim() == "application/vnd.oasis.opendocument.spreadsheet" {
        return Ok(Format::Ods);
    }
    Err(Refusal::new(
        "Filen är ett paket av ett slag som inte läses. Packa upp den om den är ett arkiv, eller \
         spara dokumentet som DOCX, XLSX, ODS, PDF eller text.",
        "The file is a package of a kind that is not read. Unpack it if it is an archive, or save \
         the document as DOCX, XLSX, ODS, PDF or text.",
    ))
}
