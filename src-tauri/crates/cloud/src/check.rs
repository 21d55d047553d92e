//! Every step on the way to the cloud, one line each. After a failure the rest is skipped.

use crate::problem;
use crate::scim::client::ScimClient;
use crate::session::clock;
use crate::transport::dial;
use crate::transport::endpoint::Endpoint;
use crate::transport::http::{Http, Question, Reply};
use crate::transport::tcp;
use connector_model::CheckFinding as Found;
use connector_model::{Check, CheckStatus, Code, Error, Result, Secret};
use futures_util::future::BoxFuture;
use hyper::Method;
use hyper::header::{DATE, HeaderValue};
use serde::Deserialize;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

const STEPS: [&str; 5] = ["cloud_resolve", "cloud_connect", "cloud_tls", "cloud", "clock"];
const DEADLINE: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
struct Pong {
    product: String,
    version: String,
    time: String,
}

/// Who is asked for a sign of life at the end.
enum At<'a> {
    /// The cloud of the connector protocol.
    Cloud,
    Scim(&'a ScimClient, &'a str),
}

/// Resolves, connects (through the proxy), agrees on TLS, asks for a sign of life and compares the clocks.
pub fn check(endpoint: &Endpoint) -> BoxFuture<'_, Vec<Check>> {
    Box::pin(async move { all(endpoint, At::Cloud).await })
}

/// The same for a SCIM service: at the end it is asked what it is and for one user, with the token.
pub fn check_scim<'a>(
    endpoint: &'a Endpoint,
    scim_url: &'a str,
    token: Secret,
) -> BoxFuture<'a, Vec<Check>> {
    Box::pin(async move {
        match ScimClient::new(endpoint.clone(), scim_url, token) {
            Ok(client) => all(endpoint, At::Scim(&client, scim_url)).await,
            Err(error) => vec![Check::fail("cloud", scim_url, &error)],
        }
    })
}

/// Steps that were done, each with how long it took.
struct Steps {
    done: Vec<Check>,
    last: Instant,
}

impl Steps {
    fn push(&mut self, check: Check) {
        let now = Instant::now();
        let time = now.duration_since(std::mem::replace(&mut self.last, now));
        self.done.push(if check.status == CheckStatus::Skip { check } else { check.took(time) });
    }
}

async fn all(endpoint: &Endpoint, at: At<'_>) -> Vec<Check> {
    let mut steps = Steps { done: vec![], last: Instant::now() };
    let ended = run(endpoint, at, &mut steps).await;
    if let Err((target, error)) = &ended {
        steps.push(Check::fail(STEPS[steps.done.len()], target.as_str(), error));
    }
    let mut checks = steps.done;
    if ended.is_err() {
        for step in &STEPS[checks.len()..] {
            checks.push(Check::skip(step, endpoint.host(), Found::EarlierFailed));
        }
    }
    checks
}

async fn run(endpoint: &Endpoint, at: At<'_>, checks: &mut Steps) -> Result<(), (String, Error)> {
    reach(endpoint, checks).await?;
    match at {
        At::Cloud => ask_cloud(endpoint, checks).await,
        At::Scim(client, url) => {
            let found = client.discover().await.map_err(|e| (url.to_owned(), e))?;
            let bulk = found.can.bulk.is_some();
            let told = if bulk { Found::ScimInBulk } else { Found::ScimOneByOne };
            checks.push(Check::pass("cloud", url, told));
            let Some(date) = found.date.and_then(|date| http_date(&date)) else {
                checks.push(Check::skip("clock", url, Found::NoTime));
                return Ok(());
            };
            let offset = clock::offset(date, clock::now_ms());
            checks.push(clocks(url, offset.map_err(|e| (url.to_owned(), e))?));
            Ok(())
        }
    }
}

