//! Questions of the administrator that go through to a connector.

use crate::connectors::router::{CallError, Route};
use crate::http::problem::Problem;
use crate::state::Cloud;
use axum::http::StatusCode;
use connector_model::Code;
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;

/// Browsing a large directory may take a while.
pub(super) const WITHIN: Duration = Duration::from_mins(1);

/// Connectors that serve an account (any account when not named), those with the least to do first.
pub(super) fn routes(cloud: &Cloud, account: Option<&str>) -> Vec<Route> {
    let serves = |route: &Route| {
        account.is_none_or(|a| route.accounts.iter().any(|have| have.eq_ignore_ascii_case(a)))
    };
    cloud.router().routes().into_iter().filter(serves).collect()
}

/// `503 connector_unavailable`.
pub(super) fn offline() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "connector_unavailable",
        "No connector that could answer is connected.",
    )
    .with_action("Start the connector, and look at its status.")
}

/// Asks one connector.
pub(super) async fn call(
    cloud: &Cloud,
    route: &Route,
    method: &str,
    params: &Value,
    within: Duration,
) -> Result<Value, Problem> {
    let answer = cloud.router().call(route, method, params, Instant::now() + within).await;
    answer.map_err(problem)
}

/// Asks the connectors of an account, another one when the first dies.
pub(super) async fn ask(
    cloud: &Cloud,
    account: Option<&str>,
    method: &str,
    params: &Value,
) -> Result<Value, Problem> {
    let mut last = offline();
    for route in routes(cloud, account) {
        let end = Instant::now() + WITHIN;
        match cloud.router().call(&route, method, params, end).await {
            Ok(answer) => return Ok(answer),
            Err(CallError::Lost) => last = offline(),
            Err(error) => return Err(problem(error)),
        }
    }
    Err(last)
}

/// What a failed call means for the administrator. A connector's own code is passed on.
pub(super) fn problem(error: CallError) -> Problem {
    match error {
        CallError::Lost => offline(),
        CallError::Timeout => Problem::of(StatusCode::GATEWAY_TIMEOUT, Code::Timeout),
        CallError::TooLarge => Problem::invalid("The request is too large for a connector."),
        CallError::Refused(refusal) => {
            let status = match refusal.code.as_str() {
                "not_found" | "base_not_found" => StatusCode::NOT_FOUND,
                "already_exists" | "in_use" | "sync_running" | "imports_paused"
                | "approval_stale" => StatusCode::CONFLICT,
                "not_covered" => StatusCode::FORBIDDEN,
                "throttled" => StatusCode::TOO_MANY_REQUESTS,
                code if code.starts_with("invalid_") => StatusCode::BAD_REQUEST,
                _ => StatusCode::BAD_GATEWAY,
            };
            Problem::new(status, refusal.code, refusal.message).with_action(refusal.action)
        }
    }
}
