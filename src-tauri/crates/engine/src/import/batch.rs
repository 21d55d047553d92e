//! One batch: noted before it is sent, sent again where the cloud was in the way, and noted again with what the cloud
//! said of each. Whoever was sent without a sure answer stays known as that.

use crate::blocking::blocking;
use crate::import::importer::Importer;
use crate::plan::decision::Decision;
use crate::state::records::RefusedPerson;
use crate::store::cloud::people::{Acknowledgement, Answers};
use crate::store::imports::row::Sent;
use crate::store::imports::run_log::RunLog;
use connector_model::{Change, Code, DeliveryItem, DeliveryResult, Error, Result};
use rand::RngExt;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Attempts for one batch before the import ends; the next one goes on where it stopped.
const ATTEMPTS: u32 = 6;
/// Limits of the first and of the longest wait between two attempts.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const MAX_WAIT: Duration = Duration::from_secs(16);

/// What became of a batch.
#[derive(Default)]
pub(super) struct BatchDone {
    pub acknowledged: u64,
    /// Of those, whom the cloud did not show as they should be: it only said that it is done.
    pub assumed: u64,
    pub refused: u64,
    pub adopted: u64,
    /// Why the rest of the import has to wait.
    pub stopped: Option<Error>,
}

impl Importer {
    /// Sends a batch, and writes down in `log` what became of it.
    pub(super) async fn deliver(
        &self,
        batch: Vec<Decision>,
        log: Arc<RunLog>,
    ) -> Result<BatchDone> {
        let items: Vec<DeliveryItem> = batch.iter().map(|decision| self.item(decision)).collect();
        let (store, account, mapping) =
            (self.store.clone(), self.mapping.account.clone(), self.mapping.name.clone());
        let (batch, number) = {
            let (store, account, mapping) = (store.clone(), account.clone(), mapping.clone());
            blocking(move || {
                let number = store.batch_begins((&account, &mapping), &batch)?;
                Ok((batch, number))
            })
            .await?
        };
        let results = self.send(items).await;
        self.take_notes(&batch, &results);
        let now = self.clock.now_ms();
        blocking(move || {
            let (answers, done) = sorted((&account, &mapping), &batch, &results);
            store.note_answers(number, &answers, (&log, now))?;
            Ok(done)
        })
        .await
    }

    fn item(&self, decision: &Decision) -> DeliveryItem {
        DeliveryItem {
            change: decision.change,
            cloud_id: decision.cloud_id.clone().filter(|id| !id.is_empty()),
            person: decision.content.to_cloud(&decision.identity, &self.mapping),
            // Somebody who is known and has no id was sent without a sure answer.
            in_doubt: decision.cloud_id.as_deref() == Some(""),
            former: decision.former.clone(),
        }
    }

    /// Sends one batch, and again after a pause whoever the cloud was in the way of. One result for each item.
    async fn send(&self, items: Vec<DeliveryItem>) -> Vec<DeliveryResult> {
        let mut results: Vec<Option<DeliveryResult>> = items.iter().map(|_| None).collect();
        let mut open: Vec<(usize, DeliveryItem)> = items.into_iter().enumerate().collect();
        let mut wait = FIRST_WAIT;
        for attempt in 1.. {
            let (places, rest): (Vec<usize>, Vec<DeliveryItem>) = open.into_iter().unzip();
            let answers = self.attempt(&rest).await;
            open = vec![];
            for ((place, item), answer) in places.into_iter().zip(rest).zip(answers) {
                match answer {
                    DeliveryResult::Postponed { error, sent }
                        if attempt < ATTEMPTS
                            && self.passes_soon(error.code)
                            && !self.call_off.token.is_cancelled() =>
                    {
                        tracing::debug!(code = %error.code, "to be sent again");
                        open.push((
                            place,
                            DeliveryItem { in_doubt: item.in_doubt || sent, ..item },
                        ));
                    }
                    DeliveryResult::Postponed { error, sent } => {
                        let sent = sent || item.in_doubt;
                        results[place] = Some(DeliveryResult::Postponed { error, sent });
                    }
                    answer => results[place] = Some(answer),
                }
            }
            if open.is_empty() {
                break;
            }
            tracing::info!(attempt, people = open.len(), "a part of a batch is sent again");
            let share = rand::rng().random_range(0.5..1.0);
            let called_off = self.call_off.token.cancelled();
            if tokio::time::timeout(wait.mul_f64(share), called_off).await.is_ok() {
                for (place, item) in open {
                    let error = Error::of(Code::Cancelled);
                    results[place] = Some(DeliveryResult::Postponed { error, sent: item.in_doubt });
                }
                break;
            }
            wait = (wait * 2).min(MAX_WAIT);
        }
        results.into_iter().map(|result| result.unwrap_or_else(unanswered)).collect()
    }

