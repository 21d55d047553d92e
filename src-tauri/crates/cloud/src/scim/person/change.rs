//! A user becomes what the person is: by `PUT`, and by `PATCH` where a service has no `PUT`.

use crate::scim::failure::{Failure, Outcome};
use crate::scim::person::alone::{Alone, json, unproven};
use crate::scim::person::merge::merged;
use crate::scim::person::patch;
use crate::scim::person::proof::{Proof, proof};
use crate::scim::wire::Body;
use crate::transport::http::Reply;
use connector_model::{Code, Error};
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde_json::Value;

/// A service has no `PUT`.
const NO_PUT: [StatusCode; 2] = [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_IMPLEMENTED];
/// A service does not like what it got.
const UNFIT: [StatusCode; 2] = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY];

/// An answer that is no success, and what it means if nothing else helps.
struct Answered {
    status: StatusCode,
    failure: Failure,
}

impl Alone<'_> {
    /// Replaces a user and makes it active; whether the answer shows it. `None`: nobody is there. What others set at a
    /// service that is not inSync Cloud stays.
    pub(crate) async fn replace(&self, id: &str) -> Outcome<Option<bool>> {
        let own = self.data(true)?;
        let whole = if self.can.extension { None } else { self.whole(id).await? };
        match self.put(id, whole.as_ref().unwrap_or(&own)).await? {
            Ok(shown) => Ok(shown),
            Err(Answered { status, .. }) if NO_PUT.contains(&status) => self.patch(id).await,
            // It takes not all of what it shows.
            Err(Answered { status, .. }) if whole.is_some() && UNFIT.contains(&status) => {
                match self.patch(id).await {
                    Err(Failure::Refused(_)) => match self.put(id, &own).await? {
                        Ok(shown) => Ok(shown),
                        Err(answered) => Err(answered.failure),
                    },
                    patched => patched,
                }
            }
            Err(answered) => Err(answered.failure),
        }
    }

    /// The user as the service has them, with what the person is; `None` where it shows no user.
    async fn whole(&self, id: &str) -> Outcome<Option<Bytes>> {
        let reply = self.service.user(id).await?;
        let current = serde_json::from_slice::<Value>(&reply.body);
        let (true, Ok(current)) = (reply.status.is_success(), current) else { return Ok(None) };
        let shows = Body::of(&current).is_some_and(|body| body.id.as_deref() == Some(id));
        let user = serde_json::to_value(self.user(true));
        let user = user.map_err(|_| Failure::Refused(Error::of(Code::Internal)))?;
        merged(&current, &user).filter(|_| shows).map(|all| json(&all)).transpose()
    }

    async fn put(&self, id: &str, data: &Bytes) -> Outcome<Result<Option<bool>, Answered>> {
        let reply = self.service.change(&Method::PUT, id, data).await?;
        Ok(match reply.status {
            status if status.is_success() => Ok(self.replaced(id, &reply).await?),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            status => {
                Err(Answered { status, failure: self.refused(id, &Method::PUT, &reply).await })
            }
        })
    }

    async fn patch(&self, id: &str) -> Outcome<Option<bool>> {
        let user = serde_json::to_value(self.user(true));
        let user = user.map_err(|_| Failure::Refused(Error::of(Code::Internal)))?;
        let mut failure = None;
        for data in [patch::whole(&user)?, patch::by_paths(&user)?] {
            let reply = self.service.change(&Method::PATCH, id, &data).await?;
            match reply.status {
                status if status.is_success() => return self.replaced(id, &reply).await,
                StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
                StatusCode::CONFLICT => {
                    return Err(self.refused(id, &Method::PATCH, &reply).await);
                }
                _ => failure = Some(self.refused(id, &Method::PATCH, &reply).await),
            }
        }
        failure.map_or(Ok(None), Err)
    }

    async fn replaced(&self, id: &str, reply: &Reply) -> Outcome<Option<bool>> {
        match proof(&reply.body, self.wanted(Some(id), true)) {
            Proof::Shown(_) => Ok(Some(true)),
            Proof::Named(_) | Proof::Silent => Ok(Some(false)),
            // The rest was done, so what fails now is not a clean refusal.
            Proof::Otherwise(_) => self.set_active(id, true).await.map_err(Failure::after_sending),
            Proof::Nothing => Err(unproven()),
        }
    }

    async fn refused(&self, id: &str, method: &Method, reply: &Reply) -> Failure {
        if reply.status == StatusCode::CONFLICT {
            return Failure::Refused(self.taken(Some(id), reply).await);
        }
        Failure::Refused(self.service.failed(reply, method, "Users/…"))
    }
}
