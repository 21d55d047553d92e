//! One person and the service: what the steps of one delivery share.

use crate::scim::capabilities::Capabilities;
use crate::scim::exchange::Exchange;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::find::Attribute;
use crate::scim::person::proof::Wanted;
use crate::scim::user::User;
use crate::scim::wire::Body;
use connector_model::{Code, DeliveryItem, DeliveryResult, Error, Identity};
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
    /// A user without an identity, with the person's user name or e-mail address: the person, unless another user has the
    /// identity.
    Likely(Option<bool>),
    Nobody,
    Another,
    /// A user with the person's name and their identity as the service writes it.
    Namesake,
    /// A user without an identity, who is not clearly the person.
    Unclear,
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
            Some(body) if body.id.as_deref() != Some(id) => Ok(There::Another),
            Some(body) => Ok(self.who(&body)),
            // Not every service shows a user.
            None => Ok(There::Person(None)),
        }
    }

    /// Who a user is: by the identity, where there is one; else user name or e-mail address have to be the person's.
    fn who(&self, body: &Body) -> There {
        let person = &self.item.person;
        let named = Attribute::UserName.is(body, &person.user_name);
        if let Some(told) = body.external_id.as_deref().filter(|told| !told.is_empty()) {
            let former = self.item.former.as_ref().map(Identity::as_str);
            let mut own = [Some(self.identity()), former].into_iter().flatten();
            return match own.any(|own| own.eq_ignore_ascii_case(told)) {
                true => There::Person(body.active),
                false if named && is_made_of(self.identity(), told) => There::Namesake,
                false => There::Another,
            };
        }
        let same = named || Attribute::Email.is(body, &person.email) || body.user_name.is_none();
        if same { There::Likely(body.active) } else { There::Unclear }
    }

    /// Whether another user than that one has the person's identity, or the one before, as far as a search tells.
    pub(crate) async fn is_another_user(&self, id: &str) -> Outcome<bool> {
        let former = self.item.former.as_ref().map(Identity::as_str);
        for identity in [Some(self.identity()), former].into_iter().flatten() {
            let own = self.service.search(Attribute::ExternalId, identity).await?;
            if own.found.iter().any(|user| user.id.as_deref() != Some(id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everybody of the person's identity, else of the one before; `true` where there can be nobody else.
    pub(crate) async fn of_identity_or_former(&self) -> Outcome<(Vec<Body>, bool)> {
        let (found, complete) = self.of_identity().await?;
        match &self.item.former {
            Some(former) if found.is_empty() => {
                let (found, whole) = self.of(former.as_str()).await?;
                Ok((found, complete && whole))
            }
            _ => Ok((found, complete)),
        }
    }

    /// Everybody of the person's identity; `true` where there can be nobody else.
    pub(crate) async fn of_identity(&self) -> Outcome<(Vec<Body>, bool)> {
        self.of(self.identity()).await
    }

    async fn of(&self, identity: &str) -> Outcome<(Vec<Body>, bool)> {
        let by = Attribute::ExternalId;
        let search = self.service.search(by, identity).await?;
        if search.complete || !search.found.is_empty() {
            return Ok((search.found, search.complete));
        }
        let all = self.service.look_through(by, identity).await?;
        Ok((all.found, all.complete))
    }
}

/// Whether an identity that a service shows is one that it was given: some take away hyphens or braces, or put something and
/// a sign before it. Any other is somebody else's: numbers are short, and one contains another.
fn is_made_of(given: &str, shown: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (last, shown_last) = (given.to_lowercase(), shown.to_lowercase());
    let before = shown_last.strip_suffix(&last);
    !bare(given).is_empty()
        && (bare(given) == bare(shown)
            || before.is_some_and(|before| before.ends_with(|c: char| !c.is_alphanumeric())))
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

/// The id is of a user who may be the person or not.
pub(crate) fn unclear() -> Failure {
    let text = "Under the person's id the service has a user without an externalId, with another user name and e-mail address.";
    let action =
        "Look who the user is, and remove the person's or the user's double in the service.";
    Failure::Refused(Error::new(Code::CloudRefused, text).with_action(action))
}

/// Whether the person is there cannot be told.
pub(crate) fn undecided() -> Failure {
    let text = "Whether the service has this person already cannot be told: it does not search by externalId.";
    let action = "Have the service answer searches by externalId or userName.";
    Failure::unsure(Error::new(Code::CloudRefused, text).with_action(action))
}
