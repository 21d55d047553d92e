//! Which connector imports a mapping: one at a time, the same for as long as it is connected.

use super::session::link::{Link, Outgoing};
use super::session::rpc;
use crate::scim::fence;
use crate::state::Cloud;
use crate::store::StoreResult;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long a connector may be away before another takes its imports over.
const GRACE: Duration = Duration::from_secs(5);
const SETTING: &str = "import_assignments";

/// Account and mapping, in lower case.
type Key = (String, String);

/// Whose the imports are.
#[derive(Debug, Default)]
pub struct Assignments {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    loaded: bool,
    holders: BTreeMap<Key, Holder>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Holder {
    connector: String,
    /// Name of its machine.
    host: String,
    /// Rises whenever the import passes to another.
    term: u64,
    /// Whether anybody began to import.
    imported: bool,
    #[serde(skip)]
    absent_since: Option<Instant>,
}

/// A mapping that a connected connector has.
struct Candidate {
    link: Arc<Link>,
    account: String,
    mapping: String,
}

impl Assignments {
    /// Decides anew after connectors or mappings have come or gone, and tells whom it concerns. Once more when the time
    /// of one that is away is over.
    pub async fn decide(&self, cloud: &Arc<Cloud>) {
        if let Some(mut wait) = self.decide_once(cloud, None).await {
            let cloud = cloud.clone();
            tokio::spawn(async move {
                loop {
                    tokio::time::sleep(wait).await;
                    let Some(again) = cloud.assignments.decide_once(&cloud, None).await else {
                        break;
                    };
                    wait = again;
                }
            });
        }
    }

    /// What a connector is told at its welcome, before its session can be asked anything.
    pub async fn welcome(&self, cloud: &Cloud, link: &Arc<Link>) -> Vec<Value> {
        self.decide_once(cloud, Some(link)).await;
        let words = self.inner.lock().await.words(cloud, &candidates(cloud, Some(link)));
        let imports = words.into_iter().find(|(to, _)| to.number == link.number);
        imports.map(|(_, imports)| imports).unwrap_or_default()
    }

    /// How long until one that is away is given up, if any is.
    async fn decide_once(&self, cloud: &Cloud, newcomer: Option<&Arc<Link>>) -> Option<Duration> {
        let decided = self.try_decide(cloud, newcomer).await;
        decided.unwrap_or_else(|error| {
            tracing::error!(%error, "imports were not assigned");
            None
        })
    }

    async fn try_decide(
        &self,
        cloud: &Cloud,
        newcomer: Option<&Arc<Link>>,
    ) -> StoreResult<Option<Duration>> {
        let mut inner = self.inner.lock().await;
        inner.load(cloud).await?;
        let candidates = candidates(cloud, newcomer);
        let (mut changed, mut again) = (false, None);
        let mut load: HashMap<String, usize> = HashMap::new();
        for (key, those) in &candidates {
            let is_there = |connector: &str| those.iter().any(|c| c.link.connector_id == connector);
            match inner.holders.get_mut(key) {
                Some(holder) if is_there(&holder.connector) => {
                    holder.absent_since = None;
                    *load.entry(holder.connector.clone()).or_default() += 1;
                    continue;
                }
                Some(holder) => {
                    let since = *holder.absent_since.get_or_insert_with(Instant::now);
                    let left = GRACE.saturating_sub(since.elapsed());
                    let known = cloud.store.connector(holder.connector.clone()).await?;
                    let may_return = known.is_some_and(|connector| connector.revoked_ms.is_none());
                    if may_return && !left.is_zero() {
                        again = Some(again.map_or(left, |wait: Duration| wait.min(left)));
                        continue;
                    }
                }
                None => {}
            }
            let least = those.iter().min_by_key(|c| {
                let imports = load.get(&c.link.connector_id).copied().unwrap_or_default();
                (imports, c.link.number)
            });
            let Some(next) = least else { continue };
            let connector = next.link.connector_id.clone();
            *load.entry(connector.clone()).or_default() += 1;
            let former = inner.holders.get(key);
            let term = former.map_or(0, |holder| holder.term) + 1;
            let imported = former.is_some_and(|holder| holder.imported);
            tracing::info!(%connector, mapping = key.1, term, "imports from now on");
            let host = next.link.hello().host;
            let holder = Holder { connector, host, term, imported, absent_since: None };
            inner.holders.insert(key.clone(), holder);
            changed = true;
        }
        if changed {
            inner.save(cloud).await?;
        }
        for (link, imports) in inner.words(cloud, &candidates) {
            let text = rpc::notification("imports.assigned", &json!({ "imports": imports }));
            let is_welcomed = newcomer.is_none_or(|newcomer| newcomer.number != link.number);
            if is_welcomed && link.is_news(&text) {
                link.send(Outgoing::Text(text)).await;
            }
        }
        Ok(again)
    }

