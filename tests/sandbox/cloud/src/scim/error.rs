//! Errors of the SCIM service (RFC 7644, section 3.12).

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScimError {
    /// HTTP status.
    pub status: u16,
    /// A code of the connector protocol, where it has one.
    pub code: Option<&'static str>,
    /// `scimType` of RFC 7644, table 9.
    pub kind: Option<&'static str>,
    /// One sentence.
    pub detail: String,
}

/// Shorthand.
pub type ScimResult<T> = Result<T, ScimError>;

impl ScimError {
    /// A refusal without `scimType`.
    pub fn new(status: u16, detail: impl Into<String>) -> Self {
        Self { status, code: None, kind: None, detail: detail.into() }
    }

    /// `400` with a `scimType`.
    pub fn bad(kind: &'static str, detail: impl Into<String>) -> Self {
        Self { status: 400, code: None, kind: Some(kind), detail: detail.into() }
    }

    /// `404`: no such resource or endpoint.
    pub fn not_found() -> Self {
        Self::new(404, "There is no such resource.")
    }

    /// `409 uniqueness`.
    pub fn taken(attribute: &str) -> Self {
        Self {
            status: 409,
            code: None,
            kind: Some("uniqueness"),
            detail: format!("Another user has this {attribute}."),
        }
    }

    /// `410`: the address is of an import that was given out anew.
    pub fn elsewhere() -> Self {
        let detail = "The import was given out anew: what is sent of this term is too late.";
        Self { code: Some("import_elsewhere"), ..Self::new(410, detail) }
    }

    /// `412`: the version is no longer current.
    pub fn stale() -> Self {
        Self::new(412, "The resource was changed in the meantime.")
    }

    /// The body.
    pub fn to_json(&self) -> Value {
        let mut body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": self.status.to_string(),
            "detail": self.detail,
        });
        if let Some(code) = self.code {
            body["code"] = code.into();
        }
        if let Some(kind) = self.kind {
            body["scimType"] = kind.into();
        }
        body
    }
}

impl From<StoreError> for ScimError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(500, "The store failed.")
    }
}

impl IntoResponse for ScimError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, self.to_json().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/scim+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
