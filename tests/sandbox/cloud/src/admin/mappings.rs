//! Mappings live in the connectors; the cloud shows and changes them there.

use super::{Body, Params, Shared, live};
use crate::connectors::mappings;
use crate::connectors::router::CallError;
use crate::http::problem::Problem;
use crate::state::Cloud;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use connector_model::Code;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// How long an administrator waits for an import to end.
const WAIT: Duration = Duration::from_mins(15);
/// How long an import may take before the cloud no longer waits for its answer.
const LONGEST: Duration = Duration::from_hours(6);

/// `GET /admin/v1/mappings`: live, or as last told where the connector is offline.
pub(super) async fn list(State(cloud): Shared) -> Result<Json<Value>, Problem> {
    let (connected, mappings) = all(&cloud).await?;
    Ok(Json(json!({ "connected": connected, "mappings": mappings })))
}

/// `GET /admin/v1/mappings/{name}`.
pub(super) async fn show(
    State(cloud): Shared,
    Path(name): Path<String>,
) -> Result<Json<Value>, Problem> {
    let (connected, mappings) = all(&cloud).await?;
    let mapping = mappings.into_iter().find(|m| is_named(m, &name)).ok_or_else(unknown)?;
    Ok(Json(json!({ "connected": connected, "mapping": mapping })))
}

/// `PUT /admin/v1/mappings/{name}` with the mapping: made or replaced in every connector of its
/// account, so that they stay alike.
pub(super) async fn put(
    State(cloud): Shared,
    Path(name): Path<String>,
    Body(mut mapping): Body<Value>,
) -> Result<Json<Value>, Problem> {
    if mapping.get("mapping").is_some_and(Value::is_object) {
        mapping = mapping["mapping"].take(); // as `GET` answers it
    }
    let map = mapping.as_object_mut().ok_or_else(|| Problem::invalid("A mapping is an object."))?;
    map.entry("name").or_insert_with(|| json!(name));
    if !is_named(&mapping, &name) {
        return Err(Problem::invalid("The mapping has another name than the address."));
    }
    let account = mapping["account"].as_str().map(str::to_owned);
    let params = json!({ "mapping": mapping });
    let mut stored = Value::Null;
    let routes = live::routes(&cloud, account.as_deref());
    for route in &routes {
        stored = live::call(&cloud, route, "mapping.put", &params, live::WITHIN).await?;
    }
    if routes.is_empty() { Err(live::offline()) } else { Ok(Json(stored)) }
}

/// `DELETE /admin/v1/mappings/{name}`: from every connector that has it.
pub(super) async fn remove(
    State(cloud): Shared,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    let mut removed = false;
    let routes = live::routes(&cloud, None);
    for route in &routes {
        let params = json!({ "name": name });
        match live::call(&cloud, route, "mapping.remove", &params, live::WITHIN).await {
            Ok(_) => removed = true,
            Err(problem) if problem.code == "not_found" => {}
            Err(problem) => return Err(problem),
        }
    }
    match (removed, routes.is_empty()) {
        (true, _) => Ok(StatusCode::NO_CONTENT),
        (false, true) => Err(live::offline()),
        (false, false) => Err(unknown()),
    }
}

#[derive(Deserialize)]
pub(super) struct SyncBody {
    approve: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct SyncParams {
    wait: Option<bool>,
}

/// `POST /admin/v1/mappings/{name}/sync`: the import record when it has ended; `202` when it goes on
/// (`?wait=false`, or after the deadline).
pub(super) async fn sync(
    State(cloud): Shared,
    Path(name): Path<String>,
    Params(params): Params<SyncParams>,
    Body(body): Body<SyncBody>,
) -> Result<Response, Problem> {
    let lease = cloud
        .runs
        .lease(&name)
        .ok_or_else(|| Problem::of(StatusCode::CONFLICT, Code::ImportRunning))?;
    let mut request = json!({ "name": name });
    if let Some(approve) = body.approve {
        request["approve"] = approve.into();
    }
    let import = tokio::spawn({
        let cloud = cloud.clone();
        async move {
            let _lease = lease;
            run(&cloud, &request).await
        }
    });
    if params.wait == Some(false) {
        return Ok(accepted(&name));
    }
    match tokio::time::timeout(WAIT, import).await {
        Ok(Ok(result)) => Ok(Json(result?).into_response()),
        Ok(Err(_)) => Err(live::offline()),
        Err(_) => Ok(accepted(&name)),
    }
}

async fn run(cloud: &Arc<Cloud>, request: &Value) -> Result<Value, Problem> {
    let name = request["name"].as_str().unwrap_or_default();
    let mut has: Vec<_> = live::routes(cloud, None);
    let holder = cloud.assignments.holder(name).await;
    // The one that imports it comes first, then those that are known to have the mapping.
    has.sort_by_key(|route| {
        let link = cloud.sessions.of(&route.connector_id);
        let mappings = link.map(|link| link.hello().mappings).unwrap_or_default();
        let known = mappings.as_array().is_some_and(|list| list.iter().any(|m| is_named(m, name)));
        (holder.as_ref() != Some(&route.connector_id), !known)
    });
    let mut last = live::offline();
    for route in has {
        let deadline = tokio::time::Instant::now() + LONGEST;
        match cloud.router().call(&route, "mapping.sync", request, deadline).await {
            Ok(mut answer) => {
                let imports = answer["imports"].take();
                for import in imports.as_array().into_iter().flatten() {
                    cloud.store.add_import(route.connector_id.clone(), import.clone()).await?;
                }
                let mine = imports.as_array().into_iter().flatten().next_back().cloned();
                return mine.ok_or_else(|| {
                    Problem::new(StatusCode::BAD_GATEWAY, "protocol_violation", "No import.")
                });
            }
            Err(CallError::Refused(refusal)) if refusal.code == "not_found" => {
                last = live::problem(CallError::Refused(refusal));
            }
            Err(error) => return Err(live::problem(error)),
        }
    }
    Err(last)
}

fn accepted(name: &str) -> Response {
    (StatusCode::ACCEPTED, Json(json!({ "mapping": name, "state": "running" }))).into_response()
}

/// Mappings of all connectors, each name and account once, and whether all of it is live.
async fn all(cloud: &Cloud) -> Result<(bool, Vec<Value>), Problem> {
    let mut connected = true;
    let mut mappings: Vec<Value> = vec![];
    let connectors = cloud.store.connectors().await?;
    let routes = live::routes(cloud, None);
    for connector in &connectors {
        let route = routes.iter().find(|route| route.connector_id == connector.id);
        let link = route.and_then(|route| cloud.sessions.of(&route.connector_id));
        let live = match link {
            Some(link) => mappings::fetch(&link).await.ok(),
            None => None,
        };
        connected &= live.is_some();
        let list = live.unwrap_or_else(|| connector.mappings.clone());
        for mapping in list.as_array().into_iter().flatten() {
            let same =
                |m: &Value| m["account"] == mapping["account"] && is_named(m, name_of(mapping));
            if !mappings.iter().any(same) {
                mappings.push(mapping.clone());
            }
        }
    }
    Ok((connected && !connectors.is_empty(), mappings))
}

fn name_of(mapping: &Value) -> &str {
    mapping["name"].as_str().unwrap_or_default()
}

fn is_named(mapping: &Value, name: &str) -> bool {
    name_of(mapping).to_lowercase() == name.to_lowercase()
}

fn unknown() -> Problem {
    Problem::not_found("There is no mapping of that name.")
}
