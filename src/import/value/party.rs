//! Who is responsible, in words.

use super::{AgentKind, Directory, Note, Surroundings};
use crate::import::document::Passage;
use crate::import::lexicon::parties::{
    AND, COUNTY_BOARD, EACH, GROUP, MUNICIPALITIES, NOT_DECIDED, OTHERS, PAID_BY, REGION, SEVERAL,
    UNIT, WITH,
};
use crate::model::{Iri, Layer, Role};

/// One party of a cell of responsibles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The words that name it, with those that give its role ("i samverkan med Region X").
    pub wording: Passage,
    /// Its name alone, as in the document ("Region X").
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Who it is.
    pub who: Who,
    /// Whether each member of the group takes part for itself ("respektive kommun").
    pub distributive: bool,
    /// The layer of who it is.
    pub layer: Layer,
    /// What was assumed, and what else it could be.
    pub note: Option<Note>,
}

/// Who a party is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An agent of the directory.
    Known(Iri),
    /// Somebody the directory does not know.
    New {
        /// The organisation it is a unit of, where the words or the surroundings say so.
        unit_of: Option<Iri>,
        /// Whether it is a group rather than an organisation ("nätverket", "kommunerna").
        group: bool,
        /// Its members, where the words mean all municipalities of the county.
        members: Vec<Iri>,
    },
}

/// The parties that the words of a cell name, in order. The role of those before words such as
/// "i samverkan med" is `role`.
pub fn read(
    cell: &Passage,
    role: Role,
    directory: &Directory,
    surroundings: &Surroundings,
) -> Vec<Party> {
    let mut parties = Vec::new();
    let mut current = role;
    for (wording, words_role) in pieces(&cell.text, directory, surroundings) {
        let mut name = wording.as_str();
        if let Some((words, role)) = words_role {
            current = role;
            name = name.get(words..).unwrap_or(name).trim();
        }
        let (bare, others) = without_others(name);
        name = without_masks(bare);
        if is_nobody(name) {
            continue;
        }
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 2 {
            continue;
        }
        let (who, layer, mut note) = who(name, directory, surroundings);
        if others && note.is_none() {
            note = Some(Note::new(
                "Planen säger att fler deltar men nämner dem inte.",
                "The plan says that others take part but does not name them.",
            ));
        }
        parties.push(Party {
            distributive: is_each(name),
            name: name.to_owned(),
            role: current,
            who,
            layer,
            note,
            wording: Passage {
                text: wording,
                lines: cell.lines.clone(),
                ..Passage::default()
            },
        });
    }
    parties
}

/// A name without what stands in brackets at its end for a person ("chefen ([namn])").
fn without_masks(name: &str) -> &str {
    let mut name = name;
    for mask in ["[namn]", "[e-post]", "[telefon]"] {
        if let Some((before, _)) = name.split_once(mask) {
            name = before;
        }
    }
    name.trim_end_matches(|c: char| c.is_whitespace() || "(,:".contains(c))
}

/// Whether words name nobody: only that others take part, or that it is not decided.
fn is_nobody(name: &str) -> bool {
    let lower = name.trim_end_matches('.').to_lowercase();
    lower.is_empty()
        || OTHERS
            .iter()
            .any(|word| word.trim_end_matches('.') == lower)
        || NOT_DECIDED.iter().any(|word| lower.starts_with(word))
}

/// A name without the words that others take part too, and whether they stood there.
fn without_others(name: &str) -> (&str, bool) {
    let bare = name.trim_end_matches(['.', ' ']);
    let found = OTHERS.iter().find_map(|word| bare.strip_suffix(word));
    let found = found.filter(|rest| rest.ends_with([' ', ',']) && rest.len() > 1);
    found.map_or((name, false), |rest| {
        (rest.trim_end_matches([' ', ',']), true)
    })
}

/// How many bytes of a piece are words that give a role, and which.
type RoleWords = Option<(usize, Role)>;

