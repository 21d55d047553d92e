//! The requests that concern one user: create, read, change; by the version that a service may insist on.

use crate::scim::exchange::{Ask, Exchange, segment};
use crate::scim::failure::Outcome;
use crate::scim::wire::Body;
use crate::transport::http::Reply;
use hyper::body::Bytes;
use hyper::header::{ETAG, HeaderValue};
use hyper::{Method, StatusCode};

impl Exchange {
    /// `POST /Users`. Not repeated by itself where it may have been carried out.
    pub(crate) async fn create(&self, data: Bytes) -> Outcome<Reply> {
        let ask = Ask { method: Method::POST, path: "Users", body: Some(data), version: None };
        self.ask(ask).await
    }

    /// `GET /Users/{id}`
    pub(crate) async fn user(&self, id: &str) -> Outcome<Reply> {
        self.get(&format!("Users/{}", segment(id))).await
    }

    /// `PUT` or `PATCH /Users/{id}`; with `If-Match` where the service does not do without (RFC 7644, section 3.14).
    pub(crate) async fn change(&self, method: &Method, id: &str, data: &Bytes) -> Outcome<Reply> {
        let path = format!("Users/{}", segment(id));
        let ask = |version| Ask {
            method: method.clone(),
            path: &path,
            body: Some(data.clone()),
            version,
        };
        let reply = self.ask(ask(None)).await?;
        let wanted = [StatusCode::PRECONDITION_REQUIRED, StatusCode::PRECONDITION_FAILED];
        if !wanted.contains(&reply.status) {
            return Ok(reply);
        }
        let version = version_of(&self.user(id).await?);
        self.ask(ask(Some(version))).await
    }
}

/// The version of a user who was read; any version where it has none.
fn version_of(reply: &Reply) -> HeaderValue {
    let told = || HeaderValue::from_str(&Body::read(&reply.body)?.version?).ok();
    let header = reply.headers.get(ETAG).cloned();
    header.or_else(told).unwrap_or_else(|| HeaderValue::from_static("*"))
}
