//! People on their way to the cloud, and what the cloud said about them.

use crate::{Change, Error, Identity, Mapping};
use std::sync::Arc;

/// One person on the way to the cloud.
#[derive(Debug, Clone)]
pub struct DeliveryItem {
    /// `Create`, `Update`, `Preserve`, `Reactivate` or `Adopt`.
    pub change: Change,
    /// The cloud's id, once known.
    pub cloud_id: Option<String>,
    /// Content. For `Preserve` the last acknowledged one.
    pub person: CloudPerson,
    /// Sent before without a sure answer: the cloud is asked for the identity before anybody is created.
    pub in_doubt: bool,
    /// The identity that the cloud has the person under until now, where the entry was made anew.
    pub former: Option<Identity>,
}

/// A person in the cloud's terms: exactly what leaves the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloudPerson {
    /// `externalId`.
    pub identity: Identity,
    /// `userName`.
    pub user_name: String,
    /// `emails[0]`.
    pub email: String,
    /// `displayName`.
    pub display_name: Option<String>,
    /// `name.givenName`.
    pub given_name: Option<String>,
    /// `name.familyName`.
    pub surname: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// The mapping that the person belongs to: gives profile, storage, quota and e-mail rule.
    pub mapping: Arc<Mapping>,
}

/// What the cloud said about one item.
#[derive(Debug, Clone)]
pub enum DeliveryResult {
    /// Done; remember the id.
    Acknowledged {
        /// The cloud's id of the person.
        cloud_id: String,
        /// The person was there already and was linked instead of created.
        adopted: bool,
        /// The answer showed the person as they should be; a mere "done" is only believed.
        confirmed: bool,
    },
    /// Refused for a reason of the cloud, and surely not carried out; tried again at the next import.
    Refused(Error),
    /// The same, and the cloud has nobody of this identity: what it had of the person is gone, the names too.
    Absent(Error),
    /// Sent, and the answers prove nothing: it may have been carried out. Tried again at the next import.
    Unsure(Error),
    /// Not decided, because the cloud as a whole is in the way: to be sent again.
    Postponed {
        /// What is in the way.
        error: Error,
        /// Whether it was sent, so that it may have been carried out all the same.
        sent: bool,
    },
}

impl DeliveryResult {
    /// Why this person was refused, or may have been; `None` where the cloud did it, or as a whole was in the way.
    pub fn refusal(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::Absent(error) | Self::Unsure(error) => Some(error),
            Self::Acknowledged { .. } | Self::Postponed { .. } => None,
        }
    }
}

/// A person as the cloud has them, whoever sent them there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CloudUser {
    /// The cloud's id.
    pub cloud_id: String,
    /// `externalId`, where the person comes from a directory.
    pub identity: Option<Identity>,
    /// Whether the person may work.
    pub active: bool,
    /// Newest change, milliseconds since 1970-01-01 UTC; 0 where the cloud does not say.
    pub changed_ms: i64,
    /// Account of the extension.
    pub account: Option<String>,
    /// Mapping of the extension.
    pub mapping: Option<String>,
    /// `userName`.
    pub user_name: String,
    /// The primary e-mail address, else the first.
    pub email: String,
    /// `displayName`.
    pub display_name: Option<String>,
    /// `name.givenName`.
    pub given_name: Option<String>,
    /// `name.familyName`.
    pub surname: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// `title`.
    pub title: Option<String>,
}
