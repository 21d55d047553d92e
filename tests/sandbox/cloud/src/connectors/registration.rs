//! Registration of connectors (PROTOCOL.md, section 1).

use super::router::Router;
use super::session::handshake::is_signed_by;
use crate::http::problem::Problem;
use crate::people::sealing;
use crate::state::Cloud;
use crate::store::{Connector, KeyRefusal};
use crate::token;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use connector_model::Code;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Body of `POST /connector/v1/registrations`.
#[derive(Deserialize)]
pub struct Request {
    key: String,
    host: String,
    #[serde(default)]
    version: String,
    signing_key: String,
    sealing_key: String,
    proof: String,
}

impl Request {
    /// The bytes that the proof covers.
    pub fn proof_input(&self) -> String {
        ["insync-connector/1/register", &self.key, &self.signing_key, &self.sealing_key].join("\n")
    }

    /// Both public keys, if they are keys and the proof is right.
    pub fn keys(&self) -> Option<([u8; 32], [u8; 32])> {
        let signing = token::decode_32(&self.signing_key)?;
        let sealing = token::decode_32(&self.sealing_key)?;
        (is_signed_by(&signing, &self.proof_input(), &self.proof)
            && sealing::is_sealing_key(&sealing))
        .then_some((signing, sealing))
    }
}

/// `POST /connector/v1/registrations`.
pub async fn register(State(cloud): State<Arc<Cloud>>, body: Bytes) -> Result<Response, Problem> {
    let request: Request = serde_json::from_slice(&body)
        .map_err(|_| Problem::invalid("The body is not a registration."))?;
    let (signing_key, sealing_key) = request
        .keys()
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "invalid_proof", INVALID_PROOF))?;
    let scim_token = token::new_token("ict_");
    let short = |text: &str| text.chars().take(200).collect::<String>();
    let connector = Connector {
        id: uuid::Uuid::new_v4().to_string(),
        name: None,
        host: short(&request.host),
        version: short(&request.version),
        signing_key,
        sealing_key,
        registered_ms: cloud.clock.now_ms(),
        seen_ms: None,
        revoked_ms: None,
        accounts: Value::Null,
        mappings: Value::Null,
    };
    let id = connector.id.clone();
    let key = token::hash(request.key.trim());
    let former =
        cloud.store.register(key, connector, token::hash(&scim_token)).await?.map_err(refusal)?;
    if let Some(former) = &former {
        cloud.sessions.revoke(former);
        tracing::info!(connector = %id, %former, "a connector took another one's place");
    } else {
        tracing::info!(connector = %id, "a connector registered");
    }
    let body = json!({
        "connector_id": id,
        "tenant": cloud.tenant,
        "scim_url": "/scim/v2",
        "scim_token": scim_token,
        "replaced": former,
    });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// `DELETE /connector/v1/registrations/{id}` with the connector's own token.
pub async fn unregister(
    State(cloud): State<Arc<Cloud>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let hash = token::bearer(&headers).ok_or_else(Problem::unauthorized)?;
    let own = cloud.store.connector_of(hash).await?;
    if own.as_ref() != Some(&id) && !cloud.is_admin(&hash) {
        return Err(Problem::unauthorized());
    }
    end(&cloud, id).await
}

/// Revokes a connector: identity, token and session, at once.
pub async fn end(cloud: &Cloud, id: String) -> Result<StatusCode, Problem> {
    let known = cloud.store.revoke(id.clone(), cloud.clock.now_ms()).await?;
    if !known {
        return Err(Problem::not_found("There is no such connector."));
    }
    cloud.sessions.revoke(&id);
    tracing::info!(connector = %id, "a connector was revoked");
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /connector/v1/ping`.
pub async fn ping(State(cloud): State<Arc<Cloud>>) -> Json<Value> {
    Json(json!({
        "product": "inSync Cloud (sandbox)",
        "version": env!("CARGO_PKG_VERSION"),
        "time": cloud.clock.now_text(),
    }))
}

const INVALID_PROOF: &str = "The proof does not fit the keys.";

fn refusal(refusal: KeyRefusal) -> Problem {
    Problem::of(
        StatusCode::FORBIDDEN,
        match refusal {
            KeyRefusal::Unknown => Code::RegistrationKeyUnknown,
            KeyRefusal::Used => Code::RegistrationKeyUsed,
            KeyRefusal::Expired => Code::RegistrationKeyExpired,
        },
    )
}
