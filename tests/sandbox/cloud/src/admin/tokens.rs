//! Deployment tokens.

use super::{Body, Shared};
use crate::http::problem::Problem;
use crate::store::DeploymentToken;
use crate::{clock, token};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct NewToken {
    name: String,
    /// RFC 3339.
    expires: Option<String>,
    minutes: Option<i64>,
}

/// `POST /admin/v1/deployment-tokens {name, expires? | minutes?}`: the only time that the token is shown.
pub(super) async fn create(
    State(cloud): Shared,
    Body(new): Body<NewToken>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Problem::invalid("The name has 1 to 100 characters."));
    }
    let now_ms = cloud.clock.now_ms();
    let expires_ms = match (&new.expires, new.minutes) {
        (Some(text), _) => {
            Some(clock::parse(text).ok_or_else(|| Problem::invalid("expires is not a time."))?)
        }
        (None, Some(minutes)) => Some(now_ms.saturating_add(minutes.saturating_mul(60_000))),
        (None, None) => None,
    };
    let value = token::new_token("idt_");
    let record = DeploymentToken {
        name,
        hash: token::hash(&value),
        created_ms: now_ms,
        expires_ms,
        used: 0,
    };
    let mut body = describe(&record, now_ms);
    if !cloud.store.add_token(record).await? {
        return Err(Problem::new(
            StatusCode::CONFLICT,
            "already_exists",
            "A good token has that name.",
        ));
    }
    body["token"] = value.into();
    Ok((StatusCode::CREATED, Json(body)))
}

/// `GET /admin/v1/deployment-tokens`.
pub(super) async fn list(State(cloud): Shared) -> Result<Json<Value>, Problem> {
    let now_ms = cloud.clock.now_ms();
    let tokens = cloud.store.tokens().await?;
    let list: Vec<_> = tokens.iter().map(|token| describe(token, now_ms)).collect();
    Ok(Json(json!({ "tokens": list })))
}

/// `DELETE /admin/v1/deployment-tokens/{name}`: ends it at once. It stays in the list, as expired.
pub(super) async fn expire(
    State(cloud): Shared,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    if cloud.store.expire_token(name, cloud.clock.now_ms()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("There is no good token of that name."))
    }
}

fn describe(token: &DeploymentToken, now_ms: i64) -> Value {
    json!({
        "name": token.name,
        "created": clock::rfc3339_seconds(token.created_ms),
        "expires": token.expires_ms.map(clock::rfc3339_seconds),
        "expired": token.expires_ms.is_some_and(|end| end <= now_ms),
        "used": token.used,
    })
}