    async fn attempt(&self, items: &[DeliveryItem]) -> Vec<DeliveryResult> {
        let error = match self.delivery.deliver(items).await {
            Ok(answers) if answers.len() == items.len() => return answers,
            Ok(_) => Error::new(
                Code::ProtocolViolation,
                "The cloud answered for a different number of people than were sent.",
            ),
            Err(error) => error,
        };
        let all = || DeliveryResult::Postponed { error: error.clone(), sent: true };
        items.iter().map(|_| all()).collect()
    }

    /// Whether a failure goes away by itself while an import waits.
    fn passes_soon(&self, code: Code) -> bool {
        let asked_to_wait = self.delivery.resumes_ms().is_some();
        !asked_to_wait && code.passes_by_itself()
    }

    fn take_notes(&self, batch: &[Decision], results: &[DeliveryResult]) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for (decision, result) in batch.iter().zip(results) {
            if decision.parked {
                notes.unsettled(&decision.identity);
            } else if let Some(error) = result.refusal() {
                tracing::warn!(code = %error.code, "the cloud refused a person");
                let (identity, user_name) =
                    (decision.identity.clone(), decision.content.user_name.clone());
                notes.refused(RefusedPerson { user_name, identity }, error);
            } else if let DeliveryResult::Acknowledged { .. } = result {
                notes.unsettled.remove(&decision.identity);
                notes.changed(&decision.identity, decision.change);
            }
        }
    }
}

/// What the cloud said, ready to be kept, and added up.
fn sorted<'a>(
    (account, mapping): (&'a str, &'a str),
    batch: &'a [Decision],
    results: &'a [DeliveryResult],
) -> (Answers<'a>, BatchDone) {
    let mut done = BatchDone::default();
    let mut answers = Answers {
        account,
        mapping,
        kept: vec![],
        refused: vec![],
        absent: vec![],
        unsure: vec![],
        sent: vec![],
    };
    for (decision, result) in batch.iter().zip(results) {
        answers.sent.extend(told(decision, result));
        match result {
            DeliveryResult::Acknowledged { cloud_id, adopted, confirmed } => {
                done.acknowledged += u64::from(!decision.parked);
                done.assumed += u64::from(!confirmed && !decision.parked);
                done.adopted += u64::from(*adopted && decision.change == Change::Create);
                answers.kept.push(Acknowledgement {
                    identity: &decision.identity,
                    cloud_id,
                    active: decision.change != Change::Preserve,
                    dn: &decision.dn,
                    content: &decision.content,
                    former: decision.former.as_ref(),
                });
            }
            // Whoever cannot give a name up yet is told of in the last turn.
            _ if decision.parked && result.refusal().is_some() => {}
            DeliveryResult::Refused(error)
            | DeliveryResult::Absent(error)
            | DeliveryResult::Unsure(error) => {
                done.refused += 1;
                answers.refused.push((decision, error));
            }
            DeliveryResult::Postponed { error, .. } => {
                done.stopped.get_or_insert_with(|| error.clone());
            }
        }
        match result {
            DeliveryResult::Unsure(_) | DeliveryResult::Postponed { sent: true, .. } => {
                answers.unsure.push(decision);
            }
            DeliveryResult::Absent(_) => answers.absent.push(&decision.identity),
            _ => {}
        }
    }
    (answers, done)
}

/// What an import's rows say of somebody who was sent; whoever only gave a name up for somebody else comes later.
fn told<'a>(decision: &'a Decision, result: &'a DeliveryResult) -> Option<Sent<'a>> {
    let mut sent = Sent { decision, change: decision.change, refused: None, postponed: None };
    match result {
        DeliveryResult::Acknowledged { adopted: true, .. } if sent.change == Change::Create => {
            sent.change = Change::Adopt;
        }
        DeliveryResult::Postponed { error, .. } => sent.postponed = Some(error),
        answer => sent.refused = answer.refusal(),
    }
    (!decision.parked).then_some(sent)
}

fn unanswered() -> DeliveryResult {
    DeliveryResult::Unsure(Error::of(Code::Internal))
}
