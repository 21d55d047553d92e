//! What the engine asks of the service, within the term of an import or without one.

use super::{FaultyCloud, User};
use async_trait::async_trait;
use connector_engine::ports::Delivery;
use connector_model::{CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result};
use std::sync::Arc;
use tokio::sync::mpsc;

/// The service as one connector reaches it, which knows whose the imports were when it was told last.
pub struct Reached {
    pub cloud: Arc<FaultyCloud>,
    /// The term of the connector's imports; 0 where the cloud gives them to nobody.
    pub term: u64,
    /// The mapping whose import this is.
    pub mapping: Option<String>,
}

impl Reached {
    /// Whether the import is this connector's.
    fn is_theirs(&self) -> bool {
        let mut state = self.cloud.state.lock().unwrap();
        let Some(mapping) = self.mapping.as_ref().filter(|_| self.term > 0) else {
            if self.term > 0 {
                state.wrongs.push("people are sent without the term of their import".to_owned());
            }
            return true;
        };
        state.terms.get(mapping).is_none_or(|now| *now == self.term)
    }

    fn carry_out(&self, batch: &[DeliveryItem]) -> Vec<DeliveryResult> {
        let mut state = self.cloud.state.lock().unwrap();
        let answer = |item: &DeliveryItem| {
            let fate = state.quirks.fates.get(item.person.identity.as_str()).copied();
            let does = fate.is_none_or(super::Fate::does);
            let answer = does.then(|| state.carry_out(item));
            match (fate, answer) {
                (Some(fate), answer) => fate.tell(answer),
                (None, Some(answer)) => answer,
                (None, None) => DeliveryResult::Unsure(Error::of(Code::Internal)),
            }
        };
        batch.iter().map(answer).collect()
    }

    async fn list(
        &self,
        of: impl Fn(&User) -> bool + Send,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        let (mut users, ends) = {
            let state = self.cloud.state.lock().unwrap();
            (state.told_users(of), state.quirks.lists_end_after)
        };
        users.truncate(ends.unwrap_or(usize::MAX));
        for page in users.chunks(7) {
            pages.send(page.to_vec()).await.map_err(|_| Error::of(Code::Cancelled))?;
        }
        if ends.is_some() { Err(Error::of(Code::ConnectionLost)) } else { Ok(()) }
    }
}

#[async_trait]
impl Delivery for Reached {
    fn bound(&self, mapping: &Mapping) -> Option<Arc<dyn Delivery>> {
        let (cloud, term) = (self.cloud.clone(), self.term);
        (term > 0).then(|| {
            Arc::new(Self { cloud, term, mapping: Some(mapping.name.clone()) }) as Arc<dyn Delivery>
        })
    }

    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        if !self.is_theirs() {
            let error = || Error::of(Code::ImportElsewhere);
            let refused = |_| DeliveryResult::Postponed { error: error(), sent: false };
            return Ok(batch.iter().map(refused).collect());
        }
        let (hangs, fails) = {
            let mut state = self.cloud.state.lock().unwrap();
            state.batches += 1;
            let hangs = state.quirks.hangs_after.is_some_and(|after| state.batches > after);
            let fails = state.quirks.fails > 0;
            state.quirks.fails = state.quirks.fails.saturating_sub(1);
            (hangs, fails)
        };
        if hangs {
            // Half of the time the work is done and nobody hears of it.
            let done = self.cloud.state.lock().unwrap().batches.is_multiple_of(2);
            if done {
                self.carry_out(batch);
            }
            self.cloud.hung.notify_one();
            std::future::pending::<()>().await;
        }
        if fails {
            return Err(Error::of(Code::CloudUnavailable));
        }
        let results = self.carry_out(batch);
        let mut state = self.cloud.state.lock().unwrap();
        if state.quirks.loses > 0 {
            state.quirks.loses -= 1;
            return Err(Error::of(Code::ConnectionLost));
        }
        if state.quirks.null_answers > 0 {
            state.quirks.null_answers -= 1;
            return Ok(vec![]);
        }
        for (item, result) in batch.iter().zip(&results) {
            let told = matches!(result, DeliveryResult::Acknowledged { cloud_id, .. } if !cloud_id.is_empty());
            // A user who is given on is not the former identity's any more.
            if told && state.of(item.person.identity.as_str()).is_some() {
                state.told.insert(item.person.identity.to_string());
            }
        }
        Ok(results)
    }

    async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        let state = self.cloud.state.lock().unwrap();
        if state.quirks.hides_unlinked {
            return Err(Error::of(Code::CloudRefused));
        }
        Ok(state.told_users(|user| user.identity.is_none()))
    }

    async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        self.list(|user| user.identity.is_some(), pages).await
    }

    async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        let name = mapping.name.clone();
        self.list(move |user| user.identity.is_some() && user.mapping == name, pages).await
    }
}
