//! What an action plan is: plain types, without RDF, HTTP or files.
//!
//! Read [`plan`] first. Every value knows the [`Layer`] it stands in, and every list is a
//! set in a fixed order, so that two equal plans are equal values and are written the same.

pub mod concept;
pub mod finding;
pub mod language;
pub mod layer;
pub mod plan;
pub mod reference;
pub mod value;

pub use concept::{Method, Precision, ReferenceKind, ReviewState, Role, Status};
pub use finding::{Finding, Place};
pub use language::Language;
pub use layer::{Layer, Layered, Layers, Values};
pub use plan::{
    Activity, Adoption, Alignment, Approach, Checksum, FocusArea, FollowUp, Footnote, Hex,
    LayerGraph, Linked, Nodes, Owned, Participation, Period, Plan, Quote, Reference, Rights,
    Section, Source, Target,
};
pub use reference::{
    Agent, County, Framework, Goal, Mapping, Match, ReferenceData, Sector, StatusWord,
};
pub use value::{Confidence, Date, Iri, LineRange, PlanId, Text};
