//! Files beside the cloud's protocol, such as updates of this program: fetched whole, or handed on as they come.

use crate::Endpoint;
use crate::transport::backoff::full_jitter;
use crate::transport::http::{Http, Question};
use connector_model::{Code, Error, Result};
use hyper::{Method, StatusCode};
use std::time::Duration;
use url::Url;

/// Longest time for a small file.
const DEADLINE: Duration = Duration::from_secs(30);
/// Longest time for a large one, and longest silence in between.
const LONG_DEADLINE: Duration = Duration::from_hours(1);
const PATIENCE: Duration = Duration::from_mins(1);
/// A download that breaks off begins again: how often, and the wait before that.
const ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The absolute address of a file that is named relative to another one; `https` only.
pub fn resolve(base: &str, name: &str) -> Result<String> {
    let base = secure(base)?;
    let url = base.join(name).map_err(|_| unusable(name))?;
    secure(url.as_str()).map(|url| url.to_string())
}

/// A small file; `None` where there is none.
pub async fn fetch(endpoint: &Endpoint, url: &str, limit: usize) -> Result<Option<Vec<u8>>> {
    let http = Http::new(endpoint.towards(url)?);
    let question = Question {
        method: Method::GET,
        url: &secure(url)?,
        body: None,
        accept: "*/*",
        authorization: None,
        version: None,
        limit,
        deadline: DEADLINE,
    };
    let reply = http.ask(question).await?;
    match reply.status {
        StatusCode::OK => Ok(Some(reply.body.to_vec())),
        StatusCode::NOT_FOUND => Ok(None),
        status => Err(refused(url, status)),
    }
}

/// A large file: `take` is called with each piece, and with `None` at the begin of each attempt.
pub async fn download(
    endpoint: &Endpoint,
    url: &str,
    limit: u64,
    mut take: impl FnMut(Option<&[u8]>) -> Result<()>,
) -> Result<()> {
    let http = Http::new(endpoint.towards(url)?);
    let address = secure(url)?;
    let whole = async {
        for attempt in 1.. {
            take(None)?;
            match http.stream(&address, limit, PATIENCE, |piece| take(Some(piece))).await {
                Ok(StatusCode::OK) => return Ok(()),
                Ok(status) => return Err(refused(url, status)),
                Err(error) if attempt < ATTEMPTS && may_pass(error.code) => {
                    tracing::info!(code = %error.code, "a download broke off; it begins again");
                    let wait = full_jitter(FIRST_WAIT, LONGEST_WAIT, attempt);
                    tokio::time::sleep(wait).await;
                }
                Err(error) => return Err(error),
            }
        }
        Err(Error::of(Code::Timeout))
    };
    tokio::time::timeout(LONG_DEADLINE, whole).await.map_err(|_| Error::of(Code::Timeout))?
}

fn may_pass(code: Code) -> bool {
    matches!(
        code,
        Code::ConnectRefused | Code::ConnectTimeout | Code::ConnectionLost | Code::Timeout
    )
}

fn secure(url: &str) -> Result<Url> {
    let parsed = Url::parse(url).map_err(|_| unusable(url))?;
    let plain = parsed.scheme() != "https" || !parsed.username().is_empty();
    if plain || parsed.password().is_some() { Err(unusable(url)) } else { Ok(parsed) }
}

fn unusable(url: &str) -> Error {
    Error::new(Code::InvalidInput, format!("\"{url}\" is not an address that starts with https."))
        .with_action("Write it like https://updates.example.com/connector.json.")
        .at("url")
}

fn refused(url: &str, status: StatusCode) -> Error {
    Error::new(Code::CloudRefused, format!("{url} answers {status}."))
        .with_action("Check the address of the updates.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_the_offer_and_only_https_is_taken() {
        let base = "https://c.example:8443/updates/connector.json";
        assert_eq!(resolve(base, "a.deb").unwrap(), "https://c.example:8443/updates/a.deb");
        assert_eq!(resolve(base, "https://d.example/b").unwrap(), "https://d.example/b");
        for bad in ["http://c.example/a.deb", "file:///etc/passwd", "https://u:p@c.example/a"] {
            assert_eq!(resolve(base, bad).unwrap_err().code, Code::InvalidInput, "{bad}");
        }
        assert!(resolve("http://c.example/x.json", "a.deb").is_err());
    }
}
