//! What is odd about a service for one round.

use connector_model::{Code, DeliveryResult, Error};
use std::collections::BTreeMap;

/// What becomes of one person, beside what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Refused,
    /// The answer proves nothing.
    Unsure {
        done: bool,
    },
    /// To be sent again.
    Postponed {
        code: Code,
        sent: bool,
        done: bool,
    },
    /// Done, and the answer does not show it.
    Unconfirmed,
    /// Done, and said to have been linked where it was created, or the reverse.
    Mistold,
}

impl Fate {
    /// Whether the work is done.
    pub fn does(self) -> bool {
        match self {
            Self::Refused => false,
            Self::Unsure { done } => done,
            Self::Postponed { sent, done, .. } => sent && done,
            Self::Unconfirmed | Self::Mistold => true,
        }
    }

    /// The answer in place of the one there would be.
    pub fn tell(self, answer: Option<DeliveryResult>) -> DeliveryResult {
        match (self, answer) {
            (Self::Refused, _) => DeliveryResult::Refused(Error::of(Code::CloudRefused)),
            (Self::Unsure { .. }, _) => DeliveryResult::Unsure(Error::of(Code::ProtocolViolation)),
            (Self::Postponed { code, sent, .. }, _) => {
                DeliveryResult::Postponed { error: Error::of(code), sent }
            }
            (Self::Unconfirmed, Some(DeliveryResult::Acknowledged { cloud_id, adopted, .. })) => {
                DeliveryResult::Acknowledged { cloud_id, adopted, confirmed: false }
            }
            (Self::Mistold, Some(DeliveryResult::Acknowledged { cloud_id, adopted, .. })) => {
                DeliveryResult::Acknowledged { cloud_id, adopted: !adopted, confirmed: true }
            }
            (_, answer) => {
                answer.unwrap_or_else(|| DeliveryResult::Unsure(Error::of(Code::Internal)))
            }
        }
    }
}

/// What goes wrong during one round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quirks {
    /// So many batches are not taken.
    pub fails: usize,
    /// So many answers get lost after the work was done.
    pub loses: usize,
    /// So many answers are for nobody.
    pub null_answers: usize,
    /// By identity.
    pub fates: BTreeMap<String, Fate>,
    /// The batch after so many never ends: the connector dies in it, before or after the work.
    pub hangs_after: Option<usize>,
    /// Lists of users end with an error after so many of them.
    pub lists_end_after: Option<usize>,
    /// Users who come from no directory are not told.
    pub hides_unlinked: bool,
}
