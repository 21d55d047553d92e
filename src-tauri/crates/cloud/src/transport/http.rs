//! HTTP/1.1 over the crate's own dialling, with pooled connections, deadlines and body limits.

use crate::transport::dial::{self, Connection};
use crate::transport::endpoint::{AGENT, Endpoint};
use connector_model::{Code, Error, Result, Secret};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, IF_MATCH, LOCATION, RETRY_AFTER,
    USER_AGENT,
};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::Connected;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use memchr::memmem;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// Connections kept open while nobody uses them.
const IDLE_CONNECTIONS: usize = 16;
/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_secs(50);

/// A client for one endpoint. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Http(Client<Dialer, Full<Bytes>>);

/// An answer, read completely.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A question to be asked once.
pub(crate) struct Question<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    /// Content type and body.
    pub(crate) body: Option<(&'static str, Bytes)>,
    pub(crate) accept: &'static str,
    pub(crate) authorization: Option<HeaderValue>,
    /// The version that is to be changed, and no other (`If-Match`; RFC 9110, section 13.1.1).
    pub(crate) version: Option<HeaderValue>,
    /// Most bytes of an answer.
    pub(crate) limit: usize,
    /// Longest time from dialling to the last byte.
    pub(crate) deadline: Duration,
}

/// Why there is no complete answer.
pub(crate) struct Unanswered {
    pub(crate) error: Error,
    /// Whether a connection stood, so that the request may have been carried out.
    pub(crate) sent: bool,
}

impl Http {
    pub(crate) fn new(endpoint: Endpoint) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .build(Dialer(endpoint));
        Self(client)
    }

    /// Asks once. `Err`: there is no complete answer, and nothing is known about what the other side did.
    pub(crate) async fn ask(&self, question: Question<'_>) -> Result<Reply> {
        self.try_ask(question).await.map_err(|unanswered| unanswered.error)
    }

    /// The same, and tells whether the other side got the request at all.
    pub(crate) async fn try_ask(&self, question: Question<'_>) -> Result<Reply, Unanswered> {
        let (limit, deadline) = (question.limit, question.deadline);
        let token = question.authorization.as_ref().and_then(token_of);
        let request = request(question).map_err(|error| Unanswered { error, sent: false })?;
        let exchange = async {
            let response = self.0.request(request).await.map_err(|e| unanswered(&e))?;
            let (head, body) = response.into_parts();
            let body = Limited::new(body, limit).collect().await.map_err(|e| {
                if e.is::<LengthLimitError>() {
                    Unanswered { error: Error::of(Code::MessageTooLarge), sent: true }
                } else {
                    Unanswered { sent: true, ..unanswered(&*e) }
                }
            })?;
            let reply = Reply { status: head.status, headers: head.headers, body: body.to_bytes() };
            Ok(match token {
                Some(token) => reply.without(&token),
                None => reply,
            })
        };
        let late = || Error::new(Code::Timeout, "The cloud did not answer in time.");
        timeout(deadline, exchange).await.map_err(|_| Unanswered { error: late(), sent: true })?
    }
}

fn request(question: Question<'_>) -> Result<Request<Full<Bytes>>> {
    let mut request = Request::builder().method(question.method).uri(question.url.as_str());
    request = request.header(ACCEPT, question.accept).header(USER_AGENT, AGENT);
    if let Some(value) = question.authorization {
        request = request.header(AUTHORIZATION, value);
    }
    if let Some(version) = question.version {
        request = request.header(IF_MATCH, version);
    }
    let (content_type, body) = question.body.map_or((None, Bytes::new()), |(t, b)| (Some(t), b));
    if let Some(content_type) = content_type {
        request = request.header(CONTENT_TYPE, content_type);
    }
    request.body(Full::new(body)).map_err(|_| {
        Error::new(Code::InvalidInput, "The cloud's address cannot be used in a request.")
    })
}

impl Http {
    /// Asks for a file and hands its bytes on as they come; its whole length is bounded by `limit`, silence by `patience`.
    pub(crate) async fn stream(
        &self,
        url: &Url,
        limit: u64,
        patience: Duration,
        mut take: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<StatusCode> {
        let silent = |_| Error::new(Code::Timeout, "The cloud stopped sending.");
        let request = Request::get(url.as_str()).header(USER_AGENT, AGENT);
        let request = request.body(Full::new(Bytes::new()));
        let request = request.map_err(|_| Error::of(Code::InvalidInput))?;
        let answer = timeout(patience, self.0.request(request)).await.map_err(silent)?;
        let (head, mut body) = answer.map_err(|e| failure(&e))?.into_parts();
        if !head.status.is_success() {
            return Ok(head.status);
        }
        let mut left = limit;
        while let Some(frame) = timeout(patience, body.frame()).await.map_err(silent)? {
            let Ok(data) = frame.map_err(|e| failure(&e))?.into_data() else { continue };
            left = left
                .checked_sub(data.len() as u64)
                .ok_or_else(|| Error::of(Code::MessageTooLarge))?;
            take(&data)?;
        }
        Ok(head.status)
    }
}

/// The token of an `Authorization` header (RFC 6750, section 2.1).
fn token_of(value: &HeaderValue) -> Option<Secret> {
    let text = value.to_str().ok()?;
    let token = text.split_once(' ').map_or(text, |(_, token)| token);
    Some(Secret::new(token)).filter(|token| !token.is_empty())
}

impl Reply {
    /// The same without a secret that the service repeats, as pages for developers do: what it says may be shown.
    pub(crate) fn without(mut self, secret: &Secret) -> Self {
        if memmem::find(&self.body, secret.expose()).is_some() {
            let text = String::from_utf8_lossy(&self.body);
            self.body = Bytes::from(secret.hidden_in(&text));
        }
        let repeats =
            |value: &HeaderValue| memmem::find(value.as_bytes(), secret.expose()).is_some();
        if self.headers.get(LOCATION).is_some_and(repeats) {
            self.headers.remove(LOCATION);
        }
        self
    }

    /// What `Retry-After` asks for (RFC 9110, 10.2.3), in seconds or as a date.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = crate::session::clock::from_http_date(text)?
            .saturating_sub(crate::session::clock::now_ms());
        Some(Duration::from_millis(until.max(0).unsigned_abs()))
    }
}

fn failure(error: &(dyn std::error::Error + 'static)) -> Error {
    unanswered(error).error
}

/// Our own error where dialling failed, so that nothing was sent; else what broke in between.
fn unanswered(error: &(dyn std::error::Error + 'static)) -> Unanswered {
    let mut source = Some(error);
    while let Some(inner) = source {
        if let Some(ours) = inner.downcast_ref::<Error>() {
            return Unanswered { error: ours.clone(), sent: false };
        }
        if inner.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse) {
            return Unanswered { error: Error::of(Code::ProtocolViolation), sent: true };
        }
        source = inner.source();
    }
    let error =
        Error::new(Code::ConnectionLost, "The connection to the cloud closed unexpectedly.");
    Unanswered { error, sent: true }
}

/// Dials for the pool.
#[derive(Clone)]
struct Dialer(Endpoint);

impl tower_service::Service<Uri> for Dialer {
    type Response = Pooled;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Pooled>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let endpoint = self.0.clone();
        Box::pin(async move { Ok(Pooled(TokioIo::new(dial::dial(&endpoint).await?))) })
    }
}

/// A connection in the pool.
struct Pooled(TokioIo<Connection>);

impl hyper_util::client::legacy::connect::Connection for Pooled {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Pooled {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, to)
    }
}

impl Write for Pooled {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
