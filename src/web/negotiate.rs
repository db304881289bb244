//! Choosing a representation by the `Accept` header (RFC 9110, section 12.5.1).

use mediatype::{MediaTypeList, Name, ReadParams};

/// A media range with its weight.
struct Range {
    main: String,
    sub: String,
    /// In thousandths.
    weight: u16,
}

impl Range {
    /// How exactly the range names a media type; `None` where it does not cover it.
    fn specificity(&self, media_type: &str) -> Option<u8> {
        let (main, sub) = media_type.split_once('/')?;
        match (self.main.as_str(), self.sub.as_str()) {
            ("*", "*") => Some(1),
            (own, "*") if own == main => Some(2),
            (own, own_sub) if own == main && own_sub == sub => Some(3),
            _ => None,
        }
    }
}

/// The index of the best offer.
///
/// An offer's weight is that of the most specific range that covers it; the highest weight
/// wins, then the order of the offers. `q=0` excludes. Parameters other than `q` are not
/// looked at. No header, an empty one, or one without a single readable range means that
/// anything will do.
pub fn best(accept: Option<&str>, offers: &[&str]) -> Option<usize> {
    let ranges = ranges(accept.unwrap_or_default());
    if ranges.is_empty() {
        return (!offers.is_empty()).then_some(0);
    }
    let weight = |offer: &str| {
        ranges
            .iter()
            .filter_map(|range| Some((range.specificity(offer)?, range.weight)))
            .max()
            .map_or(0, |(_, weight)| weight)
    };
    offers
        .iter()
        .enumerate()
        .map(|(index, offer)| (weight(offer), index))
        .filter(|(weight, _)| *weight > 0)
        .max_by_key(|(weight, index)| (*weight, std::cmp::Reverse(*index)))
        .map(|(_, index)| index)
}

/// What the best of these media types stands for.
pub fn pick<T: Copy>(
    accept: Option<&str>,
    offers: impl IntoIterator<Item = (&'static str, T)>,
) -> Option<T> {
    let (names, values): (Vec<&str>, Vec<T>) = offers.into_iter().unzip();
    best(accept, &names).map(|index| values[index])
}

/// The media types of formats, then their aliases, each with its format.
pub fn offers<F: Copy>(
    formats: &[F],
    media_type: fn(F) -> &'static str,
    aliases: fn(F) -> &'static [&'static str],
) -> Vec<(&'static str, F)> {
    let own = formats.iter().map(|format| (media_type(*format), *format));
    let other = formats
        .iter()
        .flat_map(|format| aliases(*format).iter().map(|alias| (*alias, *format)));
    own.chain(other).collect()
}

fn ranges(accept: &str) -> Vec<Range> {
    MediaTypeList::new(accept)
        .filter_map(Result::ok)
        .map(|range| {
            let q = Name::new("q").and_then(|q| range.get_param(q));
            Range {
                main: range.ty.as_str().to_ascii_lowercase(),
                // A suffix is part of the name: application/ld+json.
                sub: match range.suffix {
                    Some(suffix) => format!("{}+{suffix}", range.subty).to_ascii_lowercase(),
                    None => range.subty.as_str().to_ascii_lowercase(),
                },
                weight: q
                    .map_or(Some(1000), |q| thousandths(q.as_str()))
                    .unwrap_or(0),
            }
        })
        .collect()
}

/// A weight in thousandths; `None` where it is not one (section 12.4.2).
fn thousandths(weight: &str) -> Option<u16> {
    let number: f32 = weight.trim().parse().ok()?;
    if !(0.0..=1.0).contains(&number) {
        return None;
    }
    // 0 ≤ number ≤ 1, so the product fits.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0..=1000"
    )]
    Some((number * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: [&str; 4] = [
        "text/turtle",
        "application/ld+json",
        "application/n-triples",
        "application/rdf+xml",
    ];

    fn chosen(accept: &str) -> Option<&'static str> {
        best(Some(accept), &OFFERS).map(|index| OFFERS[index])
    }

    #[test]
    fn the_header_decides() {
        for (accept, expected) in [
            ("", Some("text/turtle")),
            ("*/*", Some("text/turtle")),
            ("application/*", Some("application/ld+json")),
            ("application/ld+json", Some("application/ld+json")),
            ("APPLICATION/LD+JSON", Some("application/ld+json")),
            (
                "application/ld+json;charset=utf-8",
                Some("application/ld+json"),
            ),
            (
                "application/ld+json; profile=\"http://www.w3.org/ns/json-ld#compacted\"",
                Some("application/ld+json"),
            ),
            (
                "text/turtle;q=0.5, application/rdf+xml",
                Some("application/rdf+xml"),
            ),
            (
                "text/turtle;q=0.5, application/rdf+xml;q=0.4",
                Some("text/turtle"),
            ),
            (
                "*/*;q=0.1, application/n-triples;q=0.2",
                Some("application/n-triples"),
            ),
            ("*/*, text/turtle;q=0", Some("application/ld+json")),
            ("*/*;q=0", None),
            ("text/html", None),
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                Some("text/turtle"),
            ),
            (
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                Some("text/turtle"),
            ),
            (";;;,,,", Some("text/turtle")),
            (
                "text/turtle;q=nonsense, application/rdf+xml;q=0.1",
                Some("application/rdf+xml"),
            ),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
        assert_eq!(best(None, &OFFERS), Some(0));
    }

    #[test]
    fn a_very_long_header_is_only_long() {
        let accept = "text/html;q=0.1,".repeat(20_000) + "application/rdf+xml";
        assert_eq!(chosen(&accept), Some("application/rdf+xml"));
    }
}
