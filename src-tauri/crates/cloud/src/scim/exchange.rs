//! Requests to a SCIM service, repeated politely where that is of use, and errors that say which request it was.

use crate::problem;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::throttle::{Gate, LONGEST_PAUSE, pause};
use crate::scim::wire::{ACCEPT, MEDIA_TYPE, PLAIN};
use crate::transport::http::{Http, Question, Reply, Unanswered};
use connector_model::{Code, Error};
use hyper::body::Bytes;
use hyper::header::{HeaderValue, LOCATION};
use hyper::{Method, StatusCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

/// Most bytes of an answer.
const LIMIT: usize = 16 * 1024 * 1024;
/// Longest time for one request; a bulk of a thousand people needs more.
const DEADLINE: Duration = Duration::from_mins(1);
const BULK_DEADLINE: Duration = Duration::from_mins(2);
/// Times that a request is sent again that was surely not carried out (`429`, `503` with `Retry-After`).
const REPEATS: u32 = 5;
/// The same where it may have been carried out and doing it again does no harm.
pub(crate) const TRIES: u32 = 3;

/// Speaks to one service.
pub(crate) struct Exchange {
    http: Http,
    base: Url,
    bearer: HeaderValue,
    pub(crate) gate: Gate,
    /// The service takes no `application/scim+json`.
    plain: AtomicBool,
}

/// One request below the base address.
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) path: &'a str,
    pub(crate) body: Option<Bytes>,
    /// The only version that may be changed.
    pub(crate) version: Option<HeaderValue>,
}

/// What follows from one attempt.
enum Attempt {
    Answer(Reply),
    Over(Failure),
    /// Again after a pause; `idle`: the service surely did nothing.
    Again {
        failure: Failure,
        asked: Option<Duration>,
        idle: bool,
    },
}

impl Exchange {
    pub(crate) fn new(http: Http, base: Url, bearer: HeaderValue) -> Self {
        Self { http, base, bearer, gate: Gate::default(), plain: AtomicBool::new(false) }
    }

    /// Reads; repeated where the service fails.
    pub(crate) async fn get(&self, path: &str) -> Outcome<Reply> {
        self.ask(Ask { method: Method::GET, path, body: None, version: None }).await
    }

    /// Asks, and again after a pause where that does no harm. A `POST` that may have been carried out is not repeated.
    pub(crate) async fn ask(&self, ask: Ask<'_>) -> Outcome<Reply> {
        let url = self.url(ask.path)?;
        let place = format!("{} {}", ask.method, url.path());
        let (changes, repeatable) = (ask.method != Method::GET, ask.method != Method::POST);
        let (mut sent, mut waited) = (false, Duration::ZERO);
        for attempt in 0.. {
            if let Some(error) = self.gate.closed() {
                return Err(Failure::Away { error, sent });
            }
            let (failure, asked, idle) = match self.attempt(&ask, &url, &place).await {
                Attempt::Answer(reply) => return Ok(reply),
                Attempt::Over(Failure::Away { error, sent: now }) => {
                    return Err(Failure::Away { error, sent: changes && (sent || now) });
                }
                Attempt::Over(failure) => return Err(failure),
                Attempt::Again { failure, asked, idle } => (failure, asked, idle),
            };
            sent |= changes && !idle;
            let pause = pause(asked, attempt);
            waited += pause;
            let last = if idle { attempt == REPEATS } else { !repeatable || attempt == TRIES };
            let throttled = last && matches!(failure, Failure::Away { .. });
            if idle && (throttled || waited > LONGEST_PAUSE) {
                // It goes on asking to wait: then it is left alone for as long.
                let error = self.gate.close(asked.unwrap_or(LONGEST_PAUSE));
                return Err(Failure::Away { error, sent });
            }
            if last {
                return Err(failure);
            }
            sleep(pause).await;
        }
        Err(Failure::Refused(Error::of(Code::Internal)))
    }

    /// An address below the base. A step through the path (an id like `..`) is none.
    fn url(&self, path: &str) -> Outcome<Url> {
        let wanted = format!("{}{}", self.base.path(), path.split('?').next().unwrap_or_default());
        let url = self.base.join(path).ok().filter(|url| url.path() == wanted);
        url.ok_or_else(|| Failure::refused("The service's id cannot be used in an address."))
    }

