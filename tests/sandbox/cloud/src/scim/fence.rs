//! Addresses of one import's term: whoever sends people there is refused once the import is another's.

use super::error::ScimError;
use super::service;
use crate::state::Cloud;
use crate::token::{self, TokenHash};
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use std::sync::Arc;
use tower_service::Service;

/// The address below which a term's people are sent.
pub fn address(scim_base: &str, (account, mapping): (&str, &str), term: u64) -> String {
    format!("{scim_base}/imports/{term}/{}/{}", hex(account), hex(mapping))
}

/// The routes below `/scim/v2/imports`.
pub fn routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/{term}/{account}/{mapping}/{*rest}", any(below))
        .with_state((cloud.clone(), service::routes(cloud)))
}

type Place = (u64, String, String, String);

/// The SCIM service itself, for the connector that the import is with.
async fn below(
    State((cloud, mut service)): State<(Arc<Cloud>, Router)>,
    Path((term, account, mapping, rest)): Path<Place>,
    request: Request,
) -> Response {
    let key = (text(&account), text(&mapping));
    let token = token::bearer(request.headers());
    match is_theirs(&cloud, token, key, term).await {
        Ok(true) => {}
        Ok(false) => return ScimError::elsewhere().into_response(),
        Err(error) => return error.into_response(),
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let Ok(inner) = format!("/{rest}{query}").parse::<Uri>() else {
        return ScimError::not_found().into_response();
    };
    let (mut parts, body) = request.into_parts();
    parts.uri = inner;
    // What was found on the way here is of other routes.
    parts.extensions.clear();
    match service.call(Request::from_parts(parts, body)).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn is_theirs(
    cloud: &Cloud,
    token: Option<TokenHash>,
    (account, mapping): (String, String),
    term: u64,
) -> Result<bool, ScimError> {
    let Some(hash) = token else { return Ok(false) };
    let Some(connector) = cloud.store.connector_of(hash).await? else { return Ok(false) };
    Ok(cloud.assignments.is_with(&connector, (&account, &mapping), term).await)
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// Nothing where it is none.
fn text(hex: &str) -> String {
    let bytes: Option<Vec<u8>> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_kind_are_parts_of_an_address() {
        for name in ["", "Sales / Köln", "100 %", "a?b#c"] {
            assert_eq!(text(&hex(name)), name);
        }
        assert_eq!((text("zz"), text("ff")), (String::new(), String::new()));
        let address = address("https://c/scim/v2", ("corp", "All"), 7);
        assert_eq!(address, "https://c/scim/v2/imports/7/636f7270/416c6c");
    }
}
