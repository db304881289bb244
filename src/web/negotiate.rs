//! Choosing a representation by what a request says it accepts (RFC 9110, section 12.5):
//! media types, languages, content codings. Plain functions of header values.

use mediatype::{MediaTypeList, Name, ReadParams};

use super::encoding::Encoding;
use crate::views::Language;

/// A media range with its weight.
struct Range {
    main: String,
    sub: String,
    /// Parameters other than `q`, name in lower case.
    parameters: Vec<(String, String)>,
    weight: u16,
}

impl Range {
    /// How exactly the range names a media type; `None` where it does not cover it.
    ///
    /// A parameter that we do not set (`level=1`, a `profile`) makes the range mean something
    /// narrower than what we have. Who sends only that is better served with what we have than
    /// with 406, but a range without it says more.
    fn specificity(&self, media_type: &str) -> Option<(u8, bool)> {
        let (main, sub) = media_type.split_once('/')?;
        let exactness = match (self.main.as_str(), self.sub.as_str()) {
            ("*", "*") => 1,
            (own, "*") if own == main => 2,
            (own, own_sub) if own == main && own_sub == sub => 3,
            _ => return None,
        };
        let ours = self
            .parameters
            .iter()
            .all(|(name, value)| name == "charset" && value.eq_ignore_ascii_case("utf-8"));
        Some((exactness, ours))
    }
}

/// Something that can be had under the name of a media type.
#[derive(Clone, Copy, Debug)]
pub struct Offer<T> {
    /// The media type, without parameters.
    pub name: &'static str,
    /// How well it stands for what is asked, in thousandths: the source quality of RFC 2296.
    pub quality: u16,
    /// What is had.
    pub value: T,
}

/// The whole of a thing, as good as any other form of it.
const WHOLE: u16 = 1000;

/// The best of some offers.
///
/// An offer's weight is that of the most specific range that covers it, times its own quality.
/// The highest weight wins; of equal ones that which is named more exactly (a browser or a
/// program that writes `text/html, */*` means the page), then the order of the offers. `q=0`
/// excludes. No header, an empty one, or one without a single readable range means that
/// anything will do.
pub fn pick<T: Copy>(accept: Option<&str>, offers: &[Offer<T>]) -> Option<T> {
    let ranges = ranges(accept.unwrap_or_default());
    if ranges.is_empty() {
        return offers.first().map(|offer| offer.value);
    }
    let judged = |offer: &Offer<T>| {
        let (specificity, weight) = ranges
            .iter()
            .filter_map(|range| Some((range.specificity(offer.name)?, range.weight)))
            .max()?;
        let weight = u32::from(weight) * u32::from(offer.quality);
        (weight > 0).then_some((weight, specificity))
    };
    offers
        .iter()
        .enumerate()
        .filter_map(|(index, offer)| Some((judged(offer)?, std::cmp::Reverse(index), offer.value)))
        .max_by_key(|(judged, index, _)| (*judged, *index))
        .map(|(_, _, value)| value)
}

/// Offers of equal quality.
pub fn equal<T>(offers: impl IntoIterator<Item = (&'static str, T)>) -> Vec<Offer<T>> {
    offers
        .into_iter()
        .map(|(name, value)| Offer {
            name,
            quality: WHOLE,
            value,
        })
        .collect()
}

/// The media types of formats, then their aliases, each with its format.
pub fn offers<F: Copy>(
    formats: &[F],
    media_type: fn(F) -> &'static str,
    aliases: fn(F) -> &'static [&'static str],
) -> Vec<Offer<F>> {
    let own = formats.iter().map(|format| (media_type(*format), *format));
    let other = formats
        .iter()
        .flat_map(|format| aliases(*format).iter().map(|alias| (*alias, *format)));
    equal(own.chain(other))
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
                parameters: range
                    .params()
                    .map(|(name, value)| {
                        let value = value.unquoted_str().into_owned();
                        (name.as_str().to_ascii_lowercase(), value)
                    })
                    .filter(|(name, _)| name != "q")
                    .collect(),
                weight: q.map_or(1000, |q| thousandths(q.as_str())),
            }
        })
        .collect()
}

/// The language of a page by `Accept-Language` (section 12.5.4, lookup by primary subtag).
///
/// Without the header Swedish, which the plans are in; to readers of neither language English.
pub fn language(accept: Option<&str>) -> Language {
    let ranges = weighted(accept.unwrap_or_default());
    if ranges.is_empty() {
        return Language::Sv;
    }
    let weight = |language: Language| {
        let own = ranges
            .iter()
            .filter(|(range, _)| range.split('-').next() == Some(language.tag()))
            .map(|(_, weight)| *weight)
            .max();
        let any = || ranges.iter().find(|(range, _)| range == "*");
        own.or_else(|| any().map(|(_, weight)| *weight))
    };
    match (weight(Language::Sv), weight(Language::En)) {
        (Some(sv), en) if sv > 0 && sv >= en.unwrap_or(0) => Language::Sv,
        (Some(_) | None, _) => Language::En,
    }
}

