//! The tables of real words that the rules are held against.

use proptest::prelude::*;

use super::*;

fn stem_of(word: &str) -> String {
    stem(&fold(word), Tongue::Swedish).into_owned()
}

/// Words of plans, a line for the forms of one word.
const FORMS: &[&str] = &[
    "digitalisering digitaliseringen digitaliseringens digitalisera digitaliserad digitaliserade",
    "digital digitala digitalt",
    "kommun kommuner kommunen kommunens kommuners kommunerna kommunernas",
    "region regionen regionens regioner regionerna",
    "bredband bredbandet bredbandets bredbands",
    "förskola förskolan förskolans förskolor förskolorna förskolornas",
    "skola skolan skolor skolorna",
    "tjänst tjänsten tjänster tjänsterna tjänsternas",
    "uppföljning uppföljningen uppföljningar uppföljningarna uppfölja",
    "säkerhet säkerheten säkerhets",
    "kompetens kompetensen kompetenser kompetensens",
    "välfärd välfärden välfärds välfärdens",
    "mobiltäckning mobiltäckningen",
    "strategi strategin strategier strategierna strategins",
    "strategisk strategiska strategiskt",
    "utveckling utvecklingen utveckla utvecklar utvecklas",
    "samverkan samverka samverkar",
    "projekt projektet projekten projektets",
    "nätverk nätverket nätverken nätverkets",
    "resurs resursen resurser resurserna",
    "klimat klimatet klimatets",
    "utbyggnad utbyggnaden",
    "verksamhet verksamheten verksamheter verksamheternas",
    "hållbar hållbara hållbart hållbarhet",
    "gemensam gemensamma gemensamt",
    "invånare invånaren invånarna invånarnas",
    "medborgare medborgaren medborgarna medborgares",
    "användare användaren användarnas använda användning",
    "stad staden städer städerna",
    "bostad bostaden bostäder",
    "län länet länets",
    "regel regeln regler reglerna",
    "fiber fibern fibrer",
    "gymnasium gymnasiet gymnasier",
    "policy policyn policyer",
    "miljö miljön miljöer",
    "hälsa hälsan",
    "förstudie förstudien förstudier",
    "idé idéer ide",
];

#[test]
fn all_forms_of_a_word_have_one_stem() {
    for forms in FORMS {
        let stems: Vec<_> = forms.split(' ').map(stem_of).collect();
        assert!(
            stems.iter().all(|stem| *stem == stems[0]),
            "{forms}: {stems:?}"
        );
    }
}

#[test]
fn different_words_have_different_stems() {
    let mut stems: Vec<_> = FORMS
        .iter()
        .map(|forms| stem_of(forms.split(' ').next().unwrap()))
        .collect();
    let count = stems.len();
    stems.sort_unstable();
    stems.dedup();
    assert_eq!(stems.len(), count, "{stems:?}");
    for (a, b) in [
        ("park", "parkering"),
        ("plan", "plats"),
        ("skola", "skog"),
        ("kommun", "kommunikation"),
        ("strategi", "strateg"),
        ("internet", "intern"),
        ("organ", "organisation"),
    ] {
        assert_ne!(stem_of(a), stem_of(b), "{a}, {b}");
    }
}

#[test]
fn a_text_in_english_has_english_stems() {
    let lexicon = Lexicon::default();
    let stems = |text, language| -> Vec<_> {
        let terms = lexicon.terms(text, language).into_iter();
        terms.map(|term| term.stem.to_string()).collect()
    };
    assert_eq!(
        stems("the strategies of cities", "en"),
        ["strategi", "citi"]
    );
    assert_eq!(
        stems("strategierna för städerna", "sv-SE"),
        ["strategi", "stad"]
    );
    assert_eq!(stems("suunnitelmat", "fi"), ["suunnitelmat"]);
}

/// The smallest parts that a lexicon finds in a word, as stems.
fn smallest(lexicon: &Lexicon, word: &str) -> Vec<String> {
    let token = tokens(word).next().unwrap();
    let mut found = Vec::new();
    for (part, joined) in token
        .parts()
        .map(|part| (part, true))
        .chain([(word, false)])
    {
        let folded = fold(part);
        let ranges = lexicon.split(&folded);
        found.extend(ranges.iter().map(|range| stem_of(&folded[range.clone()])));
        if joined && ranges.is_empty() && !is_stop_word(&folded, Tongue::Swedish) {
            found.push(stem_of(part));
        }
    }
    found
}

