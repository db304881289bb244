//! What an import is doing, for whoever waits for it.

/// A step of an import, in the order in which they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The file is read.
    Reading,
    /// Headings, tables and lists are looked for.
    Finding,
    /// The plan is made: so many of its activities are done.
    Making {
        /// How many are done.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// The plan is held against the rules.
    Checking,
    /// The plan is written.
    Writing,
}

/// Takes what an import does next, whenever it does something else.
pub type Tell<'a> = &'a dyn Fn(Step);