    /// Notes that a connector imports a mapping.
    pub async fn begun(&self, cloud: &Cloud, connector: &str, mapping: &str) -> StoreResult<()> {
        let mut inner = self.inner.lock().await;
        inner.load(cloud).await?;
        let mapping = mapping.to_lowercase();
        let mut holders = inner.holders.iter_mut();
        let fresh = holders.find(|((_, name), holder)| {
            *name == mapping && holder.connector == connector && !holder.imported
        });
        let Some((_, holder)) = fresh else { return Ok(()) };
        holder.imported = true;
        inner.save(cloud).await
    }

    /// Whether a mapping's import is with that connector, in that term.
    pub async fn is_with(
        &self,
        connector: &str,
        (account, mapping): (&str, &str),
        term: u64,
    ) -> bool {
        let key = (account.to_lowercase(), mapping.to_lowercase());
        let inner = self.inner.lock().await;
        inner.holders.get(&key).is_some_and(|h| h.connector == connector && h.term == term)
    }

    /// The connector that imports a mapping of that name.
    pub async fn holder(&self, mapping: &str) -> Option<String> {
        let mapping = mapping.to_lowercase();
        let inner = self.inner.lock().await;
        let mut holders = inner.holders.iter();
        holders.find(|((_, name), _)| *name == mapping).map(|(_, holder)| holder.connector.clone())
    }
}

impl Inner {
    async fn load(&mut self, cloud: &Cloud) -> StoreResult<()> {
        if !self.loaded {
            let kept = cloud.store.setting(SETTING).await?.unwrap_or_default();
            let kept: Vec<(Key, Holder)> = serde_json::from_value(kept).unwrap_or_default();
            self.holders = kept.into_iter().collect();
            self.loaded = true;
        }
        Ok(())
    }

    async fn save(&self, cloud: &Cloud) -> StoreResult<()> {
        let holders: Vec<_> = self.holders.iter().collect();
        cloud.store.set_setting(SETTING, json!(holders)).await
    }

    /// What each connector is told about its mappings. Of those whose connector is away nothing is said: it is decided
    /// soon.
    fn words(
        &self,
        cloud: &Cloud,
        candidates: &BTreeMap<Key, Vec<Candidate>>,
    ) -> Vec<(Arc<Link>, Vec<Value>)> {
        let mut words: BTreeMap<u64, (Arc<Link>, Vec<Value>)> = BTreeMap::new();
        for (key, those) in candidates {
            let present = self.holders.get(key).filter(|holder| holder.absent_since.is_none());
            let Some(holder) = present else { continue };
            for candidate in those {
                let mine = candidate.link.connector_id == holder.connector;
                let mut word = json!({
                    "account": candidate.account,
                    "mapping": candidate.mapping,
                    "term": holder.term,
                    "mine": mine,
                    "host": holder.host,
                    "imported": holder.imported,
                });
                if mine {
                    let of = (&*candidate.account, &*candidate.mapping);
                    word["scim_url"] = fence::address(&cloud.scim_base(), of, holder.term).into();
                }
                let link = candidate.link.clone();
                words.entry(link.number).or_insert((link, vec![])).1.push(word);
            }
        }
        words.into_values().collect()
    }
}

fn candidates(cloud: &Cloud, newcomer: Option<&Arc<Link>>) -> BTreeMap<Key, Vec<Candidate>> {
    let mut found: BTreeMap<Key, Vec<Candidate>> = BTreeMap::new();
    let mut links = cloud.sessions.all();
    if let Some(newcomer) = newcomer {
        links.retain(|link| link.connector_id != newcomer.connector_id);
        links.push(newcomer.clone());
    }
    links.retain(|link| link.is_open());
    links.sort_by_key(|link| link.number);
    for link in links {
        let hello = link.hello();
        for one in hello.mappings.as_array().into_iter().flatten() {
            let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            let (account, mapping) = (text("account"), text("name"));
            let key = (account.to_lowercase(), mapping.to_lowercase());
            let candidate = Candidate { link: link.clone(), account, mapping };
            found.entry(key).or_default().push(candidate);
        }
    }
    found
}
