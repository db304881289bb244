//! The cases about what is a query and what is none.

use axum::http::StatusCode;

use super::manifest;
use super::service::Service;

/// What a service without data says to the text of a file.
pub(super) async fn holds(base: &str, file: &str, valid: bool) -> Result<(), String> {
    let service = Service::over(base, []);
    let answer = service.ask(&manifest::text(file), "", "*/*").await;
    match (valid, answer.status) {
        (true, StatusCode::OK) => return Ok(()),
        (_, StatusCode::BAD_REQUEST) => {}
        (_, status) => return Err(format!("{status}: {}", answer.text())),
    }
    let problem = answer.json();
    let place = ["line", "column"].map(|name| problem[name].as_u64());
    let detail = problem["detail"].as_str().unwrap_or_default();
    let right = if valid {
        // It was read, and calls a function that nobody but the authors of the case has.
        place == [None, None] && detail.contains("custom function <http://example")
    } else {
        matches!(place, [Some(1..), Some(1..)])
    };
    right.then_some(()).ok_or(problem.to_string())
}
