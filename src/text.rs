//! What a text is about: its words, their stems, and what compounds are made of.
//!
//! Search, suggestions of goals and "similar activities" all read texts through here, so that they
//! agree on what a word is. It knows the Swedish and the English language and nothing else of the
//! project: no plan, no file, no address.
//!
//! A [`Lexicon`] is made of the texts it is to read. It gives the [`Term`]s of a text: the stem of
//! each word and, where the word is a compound of others, their stems too.

mod compound;
mod fold;
mod known;
mod lexicon;
mod stem;
mod stop;
#[cfg(test)]
mod tests;
mod token;

pub use fold::{fold, plain};
pub use lexicon::{Lexicon, Piece, Term};
pub use stem::{Tongue, stem};
pub use stop::is_stop_word;
pub use token::{Token, tokens};
