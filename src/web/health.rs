//! Whether the process lives and what it serves, for supervisors.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use serde_json::{Value, json};

use super::App;
use crate::views::catalog;

/// What was true a moment ago is of no use to a supervisor.
const NO_STORE: NoStore = [(header::CACHE_CONTROL, "no-store")];

type NoStore = [(HeaderName, &'static str); 1];

/// `200` for as long as the process answers.
pub(super) async fn healthz() -> (NoStore, &'static str) {
    (NO_STORE, "ok\n")
}

/// `200` with what is served and what is not.
///
/// A refused plan or a folder that was not taken up is no reason to take the instance out of
/// service, so it is said in the body: `refused`, `not_taken_up`.
pub(super) async fn readyz(State(app): State<App>) -> (NoStore, Json<Value>) {
    let state = app.parts.live.state();
    let refused: Vec<Value> = state
        .refused
        .iter()
        .map(|refusal| {
            let findings: Vec<String> = refusal.findings.iter().map(ToString::to_string).collect();
            json!({ "what": refusal.what, "findings": findings })
        })
        .collect();
    let plans: serde_json::Map<String, Value> = state
        .snapshot
        .plans()
        .iter()
        .map(|(id, entry)| (id.to_string(), json!({ "revision": entry.revision })))
        .collect();
    let catalog = match (catalog::catalog(&state.snapshot), app.unprepared()) {
        (Ok(_), Some(reason)) => json!({ "missing": reason }),
        (Ok(catalog), None) => json!({ "datasets": catalog.datasets.len() }),
        (Err(error), _) => json!({ "missing": error.to_string() }),
    };
    let whole = refused.is_empty() && state.not_taken_up.is_none();
    let status = match (whole, catalog["missing"].is_null()) {
        (true, true) => "ready",
        (false, true) => "ready, but not with all of the data folder",
        (true, false) => "ready, but without a catalogue",
        (false, false) => "ready, but not with all of the data folder, and without a catalogue",
    };
    let body = json!({
        "status": status,
        "revision": state.snapshot.revision(),
        "plans": plans,
        "catalog": catalog,
        "refused": refused,
        "not_taken_up": state.not_taken_up,
    });
    (NO_STORE, Json(body))
}
