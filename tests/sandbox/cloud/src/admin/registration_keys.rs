//! Registration keys.

use super::{Body, Shared};
use crate::http::problem::Problem;
use crate::store::RegistrationKey;
use crate::{clock, token};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest life of a key: a week.
const MAX_MINUTES: i64 = 7 * 24 * 60;

#[derive(Deserialize)]
pub(super) struct NewKey {
    name: Option<String>,
    replaces: Option<String>,
    minutes: Option<i64>,
}

/// `POST /admin/v1/registration-keys`: the only time that the key is shown.
pub(super) async fn create(
    State(cloud): Shared,
    Body(new): Body<NewKey>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let minutes = new.minutes.unwrap_or(cloud.key_minutes);
    if !(0..=MAX_MINUTES).contains(&minutes) {
        return Err(Problem::invalid(format!("minutes must be from 0 to {MAX_MINUTES}.")));
    }
    if let Some(former) = &new.replaces {
        let known = cloud.store.connector(former.clone()).await?;
        if known.is_none_or(|connector| connector.revoked_ms.is_some()) {
            return Err(Problem::not_found("There is no connector to replace."));
        }
    }
    let key = token::new_typed_key("ISK");
    let expires_ms = cloud.clock.now_ms() + minutes * 60_000;
    cloud
        .store
        .add_key(RegistrationKey {
            hash: token::hash(&key),
            name: new.name.clone(),
            replaces: new.replaces.clone(),
            expires_ms,
        })
        .await?;
    let body = json!({
        "key": key,
        "expires": clock::rfc3339_seconds(expires_ms),
        "name": new.name,
        "replaces": new.replaces,
    });
    Ok((StatusCode::CREATED, Json(body)))
}
