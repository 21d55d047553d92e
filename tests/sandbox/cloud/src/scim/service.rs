//! `/scim/v2`: the endpoints.

use super::error::{ScimError, ScimResult};
use super::list::{self, ListQuery};
use super::patch::Patch;
use super::projection::Projection;
use super::{bulk, discovery, user};
use crate::http::metrics::Counter;
use crate::state::Cloud;
use crate::store::{Changed, PersonChange, StoredPerson};
use crate::token;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use std::sync::Arc;

type Shared = State<Arc<Cloud>>;

/// The routes below `/scim/v2`.
pub fn routes(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/ServiceProviderConfig", get(configuration))
        .route("/ResourceTypes", get(resource_types))
        .route("/ResourceTypes/{id}", get(resource_type))
        .route("/Schemas", get(schemas))
        .route("/Schemas/{id}", get(schema))
        .route("/Users", get(list::by_address).post(create))
        .route("/Users/.search", post(list::by_body))
        .route("/.search", post(list::by_body))
        .route("/Users/{id}", get(read).put(replace).patch(edit).delete(remove))
        .route("/Bulk", post(run_bulk))
        .fallback(async || ScimError::not_found())
        .method_not_allowed_fallback(async || ScimError::new(405, "The method is not allowed."))
        .layer(DefaultBodyLimit::max(discovery::MAX_PAYLOAD + 1024))
        .layer(from_fn_with_state(cloud.clone(), guard))
        .with_state(cloud)
}

/// Lets in connectors with their token and administrators with theirs, and counts.
async fn guard(State(cloud): Shared, request: Request, next: Next) -> Response {
    let response = match allowed(&cloud, request.headers()).await {
        Ok(true) => next.run(request).await,
        Ok(false) => {
            ScimError::new(401, "This needs a bearer token that is still good.").into_response()
        }
        Err(error) => error.into_response(),
    };
    cloud.metrics.add(Counter::Scim, response.status().as_str(), 1);
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE
        && response.headers().get(header::CONTENT_TYPE).is_none_or(|t| t != list::TYPE)
    {
        return ScimError::new(413, "The request is too large.").into_response();
    }
    response
}

async fn allowed(cloud: &Cloud, headers: &HeaderMap) -> ScimResult<bool> {
    let Some(hash) = token::bearer(headers) else { return Ok(false) };
    Ok(cloud.is_admin(&hash) || cloud.store.connector_of(hash).await?.is_some())
}

async fn configuration(State(cloud): Shared) -> Response {
    list::json(&discovery::configuration(&cloud.scim_base()))
}

async fn resource_types(State(cloud): Shared) -> Response {
    list::json(&discovery::list(&discovery::resource_types(&cloud.scim_base())))
}

async fn resource_type(State(cloud): Shared, Path(id): Path<String>) -> ScimResult<Response> {
    let one = discovery::by_id(discovery::resource_types(&cloud.scim_base()), &id)?;
    Ok(list::json(&one))
}

async fn schemas(State(cloud): Shared) -> Response {
    list::json(&discovery::list(&discovery::schemas(&cloud.scim_base())))
}

async fn schema(State(cloud): Shared, Path(id): Path<String>) -> ScimResult<Response> {
    Ok(list::json(&discovery::by_id(discovery::schemas(&cloud.scim_base()), &id)?))
}

async fn create(State(cloud): Shared, query: ListQuery, body: Bytes) -> ScimResult<Response> {
    let draft = user::read(&body)?;
    let stored = change(&cloud, PersonChange::Create(draft)).await?;
    answer(&cloud, StatusCode::CREATED, &stored, &query.projection())
}

async fn read(
    State(cloud): Shared,
    Path(id): Path<String>,
    query: ListQuery,
    headers: HeaderMap,
) -> ScimResult<Response> {
    let stored = cloud.store.person(id).await?.ok_or_else(ScimError::not_found)?;
    let tag = user::version(stored.version);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|wanted| wanted.as_bytes() == tag.as_bytes())
    {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    answer(&cloud, StatusCode::OK, &stored, &query.projection())
}

async fn replace(
    State(cloud): Shared,
    Path(id): Path<String>,
    query: ListQuery,
    headers: HeaderMap,
    body: Bytes,
) -> ScimResult<Response> {
    let draft = user::read(&body)?;
    let stored = change(&cloud, PersonChange::Replace(id, if_match(&headers)?, draft)).await?;
    answer(&cloud, StatusCode::OK, &stored, &query.projection())
}

async fn edit(
    State(cloud): Shared,
    Path(id): Path<String>,
    query: ListQuery,
    headers: HeaderMap,
    body: Bytes,
) -> ScimResult<Response> {
    let body: Value = serde_json::from_slice(&body)
        .map_err(|_| ScimError::bad("invalidSyntax", "The body is not JSON."))?;
    let edit = bulk::edit(id, if_match(&headers)?, Patch::parse(&body)?);
    let stored = change(&cloud, edit).await?;
    answer(&cloud, StatusCode::OK, &stored, &query.projection())
}

async fn remove(
    State(cloud): Shared,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ScimResult<Response> {
    let delete = PersonChange::Delete(id, if_match(&headers)?);
    match cloud.store.change(vec![delete], cloud.clock.now_ms(), None).await?.pop() {
        Some(Changed::Deleted) => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(Changed::Refused(error)) => Err(error),
        _ => Err(ScimError::new(500, "The store gave no answer.")),
    }
}

async fn run_bulk(State(cloud): Shared, body: Bytes) -> ScimResult<Response> {
    let now_ms = cloud.clock.now_ms();
    let (text, changed) = bulk::run(&*cloud.store, &body, &cloud.users_address(), now_ms).await?;
    cloud.metrics.add(Counter::People, "bulk", changed);
    Ok(list::text(text))
}

async fn change(cloud: &Cloud, change: PersonChange) -> ScimResult<StoredPerson> {
    match cloud.store.change(vec![change], cloud.clock.now_ms(), None).await?.pop() {
        Some(Changed::Stored(stored)) => {
            cloud.metrics.add(Counter::People, "single", 1);
            Ok(stored)
        }
        Some(Changed::Refused(error)) => Err(error),
        _ => Err(ScimError::new(500, "The store gave no answer.")),
    }
}

fn if_match(headers: &HeaderMap) -> ScimResult<Option<i64>> {
    match headers.get(header::IF_MATCH).map(HeaderValue::to_str) {
        None | Some(Ok("*")) => Ok(None),
        Some(Ok(tag)) => bulk::parse_version(tag).map(Some),
        Some(Err(_)) => Err(ScimError::stale()),
    }
}

fn answer(
    cloud: &Cloud,
    status: StatusCode,
    stored: &StoredPerson,
    projection: &Projection,
) -> ScimResult<Response> {
    let address = cloud.users_address();
    let mut response = list::json(&list::present(stored, &address, projection)?);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&user::version(stored.version)) {
        headers.insert(header::ETAG, tag);
    }
    if let Ok(place) = HeaderValue::from_str(&format!("{address}/{}", stored.id)) {
        let name =
            if status == StatusCode::CREATED { header::LOCATION } else { header::CONTENT_LOCATION };
        headers.insert(name, place);
    }
    Ok(response)
}
