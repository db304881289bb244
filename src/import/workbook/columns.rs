//! The sheets and their columns: names, what they hold, what may stand there.

/// A sheet of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is to be done.
    Activities,
    /// Who takes part.
    Participations,
    /// What follow-ups report.
    FollowUps,
    /// Which goals the plan is said to serve, and what is suggested.
    Alignments,
}

impl Part {
    /// All sheets, in the order of the workbook.
    pub const ALL: [Self; 4] = [
        Self::Activities,
        Self::Participations,
        Self::FollowUps,
        Self::Alignments,
    ];

    /// The sheets of a workbook that is to be filled in from nothing: there are no suggestions yet.
    pub const FORM: [Self; 3] = [Self::Activities, Self::Participations, Self::FollowUps];

    /// The name of the sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Activities => "Aktiviteter",
            Self::Participations => "Medverkande",
            Self::FollowUps => "Uppföljningar",
            Self::Alignments => "Målkopplingar",
        }
    }

    /// The name of the CSV file, without letters that file systems write in several ways.
    pub fn file(self) -> &'static str {
        match self {
            Self::Activities => "aktiviteter.csv",
            Self::Participations => "medverkande.csv",
            Self::FollowUps => "uppfoljningar.csv",
            Self::Alignments => "malkopplingar.csv",
        }
    }

    /// The sheet with that name, or that is in the file with that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let stem = name.strip_suffix(".csv").unwrap_or(&name);
        Self::ALL.into_iter().find(|part| {
            // Excel puts the name of the workbook before that of the sheet, a browser a number after.
            stem.contains(&part.name().to_lowercase())
                || stem.contains(part.file().trim_end_matches(".csv"))
        })
    }

    /// The columns, from the left. The first is the address of what the row is about.
    pub fn columns(self) -> &'static [Column] {
        use Column as C;
        match self {
            Self::Activities => &[
                C::Iri,
                C::Plan,
                C::Area,
                C::Parent,
                C::Position,
                C::Title,
                C::OtherTitles,
                C::Description,
                C::From,
                C::To,
                C::PeriodWording,
                C::Status,
                C::StatusWording,
                C::Lines,
            ],
            Self::Participations => &[
                C::Iri,
                C::Activity,
                C::Role,
                C::Organisation,
                C::OrganisationName,
                C::EachForItself,
                C::Wording,
            ],
            Self::FollowUps => &[
                C::Iri,
                C::Activity,
                C::Text,
                C::Status,
                C::StatusWording,
                C::Date,
            ],
            Self::Alignments => &[
                C::Iri,
                C::Activity,
                C::AlignedTitle,
                C::Framework,
                C::Goal,
                C::Confidence,
                C::Quotation,
                C::Who,
                C::State,
                C::Decision,
            ],
        }
    }
}

/// What a column is, in words.
pub(super) struct Words {
    /// Its name in Swedish, which is its header.
    pub sv: &'static str,
    /// Its name in English, which is read as a header too.
    pub en: &'static str,
    /// What it holds, in Swedish.
    pub holds_sv: &'static str,
    /// What it holds, in English.
    pub holds_en: &'static str,
    /// Its width in characters.
    pub width: u8,
}

macro_rules! columns {
    ($($column:ident, $sv:literal, $en:literal, $width:literal, $holds_sv:literal, $holds_en:literal;)+) => {
        /// A column of a sheet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Column {
            $(#[doc = $holds_en] $column,)+
        }

        impl Column {
            pub(super) fn words(self) -> Words {
                match self {
                    $(Self::$column => Words {
                        sv: $sv,
                        en: $en,
                        holds_sv: $holds_sv,
                        holds_en: $holds_en,
                        width: $width,
                    },)+
                }
            }
        }
    };
}

