//! Single requests to a SCIM service, repeated politely when it asks for a pause.

use crate::problem;
use crate::scim::bulk;
use crate::scim::capabilities::{Capabilities, Schemas, ServiceProviderConfig};
use crate::scim::operation::{Operation, OperationAnswer, segment};
use crate::scim::user::EXTENSION;
use crate::scim::wire::{ACCEPT, Body, ListAnswer, MEDIA_TYPE};
use crate::transport::backoff::full_jitter;
use crate::transport::http::{Http, Question, Reply};
use connector_model::{Code, Error, Result};
use hyper::body::Bytes;
use hyper::header::{HeaderValue, LOCATION};
use hyper::{Method, StatusCode};
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// Most bytes of an answer.
const LIMIT: usize = 16 * 1024 * 1024;
/// Longest time for one request; a bulk of a thousand people needs some.
const DEADLINE: Duration = Duration::from_mins(2);
/// Times that one request is sent again after `429` or `503`.
const REPEATS: u32 = 5;
/// Limit of the first pause where the service does not say how long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Longest pause, whatever the service says.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Speaks to one service.
pub(crate) struct Exchange {
    http: Http,
    base: Url,
    bearer: HeaderValue,
}

impl Exchange {
    pub(crate) fn new(http: Http, base: Url, bearer: HeaderValue) -> Self {
        Self { http, base, bearer }
    }

    pub(crate) async fn read_capabilities(&self) -> Result<Capabilities> {
        let reply = self.ask(Method::GET, "ServiceProviderConfig", None).await?;
        let config: ServiceProviderConfig = read(&reply)?;
        // A service without this list has no extensions either.
        let schemas = self.ask(Method::GET, "Schemas", None).await?;
        let extension = schemas.status.is_success()
            && serde_json::from_slice::<Schemas>(&schemas.body).is_ok_and(|s| s.lists(EXTENSION));
        Ok(Capabilities { bulk: config.bulk_limits(), extension })
    }

    /// Asks for one user: `ServiceProviderConfig` may be open to everybody, users are not.
    pub(crate) async fn probe_users(&self) -> Result<()> {
        let reply = self.ask(Method::GET, "Users?count=1", None).await?;
        read::<ListAnswer>(&reply).map(drop)
    }

    pub(crate) async fn bulk(&self, operations: &[Operation]) -> Result<Reply> {
        self.ask(Method::POST, "Bulk", Some(bulk::body(operations)?)).await
    }

    /// Users whose `attribute` equals `value` (RFC 7644, section 3.4.2.2); two are enough to know that it is not one.
    pub(crate) async fn find(&self, attribute: &str, value: &str) -> Result<Vec<Body>> {
        let quoted = serde_json::to_string(value).map_err(|_| Error::of(Code::Internal))?;
        let filter = segment(&format!("{attribute} eq {quoted}"));
        let reply = self.ask(Method::GET, &format!("Users?filter={filter}&count=2"), None).await?;
        Ok(read::<ListAnswer>(&reply)?.resources)
    }

    /// One page of the users that a filter names, from `start` (counted from 1) on.
    pub(crate) async fn page<T: serde::de::DeserializeOwned>(
        &self,
        filter: &str,
        start: usize,
        count: usize,
    ) -> Result<T> {
        let filter = match filter {
            "" => String::new(),
            filter => format!("filter={}&", segment(filter)),
        };
        let path = format!("Users?{filter}startIndex={start}&count={count}");
        read(&self.ask(Method::GET, &path, None).await?)
    }

    /// Creates (`id` is none) or changes a user.
    pub(crate) async fn change(
        &self,
        method: Method,
        id: Option<&str>,
        data: Bytes,
    ) -> Result<OperationAnswer> {
        let path = id.map_or_else(|| "Users".to_owned(), |id| format!("Users/{}", segment(id)));
        let reply = self.ask(method, &path, Some(data)).await?;
        match reply.status {
            StatusCode::UNAUTHORIZED | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
                Err(problem::to_error(&reply))
            }
            status => {
                let location = reply.headers.get(LOCATION).and_then(|l| l.to_str().ok());
                Ok(OperationAnswer::new(
                    status,
                    serde_json::from_slice(&reply.body).unwrap_or_default(),
                    location,
                ))
            }
        }
    }

    /// How long to wait where the service does not say.
    pub(crate) fn pause(attempt: u32) -> Duration {
        full_jitter(FIRST_PAUSE, LONGEST_PAUSE, attempt)
    }

    /// What the service asked for, within reason, and a little more so that not all come back at once.
    pub(crate) fn capped(asked: Duration) -> Duration {
        asked.min(LONGEST_PAUSE) + full_jitter(FIRST_PAUSE, LONGEST_PAUSE, 0)
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Bytes>) -> Result<Reply> {
        let url = self.base.join(path).map_err(|_| Error::of(Code::Internal))?;
        let mut attempt = 0;
        loop {
            let question = Question {
                method: method.clone(),
                url: &url,
                body: body.clone().map(|b| (MEDIA_TYPE, b)),
                accept: ACCEPT,
                authorization: Some(self.bearer.clone()),
                limit: LIMIT,
                deadline: DEADLINE,
            };
            let reply = self.http.ask(question).await?;
            if !matches!(
                reply.status,
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            ) {
                return Ok(reply);
            }
            if attempt == REPEATS {
                return Err(problem::to_error(&reply));
            }
            sleep(reply.retry_after().map_or_else(|| Self::pause(attempt), Self::capped)).await;
            attempt += 1;
        }
    }
}

/// The body of a successful answer.
fn read<T: serde::de::DeserializeOwned>(reply: &Reply) -> Result<T> {
    if !reply.status.is_success() {
        return Err(problem::to_error(reply));
    }
    serde_json::from_slice(&reply.body).map_err(|_| {
        Error::new(Code::ProtocolViolation, "The service's answer is not SCIM 2.0.")
            .with_action("Check that the address is the base of a SCIM 2.0 service.")
    })
}
