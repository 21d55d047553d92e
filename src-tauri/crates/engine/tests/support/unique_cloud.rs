//! A cloud that has every user name and every identity once, as real ones do, and takes its time.

use super::World;
use async_trait::async_trait;
use connector_engine::ports::Delivery;
use connector_engine::{Engine, EngineOptions};
use connector_model::{
    Change, CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result, Settings,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::mpsc;

/// A user as the cloud has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub identity: String,
    pub name: String,
    pub email: String,
    pub active: bool,
}

/// Users by the cloud's own id.
#[derive(Default)]
pub struct UniqueCloud {
    pub users: Mutex<BTreeMap<String, User>>,
    /// Every user name that somebody had, in the order of requests.
    pub names: Mutex<Vec<String>>,
    /// From the so-manieth batch on the connector hears nothing any more; 0: it always does.
    pub deaf_from: AtomicUsize,
    /// Whether that batch was carried out.
    pub done_unheard: AtomicBool,
    /// Whether answers prove nothing, although the work is done.
    pub proves_nothing: AtomicBool,
    batches: AtomicUsize,
}

impl UniqueCloud {
    pub fn hears_from_now_on(&self) {
        self.deaf_from.store(0, Ordering::Relaxed);
        self.batches.store(0, Ordering::Relaxed);
    }

    /// Of whoever has that user name: the id, the identity, and whether they are active.
    pub fn of(&self, user_name: &str) -> Option<(String, String, bool)> {
        let users = self.users.lock().unwrap();
        let found = users.iter().find(|(_, user)| user.name == user_name)?;
        Some((found.0.clone(), found.1.identity.clone(), found.1.active))
    }

    /// One that nobody had.
    fn new_id(&self) -> String {
        format!("u{:04}", self.names.lock().unwrap().len())
    }

    fn take(&self, item: &DeliveryItem) -> DeliveryResult {
        let mut users = self.users.lock().unwrap();
        let person = &item.person;
        let id = item.cloud_id.clone().filter(|id| users.contains_key(id));
        if item.change == Change::Preserve {
            let id = id.unwrap_or_default();
            if let Some(user) = users.get_mut(&id) {
                user.active = false;
            }
            return DeliveryResult::Acknowledged { cloud_id: id, adopted: false, confirmed: true };
        }
        let same = |(_, user): &(&String, &User)| user.identity == person.identity.as_str();
        let there = users.iter().find(same).map(|(id, _)| id.clone());
        let adopted = id.is_none() && there.is_some();
        let asked = item.cloud_id.is_some() || item.in_doubt;
        let absent = asked && id.is_none() && there.is_none();
        let id = id.or(there).unwrap_or_else(|| self.new_id());
        let taken = |(other, user): (&String, &User)| {
            *other != id
                && (user.name.eq_ignore_ascii_case(&person.user_name)
                    || user.identity == person.identity.as_str())
        };
        if users.iter().any(taken) {
            let text = format!("{} is taken.", person.user_name);
            let error = Error::new(Code::CloudRefused, text);
            return if absent {
                DeliveryResult::Absent(error)
            } else {
                DeliveryResult::Refused(error)
            };
        }
        self.names.lock().unwrap().push(person.user_name.clone());
        let user = User {
            identity: person.identity.to_string(),
            name: person.user_name.clone(),
            email: person.email.clone(),
            active: true,
        };
        users.insert(id.clone(), user);
        DeliveryResult::Acknowledged { cloud_id: id, adopted, confirmed: true }
    }
}

#[async_trait]
impl Delivery for UniqueCloud {
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        let number = self.batches.fetch_add(1, Ordering::Relaxed) + 1;
        let deaf_from = self.deaf_from.load(Ordering::Relaxed);
        let is_deaf = deaf_from > 0 && number >= deaf_from;
        if is_deaf && !self.done_unheard.load(Ordering::Relaxed) {
            return Err(Error::of(Code::CloudRefused));
        }
        let mut results = vec![];
        for item in batch {
            // Batches that are under way at once are carried out in any order.
            tokio::time::sleep(std::time::Duration::from_millis(rand::random_range(0..4))).await;
            let unproven = || DeliveryResult::Unsure(Error::of(Code::ProtocolViolation));
            let result = self.take(item);
            let is_proof = !self.proves_nothing.load(Ordering::Relaxed);
            results.push(if is_proof { result } else { unproven() });
        }
        if is_deaf { Err(Error::of(Code::CloudRefused)) } else { Ok(results) }
    }

    async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        Ok(vec![])
    }

    async fn people_of(&self, _: &Mapping, _: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        Ok(())
    }

    async fn everybody(&self, _: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        Ok(())
    }
}

/// A world with such a cloud, and an engine over a new database.
pub fn with_unique_cloud(settings: Settings) -> (World, TempDir, Engine, Arc<UniqueCloud>) {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let (events, mut ports) = world.parts();
    let cloud = Arc::new(UniqueCloud::default());
    ports.delivery = Some(cloud.clone());
    let database = folder.path().join("connector.db");
    let options = EngineOptions { database, settings, ports, events, schedule: false };
    (world, folder, Engine::start(options).unwrap(), cloud)
}
