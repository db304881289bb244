//! XML parts of packages as a flat run of tags and texts.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::Refusal;
use super::words::is_address;

/// How deep elements may be nested.
const DEPTH_LIMIT: usize = 512;

/// What comes next in a part. Names are without prefix.
#[derive(Clone, Copy)]
pub(super) enum Token<'a> {
    /// An element begins.
    Open(&'a str, &'a BytesStart<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// Gives every tag and text of a part, in order; an empty part gives none.
///
/// # Errors
/// What is not well-formed, or nested too deep; what `take` refuses.
pub(super) fn walk(
    part: &str,
    mut take: impl FnMut(Token<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let damaged = || Refusal::damaged("Office");
    let mut reader = Reader::from_str(part);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH_LIMIT {
                    return Err(damaged());
                }
                take(Token::Open(tag.local_name().as_ref(), &tag))?;
            }
            Event::Empty(tag) => {
                let name = tag.local_name();
                take(Token::Open(name.as_ref(), &tag))?;
                take(Token::Close(name.as_ref()))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                take(Token::Close(tag.local_name().as_ref()))?;
            }
            Event::Text(text) => take(Token::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Token::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(letter)) => take(Token::Text(letter.encode_utf8(&mut [0; 4])))?,
                Ok(None) => {
                    let text = resolve_predefined_entity(name.xml10_content().as_ref());
                    take(Token::Text(text.unwrap_or_default()))?;
                }
                Err(_) => return Err(damaged()),
            },
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| Some(unescape(&attribute.value).ok()?.into_owned()))
}

/// The attribute `val`, as a number.
pub(super) fn number<N: std::str::FromStr>(tag: &BytesStart<'_>) -> Option<N> {
    attribute(tag, "val")?.parse().ok()
}

/// Whether a property that is on or off is on.
pub(super) fn on(tag: &BytesStart<'_>) -> bool {
    let value = attribute(tag, "val");
    !matches!(value.as_deref(), Some("0" | "false" | "off"))
}

/// The addresses on the web that relationships lead to, by their id.
pub(super) fn links(part: &str) -> Result<HashMap<String, String>, Refusal> {
    let mut links = HashMap::new();
    walk(part, |token| {
        if let Token::Open("Relationship", tag) = token
            && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
            && is_address(&target)
        {
            links.insert(id, target);
        }
        Ok(())
    })?;
    Ok(links)
}

/// The title in the properties of a document, which are Dublin Core in every kind of package.
pub(super) fn title(part: &str) -> Result<Option<String>, Refusal> {
    let mut title = String::new();
    let mut inside = false;
    walk(part, |token| {
        match token {
            Token::Open("title", _) => inside = true,
            Token::Close("title") => inside = false,
            Token::Text(text) if inside => title.push_str(text),
            _ => {}
        }
        Ok(())
    })?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Some(title).filter(|title| !title.is_empty()))
}
