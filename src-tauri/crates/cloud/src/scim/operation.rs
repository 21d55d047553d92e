//! One change of one person as SCIM wants it, ready to be sent alone or in a bulk.

use crate::problem;
use crate::scim::user::User;
use crate::scim::wire::{Body, Patch};
use connector_model::{Change, Code, DeliveryItem, DeliveryResult, Error, Result};
use hyper::body::Bytes;
use hyper::{Method, StatusCode};

/// What is sent for one item of a batch.
#[derive(Clone)]
pub(crate) struct Operation {
    /// Position in the batch.
    pub(crate) index: usize,
    pub(crate) kind: Kind,
    /// Body of the request.
    pub(crate) data: Bytes,
}

/// The request an item becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `POST /Users`
    Create,
    /// `PUT /Users/{id}`
    Replace(String),
    /// `PATCH /Users/{id}`
    Deactivate(String),
    /// `Deactivate` of somebody whose id has to be looked up first.
    DeactivateUnknown,
}

/// What the service said to one operation.
pub(crate) struct OperationAnswer {
    pub(crate) status: StatusCode,
    pub(crate) id: Option<String>,
    pub(crate) detail: Option<String>,
}

/// What follows from a answered.
pub(crate) enum Next {
    Done(DeliveryResult),
    /// Somebody of that name or identity is there: look who it is.
    Adopt,
    /// The id is gone: create anew.
    CreateAnew,
    /// Send it as a request of its own.
    Alone,
    /// The service asks for a pause.
    Again(Error),
}

impl Operation {
    pub(crate) fn new(index: usize, item: &DeliveryItem, extension: bool) -> Result<Self> {
        let id = item.cloud_id.clone().filter(|id| !id.is_empty());
        let kind = match (item.change, id) {
            (Change::Preserve, Some(id)) => Kind::Deactivate(id),
            (Change::Preserve, None) => Kind::DeactivateUnknown,
            (Change::Create | Change::Update | Change::Reactivate | Change::Adopt, Some(id)) => {
                Kind::Replace(id)
            }
            (Change::Create | Change::Update | Change::Reactivate | Change::Adopt, None) => {
                Kind::Create
            }
            (other, _) => {
                return Err(Error::new(
                    Code::Internal,
                    format!("A change of kind {} is not delivered.", other.as_str()),
                ));
            }
        };
        let data = match kind {
            Kind::Create | Kind::Replace(_) => {
                serde_json::to_vec(&User::new(&item.person, extension))
            }
            Kind::Deactivate(_) | Kind::DeactivateUnknown => {
                serde_json::to_vec(&Patch::active(false))
            }
        };
        let data = data.map_err(|_| Error::of(Code::Internal))?.into();
        Ok(Self { index, kind, data })
    }

    pub(crate) fn method(&self) -> Method {
        match self.kind {
            Kind::Create => Method::POST,
            Kind::Replace(_) => Method::PUT,
            Kind::Deactivate(_) | Kind::DeactivateUnknown => Method::PATCH,
        }
    }

    /// The cloud's id, where the request names one.
    pub(crate) fn id(&self) -> Option<&str> {
        match &self.kind {
            Kind::Replace(id) | Kind::Deactivate(id) => Some(id),
            Kind::Create | Kind::DeactivateUnknown => None,
        }
    }

    /// What a answered means for this operation.
    pub(crate) fn next_step(&self, answered: OperationAnswer) -> Next {
        let status = answered.status;
        let refused =
            |answered: OperationAnswer| Next::Done(DeliveryResult::Refused(refusal(&answered)));
        match &self.kind {
            _ if matches!(
                status,
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
            ) =>
            {
                Next::Again(Error::of(problem::by_status(status)))
            }
            Kind::Create if status == StatusCode::CONFLICT => Next::Adopt,
            Kind::Replace(_) if status == StatusCode::NOT_FOUND => Next::CreateAnew,
            // Who is gone is not active either.
            Kind::Deactivate(id) if status == StatusCode::NOT_FOUND => acknowledged(id.clone()),
            Kind::Replace(id) | Kind::Deactivate(id) if status.is_success() => {
                acknowledged(answered.id.unwrap_or_else(|| id.clone()))
            }
            Kind::Create if status.is_success() => match answered.id {
                Some(id) => acknowledged(id),
                None => Next::Done(DeliveryResult::Refused(Error::new(
                    Code::ProtocolViolation,
                    "The cloud created a person without giving an id.",
                ))),
            },
            _ => refused(answered),
        }
    }
}

impl OperationAnswer {
    /// From a status and what came with it.
    pub(crate) fn new(status: StatusCode, body: Body, location: Option<&str>) -> Self {
        let id =
            if status.is_success() { body.id.or_else(|| location.and_then(id_of)) } else { None };
        Self { status, id, detail: body.detail }
    }
}

/// The refusal of one person for a reason of the cloud.
pub(crate) fn refusal(answered: &OperationAnswer) -> Error {
    let status = answered.status.as_u16();
    let text = answered.detail.as_deref().map(problem::shown).filter(|t| !t.is_empty());
    Error::new(
        Code::CloudRefused,
        match text {
            Some(text) => format!("The cloud refused this person ({status}): {text}"),
            None => format!("The cloud refused this person with status {status}."),
        },
    )
}

/// A path segment, percent-encoded.
pub(crate) fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}

fn acknowledged(cloud_id: String) -> Next {
    Next::Done(DeliveryResult::Acknowledged { cloud_id, adopted: false })
}

/// The id at the end of a `location`. Ids of services are URL-safe in practice; others come in the body.
fn id_of(location: &str) -> Option<String> {
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, id) = path.rsplit_once("/Users/")?;
    (!id.is_empty() && !id.contains(['/', '%'])).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_location() {
        assert_eq!(id_of("https://c.example/scim/v2/Users/ab-1").as_deref(), Some("ab-1"));
        assert_eq!(id_of("/Users/7").as_deref(), Some("7"));
        for none in ["", "/Users/", "/Groups/7", "/Users/a/b", "/Users/a%2Fb"] {
            assert_eq!(id_of(none), None, "{none}");
        }
    }

    #[test]
    fn an_id_cannot_leave_its_segment() {
        assert_eq!(segment("../Groups/1?x=y z"), "..%2FGroups%2F1%3Fx%3Dy%20z");
    }
}