#[test]
fn compounds_fall_into_words_even_where_no_text_is_known() {
    let lexicon = Lexicon::default();
    for (word, parts) in [
        ("informationssäkerhetsarbete", "information säkerhet arbete"),
        ("bredbandsstrategi", "bredband strategi"),
        ("välfärdsteknik", "välfärd teknik"),
        ("välfärdsteknikens", "välfärd teknik"),
        ("digitaliseringsstrategi", "digitalisering strategi"),
        ("fiberutbyggnad", "fiber utbyggnad"),
        ("bredbandsstöd", "bredband stöd"),
        ("mobiltäckning", "mobil täckning"),
        ("skolutveckling", "skola utveckling"),
        ("e-tjänster", "tjänst"),
        ("IT-arkitekturer", "it arkitektur"),
        ("klimatpåverkan", "klimat påverkan"),
        ("verksamhetsutveckling", "verksamhet utveckling"),
        ("socialtjänsten", "social tjänst"),
    ] {
        let expected: Vec<_> = parts.split(' ').map(stem_of).collect();
        assert_eq!(smallest(&lexicon, word), expected, "{word}");
    }
}

#[test]
fn what_is_no_compound_stays_whole() {
    let lexicon = Lexicon::learn([(
        "ut bild ning ut bild ning hand ling hand ling för skola för skola bred band bred band \
         med borgare med borgare kart karta lägga lägga säker säker ställa ställa sam hälle hälle \
         person person alen alen till gång till gång möjlig möjlig heter heter \
         skapar skapar medlem medlem",
        "sv",
    )]);
    for word in [
        "utbildning",
        "handling",
        "förskola",
        "bredband",
        "medborgare",
        "kartlägga",
        "säkerställa",
        "samhälle",
        "personalen",
        "tillgång",
        "medlemskap",
        "möjligheter",
        "kommun",
        "uppföljning",
        "kompetens",
    ] {
        assert_eq!(smallest(&lexicon, word), [""; 0], "{word}");
    }
}

#[test]
fn texts_teach_words_that_compounds_are_made_of() {
    let text = "Vindkraft i kommunen. Ny vindkraft byggs, och parker anläggs i parken.";
    let before = Lexicon::default();
    let after = Lexicon::learn([(text, "sv")]);
    assert_eq!(smallest(&before, "vindkraftspark"), [""; 0]);
    assert_eq!(smallest(&after, "vindkraftspark"), ["vindkraft", "park"]);
}

#[test]
fn words_side_by_side_in_a_compound_are_found_too() {
    let terms = Lexicon::default().terms("informationssäkerhetsarbete", "sv");
    let stems: Vec<_> = terms.iter().map(|term| &*term.stem).collect();
    for word in ["informationssäkerhet", "säkerhetsarbete"] {
        assert!(stems.contains(&stem_of(word).as_str()), "{word}: {stems:?}");
    }
    assert!(!terms[0].part);
    assert!(
        terms[1..]
            .iter()
            .all(|term| term.part && term.range == (0..28))
    );
}

#[test]
fn small_words_say_nothing_but_count_as_places() {
    let terms = Lexicon::default().terms("Stöd till och för skolorna i länet", "sv");
    let places: Vec<_> = terms
        .iter()
        .map(|term| (&*term.stem, term.position))
        .collect();
    assert_eq!(places, [("stöd", 0), ("skol", 4), ("län", 6)]);
}

#[test]
fn what_is_said_of_a_word_does_not_depend_on_the_order_of_texts() {
    let texts = [
        "Vindkraft och vindkraft",
        "kraften i kraft",
        "parken, parker",
    ];
    let forth = Lexicon::learn(texts.iter().map(|text| (*text, "sv")));
    let back = Lexicon::learn(texts.iter().rev().map(|text| (*text, "sv")));
    let text = "vindkraftsparkernas kraft";
    assert_eq!(forth.terms(text, "sv"), back.terms(text, "sv"));
}

proptest! {
    #[test]
    fn every_range_is_a_word_of_the_text(
        text in "(\\PC|[\u{300}-\u{30f}\u{ad}-]|[a-zåäö]{3,9}| ){0,40}",
        language in "(sv|en|fi|)",
    ) {
        let lexicon = Lexicon::learn([(text.as_str(), language.as_str())]);
        let mut last = 0;
        for term in lexicon.terms(&text, &language) {
            let word = text.get(term.range.clone());
            prop_assert!(word.is_some_and(|word| word.starts_with(char::is_alphanumeric)));
            prop_assert!(term.range.start >= last && !term.stem.is_empty());
            last = term.range.start;
        }
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert_eq!(text.get(token.start..token.end), Some(token.word));
            prop_assert!(token.start >= end);
            end = token.end;
        }
    }

    #[test]
    fn a_stem_is_no_longer_than_its_word(word in "[a-zåäö]{1,30}") {
        let stem = stem(&word, Tongue::Swedish);
        prop_assert!(!stem.is_empty() && stem.len() <= word.len());
    }

    #[test]
    fn no_word_has_more_parts_than_can_be_read(word in "(bredband|stöd|skola|s|data|väg|er|å){1,8}") {
        let lexicon = Lexicon::default();
        let pieces = lexicon.pieces(&word, Tongue::Swedish);
        prop_assert!(pieces.len() <= 22);
        prop_assert_eq!(pieces.is_empty(), is_stop_word(&word, Tongue::Swedish));
    }
}
