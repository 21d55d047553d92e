//! The administrator's interface, `/admin/v1` (bearer token of the administrator).

mod connectors;
mod directory;
mod live;
mod mappings;
mod overview;
mod registration_keys;
mod tokens;

use crate::http::problem::Problem;
use crate::state::Cloud;
use axum::Router;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use serde::de::DeserializeOwned;
use std::sync::Arc;

type Shared = State<Arc<Cloud>>;

/// The routes below `/admin/v1`.
pub fn routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/registration-keys", post(registration_keys::create))
        .route("/connectors", get(connectors::list))
        .route("/connectors/{id}", get(connectors::show).delete(connectors::remove))
        .route("/directory/{what}", get(directory::browse))
        .route("/mappings", get(mappings::list))
        .route("/mappings/{name}", get(mappings::show).put(mappings::put).delete(mappings::remove))
        .route("/mappings/{name}/sync", post(mappings::sync))
        .route("/imports", get(overview::imports))
        .route("/deployment-tokens", post(tokens::create).get(tokens::list))
        .route("/deployment-tokens/{name}", delete(tokens::expire))
        .route("/users", get(overview::users))
        .route("/alerts", get(overview::alerts))
        .route("/settings", get(overview::settings).put(overview::set_settings))
        .fallback(async || Problem::not_found("There is no such route."))
        .layer(from_fn_with_state(cloud.clone(), guard))
        .with_state(cloud)
}

async fn guard(State(cloud): Shared, request: Request, next: Next) -> Response {
    if cloud.is_from_admin(request.headers()) {
        next.run(request).await
    } else {
        Problem::unauthorized().into_response()
    }
}

/// A JSON body; an empty one counts as `{}`. Errors are problems.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::invalid("The body is too large or broken."))?;
        let text = if bytes.trim_ascii().is_empty() { &b"{}"[..] } else { &bytes[..] };
        serde_json::from_slice(text)
            .map(Self)
            .map_err(|error| Problem::invalid(format!("The body cannot be used: {error}.")))
    }
}

/// Parameters of the address. Errors are problems.
struct Params<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|_| Problem::invalid("A parameter cannot be understood."))
    }
}
