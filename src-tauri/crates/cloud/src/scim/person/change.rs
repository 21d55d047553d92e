//! A user becomes what the person is: by `PUT`, and by `PATCH` where a service has no `PUT`.

use crate::scim::failure::{Failure, Outcome};
use crate::scim::person::alone::{Alone, unproven};
use crate::scim::person::patch;
use crate::scim::person::proof::{Proof, proof};
use crate::transport::http::Reply;
use connector_model::{Code, Error};
use hyper::{Method, StatusCode};

impl Alone<'_> {
    /// Replaces a user and makes it active; whether the answer shows it. `None`: nobody is there.
    pub(crate) async fn replace(&self, id: &str) -> Outcome<Option<bool>> {
        let reply = self.service.change(&Method::PUT, id, &self.data(true)?).await?;
        match reply.status {
            status if status.is_success() => self.replaced(id, &reply).await,
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
            StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => self.patch(id).await,
            _ => Err(self.refused(id, &Method::PUT, &reply).await),
        }
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
