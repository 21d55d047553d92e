//! Errors of the HTTP interface: `application/problem+json` (RFC 9457) with a stable `code`.

use crate::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use connector_model::{Code, Error};
use serde_json::json;

/// What went wrong, for people and for programs.
#[derive(Debug, Clone)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable, `snake_case`.
    pub code: String,
    /// One sentence.
    pub detail: String,
    /// What to do next, where there is something.
    pub action: Option<String>,
}

impl Problem {
    /// A problem without an action.
    pub fn new(status: StatusCode, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { status, code: code.into(), detail: detail.into(), action: None }
    }

    /// A problem with the code's own sentence and action.
    pub fn of(status: StatusCode, code: Code) -> Self {
        Self::new(status, code.as_str(), code.summary()).with_action(code.action())
    }

    /// `400 invalid_input`.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_input", detail)
    }

    /// `404 not_found`.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// `401 unauthorized`.
    pub fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "This needs a bearer token that is still good.",
        )
    }

    /// Adds what to do next.
    #[must_use]
    pub fn with_action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "storage_failed", "The cloud's store failed.")
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match error.code {
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::AlreadyExists | Code::InUse | Code::ImportRunning | Code::ApprovalStale => {
                StatusCode::CONFLICT
            }
            Code::Throttled => StatusCode::TOO_MANY_REQUESTS,
            Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Code::InvalidInput | Code::InvalidDn | Code::InvalidFilter | Code::InvalidMapping => {
                StatusCode::BAD_REQUEST
            }
            _ => StatusCode::BAD_GATEWAY,
        };
        Self::new(status, error.code.as_str(), error.message).with_action(error.action)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "status": self.status.as_u16(),
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "detail": self.detail,
            "code": self.code,
        });
        if let Some(action) = self.action {
            body["action"] = action.into();
        }
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