/// Name, connection and TLS.
async fn reach(endpoint: &Endpoint, checks: &mut Steps) -> Result<(), (String, Error)> {
    let host = endpoint.host();
    checks.push(resolve(endpoint).await?);

    let (port, stream) = connect(endpoint).await?;
    let target = tcp::target(host, port);
    let way = endpoint.proxy().map_or(Found::Connected, |p| {
        let proxy = tcp::target(&p.settings.host, p.settings.port);
        match p.settings.from.clone() {
            Some(variable) => Found::ConnectedThroughNamedProxy { proxy, variable },
            None => Found::ConnectedThroughProxy { proxy },
        }
    });
    checks.push(Check::pass("cloud_connect", target.clone(), way));

    let secured = dial::secure(endpoint, port, stream).await.map_err(|e| (target.clone(), e))?;
    endpoint.remember(port);
    let version = match secured.get_ref().1.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_2) => "1.2",
        _ => "1.3",
    };
    drop(secured);
    let version = version.to_owned();
    checks.push(Check::pass("cloud_tls", target, Found::TlsAgreed { version }));
    Ok(())
}

async fn ask_cloud(endpoint: &Endpoint, checks: &mut Steps) -> Result<(), (String, Error)> {
    let base = endpoint.base().to_string();
    let (reply, pong) = ping(endpoint).await.map_err(|e| (base.clone(), e))?;
    let product = problem::shown(&format!("{} {}", pong.product, pong.version));
    checks.push(Check::pass("cloud", base.clone(), Found::CloudAnswers { product }));

    let offset = compare(&reply, &pong).map_err(|e| (base.clone(), e))?;
    checks.push(clocks(&base, offset));
    Ok(())
}

fn clocks(target: &str, offset: i64) -> Check {
    Check::pass("clock", target, Found::ClocksDiffer { seconds: (offset / 1000).unsigned_abs() })
}

async fn resolve(endpoint: &Endpoint) -> Result<Check, (String, Error)> {
    let host = endpoint.host();
    if endpoint.proxy().is_some() {
        return Ok(Check::skip("cloud_resolve", host, Found::ProxyResolves));
    }
    let port = endpoint.ports().first().copied().unwrap_or(443);
    let addresses = tcp::resolve(host, port).await.map_err(|e| (host.to_owned(), e))?;
    let addresses = addresses.iter().map(|a| a.ip().to_string()).collect();
    Ok(Check::pass("cloud_resolve", host, Found::Resolved { addresses }))
}

async fn connect(endpoint: &Endpoint) -> Result<(u16, TcpStream), (String, Error)> {
    let mut first = None;
    for port in endpoint.ports() {
        match dial::connect(endpoint, port).await {
            Ok(stream) => return Ok((port, stream)),
            Err(error) => {
                let is_final = dial::is_final(error.code);
                first.get_or_insert((tcp::target(endpoint.host(), port), error));
                if is_final {
                    break;
                }
            }
        }
    }
    Err(first.unwrap_or_else(|| (endpoint.host().to_owned(), Error::of(Code::CloudUnavailable))))
}

async fn ping(endpoint: &Endpoint) -> Result<(Reply, Pong)> {
    let url = endpoint.join("connector/v1/ping")?;
    let question = Question {
        method: Method::GET,
        url: &url,
        body: None,
        accept: "application/json",
        authorization: None,
        version: None,
        limit: 64 * 1024,
        deadline: DEADLINE,
    };
    let reply = Http::new(endpoint.clone()).ask(question).await?;
    if !reply.status.is_success() {
        return Err(problem::to_error(&reply));
    }
    let pong = serde_json::from_slice(&reply.body).map_err(|_| {
        Error::new(
            Code::ProtocolViolation,
            "The server at this address is not a cloud for connectors.",
        )
        .with_action("Check the cloud's address.")
    })?;
    Ok((reply, pong))
}

/// Milliseconds that the cloud is ahead, by its `time`, else by the `Date` header.
fn compare(reply: &Reply, pong: &Pong) -> Result<i64> {
    let date = || http_date(reply.headers.get(DATE)?);
    let cloud = clock::from_text(&pong.time)
        .ok()
        .or_else(date)
        .ok_or_else(|| Error::new(Code::ProtocolViolation, "The cloud does not send the time."))?;
    clock::offset(cloud, clock::now_ms())
}

fn http_date(header: &HeaderValue) -> Option<i64> {
    clock::from_http_date(header.to_str().ok()?)
}