/// The words for each party.
fn pieces(
    text: &str,
    directory: &Directory,
    surroundings: &Surroundings,
) -> Vec<(String, RoleWords)> {
    let mut pieces = Vec::new();
    for line in text.split(['\n', ';', '•']) {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let (piece, after) = next_piece(rest, directory, surroundings);
            let (piece, role) = role_words(piece);
            if !piece.is_empty() {
                pieces.push((piece.to_owned(), role));
            }
            rest = after;
        }
    }
    pieces
}

/// The first party's words, and what is left: cut at a comma, an "and" or words that give another
/// role, unless the words up to a later cut are a name that is known.
fn next_piece<'a>(
    text: &'a str,
    directory: &Directory,
    surroundings: &Surroundings,
) -> (&'a str, &'a str) {
    let cuts = cuts(text);
    let known_before = |end: usize| {
        let (words, role) = role_words(text[..end].trim());
        let name = words.get(role.map_or(0, |(bytes, _)| bytes)..);
        name.is_some_and(|name| directory.named(name, surroundings).is_some())
    };
    let cuts: Vec<(usize, usize)> = cuts
        .into_iter()
        .filter(|(end, after)| {
            !text[*end..*after].contains(char::is_alphabetic)
                || is_body(&text[*after..])
                || known_before(*end)
        })
        .collect();
    let named = |end: usize| {
        let (words, role) = role_words(text[..end].trim());
        let name = words
            .get(role.map_or(0, |(bytes, _)| bytes)..)
            .unwrap_or_default();
        directory.named(name, surroundings).is_some()
    };
    let known = cuts.iter().rev().find(|(end, _)| *end > 0 && named(*end));
    match known.or_else(|| cuts.first()) {
        Some((end, after)) => (text[..*end].trim(), text[*after..].trim()),
        None => (text, ""),
    }
}

/// Whether the words after an "and" are a body of their own: they begin in upper case, or name
/// something known ("socialförvaltningen"). "Kultur och fritid" is one name.
fn is_body(after: &str) -> bool {
    const DEFINITE: [&str; 5] = ["en", "et", "na", "an", "er"];
    let piece = after.split([',', '/']).next().unwrap_or_default();
    let piece = piece.split(" i ").next().unwrap_or_default();
    let capital = after.starts_with(char::is_uppercase);
    let mut words = piece.split_whitespace().take(3);
    capital
        || words.any(|word| {
            let long = word.chars().count() > 5;
            long && DEFINITE.iter().any(|ending| word.ends_with(ending))
        })
}

/// Where a text may be cut: the end of a piece and the beginning of the next; the end of the text
/// too.
fn cuts(text: &str) -> Vec<(usize, usize)> {
    let lower = text.to_lowercase();
    let mut cuts = Vec::new();
    if lower.len() == text.len() {
        for word in AND {
            let between = format!(" {word} ");
            let found = lower.match_indices(&between);
            // "Vård- och omsorgsnämnden" is one name.
            let apart = found.filter(|(at, _)| !lower[..*at].ends_with('-'));
            cuts.extend(apart.map(|(at, _)| (at, at + between.len())));
        }
        for (words, _) in WITH {
            let between = format!(" {words} ");
            // The words themselves begin the next piece.
            cuts.extend(lower.match_indices(&between).map(|(at, _)| (at, at + 1)));
        }
    }
    cuts.extend(text.match_indices([',', '/']).map(|(at, _)| (at, at + 1)));
    // What stands in brackets is said of the name before.
    let inside = |at: usize| {
        let before = &text[..at];
        before.matches('(').count() > before.matches(')').count()
    };
    cuts.retain(|(at, _)| !inside(*at));
    cuts.push((text.len(), text.len()));
    cuts.sort_unstable();
    cuts.dedup_by_key(|(end, _)| *end);
    cuts
}

/// A piece without an "and" at its beginning, and the words at its beginning that give a role.
fn role_words(piece: &str) -> (&str, RoleWords) {
    let mut piece = piece.trim();
    for word in AND {
        piece = piece.strip_prefix(&format!("{word} ")).unwrap_or(piece);
    }
    let lower = piece.to_lowercase();
    let found = WITH
        .iter()
        .filter(|(words, _)| lower.starts_with(&format!("{words} ")))
        .max_by_key(|(words, _)| words.len());
    (piece, found.map(|(words, role)| (words.len(), *role)))
}

