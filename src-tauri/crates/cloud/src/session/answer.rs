//! Answers one request of the cloud: reads it, opens what is sealed, and asks whoever handles it, within its deadline.

use crate::identity::keys::ConnectorKeys;
use crate::identity::sealing::SealedSignIn;
use crate::session::clock::{self, CloudClock};
use crate::session::line::SessionLine;
use crate::session::replay::Replay;
use crate::session::requests::{self, Asked, CloudRequest, RequestHandler};
use crate::session::rpc::{self, Id};
use connector_model::{Assignment, Code, Error, Result, UserName};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// What answering needs; the same for all connections of a session.
pub(crate) struct RequestContext {
    pub(crate) keys: Arc<ConnectorKeys>,
    pub(crate) connector_id: String,
    pub(crate) handler: Arc<dyn RequestHandler>,
    pub(crate) replay: Mutex<Replay>,
    pub(crate) in_flight: usize,
    /// Where answers of the cloud are waited for.
    pub(crate) line: SessionLine,
}

/// The answer to one request, as text. A panic while answering ends this request only.
pub(crate) async fn answer(
    context: &RequestContext,
    id: Id,
    method: &str,
    params: Value,
    cloud_clock: CloudClock,
) -> String {
    let work = AssertUnwindSafe(run(context, method, params, cloud_clock)).catch_unwind();
    let result = work.await.unwrap_or_else(|_| {
        tracing::error!(method, "answering a request of the cloud failed unexpectedly");
        Err(Error::of(Code::Internal))
    });
    rpc::response(&id, &result)
}

async fn run(
    context: &RequestContext,
    method: &str,
    params: Value,
    cloud_clock: CloudClock,
) -> Result<Value> {
    match requests::read(method, params)? {
        Asked::SignIn(sealed) => sign_in(context, &sealed, cloud_clock).await,
        Asked::Plain(request) => {
            let limit = requests::time_limit(&request);
            timeout(limit, context.handler.handle(request))
                .await
                .map_err(|_| Error::of(Code::Timeout))?
        }
    }
}

async fn sign_in(
    context: &RequestContext,
    sealed: &SealedSignIn,
    cloud_clock: CloudClock,
) -> Result<Value> {
    let user: UserName = sealed.user.parse()?;
    let expires_ms = clock::from_text(&sealed.expires)?;
    let now_ms = cloud_clock.now_ms();
    if let Err(error) = lock(&context.replay).in_time(expires_ms, now_ms) {
        return refused(error);
    }
    let password = sealed.open(&context.keys, &context.connector_id)?;
    if let Err(error) = lock(&context.replay).note(&sealed.request_id, expires_ms) {
        return refused(error);
    }
    let deadline = Instant::now()
        + Duration::from_millis(expires_ms.saturating_sub(now_ms).max(0).unsigned_abs());
    let request = CloudRequest::Authenticate { user, password, deadline };
    match timeout_at(deadline, context.handler.handle(request)).await {
        Ok(result) => result,
        Err(_) => Ok(json!({ "outcome": "directory_unavailable" })),
    }
}

/// Who imports what has changed.
pub(crate) fn imports_assigned(context: &RequestContext, params: Value) {
    #[derive(serde::Deserialize)]
    struct Assigned {
        imports: Vec<Assignment>,
    }
    let Ok(assigned) = serde_json::from_value::<Assigned>(params) else {
        return tracing::warn!("the cloud's word on imports was not understood");
    };
    context.handler.assigned(Some(assigned.imports));
}

/// The outcome of a sign-in that is not forwarded.
fn refused(error: Error) -> Result<Value> {
    match error.code {
        Code::ExpiredRequest | Code::Replayed => Ok(json!({ "outcome": "expired_request" })),
        Code::Throttled => Ok(json!({ "outcome": "throttled" })),
        _ => Err(error),
    }
}

fn lock(replay: &Mutex<Replay>) -> std::sync::MutexGuard<'_, Replay> {
    replay.lock().unwrap_or_else(PoisonError::into_inner)
}
