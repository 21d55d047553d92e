//! Delivers people to a SCIM 2.0 service (RFC 7644): in bulk where it can, one by one where it cannot.

use crate::Endpoint;
use crate::identity::registration::bearer;
use crate::scim::adopt::unanswered;
use crate::scim::bulk;
use crate::scim::capabilities::{BulkLimits, Capabilities};
use crate::scim::exchange::Exchange;
use crate::scim::operation::{Kind, Next, Operation};
use crate::transport::http::Http;
use connector_model::{
    Change, CloudUser, DeliveryItem, DeliveryResult, Error, Mapping, Result, Secret,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use hyper::StatusCode;
use std::sync::Arc;
use tokio::sync::{OnceCell, mpsc};
use tokio::time::sleep;

/// Bulk requests of one batch that are under way at once.
const BULKS_AT_ONCE: usize = 4;
/// Single requests of one batch that are under way at once.
const SINGLES_AT_ONCE: usize = 8;
/// Times that operations of a bulk are sent again because the service asked for a pause.
const ROUNDS: u32 = 4;

/// A SCIM service with its token. Cheap to clone; clones share connections and what was learned.
#[derive(Clone)]
pub struct ScimClient(Arc<Inner>);

struct Inner {
    exchange: Exchange,
    capabilities: OnceCell<Capabilities>,
}

/// An operation with what follows from its answered.
type Judged = (Operation, Next);

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
    pub async fn check(&self) -> Result<()> {
        self.0.exchange.read_capabilities().await?;
        self.0.exchange.probe_users().await
    }

    /// Sends one batch; one result for each item, in order.
    ///
    /// `Err` means that nothing is known about some of them. The batch may be sent again without harm.
    pub async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        if batch.is_empty() {
            return Ok(vec![]);
        }
        let exchange = &self.0.exchange;
        let capabilities =
            *self.0.capabilities.get_or_try_init(|| exchange.read_capabilities()).await?;
        let operations = batch
            .iter()
            .enumerate()
            .map(|(i, item)| Operation::new(i, item, capabilities.extension));
        let operations = operations.collect::<Result<Vec<_>>>()?;
        let mut results: Vec<Option<DeliveryResult>> = batch.iter().map(|_| None).collect();
        let mut alone = vec![];
        if let Some(limits) = capabilities.bulk {
            let (bulk, unknown) =
                operations.into_iter().partition(|o| o.kind != Kind::DeactivateUnknown);
            alone = unknown;
            for (operation, next) in self.in_bulk(bulk, limits).await? {
                match next {
                    Next::Done(result) => results[operation.index] = Some(result),
                    Next::Again(error) => {
                        results[operation.index] = Some(DeliveryResult::Refused(error));
                    }
                    Next::CreateAnew => alone.push(Operation { kind: Kind::Create, ..operation }),
                    Next::Adopt | Next::Alone => alone.push(operation),
                }
            }
        } else {
            alone = operations;
        }
        let singles = alone.into_iter().map(|operation| async {
            let index = operation.index;
            Ok::<_, Error>((index, exchange.settle(operation, &batch[index]).await?))
        });
        let settled: Vec<_> =
            stream::iter(singles).buffer_unordered(SINGLES_AT_ONCE).try_collect().await?;
        for (index, result) in settled {
            results[index] = Some(result);
        }
        let results = results.into_iter().zip(batch).map(|(result, item)| match result {
            Some(DeliveryResult::Acknowledged { cloud_id, .. }) if item.change == Change::Adopt => {
                DeliveryResult::Acknowledged { cloud_id, adopted: true }
            }
            Some(result) => result,
            None => DeliveryResult::Refused(unanswered()),
        });
        Ok(results.collect())
    }

    /// Streams the people of a mapping as the service has them, in pages.
    pub async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        self.0.exchange.people_of(mapping, &pages).await
    }

    /// Streams everybody with an `externalId`, in pages.
    pub async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        self.0.exchange.everybody(&pages).await
    }

    /// Users who come from no directory: without `externalId`. A service that cannot be asked that has none to tell of.
    pub async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        self.0.exchange.unlinked_users().await
    }

    async fn in_bulk(&self, operations: Vec<Operation>, limits: BulkLimits) -> Result<Vec<Judged>> {
        let packs = bulk::pack(operations, limits).into_iter().map(|pack| self.send_pack(pack));
        let judged: Vec<Vec<Judged>> =
            stream::iter(packs).buffer_unordered(BULKS_AT_ONCE).try_collect().await?;
        Ok(judged.into_iter().flatten().collect())
    }

    /// Sends a pack until every operation has a answered; halves what is too large.
    async fn send_pack(&self, pack: Vec<Operation>) -> Result<Vec<Judged>> {
        let mut judged = Vec::with_capacity(pack.len());
        let mut waiting = vec![pack];
        let mut pauses = 0;
        while let Some(mut pack) = waiting.pop() {
            let reply = self.0.exchange.bulk(&pack).await?;
            match reply.status {
                status if status.is_success() => {}
                StatusCode::PAYLOAD_TOO_LARGE if pack.len() > 1 => {
                    let rest = pack.split_off(pack.len() / 2);
                    waiting.extend([rest, pack]);
                    continue;
                }
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                    return Err(crate::problem::to_error(&reply));
                }
                // Something in it cannot be taken in bulk: alone, each gets its own answered.
                status if status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED => {
                    judged.extend(pack.into_iter().map(|o| (o, Next::Alone)));
                    continue;
                }
                _ => return Err(crate::problem::to_error(&reply)),
            }
            let verdicts = bulk::verdicts(&reply.body, &pack)?;
            let mut again = vec![];
            for (operation, answered) in pack.into_iter().zip(verdicts) {
                match answered.map_or(Next::Alone, |v| operation.next_step(v)) {
                    Next::Again(_) if pauses < ROUNDS => again.push(operation),
                    next => judged.push((operation, next)),
                }
            }
            if !again.is_empty() {
                sleep(
                    reply.retry_after().map_or_else(|| Exchange::pause(pauses), Exchange::capped),
                )
                .await;
                pauses += 1;
                waiting.push(again);
            }
        }
        Ok(judged)
    }
}

impl std::fmt::Debug for ScimClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScimClient").finish_non_exhaustive()
    }
}
