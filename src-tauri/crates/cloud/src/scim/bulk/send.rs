//! Sends operations in bulk until each has its outcome.

use crate::scim::bulk::answers::{BulkOutcome, bulk_outcome, matched};
use crate::scim::bulk::operation::Operation;
use crate::scim::bulk::pack;
use crate::scim::capabilities::BulkLimits;
use crate::scim::exchange::{Ask, Exchange};
use crate::scim::failure::{Failure, Outcome};
use crate::scim::throttle::pause;
use crate::scim::wire::BulkResult;
use crate::transport::http::Reply;
use futures_util::{StreamExt, stream};
use hyper::{Method, StatusCode};
use tokio::time::sleep;

/// Bulk requests of one batch that are under way at once.
const AT_ONCE: usize = 4;
/// Times that operations are sent again because the service asked for a pause.
const ROUNDS: u32 = 4;

/// An operation with what follows from its answer.
pub(crate) type Answered = (Operation, BulkOutcome);

impl Exchange {
    /// Sends operations within the limits; an outcome for each.
    pub(crate) async fn in_bulk(
        &self,
        operations: Vec<Operation>,
        limits: BulkLimits,
    ) -> Vec<Answered> {
        let packs = pack::pack(operations, limits).into_iter().map(|pack| self.send_pack(pack));
        let answered: Vec<Vec<Answered>> =
            stream::iter(packs).buffer_unordered(AT_ONCE).collect().await;
        answered.into_iter().flatten().collect()
    }

    /// Sends a pack until every operation has an outcome; halves what is too large.
    async fn send_pack(&self, pack: Vec<Operation>) -> Vec<Answered> {
        let mut answered = Vec::with_capacity(pack.len());
        let mut waiting = vec![pack];
        let mut pauses = 0;
        while let Some(mut pack) = waiting.pop() {
            let reply = match self.bulk(&pack).await {
                Ok(reply) => reply,
                Err(failure) => {
                    answered.extend(pack.into_iter().map(|o| (o, without_answer(failure.clone()))));
                    continue;
                }
            };
            if reply.status == StatusCode::PAYLOAD_TOO_LARGE && pack.len() > 1 {
                let rest = pack.split_off(pack.len() / 2);
                waiting.extend([rest, pack]);
                continue;
            }
            let mut again = vec![];
            for (operation, outcome) in outcomes(&reply, pack) {
                match outcome {
                    BulkOutcome::Again if pauses < ROUNDS => again.push(operation),
                    BulkOutcome::Again => {
                        answered.push((operation, BulkOutcome::Alone { in_doubt: true }));
                    }
                    outcome => answered.push((operation, outcome)),
                }
            }
            if !again.is_empty() {
                sleep(pause(reply.retry_after(), pauses)).await;
                pauses += 1;
                waiting.push(again);
            }
        }
        answered
    }

    async fn bulk(&self, operations: &[Operation]) -> Outcome<Reply> {
        let body = pack::body(operations).map_err(Failure::Refused)?;
        let ask = Ask { method: Method::POST, path: "Bulk", body: Some(body), version: None };
        self.ask(ask).await
    }
}

/// The outcomes of a whole answer.
fn outcomes(reply: &Reply, pack: Vec<Operation>) -> Vec<Answered> {
    if !reply.status.is_success() {
        // Something in it cannot be taken in bulk: alone, each gets an answer of its own.
        return pack.into_iter().map(|o| (o, BulkOutcome::Alone { in_doubt: false })).collect();
    }
    let answers = BulkResult::read_all(&reply.body).unwrap_or_default();
    let answers = matched(answers, &pack);
    let answered = pack.into_iter().zip(answers).map(|(operation, answer)| {
        let doubt = || BulkOutcome::Alone { in_doubt: true };
        let outcome = answer.map_or_else(doubt, |answer| bulk_outcome(&operation, &answer));
        (operation, outcome)
    });
    answered.collect()
}

fn without_answer(failure: Failure) -> BulkOutcome {
    match failure {
        away @ Failure::Away { .. } => BulkOutcome::Failed(away),
        Failure::Unsure { .. } => BulkOutcome::Alone { in_doubt: true },
        Failure::Refused(_) | Failure::Absent(_) | Failure::Redirected(_) => {
            BulkOutcome::Alone { in_doubt: false }
        }
    }
}
