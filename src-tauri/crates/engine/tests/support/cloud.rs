//! A cloud that refuses, loses answers, proves nothing or asks to wait, and keeps account of what it was sent.

use async_trait::async_trait;
use connector_engine::ports::Delivery;
use connector_model::{
    Change, CloudPerson, CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result,
};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::mpsc;

/// What the cloud holds, and how often somebody was made inactive.
#[derive(Default)]
pub struct FakeCloud {
    /// Identity → (content as text, active).
    pub users: Mutex<BTreeMap<String, (String, bool)>>,
    /// The same as somebody reads it back.
    pub known: Mutex<BTreeMap<String, CloudUser>>,
    /// Whom somebody made there by hand.
    pub unlinked_users: Mutex<Vec<CloudUser>>,
    /// Deliveries wait before they are answered, until told; whether one does.
    pub slow: AtomicBool,
    pub waits: AtomicBool,
    pub answers: tokio::sync::Notify,
    /// Deliveries that still fail.
    pub failing: AtomicUsize,
    /// Every delivery is refused for good.
    pub refusing: AtomicBool,
    /// The answer gets lost after the work was done, so many times.
    pub losing: AtomicUsize,
    /// Identities that are refused.
    pub refused: Mutex<Vec<String>>,
    /// Identities that are taken, and whose answers prove nothing.
    pub unsure: Mutex<Vec<String>>,
    /// Identities that are to be sent again, with the error; whether they were taken all the same.
    pub postponed: Mutex<Option<(Vec<String>, Code, bool)>>,
    /// Until when the cloud asks to be left alone, once it is throttled; and that it did.
    pub pause_until: Mutex<Option<i64>>,
    pub resumes: Mutex<Option<i64>>,
    /// Who was sent, with what, and whether they were in doubt.
    pub sent: Mutex<Vec<(String, Change, bool)>>,
    pub preserved: AtomicUsize,
}

fn take(counter: &AtomicUsize) -> bool {
    counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok()
}

#[async_trait]
impl Delivery for FakeCloud {
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        if self.refusing.load(Ordering::Relaxed) {
            return Err(Error::of(Code::CloudRefused));
        }
        if take(&self.failing) {
            return Err(Error::of(Code::CloudUnavailable));
        }
        let mut results = vec![];
        for item in batch {
            let id = item.person.identity.to_string();
            self.sent.lock().unwrap().push((id.clone(), item.change, item.in_doubt));
            let postponed = self.postponed.lock().unwrap().clone();
            let postponed = postponed.filter(|(ids, ..)| ids.contains(&id));
            if let Some((_, Code::CloudThrottled, _)) = postponed {
                *self.resumes.lock().unwrap() = *self.pause_until.lock().unwrap();
            }
            if let Some((_, code, false)) = postponed {
                results.push(DeliveryResult::Postponed { error: Error::of(code), sent: false });
                continue;
            }
            if self.refused.lock().unwrap().contains(&id) {
                results.push(DeliveryResult::Refused(Error::of(Code::CloudRefused)));
                continue;
            }
            let mut users = self.users.lock().unwrap();
            let adopted = item.change == Change::Create && users.contains_key(&id);
            if item.change == Change::Preserve {
                self.preserved.fetch_add(1, Ordering::Relaxed);
            }
            let content = format!("{} {}", item.person.user_name, item.person.email);
            let active = item.change != Change::Preserve;
            users.insert(id.clone(), (content, active));
            self.known.lock().unwrap().insert(id.clone(), as_known(&item.person, active));
            if self.unsure.lock().unwrap().contains(&id) {
                results.push(DeliveryResult::Unsure(Error::of(Code::ProtocolViolation)));
                continue;
            }
            if let Some((_, code, true)) = postponed {
                results.push(DeliveryResult::Postponed { error: Error::of(code), sent: true });
                continue;
            }
            let cloud_id = format!("cloud-{id}");
            results.push(DeliveryResult::Acknowledged { cloud_id, adopted, confirmed: true });
        }
        if self.slow.load(Ordering::Relaxed) {
            self.waits.store(true, Ordering::Relaxed);
            self.answers.notified().await;
        }
        if take(&self.losing) { Err(Error::of(Code::ConnectionLost)) } else { Ok(results) }
    }

    fn resumes_ms(&self) -> Option<i64> {
        *self.resumes.lock().unwrap()
    }

    async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        Ok(self.unlinked_users.lock().unwrap().clone())
    }

    async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        let page = self.known.lock().unwrap().values().cloned().collect();
        pages.send(page).await.map_err(|_| Error::of(Code::Cancelled))
    }

    async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        let known = self.known.lock().unwrap().clone();
        let page = known.into_values().filter(|user| user.mapping.as_ref() == Some(&mapping.name));
        let page = page.collect();
        pages.send(page).await.map_err(|_| Error::of(Code::Cancelled))
    }
}

fn as_known(person: &CloudPerson, active: bool) -> CloudUser {
    CloudUser {
        cloud_id: format!("cloud-{}", person.identity),
        identity: Some(person.identity.clone()),
        active,
        changed_ms: 0,
        account: Some(person.mapping.account.clone()),
        mapping: Some(person.mapping.name.clone()),
        user_name: person.user_name.clone(),
        email: person.email.clone(),
        display_name: person.display_name.clone(),
        given_name: person.given_name.clone(),
        surname: person.surname.clone(),
        department: person.department.clone(),
        country: person.country.clone(),
        title: person.title.clone(),
    }
}
