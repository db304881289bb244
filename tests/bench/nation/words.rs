//! The words that plans are made of.

/// The goals that focus areas serve: their address, and a focus area's key and name.
pub(crate) const GOALS: [(&str, &str, &str); 8] = [
    (
        "framework/digstrat-2025/goal/digital-kompetens",
        "kompetens",
        "Kompetens för alla",
    ),
    (
        "framework/digstrat-2025/goal/naringsliv",
        "naringsliv",
        "Ett starkt näringsliv",
    ),
    (
        "framework/digstrat-2025/goal/offentlig-forvaltning",
        "forvaltning",
        "En effektiv förvaltning",
    ),
    (
        "framework/digstrat-2025/goal/valfard",
        "valfard",
        "En välfärd som håller",
    ),
    (
        "framework/digstrat-2025/goal/konnektivitet",
        "uppkoppling",
        "Uppkoppling överallt",
    ),
    (
        "framework/un-sdg/goal/9",
        "innovation",
        "Hållbar industri och infrastruktur",
    ),
    (
        "framework/un-sdg/goal/11",
        "samhallen",
        "Hållbara städer och samhällen",
    ),
    (
        "framework/un-sdg/goal/16",
        "institutioner",
        "Fredliga och inkluderande samhällen",
    ),
];

/// What titles are about: the word that every title of a theme has, and phrases with it.
pub(crate) const THEMES: [(&str, [&str; 5]); 5] = [
    (
        "digital",
        [
            "digitala tjänster",
            "den digitala kompetensen",
            "den digitala delaktigheten",
            "digitaliserade arbetssätt",
            "en digital mötesplats",
        ],
    ),
    (
        "skol",
        [
            "skolans lärmiljöer",
            "skolbiblioteken",
            "förskolans utemiljöer",
            "grundskolans stödinsatser",
            "skolmåltiderna",
        ],
    ),
    (
        "klimat",
        [
            "klimatanpassningen",
            "klimatsmarta resor",
            "arbetet med klimatmålen",
            "klimatsäkrade dagvattenlösningar",
            "energi- och klimatrådgivningen",
        ],
    ),
    (
        "bredband",
        [
            "bredbandsutbyggnaden",
            "snabbt bredband",
            "bredband i glesbygd",
            "bredbandssamordningen",
            "robusta bredbandsnät",
        ],
    ),
    (
        "omsorg",
        [
            "äldreomsorgen",
            "omsorgens arbetsmiljö",
            "tryggheten inom hemomsorgen",
            "omsorgsbostäder",
            "barnomsorg på obekväm tid",
        ],
    ),
];

/// What titles begin with.
pub(super) const VERBS: [&str; 10] = [
    "Utveckla",
    "Stärk",
    "Kartlägg",
    "Samordna",
    "Förbättra",
    "Pröva",
    "Utvärdera",
    "Planera för",
    "Sprid kunskap om",
    "Ta fram en modell för",
];

/// For whom it is, as titles have it.
pub(super) const FOR_WHOM: [&str; 10] = [
    "för barn och unga",
    "för äldre",
    "för småföretag",
    "för föreningslivet",
    "för nyanlända",
    "på landsbygden",
    "i centralorten",
    "tillsammans med länets aktörer",
    "inom egna verksamheter",
    "för besökare",
];

/// What descriptions go on with.
pub(super) const HOW: [&str; 8] = [
    "Arbetet börjar med en förstudie och redovisas för nämnden",
    "Ansvarig förvaltning tar fram en tidplan och följer upp den varje halvår",
    "Insatsen finansieras inom ram och samordnas med grannkommunerna",
    "En projektgrupp tillsätts och rapporterar till styrgruppen",
    "Erfarenheterna från förra perioden tas till vara",
    "Medborgarna bjuds in till samråd innan något beslutas",
    "Behoven är olika i olika delar av området och ska beskrivas för sig",
    "Målet är att fler ska nås utan att kostnaden ökar",
];

/// The statuses, with the word that a document has for each; an empty cell has none.
pub(super) const STATUSES: [(&str, &str); 10] = [
    ("ongoing", "Pågår"),
    ("ongoing", "Pågår"),
    ("ongoing", "Pågår enligt plan"),
    ("completed", "Genomförd"),
    ("completed", "Klart"),
    ("new", "Ny"),
    ("not-started", "Ej påbörjad"),
    ("partly-completed", "Delvis genomförd"),
    ("continuous", "Löpande arbete"),
    ("not-stated", ""),
];
