//! A one-time key becomes an identity (protocol, section 1).

use crate::identity::signed_texts;
use crate::problem;
use crate::transport::http::{Http, Question, Reply};
use crate::{ConnectorKeys, Endpoint};
use connector_model::{Code, Error, Result, Secret};
use futures_util::future::BoxFuture;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use zeroize::Zeroizing;

const LIMIT: usize = 64 * 1024;
const DEADLINE: Duration = Duration::from_secs(30);
/// Longest registration key that is sent, in bytes.
const MAX_KEY: usize = 512;

/// What the cloud gave the connector.
#[derive(Debug)]
pub struct Registration {
    /// Identity of the connector.
    pub connector_id: String,
    /// The customer's name in the cloud.
    pub tenant: String,
    /// Base address of the SCIM service, absolute.
    pub scim_url: String,
    /// Bearer token for the SCIM service.
    pub scim_token: Secret,
    /// Identity of the connector whose place was taken, where the key was made for that.
    pub replaced: Option<String>,
}

#[derive(Serialize)]
struct Request<'a> {
    key: &'a str,
    host: &'a str,
    version: &'a str,
    signing_key: &'a str,
    sealing_key: &'a str,
    proof: &'a str,
}

#[derive(Deserialize)]
struct Answer {
    connector_id: String,
    tenant: String,
    scim_url: String,
    scim_token: String,
    #[serde(default)]
    replaced: Option<String>,
}

/// Registers with a one-time key. `host` names this machine for people.
///
/// Errors: `registration_key_unknown`, `registration_key_used`, `registration_key_expired`, and those of reaching a server.
pub fn register<'a>(
    endpoint: &'a Endpoint,
    key: &'a Secret,
    keys: &'a ConnectorKeys,
    host: &'a str,
    version: &'a str,
) -> BoxFuture<'a, Result<Registration>> {
    Box::pin(async move {
        let key = key
            .expose_str()
            .map(str::trim)
            .filter(|k| !k.is_empty() && k.len() <= MAX_KEY && k.chars().all(|c| !c.is_control()));
        let key = key.ok_or_else(|| Error::of(Code::RegistrationKeyUnknown).at("key"))?;
        let (signing_key, sealing_key) = (keys.signing_public(), keys.sealing_public());
        let text = Zeroizing::new(signed_texts::registration(key, &signing_key, &sealing_key));
        let request = Request {
            key,
            host,
            version,
            signing_key: &signing_key,
            sealing_key: &sealing_key,
            proof: &keys.sign(&text),
        };
        let body = serde_json::to_vec(&request).map_err(|_| Error::of(Code::Internal))?;
        let url = endpoint.join("connector/v1/registrations")?;
        let reply = ask(endpoint, Method::POST, &url, Some(body), None).await?;
        if reply.status != StatusCode::CREATED {
            // Whoever refuses a key may repeat it.
            let error = problem::to_error(&reply.without(&Secret::new(key)));
            let code = if error.code == Code::Revoked { Code::CloudRefused } else { error.code };
            return Err(Error { code, ..error });
        }
        let answer: Answer = serde_json::from_slice(&reply.body).map_err(|_| {
            Error::new(Code::ProtocolViolation, "The answer to the registration cannot be read.")
        })?;
        Ok(Registration {
            scim_url: endpoint.join(&answer.scim_url)?.to_string(),
            scim_token: Secret::from(answer.scim_token),
            connector_id: answer.connector_id,
            tenant: answer.tenant,
            replaced: answer.replaced,
        })
    })
}

/// Ends a registration. One that has ended before is no error.
pub fn unregister<'a>(
    endpoint: &'a Endpoint,
    connector_id: &'a str,
    token: &'a Secret,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let mut url = endpoint.join("connector/v1/registrations/")?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(connector_id);
        }
        let reply = ask(endpoint, Method::DELETE, &url, None, Some(bearer(token)?)).await?;
        match reply.status {
            s if s.is_success() => Ok(()),
            StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
            _ => Err(problem::to_error(&reply)),
        }
    })
}

/// The header value for a bearer token, kept out of debug output.
pub(crate) fn bearer(token: &Secret) -> Result<HeaderValue> {
    let unusable = || Error::new(Code::SecretMissing, "The cloud's token cannot be sent.");
    let text = Zeroizing::new(format!("Bearer {}", token.expose_str().ok_or_else(unusable)?));
    let mut value = HeaderValue::from_str(&text).map_err(|_| unusable())?;
    value.set_sensitive(true);
    Ok(value)
}

async fn ask(
    endpoint: &Endpoint,
    method: Method,
    url: &url::Url,
    body: Option<Vec<u8>>,
    authorization: Option<HeaderValue>,
) -> Result<Reply> {
    let question = Question {
        method,
        url,
        body: body.map(|b| ("application/json", b.into())),
        accept: "application/json, application/problem+json",
        authorization,
        version: None,
        limit: LIMIT,
        deadline: DEADLINE,
    };
    Http::new(endpoint.clone()).ask(question).await
}
