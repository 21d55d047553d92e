//! A cloud that refuses, forgets to answer and dies, and keeps account of what it was asked.

use async_trait::async_trait;
use connector_engine::ports::Delivery;
use connector_model::{
    Change, CloudUser, Code, DeliveryItem, DeliveryResult, Error, Identity, Mapping, Result,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use tokio::sync::mpsc;

#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub name: String,
    pub email: String,
    pub active: bool,
}

/// What goes wrong during one round.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Refusals {
    /// So many batches are not taken.
    pub fails: usize,
    /// So many answers get lost after the work was done.
    pub loses: usize,
    /// These people are refused.
    pub people: BTreeSet<String>,
    /// The batch after so many never ends: the connector dies in it, before or after the work.
    pub hangs_after: Option<usize>,
}

#[derive(Default)]
pub struct State {
    pub users: BTreeMap<String, User>,
    /// The mapping that each of them came with last.
    mappings: BTreeMap<String, String>,
    pub refusals: Refusals,
    /// Whose acknowledgement reached the connector, and those of them whom it had time to remember.
    pub told: BTreeSet<String>,
    pub remembered: BTreeSet<String>,
    /// Everybody who was made inactive since somebody looked, and who was created although remembered.
    pub preserved: Vec<String>,
    pub created_again: Vec<String>,
    batches: usize,
}

impl State {
    pub fn next_round(&mut self, refusals: Refusals) {
        self.refusals = refusals;
        self.batches = 0;
    }
}

#[derive(Default)]
pub struct FaultyCloud {
    pub state: Mutex<State>,
    /// Told when a batch hangs.
    pub hung: tokio::sync::Notify,
}

impl FaultyCloud {
    fn carry_out(&self, batch: &[DeliveryItem]) -> Vec<DeliveryResult> {
        let mut state = self.state.lock().unwrap();
        batch
            .iter()
            .map(|item| {
                let id = item.person.identity.to_string();
                if state.refusals.people.contains(&id) {
                    return DeliveryResult::Refused(Error::of(Code::CloudRefused));
                }
                match item.change {
                    Change::Preserve => state.preserved.push(id.clone()),
                    Change::Create if state.remembered.contains(&id) => {
                        state.created_again.push(id.clone());
                    }
                    _ => {}
                }
                if item.change == Change::Preserve && !state.users.contains_key(&id) {
                    let cloud_id = String::new();
                    return DeliveryResult::Acknowledged {
                        cloud_id,
                        adopted: false,
                        confirmed: false,
                    };
                }
                let user = User {
                    name: item.person.user_name.clone(),
                    email: item.person.email.clone(),
                    active: item.change != Change::Preserve,
                };
                state.mappings.insert(id.clone(), item.person.mapping.name.clone());
                let adopted = state.users.insert(id.clone(), user).is_some();
                let adopted = adopted && item.change == Change::Create;
                DeliveryResult::Acknowledged {
                    cloud_id: format!("cloud-{id}"),
                    adopted,
                    confirmed: true,
                }
            })
            .collect()
    }
}

#[async_trait]
impl Delivery for FaultyCloud {
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        let (hangs, fails) = {
            let mut state = self.state.lock().unwrap();
            state.batches += 1;
            let hangs = state.refusals.hangs_after.is_some_and(|after| state.batches > after);
            let fails = state.refusals.fails > 0;
            state.refusals.fails = state.refusals.fails.saturating_sub(1);
            (hangs, fails)
        };
        if hangs {
            // Half of the time the work is done and nobody hears of it.
            if self.state.lock().unwrap().batches.is_multiple_of(2) {
                self.carry_out(batch);
            }
            self.hung.notify_one();
            std::future::pending::<()>().await;
        }
        if fails {
            return Err(Error::of(Code::CloudUnavailable));
        }
        let results = self.carry_out(batch);
        let mut state = self.state.lock().unwrap();
        if state.refusals.loses > 0 {
            state.refusals.loses -= 1;
            return Err(Error::of(Code::ConnectionLost));
        }
        let told: Vec<String> = batch
            .iter()
            .zip(&results)
            .filter(|(_, result)| {
                matches!(result, DeliveryResult::Acknowledged { cloud_id, .. } if !cloud_id.is_empty())
            })
            .map(|(item, _)| item.person.identity.to_string())
            .collect();
        state.told.extend(told);
        Ok(results)
    }

    async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        Ok(vec![])
    }

    async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        drop(pages);
        panic!("no history loses its database")
    }

    async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        let page = {
            let state = self.state.lock().unwrap();
            let mine = |id: &&String| state.mappings[*id] == mapping.name;
            let known = |id: &String| CloudUser {
                cloud_id: format!("cloud-{id}"),
                identity: Some(Identity::from_text(id)),
                active: state.users[id].active,
                user_name: state.users[id].name.clone(),
                email: state.users[id].email.clone(),
                ..CloudUser::default()
            };
            state.users.keys().filter(mine).map(known).collect()
        };
        pages.send(page).await.map_err(|_| Error::of(Code::Cancelled))
    }
}
