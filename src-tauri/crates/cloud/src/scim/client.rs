//! Delivers people to a SCIM 2.0 service (RFC 7644): in bulk where it can, one by one where it cannot.

use crate::Endpoint;
use crate::identity::registration::bearer;
use crate::scim::bulk::answers::BulkOutcome;
use crate::scim::bulk::operation::Operation;
use crate::scim::capabilities::Capabilities;
use crate::scim::course::{Course, anybody_decided, blamed_on_the_service};
use crate::scim::discovery::Discovered;
use crate::scim::exchange::Exchange;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::person::alone::Alone;
use crate::transport::http::Http;
use connector_model::{
    Change, CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result, Secret,
};
use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};
use std::sync::Arc;
use tokio::sync::{OnceCell, mpsc};

/// Single requests of one batch that are under way at once.
const SINGLES_AT_ONCE: usize = 8;

/// A SCIM service with its token. Cheap to clone; clones share connections and what was learned.
#[derive(Clone)]
pub struct ScimClient(Arc<Inner>);

struct Inner {
    exchange: Exchange,
    capabilities: OnceCell<Capabilities>,
}

/// What became of an item of a batch, by its place.
type Settled = (usize, Outcome<DeliveryResult>);

impl ScimClient {
    /// A client of the service at `scim_url` (absolute), reached the way `endpoint` is: same proxy, same trust.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "takes the token over, so that the caller keeps no copy"
    )]
    pub fn new(endpoint: Endpoint, scim_url: &str, token: Secret) -> Result<Self> {
        let endpoint = endpoint.towards(scim_url)?;
        let base = Endpoint::base_of(scim_url)?;
        let exchange = Exchange::new(Http::new(endpoint), base, bearer(&token)?);
        Ok(Self(Arc::new(Inner { exchange, capabilities: OnceCell::new() })))
    }

    /// Whether the service answers and accepts the token.
    pub fn check(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.discover().await.map(drop) })
    }

    /// What the service says of itself, and whether it shows users to this token.
    pub(crate) async fn discover(&self) -> Result<Discovered> {
        Ok(self.0.exchange.discover().await?)
    }

    /// Until when the service asked to be left alone, milliseconds since 1970-01-01 UTC; `None` where it did not, or that
    /// is over. Nothing is sent before.
    pub fn resumes_ms(&self) -> Option<i64> {
        self.0.exchange.gate.closed_until()
    }

    /// Sends one batch; one result for each item, in order. Whoever was answered counts, whatever happens to others.
    ///
    /// `Err` means that nothing was sent.
    pub fn deliver<'a>(
        &'a self,
        batch: &'a [DeliveryItem],
    ) -> BoxFuture<'a, Result<Vec<DeliveryResult>>> {
        Box::pin(async move {
            if let Some(item) = batch.iter().find(|item| !is_delivery(item.change)) {
                let text = format!("A change of kind {} is not delivered.", item.change.as_str());
                return Err(Error::new(Code::Internal, text));
            }
            if batch.is_empty() {
                return Ok(vec![]);
            }
            let exchange = &self.0.exchange;
            let can = *self.0.capabilities.get_or_try_init(|| exchange.capabilities()).await?;
            let (mut settled, alone) = self.in_bulk(batch, can).await?;
            let course = Course::default();
            for (_, outcome) in &settled {
                course.note(outcome);
            }
            settled.extend(self.one_by_one(batch, alone, can, &course).await);
            settled.sort_by_key(|(index, _)| *index);
            let mut outcomes: Vec<_> = settled.into_iter().map(|(_, outcome)| outcome).collect();
            self.blame(&course, &mut outcomes).await;
            let results =
                outcomes.into_iter().map(|done| done.unwrap_or_else(DeliveryResult::from));
            Ok(results.zip(batch).map(|(result, item)| told(result, item)).collect())
        })
    }

    /// Streams the people of a mapping as the service has them, in pages.
    pub fn people_of<'a>(
        &'a self,
        mapping: &'a Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.0.exchange.people_of(mapping, &pages).await })
    }

    /// Streams everybody with an `externalId`, in pages.
    pub fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { self.0.exchange.everybody(&pages).await })
    }

    /// Users who come from no directory: without `externalId`. An error where the service does not say.
    pub fn unlinked_users(&self) -> BoxFuture<'_, Result<Vec<CloudUser>>> {
        Box::pin(async move { self.0.exchange.unlinked_users().await })
    }

    /// Sends in bulk what can be; gives what came of it, and who is left, with whether they are in doubt.
    async fn in_bulk(
        &self,
        batch: &[DeliveryItem],
        can: Capabilities,
    ) -> Result<(Vec<Settled>, Vec<(usize, bool)>)> {
        let (mut settled, mut alone, mut operations) = (vec![], vec![], vec![]);
        for (index, item) in batch.iter().enumerate() {
            match can.bulk.and(Operation::of(index, item, can)?) {
                Some(operation) => operations.push(operation),
                None => alone.push((index, item.in_doubt)),
            }
        }
        let Some(limits) = can.bulk else { return Ok((settled, alone)) };
        for (operation, outcome) in self.0.exchange.in_bulk(operations, limits).await {
            match outcome {
                BulkOutcome::Done(DeliveryResult::Refused(error)) => {
                    settled.push((operation.index, Err(Failure::Refused(error))));
                }
                BulkOutcome::Done(done) => settled.push((operation.index, Ok(done))),
                BulkOutcome::Failed(failure) => settled.push((operation.index, Err(failure))),
                BulkOutcome::Again => alone.push((operation.index, true)),
                BulkOutcome::Alone { in_doubt } => alone.push((operation.index, in_doubt)),
            }
        }
        Ok((settled, alone))
    }

    async fn one_by_one(
        &self,
        batch: &[DeliveryItem],
        people: Vec<(usize, bool)>,
        can: Capabilities,
        course: &Course,
    ) -> Vec<Settled> {
        let singles = people.into_iter().map(|(index, in_doubt)| async move {
            if let Some(error) = course.stopped() {
                return (index, Err(Failure::Away { error, sent: in_doubt }));
            }
            let item = &batch[index];
            let alone = Alone { service: &self.0.exchange, can, item };
            let outcome = alone.settle(in_doubt).await;
            let outcome = outcome.map_err(|failure| {
                if in_doubt && !item.in_doubt { failure.after_sending() } else { failure }
            });
            course.note(&outcome);
            (index, outcome)
        });
        stream::iter(singles).buffer_unordered(SINGLES_AT_ONCE).collect().await
    }

    /// Where nobody got through, the service itself may be down; then nobody is refused for it.
    async fn blame(&self, course: &Course, outcomes: &mut [Outcome<DeliveryResult>]) {
        if anybody_decided(outcomes) {
            return;
        }
        let unsure = outcomes.iter().any(|o| matches!(o, Err(Failure::Unsure { .. })));
        let down =
            course.stopped().is_some() || (unsure && self.0.exchange.probe_users().await.is_err());
        for outcome in outcomes {
            let redirected = matches!(outcome, Err(Failure::Redirected(_)));
            if let Err(failure) = outcome
                && (down || redirected)
            {
                *failure = blamed_on_the_service(failure.clone());
            }
        }
    }
}

fn is_delivery(change: Change) -> bool {
    matches!(
        change,
        Change::Create | Change::Update | Change::Reactivate | Change::Adopt | Change::Preserve
    )
}

/// A planned adoption is told as one, whichever way it went.
fn told(result: DeliveryResult, item: &DeliveryItem) -> DeliveryResult {
    match result {
        DeliveryResult::Acknowledged { cloud_id, confirmed, .. }
            if item.change == Change::Adopt =>
        {
            DeliveryResult::Acknowledged { cloud_id, adopted: true, confirmed }
        }
        other => other,
    }
}

impl std::fmt::Debug for ScimClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScimClient").finish_non_exhaustive()
    }
}
