//! One person alone, and who is there already (protocol, section 4).

use crate::scim::exchange::Exchange;
use crate::scim::operation::{Kind, Next, Operation, OperationAnswer};
use connector_model::{Code, DeliveryItem, DeliveryResult, Error, Result};

impl Exchange {
    /// One person alone, with everything that follows: creating anew, adopting.
    pub(crate) async fn settle(
        &self,
        operation: Operation,
        item: &DeliveryItem,
    ) -> Result<DeliveryResult> {
        let mut operation = operation;
        // A replacement may become a creation once; nothing comes back from there.
        for _ in 0..2 {
            if operation.kind == Kind::DeactivateUnknown {
                let found = self.find("externalId", item.person.identity.as_str()).await?;
                let Some(id) = found.into_iter().find_map(|user| user.id) else {
                    // Nobody of that identity is active either.
                    let cloud_id = String::new();
                    return Ok(DeliveryResult::Acknowledged { cloud_id, adopted: false });
                };
                operation.kind = Kind::Deactivate(id);
            }
            match operation.next_step(self.single(&operation).await?) {
                Next::Done(result) => return Ok(result),
                Next::Again(error) => return Err(error),
                Next::Adopt => return self.adopt(&operation, item).await,
                Next::CreateAnew => operation.kind = Kind::Create,
                Next::Alone => break,
            }
        }
        Ok(DeliveryResult::Refused(unanswered()))
    }

    /// Links the person who is there already: same identity, else same user name without another identity.
    async fn adopt(&self, operation: &Operation, item: &DeliveryItem) -> Result<DeliveryResult> {
        let identity = item.person.identity.as_str();
        let mut found = self.find("externalId", identity).await?;
        if found.is_empty() {
            found = self.find("userName", &item.person.user_name).await?;
            let taken = |id: &Option<String>| {
                id.as_deref().is_some_and(|id| !id.is_empty() && id != identity)
            };
            if found.iter().any(|b| taken(&b.external_id)) {
                return Ok(DeliveryResult::Refused(taken_by_another()));
            }
        }
        let (Some(id), true) = (found.pop().and_then(|b| b.id), found.is_empty()) else {
            return Ok(DeliveryResult::Refused(taken_by_another()));
        };
        let replace = Operation { kind: Kind::Replace(id), ..operation.clone() };
        Ok(match replace.next_step(self.single(&replace).await?) {
            Next::Done(DeliveryResult::Acknowledged { cloud_id, .. }) => {
                DeliveryResult::Acknowledged { cloud_id, adopted: true }
            }
            Next::Done(refused) => refused,
            Next::Again(error) => return Err(error),
            Next::Adopt | Next::CreateAnew | Next::Alone => {
                DeliveryResult::Refused(taken_by_another())
            }
        })
    }

    /// One operation as a request of its own.
    async fn single(&self, operation: &Operation) -> Result<OperationAnswer> {
        self.change(operation.method(), operation.id(), operation.data.clone()).await
    }
}

fn taken_by_another() -> Error {
    Error::new(
        Code::CloudRefused,
        "Somebody else in the cloud already has this user name or e-mail address.",
    )
    .with_action("Rename or remove the other user in the cloud, or give this person another name.")
}

pub(crate) fn unanswered() -> Error {
    Error::new(Code::ProtocolViolation, "The cloud gave no answer for this person.")
}
