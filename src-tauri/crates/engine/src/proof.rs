//! Absence is no proof: everybody who was not seen is looked up by identity before anything is sent.

use crate::planner::Decision;
use crate::ports::Directory;
use crate::reasons;
use connector_model::{Change, Mapping, UserName};

/// Confirms or corrects a removal. What cannot be proven is held.
pub(crate) async fn confirm(
    directory: &dyn Directory,
    others: &[Mapping],
    decision: &mut Decision,
) {
    if decision.change != Change::Preserve || !decision.absent {
        return;
    }
    match directory.find_identity(&decision.identity).await {
        Err(error) => {
            decision.change = Change::Hold;
            decision.reason = reasons::not_proven(&error);
        }
        Ok(None) => reasons::DELETED.clone_into(&mut decision.reason),
        Ok(Some(person)) => {
            reasons::LEFT.clone_into(&mut decision.reason);
            let name =
                person.login.as_deref().or(person.upn.as_deref()).or(person.email.as_deref());
            let Some(Ok(name)) = name.map(str::parse::<UserName>) else { return };
            for other in others {
                match directory.find_in_mapping(other, &name).await {
                    Ok(found) if found.iter().any(|p| p.identity == decision.identity) => {
                        decision.change = Change::Hold;
                        decision.reason = reasons::moves_to(&other.name);
                        return;
                    }
                    Ok(_) => {}
                    Err(error) => {
                        decision.change = Change::Hold;
                        decision.reason = reasons::not_proven(&error);
                        return;
                    }
                }
            }
        }
    }
}
