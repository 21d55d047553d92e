//! Imports and approvals, as schedule and administrators bring them.

use super::History;
use crate::cloud::User;
use connector_engine::Consent;
use connector_engine::records::ImportRecord;
use connector_model::{
    ApprovalKind, ApprovalList, FindingKind, Identity, Mapping, PlannedPerson, Result,
};
use rand::RngExt;
use std::sync::Arc;
use tokio::sync::mpsc;

impl History<'_> {
    pub(super) async fn import(&mut self, affected: &[Identity]) {
        if self.chance(0.4) {
            for mapping in self.settings.mappings.clone() {
                let (engine, name) = (self.engine(), mapping.name.clone());
                let work = async move { engine.import_changes(&mapping.name, affected).await };
                let record = self.unless_it_dies(work).await;
                self.tell_changes(&name, record.is_some());
                self.check_what_was_done();
            }
        } else {
            let approves = if self.chance(0.4) { 0.7 } else { 0.0 };
            self.import_all(approves).await;
        }
        if self.chance(0.3) {
            self.deactivate_left_behind().await;
        }
    }

    /// Imports every mapping; each list that waits is approved with that chance, and surely an older state is taken for right.
    pub(super) async fn import_all(&mut self, approves: f64) {
        for mapping in self.settings.mappings.clone() {
            let mut record = self.import_one(&mapping, vec![], false).await;
            let is_older = |record: &ImportRecord| {
                record.findings.iter().any(|finding| finding.kind == FindingKind::OlderState)
            };
            if approves >= 1.0 && record.as_ref().is_some_and(is_older) {
                record = self.import_one(&mapping, vec![], true).await;
            }
            let waits = record.is_some_and(|record| !record.awaiting_approval.is_empty());
            if waits && self.chance(approves) {
                let mut lists = self.look_at_the_lists(&mapping, approves).await;
                // Whoever says yes may have looked a while ago, or at another list.
                if approves < 1.0 && self.chance(0.3) {
                    self.edits();
                }
                if approves < 1.0 && self.chance(0.2) {
                    self.approved.clear();
                    lists = vec!["the list of another day".to_owned()];
                }
                self.import_one(&mapping, lists, false).await;
            } else if approves > 0.0 && approves < 1.0 && self.random.random_bool(0.1) {
                self.import_one(&mapping, vec![], true).await;
            }
        }
    }

    pub(super) async fn import_one(
        &mut self,
        mapping: &Mapping,
        approved: Vec<String>,
        accepted: bool,
    ) -> Option<ImportRecord> {
        let (engine, name) = (self.engine(), mapping.name.clone());
        self.accepted = accepted;
        let consent = Consent::to_lists(approved).and_to_the_directory(accepted);
        let work = async move { engine.import(Some(&name), &consent, None).await };
        let records = self.unless_it_dies(work).await;
        let record = records.and_then(Result::ok).and_then(|mut records| records.pop());
        self.tell_import(&mapping.name, record.as_ref());
        self.check_what_was_done();
        self.approved.clear();
        self.accepted = false;
        record
    }

    /// The administrator sees who is on which list, and says yes to some lists.
    async fn look_at_the_lists(&mut self, mapping: &Mapping, share: f64) -> Vec<String> {
        let Some(Ok((lists, people))) = self.preview(mapping).await else { return vec![] };
        let mut approved = vec![];
        for list in lists {
            if !self.chance(share) {
                continue;
            }
            if list.kind == ApprovalKind::Deactivate {
                let on_it = people.iter().filter(|person| {
                    person.needs.as_ref().is_some_and(|needs| needs.list == list.hash)
                });
                self.approved.extend(on_it.map(|person| person.identity.to_string()));
            }
            approved.push(list.hash);
        }
        approved
    }

    pub(super) async fn preview(
        &mut self,
        mapping: &Mapping,
    ) -> Option<Result<(Vec<ApprovalList>, Vec<PlannedPerson>)>> {
        let (engine, mapping) = (self.engine(), mapping.clone());
        let (pages, mut listed) = mpsc::channel(1000);
        let look = async move { engine.preview(&mapping, Arc::default(), Some(pages)).await };
        let preview = match self.unless_it_dies(look).await? {
            Ok(preview) => preview,
            Err(error) => return Some(Err(error)),
        };
        let mut people = vec![];
        while let Ok(page) = listed.try_recv() {
            people.extend(page);
        }
        Some(Ok((preview.awaiting_approval, people)))
    }

    /// An administrator says that the people of a removed mapping have left.
    async fn deactivate_left_behind(&mut self) {
        for mapping in self.removed.clone() {
            let engine = self.engine();
            let name = mapping.name.clone();
            let look = async move { engine.deactivate_left_behind(&name, None).await };
            let Some(Ok(told)) = self.unless_it_dies(look).await else { continue };
            {
                let cloud = self.cloud.state.lock().unwrap();
                // Exactly the list is approved. It names twenty; of more, everybody is meant whom the mapping has. A user whose
                // way into the mapping got no answer is on it, although the cloud may have them in another one.
                let names_all = told.people == told.examples.len() as u64;
                let on_it = |user: &&User| {
                    told.examples.iter().any(|name| name.eq_ignore_ascii_case(&user.name))
                        || (!names_all && user.active && user.mapping == mapping.name)
                };
                let theirs = cloud.users.iter().filter(on_it);
                self.approved = theirs.filter_map(|user| user.identity.clone()).collect();
            }
            let (engine, name) = (self.engine(), mapping.name.clone());
            let work = async move { engine.deactivate_left_behind(&name, Some(&told.hash)).await };
            self.unless_it_dies(work).await;
            self.check_what_was_done();
            self.approved.clear();
        }
    }
}
