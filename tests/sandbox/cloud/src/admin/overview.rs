//! People, imports, alerts and settings.

use super::{Body, Params, Shared, live};
use crate::clock;
use crate::http::problem::Problem;
use crate::scim::list::ListQuery;
use crate::scim::schema::CONNECTOR;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// A connector confirms new settings within this time, or gets them at its next session.
const CONFIRM: Duration = Duration::from_secs(5);

/// `GET /admin/v1/users?filter=&startIndex=&count=`: the filter is one of SCIM.
pub(super) async fn users(State(cloud): Shared, query: ListQuery) -> Result<Json<Value>, Problem> {
    let (_, search) = query.people().map_err(|error| Problem::invalid(error.detail))?;
    let page = cloud.store.search(search, cloud.users_address()).await?;
    let ids = page.people.iter().map(|person| person.id.clone()).collect();
    let devices = cloud.store.devices(ids).await?;
    let users: Vec<_> = page
        .people
        .iter()
        .zip(devices)
        .map(|(person, devices)| {
            let user: Value = serde_json::from_str(&person.document).unwrap_or_default();
            json!({
                "id": person.id,
                "externalId": user["externalId"],
                "userName": user["userName"],
                "email": user["emails"][0]["value"],
                "displayName": user["displayName"],
                "active": user["active"] != Value::Bool(false),
                "mapping": user[CONNECTOR]["mapping"],
                "account": user[CONNECTOR]["account"],
                "profile": user[CONNECTOR]["profile"],
                "devices": devices,
                "created": clock::rfc3339(person.created_ms),
                "modified": clock::rfc3339(person.modified_ms),
            })
        })
        .collect();
    Ok(Json(json!({ "total": page.total, "users": users })))
}

#[derive(Deserialize)]
pub(super) struct ImportsParams {
    limit: Option<usize>,
}

/// `GET /admin/v1/imports`: ended ones, youngest first, and those that are running.
pub(super) async fn imports(
    State(cloud): Shared,
    Params(params): Params<ImportsParams>,
) -> Result<Json<Value>, Problem> {
    let imports = cloud.store.imports(params.limit.unwrap_or(100).min(1000)).await?;
    Ok(Json(json!({ "imports": imports, "running": cloud.runs.list() })))
}

/// `GET /admin/v1/alerts`.
pub(super) async fn alerts(State(cloud): Shared) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({ "alerts": cloud.store.alerts().await? })))
}

/// `GET /admin/v1/settings`.
pub(super) async fn settings(State(cloud): Shared) -> Json<Value> {
    Json(cloud.settings().await)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    interval_hours: Option<u32>,
}

/// `PUT /admin/v1/settings {interval_hours}` (null: the connectors decide): kept, and pushed to all
/// connectors that are there.
pub(super) async fn set_settings(
    State(cloud): Shared,
    Body(settings): Body<Settings>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    if settings.interval_hours.is_some_and(|hours| !(1..=24 * 31).contains(&hours)) {
        return Err(Problem::invalid("interval_hours must be from 1 to 744."));
    }
    let value = json!({ "interval_hours": settings.interval_hours });
    cloud.store.set_setting("connector_settings", value.clone()).await?;
    let mut delivered = 0;
    if settings.interval_hours.is_some() {
        for route in live::routes(&cloud, None) {
            let sent = live::call(&cloud, &route, "settings.set", &value, CONFIRM).await;
            delivered += u32::from(sent.is_ok());
        }
    }
    let body = json!({ "interval_hours": settings.interval_hours, "delivered": delivered });
    Ok((StatusCode::OK, Json(body)))
}
