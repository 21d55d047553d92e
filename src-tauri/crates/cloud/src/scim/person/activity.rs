//! Active or not: by the first way that a service's answer shows to work, for everybody of one identity.

use crate::scim::failure::{Failure, Outcome};
use crate::scim::find::Attribute;
use crate::scim::person::alone::{Alone, There, done, undecided, unproven};
use crate::scim::person::patch;
use crate::scim::person::proof::{Proof, proof};
use connector_model::{Code, DeliveryResult, Error};
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde_json::json;

/// How `active` is set, in the order in which it is tried.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// As RFC 7644, section 3.5.2.3, has it.
    PatchPath,
    PatchWhole,
    /// As a word.
    PatchWord,
    Put,
}

const WAYS: [Way; 4] = [Way::PatchPath, Way::PatchWhole, Way::PatchWord, Way::Put];

impl Alone<'_> {
    /// Deactivates everybody of the person's identity. Who is not there is not active either.
    pub(crate) async fn deactivate(&self) -> Outcome<DeliveryResult> {
        let known = self.known_id();
        let users = match known {
            // There an identity is one user, and an id is nobody else's.
            Some(id) if self.can.extension => vec![(id.to_owned(), None)],
            _ => self.all_of_them().await?,
        };
        let id = known.or(users.first().map(|(id, _)| id.as_str())).unwrap_or_default();
        let (mut confirmed, mut failure) = (!users.is_empty(), None);
        for (user, _) in users.iter().filter(|(_, active)| *active != Some(false)) {
            match self.set_active(user, false).await {
                Ok(shown) => confirmed &= shown == Some(true),
                Err(one) => failure = failure.or(Some(one)),
            }
        }
        failure.map_or_else(|| Ok(done(id, false, confirmed)), Err)
    }

    /// Ids of everybody of the person's identity, and whether they are active where that is told.
    async fn all_of_them(&self) -> Outcome<Vec<(String, Option<bool>)>> {
        let (found, complete) = if self.known_id().is_some() {
            let search = self.service.search(Attribute::ExternalId, self.identity()).await?;
            (search.found, search.complete)
        } else {
            self.of_identity().await?
        };
        if !found.is_empty() {
            let users = found.into_iter().filter_map(|user| Some((user.id?, user.active)));
            return Ok(users.collect());
        }
        let Some(id) = self.known_id() else {
            return if complete { Ok(vec![]) } else { Err(undecided()) };
        };
        match self.look(id).await? {
            There::Person(active) | There::Likely(active) => Ok(vec![(id.to_owned(), active)]),
            There::Nobody => Ok(vec![]),
            _ if complete => Ok(vec![]),
            _ => Err(undecided()),
        }
    }

    /// Makes a user active or inactive; whether the answer shows it. `None`: nobody is there.
    pub(crate) async fn set_active(&self, id: &str, active: bool) -> Outcome<Option<bool>> {
        let (mut refused, mut unchanged) = (None, None);
        for way in WAYS.into_iter().filter(|way| self.can.patch || *way == Way::Put) {
            let (method, data) = self.request(way, active)?;
            let reply = self.service.change(&method, id, &data).await?;
            match reply.status {
                status if status.is_success() => {
                    match proof(&reply.body, self.wanted(Some(id), active)) {
                        Proof::Shown(_) => return Ok(Some(true)),
                        Proof::Named(_) | Proof::Silent => return Ok(Some(false)),
                        Proof::Otherwise(_) => unchanged = Some(still(active)),
                        Proof::Nothing => return Err(unproven()),
                    }
                }
                // Some have no such method under this address: the last way tells.
                StatusCode::NOT_FOUND | StatusCode::GONE => {}
                _ => {
                    let error = self.service.failed(&reply, &method, "Users/…");
                    refused.get_or_insert(Failure::Refused(error));
                }
            }
        }
        unchanged.or(refused).map_or(Ok(None), Err)
    }

    fn request(&self, way: Way, active: bool) -> Outcome<(Method, Bytes)> {
        let word = if active { "True" } else { "False" };
        Ok(match way {
            Way::PatchPath => (Method::PATCH, patch::active_by_path(&json!(active))?),
            Way::PatchWhole => (Method::PATCH, patch::active(active)?),
            Way::PatchWord => (Method::PATCH, patch::active_by_path(&json!(word))?),
            Way::Put => (Method::PUT, self.data(active)?),
        })
    }
}

fn still(active: bool) -> Failure {
    let text = if active {
        "The service answers that this person is still inactive."
    } else {
        "The service answers that this person is still active."
    };
    let action = "Look at the person in the service; it may have rules of its own for this.";
    Failure::unsure(Error::new(Code::CloudRefused, text).with_action(action))
}
