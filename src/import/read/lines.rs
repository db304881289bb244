//! The source text of a document that has no lines of its own.

use super::super::document::Passage;
use super::{FILE_LIMIT, LINE_LIMIT, Refusal};

/// The lines that were taken out of a document so far.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    count: u32,
}

impl Lines {
    /// Writes every line of a passage on a line of its own, the first one after `prefix`, and
    /// notes their numbers in the passage.
    ///
    /// # Errors
    /// Too many lines, or too long ones.
    pub(super) fn write(&mut self, prefix: &str, passage: &mut Passage) -> Result<(), Refusal> {
        let length = self.text.len() + passage.text.len();
        if length as u64 > FILE_LIMIT {
            return Err(Refusal::too_large());
        }
        self.text.push_str(prefix);
        for line in passage.text.split('\n') {
            if self.count as usize == LINE_LIMIT {
                return Err(Refusal::too_large());
            }
            self.count += 1;
            self.text.push_str(line);
            self.text.push('\n');
            passage.lines.push(self.count);
        }
        Ok(())
    }

    /// The source text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
