//! Samplan publishes public action plans as linked open data.

pub mod align;
pub mod cli;
pub mod compare;
pub mod config;
pub mod import;
pub mod model;
pub mod rdf;
pub mod search;
pub mod sparql;
pub mod store;
pub mod text;
pub mod validate;
pub mod views;
pub mod vocab;
pub mod web;
