//! One person and the service: what the steps of one delivery share.

use crate::scim::capabilities::Capabilities;
use crate::scim::exchange::Exchange;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::find::Attribute;
use crate::scim::person::proof::Wanted;
use crate::scim::user::User;
use crate::scim::wire::Body;
use connector_model::{Code, DeliveryItem, DeliveryResult, Error};
use hyper::StatusCode;
use hyper::body::Bytes;

/// One person on the way to a service, in requests of their own.
#[derive(Clone, Copy)]
pub(crate) struct Alone<'a> {
    pub(crate) service: &'a Exchange,
    pub(crate) can: Capabilities,
    pub(crate) item: &'a DeliveryItem,
}

/// Who is there under an id.
#[derive(Debug)]
pub(crate) enum There {
    /// The person, as far as the service tells.
    Person(Option<bool>),
    Nobody,
    Another,
}

impl Alone<'_> {
    /// The id that the service gave, once known.
    pub(crate) fn known_id(&self) -> Option<&str> {
        self.item.cloud_id.as_deref().filter(|id| !id.is_empty())
    }

    pub(crate) fn identity(&self) -> &str {
        self.item.person.identity.as_str()
    }

    /// The person as a SCIM User.
    pub(crate) fn user(&self, active: bool) -> User<'_> {
        User::new(&self.item.person, active, self.can.extension)
    }

    pub(crate) fn data(&self, active: bool) -> Outcome<Bytes> {
        json(&self.user(active))
    }

    pub(crate) fn wanted<'a>(&'a self, id: Option<&'a str>, active: bool) -> Wanted<'a> {
        Wanted { identity: self.identity(), user_name: &self.item.person.user_name, id, active }
    }

    /// Who is there under an id. Services give ids anew, after a restore for example: then it is somebody else's.
    pub(crate) async fn look(&self, id: &str) -> Outcome<There> {
        let reply = self.service.user(id).await?;
        if matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::GONE) {
            return Ok(There::Nobody);
        }
        match Body::read(&reply.body).filter(|body| reply.status.is_success() && body.id.is_some())
        {
            Some(body) if body.id.as_deref() != Some(id) || self.is_another(&body) => {
                Ok(There::Another)
            }
            Some(body) => Ok(There::Person(body.active)),
            // Not every service shows a user.
            None => Ok(There::Person(None)),
        }
    }

    /// Neither identity nor user name nor e-mail address are the person's. Who has no identity yet may be about to get it.
    fn is_another(&self, body: &Body) -> bool {
        let person = &self.item.person;
        let deactivating = self.item.change == connector_model::Change::Preserve;
        let same = |by: Attribute, value: &str| by.is(body, value);
        !same(Attribute::ExternalId, self.identity())
            && (body.external_id.is_some() || deactivating)
            && body.user_name.is_some()
            && !same(Attribute::UserName, &person.user_name)
            && !same(Attribute::Email, &person.email)
    }

    /// Everybody of the person's identity; `true` where there can be nobody else.
    pub(crate) async fn of_identity(&self) -> Outcome<(Vec<Body>, bool)> {
        let by = Attribute::ExternalId;
        let search = self.service.search(by, self.identity()).await?;
        if search.complete || !search.found.is_empty() {
            return Ok((search.found, search.complete));
        }
        let all = self.service.look_through(by, self.identity()).await?;
        Ok((all.found, all.complete))
    }
}

/// The id of the user to go on with where several are the person: the one of that name, else one who is active.
pub(crate) fn best_of(found: &[Body], user_name: &str) -> Option<String> {
    let named = found.iter().find(|user| Attribute::UserName.is(user, user_name));
    let active = || found.iter().find(|user| user.active != Some(false));
    named.or_else(active).or(found.first()).and_then(|user| user.id.clone())
}

pub(crate) fn done(cloud_id: impl Into<String>, adopted: bool, confirmed: bool) -> DeliveryResult {
    DeliveryResult::Acknowledged { cloud_id: cloud_id.into(), adopted, confirmed }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Outcome<Bytes> {
    let text = serde_json::to_vec(value);
    text.map(Bytes::from).map_err(|_| Failure::Refused(Error::of(Code::Internal)))
}

/// An answer that proves nothing.
pub(crate) fn unproven() -> Failure {
    let text = "The service answered with a success, but not with this person.";
    let action = "Check that nothing between here and the service answers in its place, such as a proxy's sign-in page.";
    Failure::unsure(Error::new(Code::ProtocolViolation, text).with_action(action))
}

/// Whether the person is there cannot be told.
pub(crate) fn undecided() -> Failure {
    let text = "Whether the service has this person already cannot be told: it does not search by externalId.";
    let action = "Have the service answer searches by externalId or userName.";
    Failure::unsure(Error::new(Code::CloudRefused, text).with_action(action))
}
