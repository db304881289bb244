//! Whose plan a document is, by how often it names a body.

use std::collections::BTreeSet;

use crate::import::document::{Block, Document};
use crate::import::lexicon::parties;
use crate::import::table;
use crate::import::value::{Agent, AgentKind, Directory};

/// How many bytes the head of a document has.
const HEAD: usize = 400;

/// How much a document must speak of a county board to be one's: once in its head.
const BOARD: usize = 4;

/// In how many cells of tables a body must be named to count.
const CELLS: usize = 3;

/// The lines of cells below the headers of tables of activities.
fn cells(document: &Document) -> BTreeSet<u32> {
    let mut lines = BTreeSet::new();
    for block in &document.blocks {
        let Block::Table(table) = block else {
            continue;
        };
        if table::understand(table).is_none() {
            continue;
        }
        let (lead, _) = table::lead(table);
        for row in &table.rows[lead..] {
            lines.extend(row.cells.iter().flat_map(|cell| cell.text().lines));
        }
    }
    lines
}

/// The region or municipality whose name or place the document names most often; a municipality
/// only where it stands in the title or no region is named as often.
pub(super) fn most_named<'a>(
    document: &Document,
    directory: &'a Directory,
) -> Option<(&'a Agent, usize)> {
    // A name may be broken over lines, and be set in capitals.
    let plain = |lines: &mut dyn Iterator<Item = &str>| {
        let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
        words.join(" ").to_lowercase()
    };
    let cells = cells(document);
    let lines = || (1..).zip(document.source.lines());
    let text = plain(
        &mut lines()
            .filter(|(number, _)| !cells.contains(number))
            .map(|(_, line)| line),
    );
    let in_cells = plain(
        &mut lines()
            .filter(|(number, _)| cells.contains(number))
            .map(|(_, line)| line),
    );
    let count = |name: &str| {
        let name = name.to_lowercase();
        // Who is named in a few cells only takes part.
        let within = in_cells.matches(&name).count();
        let within = if within < CELLS { 0 } else { within };
        within + weight(&text, &name)
    };
    let boards = parties::COUNTY_BOARD
        .iter()
        .map(|word| count(word))
        .sum::<usize>();
    let scored = directory.agents().iter().filter_map(|agent| {
        let name = agent.names.first()?;
        let times = match agent.kind {
            // "Västmanland" alone speaks for its region.
            AgentKind::Region => count(name) + count(name.strip_prefix("Region ").unwrap_or(name)),
            AgentKind::Municipality => {
                // Some call themselves towns ("Malmö stad").
                let place = name.strip_suffix(" kommun").unwrap_or(name);
                let bare = place.strip_suffix('s').unwrap_or(place);
                let town = count(&format!("{place} stad"));
                let other = if bare == place {
                    0
                } else {
                    count(&format!("{bare} stad"))
                };
                2 * (count(name) + town + other)
            }
            // The county board goes by that word alone where its county is named.
            AgentKind::CountyBoard => {
                let county = name.strip_prefix("Länsstyrelsen i ").unwrap_or(name);
                let bare = county.strip_suffix(" län").unwrap_or(county);
                let bare = bare.strip_suffix('s').unwrap_or(bare);
                let named = count(county).max(count(bare));
                if named > 0 { boards + named } else { 0 }
            }
            _ => 0,
        };
        let board = agent.kind == AgentKind::CountyBoard;
        (times > 0 && (!board || boards >= BOARD)).then_some((agent, times))
    });
    let region = |agent: &Agent| agent.kind == AgentKind::Region;
    scored.max_by_key(|(agent, times)| (*times, region(agent), std::cmp::Reverse(&agent.iri)))
}

/// How often a text has a name as a word of its own, a genitive's too; four times what it has in
/// its head, which says whose a document is.
fn weight(text: &str, name: &str) -> usize {
    let is_word = |at: usize| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + name.len()..].chars();
        let ends = match after.next() {
            Some('s') => after.next().is_none_or(|c| !c.is_alphabetic()),
            Some(c) => !c.is_alphabetic(),
            None => true,
        };
        before.is_none_or(|c| !c.is_alphanumeric()) && ends
    };
    let found = text.match_indices(name).map(|(at, _)| at);
    found
        .filter(|at| is_word(*at))
        .map(|at| if at < HEAD { 4 } else { 1 })
        .sum()
}
