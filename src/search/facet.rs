//! By what results can be chosen.

/// What kind of thing is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An edition of a plan.
    Plan,
    /// An activity of a plan, or a bullet under one.
    Activity,
    /// A goal of a framework or of a plan.
    Goal,
    /// A framework.
    Framework,
    /// An organisation.
    Organisation,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Plan,
        Self::Activity,
        Self::Goal,
        Self::Framework,
        Self::Organisation,
    ];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Activity => "activity",
            Self::Goal => "goal",
            Self::Framework => "framework",
            Self::Organisation => "organisation",
        }
    }

    /// The kind of that name, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Something by which results can be chosen. Values of one facet are alternatives; a result must
/// have one of those chosen of every facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The kind of thing, by its key.
    Kind,
    /// The place that a plan or an organisation is about, by its IRI.
    Region,
    /// A year in the period of a plan or an activity.
    Year,
    /// How far an activity has come, by the key of the status, or [`UNREPORTED`].
    Status,
    /// A goal that a plan or an activity serves, as somebody accepted, by its IRI.
    Goal,
    /// Who is responsible for an activity, by its IRI.
    Responsible,
}

/// The status of activities of which neither the plan nor a follow-up says how far they have come.
/// They are a choice of their own: silence is neither "not started" nor nothing.
pub const UNREPORTED: &str = "unreported";

impl Facet {
    /// Every facet, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Kind,
        Self::Region,
        Self::Year,
        Self::Status,
        Self::Goal,
        Self::Responsible,
    ];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Region => "region",
            Self::Year => "year",
            Self::Status => "status",
            Self::Goal => "goal",
            Self::Responsible => "responsible",
        }
    }

    /// The facet of that name, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.key() == key)
    }
}
