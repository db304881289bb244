//! What the parameters of a comparison's address ask for.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;

use super::error::Error;
use super::resources::asked_language;
use crate::sparql::protocol;
use crate::store::Snapshot;
use crate::views::comparison::{Asked, AskedError, Made, Unread};

/// What a query string asks of the comparison over a framework.
pub(super) fn asked(snapshot: &Snapshot, framework: &str, query: &str) -> Result<Asked, Error> {
    let pairs = protocol::pairs(query.as_bytes())?;
    let asked = read(snapshot, framework, &pairs)?;
    // Beyond the last page there is nothing, which is not the same as nobody.
    if asked.page > 1 {
        let pages = Made::of(snapshot, &asked)?.pages();
        if asked.page > pages {
            return Err(Error::Comparison(vec![AskedError::Beyond(pages)]));
        }
    }
    Ok(asked)
}

fn read(snapshot: &Snapshot, framework: &str, pairs: &[(String, String)]) -> Result<Asked, Error> {
    let reference = snapshot.reference().map_err(crate::views::Error::from)?;
    Asked::read(snapshot, &reference, framework, pairs).map_err(|unread| match unread {
        Unread::Wrong(errors) => Error::Comparison(errors),
        Unread::NotHeld(not_held) => Error::NotHeld(not_held),
    })
}

/// Where a form leads that names the framework among its parameters: to the one address of what it
/// asks for. Nothing where it names none.
pub(super) fn from_form(snapshot: &Snapshot, query: &str) -> Result<Option<Response<Body>>, Error> {
    let mut pairs = protocol::pairs(query.as_bytes())?;
    let Some(at) = pairs
        .iter()
        .position(|(name, value)| name == "framework" && !value.is_empty())
    else {
        return Ok(None);
    };
    let (_, framework) = pairs.remove(at);
    pairs.retain(|(name, _)| name != "framework");
    let reference = snapshot.reference().map_err(crate::views::Error::from)?;
    let known = reference.framework(&framework);
    if known.is_none_or(|framework| framework.goals.is_empty()) {
        return Err(Error::NotFound);
    }
    let asked = read(snapshot, &framework, &pairs)?;
    let mut to = snapshot.base().node(&asked.address()).as_str().to_owned();
    if let Some(language) = asked_language(query)? {
        to.push(if to.contains('?') { '&' } else { '?' });
        to.push_str("lang=");
        to.push_str(language.tag());
    }
    let mut response = StatusCode::SEE_OTHER.into_response();
    let to = HeaderValue::try_from(to).map_err(|error| Error::Internal(error.into()))?;
    response.headers_mut().insert(header::LOCATION, to);
    Ok(Some(response))
}