    async fn attempt(&self, ask: &Ask<'_>, url: &Url, place: &str) -> Attempt {
        let plain = self.plain.load(Ordering::Relaxed);
        let question = Question {
            method: ask.method.clone(),
            url,
            body: ask.body.clone().map(|body| (if plain { PLAIN } else { MEDIA_TYPE }, body)),
            accept: ACCEPT,
            authorization: Some(self.bearer.clone()),
            version: ask.version.clone(),
            limit: LIMIT,
            deadline: if ask.path == "Bulk" { BULK_DEADLINE } else { DEADLINE },
        };
        match self.http.try_ask(question).await {
            Ok(reply) if reply.status == StatusCode::UNSUPPORTED_MEDIA_TYPE && !plain => {
                self.plain.store(true, Ordering::Relaxed);
                let failure = Failure::Refused(failed(&reply, place));
                Attempt::Again { failure, asked: Some(Duration::ZERO), idle: true }
            }
            Ok(reply) => self.attempt_answered(reply, place),
            Err(Unanswered { error, sent: false }) => {
                Attempt::Over(Failure::Away { error, sent: false })
            }
            Err(Unanswered { error, .. }) => {
                let lost = error.code == Code::ConnectionLost;
                let message = format!("{place}: {}", error.message);
                let failure = Failure::unsure(Error { message, ..error });
                // Silence took its time already, and what is too long or unreadable stays so.
                if lost {
                    Attempt::Again { failure, asked: None, idle: false }
                } else {
                    Attempt::Over(failure)
                }
            }
        }
    }

    fn attempt_answered(&self, reply: Reply, place: &str) -> Attempt {
        let asked = reply.retry_after();
        match reply.status {
            status if status.is_redirection() => Attempt::Over(redirected(&reply, place)),
            // The address was that of an import which is another connector's now.
            StatusCode::GONE if problem::to_error(&reply).code == Code::ImportElsewhere => {
                Attempt::Over(Failure::Away { error: problem::to_error(&reply), sent: false })
            }
            StatusCode::UNAUTHORIZED => {
                Attempt::Over(Failure::Away { error: not_accepted(&reply, place), sent: false })
            }
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
                if asked.is_some_and(|asked| asked > LONGEST_PAUSE) =>
            {
                let error = self.gate.close(asked.unwrap_or_default());
                Attempt::Over(Failure::Away { error, sent: false })
            }
            StatusCode::TOO_MANY_REQUESTS => {
                let failure = Failure::Away { error: failed(&reply, place), sent: false };
                Attempt::Again { failure, asked, idle: true }
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                let failure = Failure::Unsure { error: failed(&reply, place), pause: asked };
                // Who says when to come back has done nothing yet.
                Attempt::Again { failure, asked, idle: asked.is_some() }
            }
            // One request fails, whenever it is to come back: it concerns nobody else.
            StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::GATEWAY_TIMEOUT => {
                let failure = Failure::unsure(failed(&reply, place));
                Attempt::Again { failure, asked: None, idle: false }
            }
            _ => Attempt::Answer(reply),
        }
    }

    /// The error that an answer stands for, with the request that it answers.
    pub(crate) fn failed(&self, reply: &Reply, method: &Method, path: &str) -> Error {
        let path = path.split('?').next().unwrap_or_default();
        let error = failed(reply, &format!("{method} {}{path}", self.base.path()));
        Error { code: Code::CloudRefused, ..error }
    }
}

/// A path segment, percent-encoded.
pub(crate) fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn failed(reply: &Reply, place: &str) -> Error {
    let (code, status) = (problem::to_error(reply).code, reply.status.as_u16());
    let said = problem::words(reply).map_or_else(String::new, |words| format!(": {words}"));
    let end = if said.ends_with(['.', '!', '?']) { "" } else { "." };
    Error::new(code, format!("The service answered {place} with {status}{said}{end}"))
}

fn not_accepted(reply: &Reply, place: &str) -> Error {
    failed(reply, place).with_action(
        "Replace the token, under Settings or with `settings token`. If you registered with a key, register again.",
    )
}

fn redirected(reply: &Reply, place: &str) -> Failure {
    let to = reply
        .headers
        .get(LOCATION)
        .map(|to| problem::shown(&String::from_utf8_lossy(to.as_bytes())));
    let to =
        to.filter(|to| !to.is_empty()).unwrap_or_else(|| "an address that it does not name".into());
    let status = reply.status.as_u16();
    let message = format!("The service answered {place} with {status}: it has moved to {to}.");
    let action = "Nothing is sent to another address by itself: register again with the new base address of the service.";
    Failure::Redirected(Error::new(Code::CloudRefused, message).with_action(action))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_segment() {
        assert_eq!(segment("../Groups/1?x=y z"), "..%2FGroups%2F1%3Fx%3Dy%20z");
        for (id, wanted) in [("ä/+%", "%C3%A4%2F%2B%25"), ("a.b", "a.b")] {
            assert_eq!(segment(id), wanted);
        }
    }
}