fn is_each(name: &str) -> bool {
    let lower = name.to_lowercase();
    EACH.iter()
        .any(|word| lower.split(' ').any(|own| own == *word))
}

/// Who a name is, in which layer, and what was assumed.
fn who(
    name: &str,
    directory: &Directory,
    surroundings: &Surroundings,
) -> (Who, Layer, Option<Note>) {
    let lower = name.to_lowercase();
    let one = one_of_several(name);
    let known = directory.named(name, surroundings);
    if let Some(known) = known.or_else(|| directory.named(one, surroundings)) {
        let full = known.agent.names.first().map_or(name, String::as_str);
        let iri = Who::Known(known.agent.iri.clone());
        if known.by_itself {
            return (iri, Layer::Stated, None);
        }
        return (iri, Layer::Interpreted, Some(only(name, full)));
    }
    let common = if MUNICIPALITIES.contains(&lower.as_str()) {
        directory.municipalities(surroundings)
    } else if REGION.contains(&lower.as_str()) {
        directory.of_county(AgentKind::Region, surroundings)
    } else if COUNTY_BOARD.contains(&lower.as_str()) {
        directory.of_county(AgentKind::CountyBoard, surroundings)
    } else {
        None
    };
    if let Some(agent) = common {
        let full = agent.names.first().map_or(name, String::as_str);
        let who = Who::Known(agent.iri.clone());
        return (who, Layer::Interpreted, Some(only(name, full)));
    }
    if MUNICIPALITIES.contains(&lower.as_str())
        && let Some((full, members)) = directory.all_municipalities(surroundings)
    {
        let who = Who::New {
            unit_of: None,
            group: true,
            members,
        };
        return (who, Layer::Interpreted, Some(only(name, &full)));
    }
    let part = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let unit = part(UNIT);
    let unit_of = surroundings.publisher.clone().filter(|_| unit);
    let note = Note::new(
        format!(
            "”{name}” finns inte bland organisationerna och har lagts till. Kontrollera om den är någon som redan finns."
        ),
        format!(
            "“{name}” is not among the organisations and was added. Check whether it is one that is there already."
        ),
    );
    let who = Who::New {
        unit_of,
        group: !unit && part(GROUP),
        members: Vec::new(),
    };
    // Whoever has the name is meant, whether or not somebody has described it.
    (who, Layer::Stated, Some(note))
}

/// A municipality as one of those that a list names together ("Falu och Ludvika kommuner").
fn one_of_several(name: &str) -> &str {
    let (before, after) = SEVERAL;
    let name = name.strip_suffix(after).unwrap_or(name).trim_end();
    name.strip_prefix(before).unwrap_or(name).trim_start()
}

fn only(name: &str, full: &str) -> Note {
    Note::new(
        format!("Planen säger bara ”{name}”. Läst som {full}."),
        format!("The plan says only “{name}”. Read as {full}."),
    )
}

/// The parties that prose says pay for something ("finansieras av Region X").
pub fn funders(text: &Passage, directory: &Directory, surroundings: &Surroundings) -> Vec<Party> {
    let lower = text.text.to_lowercase();
    if lower.len() != text.text.len() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for words in PAID_BY {
        let Some(at) = lower.find(words) else {
            continue;
        };
        let sentence = text.text[at..]
            .split(['.', ';', '\n', ','])
            .next()
            .unwrap_or_default();
        let name = sentence.get(words.len()..).unwrap_or_default().trim();
        if let Some(known) = directory.named(name, surroundings) {
            all.push(Party {
                wording: Passage {
                    text: sentence.to_owned(),
                    lines: text.lines.clone(),
                    ..Passage::default()
                },
                name: name.to_owned(),
                role: Role::Funder,
                who: Who::Known(known.agent.iri.clone()),
                distributive: false,
                layer: Layer::Stated,
                note: None,
            });
        }
    }
    all
}
