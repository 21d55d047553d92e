//! All addresses of the cloud, and what holds for each of them: deadline, size, `Date`.

use super::problem::Problem;
use super::{pages, updates};
use crate::connectors::{registration, session};
use crate::people::{activation, sign_in_endpoint};
use crate::scim::discovery;
use crate::scim::error::ScimError;
use crate::state::Cloud;
use crate::{admin, scim};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use http_body_util::BodyExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Bodies outside of SCIM are small.
const BODY: usize = 256 * 1024;
/// The end of any request but those that wait for an import.
const DEADLINE: Duration = Duration::from_mins(2);
/// Of a body that is too large, so much is read before the refusal, so that the client gets to see it.
const DISCARDED: usize = 64 << 20;

/// The whole cloud as one service.
pub fn all(cloud: &Arc<Cloud>, updates: PathBuf) -> Router {
    Router::new()
        .route("/connector/v1/registrations", post(registration::register))
        .route("/connector/v1/registrations/{id}", delete(registration::unregister))
        .route("/connector/v1/ping", get(registration::ping))
        .route("/connector/v1/session", get(session::upgrade))
        .route("/v1/sign-in", post(sign_in_endpoint::sign_in))
        .route("/v1/activations", post(activation::activate))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(cloud.clone())
        .merge(pages::routes())
        .merge(updates::routes(updates))
        .nest("/admin/v1", admin::routes(cloud.clone()))
        .layer(DefaultBodyLimit::max(BODY))
        .nest("/scim/v2/imports", scim::fence::routes(cloud.clone()))
        .nest("/scim/v2", scim::service::routes(cloud.clone()))
        .fallback(async || Problem::not_found("There is no such address."))
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "The method is not allowed here.",
            )
        })
        .layer(from_fn_with_state(cloud.clone(), frame))
}

/// Around every request.
async fn frame(State(cloud): State<Arc<Cloud>>, request: Request, next: Next) -> Response {
    let waits = request.uri().path().ends_with("/sync");
    let answer = answer(request, next);
    let mut response = if waits {
        answer.await
    } else {
        match tokio::time::timeout(DEADLINE, answer).await {
            Ok(response) => response,
            Err(_) => Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "timeout",
                "The request did not end in time.",
            )
            .into_response(),
        }
    };
    let headers = response.headers_mut();
    if let Ok(date) = HeaderValue::from_str(&cloud.clock.http_date()) {
        headers.insert(header::DATE, date);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let options = HeaderName::from_static("x-content-type-options");
    headers.insert(options, HeaderValue::from_static("nosniff"));
    response
}

async fn answer(request: Request, next: Next) -> Response {
    let is_scim = request.uri().path().starts_with("/scim/");
    let limit = if is_scim { discovery::MAX_PAYLOAD } else { BODY };
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_none_or(|length| length <= limit) {
        return next.run(request).await;
    }
    let mut body = request.into_body();
    let mut left = DISCARDED;
    while let Some(Ok(part)) = body.frame().await {
        left = left.saturating_sub(part.data_ref().map_or(0, Bytes::len));
        if left == 0 {
            break;
        }
    }
    let detail = format!("A request has at most {limit} bytes.");
    if is_scim {
        ScimError::new(413, detail).into_response()
    } else {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "message_too_large", detail).into_response()
    }
}

async fn ready(State(cloud): State<Arc<Cloud>>) -> Result<&'static str, Problem> {
    if !cloud.is_ready() {
        let stopping = "The cloud is stopping.";
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", stopping));
    }
    cloud.store.setting("connector_settings").await?;
    Ok("ready\n")
}

async fn metrics(State(cloud): State<Arc<Cloud>>) -> impl IntoResponse {
    let text = cloud.metrics.render(cloud.router().routes().len());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}
