//! One change of one person as an operation of a bulk request.

use crate::scim::capabilities::Capabilities;
use crate::scim::exchange::segment;
use crate::scim::failure::Outcome;
use crate::scim::person::alone::json;
use crate::scim::person::patch;
use crate::scim::user::User;
use connector_model::{Change, DeliveryItem, Identity};
use hyper::Method;
use hyper::body::Bytes;

/// What is sent for one item of a batch.
#[derive(Clone)]
pub(crate) struct Operation {
    /// Position in the batch.
    pub(crate) index: usize,
    pub(crate) identity: Identity,
    pub(crate) user_name: String,
    pub(crate) kind: Kind,
    /// Body of the operation.
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
}

impl Operation {
    /// The operation of an item, where nobody has to be looked for first. Where ids may be given anew, only people who
    /// are new can do without.
    pub(crate) fn of(
        index: usize,
        item: &DeliveryItem,
        can: Capabilities,
    ) -> Outcome<Option<Self>> {
        let id = item.cloud_id.clone().filter(|id| !id.is_empty());
        let kind = match (item.change == Change::Preserve, id) {
            (false, None) if !item.in_doubt => Kind::Create,
            (false, Some(id)) if can.extension => Kind::Replace(id),
            (true, Some(id)) if can.extension && can.patch => Kind::Deactivate(id),
            _ => return Ok(None),
        };
        let data = match kind {
            Kind::Create | Kind::Replace(_) => json(&User::new(&item.person, true, can.extension))?,
            Kind::Deactivate(_) => patch::active_by_path(&false.into())?,
        };
        let (identity, user_name) = (item.person.identity.clone(), item.person.user_name.clone());
        Ok(Some(Self { index, identity, user_name, kind, data }))
    }

    pub(crate) fn method(&self) -> Method {
        match self.kind {
            Kind::Create => Method::POST,
            Kind::Replace(_) => Method::PUT,
            Kind::Deactivate(_) => Method::PATCH,
        }
    }

    /// The service's id, where the request names one.
    pub(crate) fn id(&self) -> Option<&str> {
        match &self.kind {
            Kind::Replace(id) | Kind::Deactivate(id) => Some(id),
            Kind::Create => None,
        }
    }

    pub(crate) fn path(&self) -> String {
        self.id().map_or_else(|| "/Users".to_owned(), |id| format!("/Users/{}", segment(id)))
    }

    /// Whether the person is to be active afterwards.
    pub(crate) fn activates(&self) -> bool {
        !matches!(self.kind, Kind::Deactivate(_))
    }
}
