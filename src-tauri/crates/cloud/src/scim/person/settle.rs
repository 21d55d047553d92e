//! One person alone, with everything that may follow: looking who is there, linking, creating anew.

use crate::scim::exchange::TRIES;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::find::Attribute;
use crate::scim::person::alone::{Alone, There, best_of, done, unclear, undecided, unproven};
use crate::scim::person::proof::{Proof, id_of, proof};
use crate::scim::throttle::pause;
use crate::transport::http::Reply;
use connector_model::{Change, DeliveryResult};
use hyper::header::LOCATION;
use hyper::{Method, StatusCode};
use tokio::time::sleep;

impl Alone<'_> {
    /// Carries the change out: deactivates, updates or creates. `in_doubt`: the person may be there although nobody knows the id.
    pub(crate) async fn settle(&self, in_doubt: bool) -> Outcome<DeliveryResult> {
        if self.item.change == Change::Preserve {
            return self.deactivate().await;
        }
        match self.known_id() {
            Some(id) => self.update(id).await,
            None => self.create(in_doubt).await,
        }
    }

    async fn update(&self, id: &str) -> Outcome<DeliveryResult> {
        let there = if self.can.extension { There::Person(None) } else { self.look(id).await? };
        let is_there = match there {
            There::Person(_) => true,
            There::Likely(_) => !self.is_another_user(id).await?,
            _ => false,
        };
        if is_there && let Some(shown) = self.replace(id).await? {
            return Ok(done(id, self.item.change == Change::Adopt, shown));
        }
        // Nobody is there, or somebody else: the service may have given the person another id.
        let (found, complete) = self.of_identity_or_former().await?;
        match best_of(&found, &self.item.person.user_name) {
            Some(other) if other != id => match self.replace(&other).await? {
                Some(shown) => Ok(done(other, self.item.change == Change::Adopt, shown)),
                None => Err(vanished()),
            },
            Some(_) => Err(vanished()),
            None if matches!(there, There::Unclear) && complete => Err(unclear().of_nobody()),
            None if matches!(there, There::Unclear) => Err(unclear()),
            // Some services change an identity that they are given.
            None if matches!(there, There::Namesake) => {
                let shown = self.replace(id).await?;
                shown.map_or_else(|| Err(vanished()), |shown| Ok(done(id, false, shown)))
            }
            None if complete => self.create(false).await.map_err(Failure::of_nobody),
            None => Err(undecided()),
        }
    }

    /// Creates the person. Where an earlier attempt may have done so, the service is asked first.
    async fn create(&self, mut in_doubt: bool) -> Outcome<DeliveryResult> {
        let data = self.data(true)?;
        for attempt in 0.. {
            if in_doubt && let Some(linked) = self.own().await.map_err(Failure::after_sending)? {
                return self.take(linked).await;
            }
            let of_nobody = |failure: Failure| if in_doubt { failure.of_nobody() } else { failure };
            match self.service.create(data.clone()).await {
                Ok(reply) if reply.status.is_success() => return self.created(&reply).await,
                Ok(reply) if reply.status == StatusCode::CONFLICT => {
                    return self.link(&reply).await.map_err(of_nobody);
                }
                Ok(reply) => {
                    let error = self.service.failed(&reply, &Method::POST, "Users");
                    return Err(of_nobody(Failure::Refused(error)));
                }
                Err(Failure::Unsure { pause: asked, .. }) if attempt < TRIES => {
                    in_doubt = true;
                    sleep(pause(asked, attempt)).await;
                }
                Err(unsure @ Failure::Unsure { .. }) => {
                    return match self.own().await.map_err(Failure::after_sending)? {
                        Some(linked) => self.take(linked).await,
                        None => Err(unsure),
                    };
                }
                Err(failure) if in_doubt => return Err(failure.after_sending()),
                Err(failure) => return Err(failure),
            }
        }
        Err(undecided())
    }

    /// What a created person's answer is worth; without an id the service is asked for it.
    async fn created(&self, reply: &Reply) -> Outcome<DeliveryResult> {
        let location = reply.headers.get(LOCATION).and_then(|to| to.to_str().ok());
        match proof(&reply.body, self.wanted(None, true)) {
            Proof::Shown(id) => return Ok(done(id, false, true)),
            Proof::Named(id) => return Ok(done(id, false, false)),
            Proof::Otherwise(id) => {
                let shown = self.set_active(&id, true).await.map_err(Failure::after_sending)?;
                return shown.map_or_else(|| Err(vanished()), |shown| Ok(done(id, false, shown)));
            }
            Proof::Silent => {
                if let Some(id) = location.and_then(id_of) {
                    return Ok(done(id, false, false));
                }
            }
            Proof::Nothing => {}
        }
        match self.own().await.map_err(Failure::after_sending)? {
            Some(id) => Ok(done(id, false, true)),
            None => Err(unproven()),
        }
    }

    /// Links the person who is there already: of the same identity, else of the same user name without another identity.
    async fn link(&self, conflict: &Reply) -> Outcome<DeliveryResult> {
        let person = &self.item.person;
        let own = self.service.search(Attribute::ExternalId, self.identity()).await?;
        if let Some(id) = best_of(&own.found, &person.user_name) {
            return self.take(id).await;
        }
        let by = Attribute::UserName;
        let mut named = self.service.search(by, &person.user_name).await?;
        if named.found.is_empty() && !named.complete {
            named = self.service.look_through(by, &person.user_name).await?;
        }
        let free = |id: &Option<String>| id.as_deref().is_none_or(|id| id == self.identity());
        match named.found.as_slice() {
            [one] if free(&one.external_id) && one.id.is_some() => {
                self.take(one.id.clone().unwrap_or_default()).await
            }
            _ => Err(Failure::Refused(self.taken(None, conflict).await)),
        }
    }

    /// The id of the user who is the person, if there is one.
    async fn own(&self) -> Outcome<Option<String>> {
        let (found, complete) = self.of_identity().await?;
        match best_of(&found, &self.item.person.user_name) {
            None if !complete => Err(undecided()),
            found => Ok(found),
        }
    }

    /// Makes an existing user the person.
    async fn take(&self, id: String) -> Outcome<DeliveryResult> {
        match self.replace(&id).await? {
            Some(shown) => Ok(done(id, true, shown)),
            None => Err(vanished()),
        }
    }
}

fn vanished() -> Failure {
    Failure::refused("The service names a user as this person, and then has nobody under that id.")
}