/// The content coding by `Accept-Encoding` (section 12.5.3); `None` where the header rules out
/// every one we have, the plain bytes among them.
///
/// Among codings of equal weight the one that makes the fewest bytes wins, and any of them
/// wins over the plain bytes.
pub fn encoding(accept: Option<&str>) -> Option<Encoding> {
    let ranges = weighted(accept.unwrap_or_default());
    let weight = |encoding: Encoding| {
        let named = ranges
            .iter()
            .find(|(range, _)| encoding.names().contains(&range.as_str()));
        let any = || ranges.iter().find(|(range, _)| range == "*");
        match named.or_else(any) {
            Some((_, weight)) => *weight,
            // Plain bytes are acceptable unless they are ruled out, but come last.
            None if encoding == Encoding::Identity => 1,
            None => 0,
        }
    };
    Encoding::ALL
        .into_iter()
        .map(|encoding| (weight(encoding), encoding))
        .filter(|(weight, _)| *weight > 0)
        .max_by_key(|(weight, encoding)| (*weight, std::cmp::Reverse(*encoding)))
        .map(|(_, encoding)| encoding)
}

/// The members of a list of names with weights, in lower case; what is not one is passed over.
fn weighted(header: &str) -> Vec<(String, u16)> {
    header
        .split(',')
        .filter_map(|member| {
            let mut parts = member.split(';').map(str::trim);
            let name = parts.next().filter(|name| is_name(name))?;
            let weight = parts
                .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
                .map_or(1000, thousandths);
            Some((name.to_ascii_lowercase(), weight))
        })
        .collect()
}

fn is_name(text: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'*' | b'_' | b'.');
    !text.is_empty() && text.bytes().all(allowed)
}

/// A weight in thousandths (section 12.4.2); what is not one excludes, like `q=0`.
fn thousandths(weight: &str) -> u16 {
    let weight = weight.trim();
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if whole.len() > 1 || fraction.bytes().any(|digit| !digit.is_ascii_digit()) {
        return 0;
    }
    let fraction = format!("{:0<3}", fraction.get(..3).unwrap_or(fraction));
    match (whole, fraction.parse::<u16>()) {
        ("1", Ok(0)) => 1000,
        // ".2" is sent by Java, which should write "0.2".
        ("0" | "", Ok(fraction)) => fraction,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_read_as_the_standard_has_it() {
        for (weight, expected) in [
            ("1", 1000),
            ("1.000", 1000),
            ("0.8", 800),
            ("0.85", 850),
            ("0.123", 123),
            ("0.1239", 123),
            (".2", 200),
            ("0", 0),
            ("0.000", 0),
            ("1.1", 0),
            ("2", 0),
            ("-1", 0),
            ("nan", 0),
            ("inf", 0),
            ("1e-1", 0),
            ("0.x", 0),
            ("", 0),
            ("å", 0),
        ] {
            assert_eq!(thousandths(weight), expected, "{weight}");
        }
    }

    #[test]
    fn the_language_is_the_one_accepted_best() {
        use Language::{En, Sv};
        for (accept, expected) in [
            (None, Sv),
            (Some(""), Sv),
            (Some("sv"), Sv),
            (Some("SV-se"), Sv),
            (Some("en-US,en;q=0.9"), En),
            (Some("sv-SE,sv;q=0.8,en-US;q=0.5,en;q=0.3"), Sv),
            (Some("en;q=0.8,sv;q=0.9"), Sv),
            (Some("en,sv"), Sv),
            (Some("de,en;q=0.5,sv;q=0.4"), En),
            (Some("de"), En),
            (Some("*"), Sv),
            (Some("de,*;q=0.1"), Sv),
            (Some("*, sv;q=0"), En),
            (Some("sv;q=0"), En),
            (Some("sv;q=nonsense, en;q=0.1"), En),
            (Some(";;;,,,\u{7f}"), Sv),
        ] {
            assert_eq!(language(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn the_coding_is_the_one_accepted_best() {
        use Encoding::{Brotli, Gzip, Identity, Zstd};
        for (accept, expected) in [
            (None, Some(Identity)),
            (Some(""), Some(Identity)),
            (Some("gzip, deflate, br, zstd"), Some(Brotli)),
            (Some("gzip, deflate"), Some(Gzip)),
            (Some("zstd, gzip"), Some(Zstd)),
            (Some("x-gzip"), Some(Gzip)),
            (Some("br;q=0.5, gzip"), Some(Gzip)),
            (Some("GZIP"), Some(Gzip)),
            (Some("identity"), Some(Identity)),
            (Some("identity;q=0.5, gzip;q=0.1"), Some(Identity)),
            (Some("gzip;q=0.001"), Some(Gzip)),
            (Some("*"), Some(Brotli)),
            (Some("*;q=0"), None),
            (Some("identity;q=0"), None),
            (Some("identity;q=0, gzip"), Some(Gzip)),
            (Some("deflate"), Some(Identity)),
            (Some("br;q=0, *"), Some(Zstd)),
            (Some("gzip;q=2"), Some(Identity)),
            (Some(";;,"), Some(Identity)),
        ] {
            assert_eq!(encoding(accept), expected, "{accept:?}");
        }
    }
}
