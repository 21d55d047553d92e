//! `POST /v1/activations`: mass deployment. A device is activated wholly or not at all.

use crate::connectors::dispatch::{self, AnswerKind, Limits};
use crate::http::metrics::Counter;
use crate::http::problem::Problem;
use crate::scim::schema::CONNECTOR;
use crate::scim::user;
use crate::state::Cloud;
use crate::store::{Activated, Device};
use crate::token::{self, TokenHash};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use connector_model::{ActivationOutcome, UserName};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

#[derive(Deserialize)]
struct Request {
    token: String,
    user: String,
    device: DeviceDetails,
}

#[derive(Deserialize)]
struct DeviceDetails {
    name: String,
    serial: Option<String>,
    uuid: Option<String>,
}

struct Done {
    outcome: ActivationOutcome,
    user_id: Option<String>,
}

impl From<ActivationOutcome> for Done {
    fn from(outcome: ActivationOutcome) -> Self {
        Self { outcome, user_id: None }
    }
}

/// `POST /v1/activations {token, user, device: {name, serial?|uuid?}}`.
pub async fn activate(State(cloud): State<Arc<Cloud>>, body: Bytes) -> Result<Response, Problem> {
    let request: Request = serde_json::from_slice(&body)
        .map_err(|_| Problem::invalid("The body needs token, user and device with a name."))?;
    request.user.parse::<UserName>().map_err(|error| Problem::invalid(error.message))?;
    let device = request.device.check(cloud.clock.now_ms())?;
    let done = decide(&cloud, token::hash(&request.token), &request.user, device).await?;
    let outcome = json!(done.outcome);
    cloud.metrics.add(Counter::Activations, outcome.as_str().unwrap_or_default(), 1);
    let mut body = json!({ "outcome": outcome });
    if let Some(id) = done.user_id {
        body["user_id"] = id.into();
        body["created"] = (done.outcome == ActivationOutcome::CreatedAndActivated).into();
    }
    Ok((status(done.outcome), Json(body)).into_response())
}

async fn decide(
    cloud: &Cloud,
    token: TokenHash,
    name: &str,
    device: Device,
) -> Result<Done, Problem> {
    // The token is judged first: who has none learns nothing about people.
    match cloud.store.token(token).await? {
        None => return Ok(ActivationOutcome::TokenUnknown.into()),
        Some(token) if token.expires_ms.is_some_and(|end| end <= cloud.clock.now_ms()) => {
            return Ok(ActivationOutcome::TokenExpired.into());
        }
        Some(_) => {}
    }
    let Some(mut found) = find(cloud, name).await else {
        return Ok(ActivationOutcome::ConnectorUnavailable.into());
    };
    let outcome = outcome_of(&found);
    if outcome != ActivationOutcome::Activated {
        return Ok(outcome.into());
    }
    let mut person = found["person"].take();
    let unmapped = person.get(CONNECTOR).is_none_or(|e| e.is_object() && e["mapping"].is_null());
    if unmapped && found["mapping"].is_string() {
        person[CONNECTOR]["mapping"] = found["mapping"].take();
    }
    if person["emails"][0]["value"].as_str().is_none_or(str::is_empty) {
        return Ok(ActivationOutcome::UserHasNoEmail.into());
    }
    let draft = user::read(person.to_string().as_bytes()).map_err(|error| {
        Problem::new(StatusCode::BAD_GATEWAY, "protocol_violation", error.detail)
    })?;
    Ok(match cloud.store.activate(token, draft, device).await? {
        Activated::TokenExpired => ActivationOutcome::TokenExpired.into(),
        Activated::Done(id, created) => Done {
            outcome: if created {
                ActivationOutcome::CreatedAndActivated
            } else {
                ActivationOutcome::Activated
            },
            user_id: Some(id),
        },
    })
}

/// What a connector knows of that person; nothing where none answers.
async fn find(cloud: &Cloud, name: &str) -> Option<Value> {
    let limits = Limits {
        deadline: tokio::time::Instant::now() + cloud.answer_within,
        patience: cloud.patience,
    };
    let params = json!({ "user": name });
    dispatch::ask(
        cloud.router(),
        "people.find",
        limits,
        |_| Some(params.clone()),
        |answer| match answer["outcome"].as_str() {
            Some("user_not_found" | "not_in_scope") => AnswerKind::NotHere,
            Some("found" | "user_disabled" | "user_has_no_email") => AnswerKind::Final,
            _ => AnswerKind::Unavailable,
        },
    )
    .await
}

fn outcome_of(found: &Value) -> ActivationOutcome {
    match found["outcome"].as_str() {
        Some("user_not_found") => ActivationOutcome::UserNotFound,
        Some("user_disabled") => ActivationOutcome::UserDisabled,
        Some("user_has_no_email") => ActivationOutcome::UserHasNoEmail,
        Some("not_in_scope") => ActivationOutcome::NotInScope,
        Some("found") if !found["person"].is_object() => ActivationOutcome::ConnectorUnavailable,
        Some("found") if found["mass_deployment"] != Value::Bool(true) => {
            ActivationOutcome::NotInScope
        }
        Some("found") => ActivationOutcome::Activated,
        _ => ActivationOutcome::ConnectorUnavailable,
    }
}

impl DeviceDetails {
    fn check(self, now_ms: i64) -> Result<Device, Problem> {
        let clean = |text: String| {
            let text = text.trim().to_owned();
            if text.chars().count() > 256 || text.chars().any(char::is_control) {
                return Err(Problem::invalid("A detail of the device is too long or not text."));
            }
            Ok((!text.is_empty()).then_some(text))
        };
        let name = clean(self.name)?.ok_or_else(|| Problem::invalid("The device needs a name."))?;
        let serial = self.serial.map(clean).transpose()?.flatten();
        let uuid = self.uuid.map(clean).transpose()?.flatten();
        if uuid.as_deref().is_some_and(|uuid| uuid::Uuid::try_parse(uuid).is_err()) {
            return Err(Problem::invalid("The device's uuid is not a UUID."));
        }
        Ok(Device { name, serial, uuid, activated_ms: now_ms })
    }
}

fn status(outcome: ActivationOutcome) -> StatusCode {
    match outcome {
        ActivationOutcome::Activated => StatusCode::OK,
        ActivationOutcome::CreatedAndActivated => StatusCode::CREATED,
        ActivationOutcome::TokenExpired
        | ActivationOutcome::TokenUnknown
        | ActivationOutcome::UserDisabled
        | ActivationOutcome::NotInScope => StatusCode::FORBIDDEN,
        ActivationOutcome::UserNotFound => StatusCode::NOT_FOUND,
        ActivationOutcome::UserHasNoEmail => StatusCode::UNPROCESSABLE_ENTITY,
        ActivationOutcome::ConnectorUnavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
