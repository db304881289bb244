//! The order of words in each language.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::Language;

/// The order of words in a language: å, ä and ö stand last in Swedish, with a and o in English.
pub struct Order(Option<CollatorBorrowed<'static>>);

impl Order {
    /// The order of a language.
    pub fn of(language: Language) -> Self {
        let locale = language.pick(locale!("sv"), locale!("en"));
        Self(Collator::try_new(locale.into(), CollatorOptions::default()).ok())
    }

    /// Which of two comes first.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_language = self.0.as_ref().map(|collator| collator.compare(a, b));
        by_language
            .unwrap_or(Ordering::Equal)
            .then_with(|| a.cmp(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_order() {
        let sorted = |language| {
            let mut words = vec!["Öland", "Zorn", "Åland", "Ale", "Ärla", "Osby"];
            let order = Order::of(language);
            words.sort_by(|a, b| order.compare(a, b));
            words
        };
        assert_eq!(
            sorted(Language::Sv),
            ["Ale", "Osby", "Zorn", "Åland", "Ärla", "Öland"]
        );
        assert_eq!(
            sorted(Language::En),
            ["Åland", "Ale", "Ärla", "Öland", "Osby", "Zorn"]
        );
    }
}