columns! {
    Iri, "Adress", "Address", 40,
        "Radens adress. Ändra den inte: den säger vilken del av planen raden gäller. Tom på en ny rad.",
        "The address of the row. Do not change it: it says which part of the plan the row is about. Empty in a new row.";
    Plan, "Plan", "Plan", 22,
        "Planens id. Ändras inte här.",
        "The id of the plan. Not changed here.";
    Area, "Fokusområde", "Focus area", 24,
        "Fokusområdets namn: ett av planens. Tomt för delaktiviteter.",
        "The name of the focus area: one of the plan's. Empty for sub-activities.";
    Parent, "Del av", "Part of", 30,
        "Adressen till eller titeln på aktiviteten som delaktiviteten står under. Tomt annars.",
        "The address or the title of the activity that the sub-activity stands under. Otherwise empty.";
    Position, "Ordning", "Position", 9,
        "Platsen bland aktiviteterna på samma nivå: ett heltal från 1. Tom på en ny rad: sist.",
        "The place among the activities of the same level: a whole number from 1. Empty in a new row: the last.";
    Title, "Titel", "Title", 50,
        "Vad som ska göras, på svenska. Måste finnas.",
        "What is to be done, in Swedish. Required.";
    OtherTitles, "Andra titlar", "Other titles", 40,
        "Andra lydelser av titeln, en per rad i cellen.",
        "Other wordings of the title, one a line in the cell.";
    Description, "Beskrivning", "Description", 60,
        "Hur det ska göras, på svenska.",
        "How it is to be done, in Swedish.";
    From, "Från", "From", 12,
        "Periodens första dag: ÅÅÅÅ-MM-DD. Står det bara ett år, den 1 januari.",
        "The first day of the period: YYYY-MM-DD. Where only a year is given, 1 January.";
    To, "Till", "To", 12,
        "Periodens sista dag: ÅÅÅÅ-MM-DD. Tomt om slutet är öppet.",
        "The last day of the period: YYYY-MM-DD. Empty where the end is open.";
    PeriodWording, "Periodens lydelse", "Period wording", 20,
        "Periodens ord i dokumentet, ordagrant. Tomt för det som inte står där.",
        "The words of the document for the period, to the letter. Empty for what does not stand there.";
    Status, "Status", "Status", 18,
        "En av statusarna i listan, eller tomt.",
        "One of the statuses of the list, or empty.";
    StatusWording, "Statusens lydelse", "Status wording", 20,
        "Dokumentets eget ord för statusen, ordagrant. Krävs när status är angiven, utom för Ej angiven och på nya rader.",
        "The document's own word for the status, to the letter. Required where a status is given, except for Not stated and in new rows.";
    Lines, "Källrader", "Source lines", 16,
        "Var texten står i källtexten: L12 eller L12-L15, flera med komma emellan. Tomt för det som inte står där.",
        "Where the text stands in the source: L12 or L12-L15, several with commas between. Empty for what does not stand there.";
    Activity, "Aktivitet", "Activity", 40,
        "Adressen till aktiviteten, eller planen, som raden hör till. Ändras inte här. På en ny rad går även aktivitetens titel.",
        "The address of the activity, or plan, that the row belongs to. Not changed here. In a new row, the title of the activity will do.";
    Role, "Roll", "Role", 16,
        "En av rollerna i listan. Måste finnas.",
        "One of the roles of the list. Required.";
    Organisation, "Organisationens id", "Organisation id", 34,
        "Den sista delen av organisationens adress, som i /organisation/{id}. Måste finnas.",
        "The last part of the organisation's address, as in /organisation/{id}. Required.";
    OrganisationName, "Organisationens namn", "Organisation name", 34,
        "Namnet, som hjälp vid läsning. Det följer av id:t och ändras inte här.",
        "The name, to help reading. It follows from the id and is not changed here.";
    EachForItself, "Var och en för sig", "Each for itself", 12,
        "Ja när varje medlem i gruppen deltar för sig, annars tomt.",
        "Ja (yes) where each member of the group takes part for itself, otherwise empty.";
    Wording, "Lydelse", "Wording", 40,
        "Medverkandes ord i dokumentet, ordagrant. Tomt för det som inte står där.",
        "The words of the document for who takes part, to the letter. Empty for what does not stand there.";
    Text, "Text", "Text", 60,
        "Vad uppföljningen säger, på svenska. Måste finnas.",
        "What the follow-up says, in Swedish. Required.";
    Date, "Datum", "Date", 12,
        "Uppföljningens dag: ÅÅÅÅ-MM-DD, eller tomt.",
        "The day of the follow-up: YYYY-MM-DD, or empty.";
    AlignedTitle, "Vad som kopplas", "What is linked", 50,
        "Titeln på aktiviteten, fokusområdet eller planen, som hjälp vid läsning. Ändras inte här.",
        "The title of the activity, focus area or plan, to help reading. Not changed here.";
    Framework, "Ramverk", "Framework", 30,
        "Ramverket som målet hör till. Ändras inte här.",
        "The framework that the goal belongs to. Not changed here.";
    Goal, "Mål", "Goal", 30,
        "Målet, eller att inget mål i ramverket passar. Ändras inte här.",
        "The goal, or that no goal of the framework fits. Not changed here.";
    Confidence, "Säkerhet", "Confidence", 10,
        "Hur säker den som föreslog kopplingen var, från 0 till 1. Ändras inte här.",
        "How sure the proposer of the link was, from 0 to 1. Not changed here.";
    Quotation, "Citat", "Quotation", 50,
        "Orden i planen som kopplingen bygger på, ett citat per rad. Ändras inte här.",
        "The words of the plan that the link rests on, one quotation a line. Not changed here.";
    Who, "Enligt", "According to", 24,
        "Den som föreslagit eller beslutat: organisationens id. Ändras inte här.",
        "Who proposed or decided: the id of the organisation. Not changed here.";
    State, "Granskning", "Review state", 14,
        "Föreslagen, godtagen eller avvisad. Ändras genom beslutet.",
        "Suggested, accepted or rejected. Changed by the decision.";
    Decision, "Beslut", "Decision", 18,
        "Beslut om det som är föreslaget: ett av värdena i listan, eller tomt. Den som står bakom planen står då för beslutet.",
        "A decision on what is suggested: one of the listed values (accepted, rejected, none fits), or empty. Whoever is behind the plan then stands for it.";
}

impl Column {
    /// The column of a sheet with that header, in Swedish or English.
    pub(super) fn from_name(part: Part, name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let columns = part.columns().iter().copied();
        columns.into_iter().find(|column| {
            let words = column.words();
            [words.sv, words.en].map(str::to_lowercase).contains(&name)
        })
    }

    /// Whether the column only tells what follows from elsewhere.
    pub(super) fn is_fixed(self) -> bool {
        matches!(
            self,
            Self::Iri
                | Self::Plan
                | Self::Activity
                | Self::OrganisationName
                | Self::AlignedTitle
                | Self::Framework
                | Self::Goal
                | Self::Confidence
                | Self::Quotation
                | Self::Who
                | Self::State
        )
    }

    /// Whether a row without a value there would be no part of a plan.
    pub(super) fn is_required(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Role | Self::Organisation | Self::Text
        )
    }
}
