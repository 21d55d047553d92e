//! Sends operations in bulk until each has its verdict.

use crate::scim::bulk::answers::{Verdict, matched, verdict};
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
pub(crate) type Judged = (Operation, Verdict);

impl Exchange {
    /// Sends operations within the limits; a verdict for each.
    pub(crate) async fn in_bulk(
        &self,
        operations: Vec<Operation>,
        limits: BulkLimits,
    ) -> Vec<Judged> {
        let packs = pack::pack(operations, limits).into_iter().map(|pack| self.send_pack(pack));
        let judged: Vec<Vec<Judged>> =
            stream::iter(packs).buffer_unordered(AT_ONCE).collect().await;
        judged.into_iter().flatten().collect()
    }

    /// Sends a pack until every operation has a verdict; halves what is too large.
    async fn send_pack(&self, pack: Vec<Operation>) -> Vec<Judged> {
        let mut judged = Vec::with_capacity(pack.len());
        let mut waiting = vec![pack];
        let mut pauses = 0;
        while let Some(mut pack) = waiting.pop() {
            let reply = match self.bulk(&pack).await {
                Ok(reply) => reply,
                Err(failure) => {
                    judged.extend(pack.into_iter().map(|o| (o, without_answer(failure.clone()))));
                    continue;
                }
            };
            if reply.status == StatusCode::PAYLOAD_TOO_LARGE && pack.len() > 1 {
                let rest = pack.split_off(pack.len() / 2);
                waiting.extend([rest, pack]);
                continue;
            }
            let mut again = vec![];
            for (operation, verdict) in judge(&reply, pack) {
                match verdict {
                    Verdict::Again if pauses < ROUNDS => again.push(operation),
                    Verdict::Again => judged.push((operation, Verdict::Alone { in_doubt: true })),
                    verdict => judged.push((operation, verdict)),
                }
            }
            if !again.is_empty() {
                sleep(pause(reply.retry_after(), pauses)).await;
                pauses += 1;
                waiting.push(again);
            }
        }
        judged
    }

    async fn bulk(&self, operations: &[Operation]) -> Outcome<Reply> {
        let body = pack::body(operations).map_err(Failure::Refused)?;
        let ask = Ask { method: Method::POST, path: "Bulk", body: Some(body), version: None };
        self.ask(ask).await
    }
}

/// The verdicts of a whole answer.
fn judge(reply: &Reply, pack: Vec<Operation>) -> Vec<Judged> {
    if !reply.status.is_success() {
        // Something in it cannot be taken in bulk: alone, each gets an answer of its own.
        return pack.into_iter().map(|o| (o, Verdict::Alone { in_doubt: false })).collect();
    }
    let answers = BulkResult::read_all(&reply.body).unwrap_or_default();
    let answers = matched(answers, &pack);
    let judged = pack.into_iter().zip(answers).map(|(operation, answer)| {
        let doubt = || Verdict::Alone { in_doubt: true };
        let verdict = answer.map_or_else(doubt, |answer| verdict(&operation, &answer));
        (operation, verdict)
    });
    judged.collect()
}

fn without_answer(failure: Failure) -> Verdict {
    match failure {
        away @ Failure::Away { .. } => Verdict::Failed(away),
        Failure::Unsure { .. } => Verdict::Alone { in_doubt: true },
        Failure::Refused(_) | Failure::Redirected(_) => Verdict::Alone { in_doubt: false },
    }
}
