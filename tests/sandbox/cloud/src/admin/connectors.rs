//! Registered connectors.

use super::Shared;
use crate::clock;
use crate::connectors::registration;
use crate::http::problem::Problem;
use crate::state::Cloud;
use crate::store::Connector;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// `GET /admin/v1/connectors`.
pub(super) async fn list(State(cloud): Shared) -> Result<Json<Value>, Problem> {
    let connectors = cloud.store.connectors().await?;
    let list: Vec<_> = connectors.iter().map(|connector| describe(&cloud, connector)).collect();
    Ok(Json(json!({ "connectors": list })))
}

/// `GET /admin/v1/connectors/{id}`.
pub(super) async fn show(
    State(cloud): Shared,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let connector = cloud.store.connector(id).await?.filter(|c| c.revoked_ms.is_none());
    let connector = connector.ok_or_else(|| Problem::not_found("There is no such connector."))?;
    Ok(Json(describe(&cloud, &connector)))
}

/// `DELETE /admin/v1/connectors/{id}`: revokes identity, token and session.
pub(super) async fn remove(
    State(cloud): Shared,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    registration::end(&cloud, id).await
}

fn describe(cloud: &Cloud, connector: &Connector) -> Value {
    let link = cloud.sessions.of(&connector.id).filter(|link| !link.gone.is_cancelled());
    json!({
        "id": connector.id,
        "name": connector.name,
        "host": connector.host,
        "version": connector.version,
        "registered": clock::rfc3339_seconds(connector.registered_ms),
        "connected": link.is_some(),
        "used_twice": cloud.sessions.is_used_twice(&connector.id),
        "connected_since": link.as_ref().map(|link| clock::rfc3339_seconds(link.since_ms)),
        "last_seen": connector.seen_ms.map(clock::rfc3339_seconds),
        "in_flight": link.as_ref().map_or(0, |link| link.in_flight()),
        "accounts": connector.accounts,
        "mappings": connector.mappings.as_array().map_or(0, Vec::len),
    })
}
