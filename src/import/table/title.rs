//! tmp
use crate::import::document::{Block, Cell, Passage};
/// tmp
pub fn title_and_description(cell: &Cell) -> (Passage, Vec<Block>) {
    let mut blocks = cell.content.clone().into_iter();
    match blocks.next() {
        Some(Block::Paragraph(p)) => (p, blocks.collect()),
        Some(Block::Item(i)) => (i.text, blocks.collect()),
        _ => (Passage::default(), Vec::new()),
    }
}
