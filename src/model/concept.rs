//! The closed lists of the vocabulary: status, role, precision, review state, method.

/// An enum whose variants carry the key they have in the vocabulary.
macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every member, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The last part of the concept's IRI.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }

            /// The member with that key, if there is one.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.key() == key)
            }
        }
    };
}

keyed! {
    /// How far an activity has come, as the document or its follow-up says.
    Status {
        /// New in this edition; says nothing of progress.
        New = "new",
        /// There is a status column but the cell is empty; says nothing of progress.
        NotStated = "not-stated",
        /// Decided but not begun.
        NotStarted = "not-started",
        /// In progress.
        Ongoing = "ongoing",
        /// Part of the regular work, without an end.
        Continuous = "continuous",
        /// Stopped, and may be taken up again.
        Paused = "paused",
        /// Carried out.
        Completed = "completed",
        /// Carried out in part; the rest was not done.
        PartlyCompleted = "partly-completed",
        /// Will not be carried out.
        Cancelled = "cancelled",
    }
}

keyed! {
    /// In which role an agent takes part in an activity or a plan.
    Role {
        /// Leads the work and answers for it.
        Lead = "lead",
        /// Responsible, where the plan does not rank those responsible.
        Responsible = "responsible",
        /// Does the work together with the one responsible.
        Collaborating = "collaborating",
        /// Takes part or supports, without answering for the result.
        Supporting = "supporting",
        /// Pays in full or in part.
        Funder = "funder",
        /// Steers the work and receives its follow-up.
        SteeringGroup = "steering-group",
        /// Has adopted the plan.
        AdoptingBody = "adopting-body",
    }
}

keyed! {
    /// How precisely the source gives a period.
    Precision {
        /// Whole years.
        Year = "year",
        /// Half-years.
        HalfYear = "half-year",
        /// Quarters.
        Quarter = "quarter",
        /// Seasons ("hösten 2020").
        Season = "season",
        /// Months.
        Month = "month",
        /// Days.
        Day = "day",
    }
}

keyed! {
    /// Whether a person has accepted an alignment.
    ReviewState {
        /// Accepted: it counts.
        Accepted = "accepted",
        /// Suggested: nobody has looked at it.
        Suggested = "suggested",
        /// Rejected: kept so that it is not suggested again.
        Rejected = "rejected",
    }
}

keyed! {
    /// How an alignment was made.
    Method {
        /// The quoted words give it.
        ByDocument = "by-document",
        /// A person judged it.
        ByPerson = "by-person",
        /// A machine proposed it.
        ByMachine = "by-machine",
        /// Carried over from an alignment with another goal, which is close to this one.
        ByMapping = "by-mapping",
    }
}

keyed! {
    /// What kind of thing a plan refers to.
    ReferenceKind {
        /// A law, strategy, programme, framework or plan.
        Framework = "framework",
        /// A report or another document.
        Document = "document",
        /// A project.
        Project = "project",
        /// A system, service or tool.
        Service = "service",
    }
}
