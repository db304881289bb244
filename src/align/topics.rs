//! Words of the field that belong together though they share no letters.
//!
//! A goal is named in two or three words and defined in one sentence, while an activity speaks of
//! what is done: "fibersättning" serves a goal of "infrastruktur", "studiecirklar" one of
//! "kompetens". What belongs together is knowledge of the field, and stands here with its reason.
//! It is written for no framework in particular: a topic holds for a goal whose own words name it.

/// Words that belong together.
pub(super) struct Topic {
    /// The words by which a goal names the topic, in its name or definition.
    pub(super) names: &'static [&'static str],
    /// The words of activities that are about it.
    pub(super) words: &'static [&'static str],
    /// Why they belong together.
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the table"))]
    pub(super) why: &'static str,
}

/// All topics.
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        names: &["infrastruktur", "bredband", "konnektivitet", "uppkoppling"],
        words: &[
            "bredband",
            "fiber",
            "mobiltäckning",
            "uppkoppling",
            "konnektivitet",
            "infrastruktur",
            "stadsnät",
            "nät",
            "mast",
            "robust",
            "plattform",
            "grunddata",
            "PTS",
        ],
        why: "Fibre and mobile coverage are what broadband is made of; national platforms and \
              basic data are called digital infrastructure too.",
    },
    Topic {
        names: &["kompetens", "kunskap", "lärande", "utbildning"],
        words: &[
            "kompetens",
            "kunskap",
            "utbildning",
            "lärande",
            "lära",
            "lärdom",
            "kurs",
            "studiecirkel",
            "seminarium",
            "fortbildning",
            "handledning",
            "mognad",
            "delaktighet",
            "inkludering",
            "utanförskap",
            "bibliotek",
            "folkbildning",
            "läromedel",
            "kännedom",
        ],
        why: "Courses and study circles give skills; digital inclusion is that everybody has them.",
    },
    Topic {
        names: &["trygghet", "säkerhet", "tillit", "säker", "integritet"],
        words: &[
            "säkerhet",
            "informationssäkerhet",
            "cybersäkerhet",
            "säker",
            "trygg",
            "trygghet",
            "tillit",
            "förtroende",
            "integritet",
            "dataskydd",
            "GDPR",
            "risk",
            "sårbarhet",
            "resiliens",
            "beredskap",
            "ansvarsfull",
            "etik",
        ],
        why: "Security of information and protection of personal data are what trust rests on.",
    },
    Topic {
        names: &["innovation", "teknik", "AI", "forskning"],
        words: &[
            "innovation",
            "innovativ",
            "AI",
            "test",
            "testa",
            "testbädd",
            "pilot",
            "pilotera",
            "prototyp",
            "experiment",
            "forskning",
            "automation",
            "startup",
            "entreprenör",
        ],
        why: "Innovations are tried out in tests and pilots; artificial intelligence is the new \
              technique of these years.",
    },
    Topic {
        names: &[
            "ledning",
            "effektivisering",
            "kvalitetsutveckling",
            "styrning",
        ],
        words: &[
            "ledning",
            "leda",
            "ledare",
            "ledarskap",
            "chef",
            "styrning",
            "samordna",
            "samordning",
            "samverkan",
            "nätverk",
            "effektiv",
            "effektivisera",
            "kostnadseffektivitet",
            "kvalitet",
            "process",
            "verksamhetsutveckling",
            "förenkla",
            "förenkling",
            "nytta",
            "nuläge",
            "e-tjänst",
            "handlingsplan",
        ],
        why: "Leading the change is to govern, to work together and to make processes and \
              services better; the goal is not about infrastructure or skills in themselves.",
    },
    Topic {
        names: &["förvaltning", "myndighet", "tjänst"],
        words: &[
            "förvaltning",
            "e-tjänst",
            "tjänst",
            "service",
            "handläggning",
            "ärende",
            "myndighet",
            "användare",
            "effektiv",
            "verksamhetsutveckling",
            "process",
            "samordna",
            "sammanhållen",
            "förenkla",
        ],
        why: "Public administration meets people in services and works in processes.",
    },
    Topic {
        names: &["välfärd", "vård", "omsorg", "skola"],
        words: &[
            "välfärd",
            "välfärdsteknik",
            "vård",
            "omsorg",
            "hälsa",
            "skola",
            "elev",
            "förskola",
            "socialtjänst",
            "äldre",
            "patient",
        ],
        why: "Health care, social care and schools are the welfare services.",
    },
    Topic {
        names: &["näringsliv", "företag"],
        words: &[
            "näringsliv",
            "företag",
            "företagare",
            "företagsfrämjande",
            "handel",
            "entreprenör",
        ],
        why: "Companies make up business life.",
    },
    Topic {
        names: &["data"],
        words: &[
            "data",
            "informationsmängd",
            "datahantering",
            "dataset",
            "grunddata",
        ],
        why: "Sets of information are data.",
    },
    Topic {
        names: &["kultur"],
        words: &["kultur", "kulturarv", "scenkonst", "bibliotek", "museum"],
        why: "Heritage, stage and libraries are the fields of cultural policy.",
    },
    Topic {
        names: &["klimat", "energi", "hållbar"],
        words: &[
            "klimat",
            "energi",
            "utsläpp",
            "miljö",
            "hållbar",
            "hållbarhet",
            "fossilfri",
        ],
        why: "Climate goals are about energy and emissions.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_names_words_and_a_reason() {
        for topic in TOPICS {
            assert!(!topic.names.is_empty() && topic.words.len() > topic.names.len() / 2);
            assert!(topic.why.ends_with('.'), "{}", topic.why);
        }
    }
}
