//! What an administrator consents to, and what of a plan waits for it.

use crate::state::records::StartedBy;
use connector_model::{ApprovalKind, ApprovalList, NeededApproval};

/// What somebody consents to who starts an import.
#[derive(Debug, Clone, Default)]
pub struct Consent {
    lists: Vec<String>,
    directory: bool,
    from_cloud: bool,
    started_by: Option<StartedBy>,
}

impl Consent {
    /// Nothing beyond the import itself.
    pub fn nothing() -> &'static Self {
        static NOTHING: Consent =
            Consent { lists: vec![], directory: false, from_cloud: false, started_by: None };
        &NOTHING
    }

    /// An administrator of this machine approves exactly these lists, by their hashes.
    pub fn to_lists(lists: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { lists: lists.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// The cloud approves a list of deactivations; no other kind is its to approve.
    pub fn of_cloud(list: Option<String>) -> Self {
        Self {
            lists: list.into_iter().collect(),
            from_cloud: true,
            started_by: Some(StartedBy::Cloud),
            ..Self::default()
        }
    }

    /// With it, the directory counts as the right one as it is now, although another server answers than the last time,
    /// or one with an older state.
    #[must_use]
    pub fn and_to_the_directory(self, directory: bool) -> Self {
        Self { directory, ..self }
    }

    /// Through which door somebody started it; `None` where a program does not say which one it is.
    #[must_use]
    pub fn started(self, by: Option<StartedBy>) -> Self {
        Self { started_by: by, ..self }
    }

    pub(crate) fn started_by(&self) -> Option<StartedBy> {
        self.started_by
    }

    pub(crate) fn accepts_the_directory(&self) -> bool {
        self.directory
    }

    /// Who consents, for the journal.
    pub(crate) fn by(&self) -> &'static str {
        if self.from_cloud { "cloud" } else { "administrator" }
    }

    pub(crate) fn approves(&self, list: &ApprovalList) -> bool {
        let may = !self.from_cloud || list.kind == ApprovalKind::Deactivate;
        may && self.lists.contains(&list.hash)
    }

    /// Lists that are not among these.
    pub(crate) fn others<'a>(
        &'a self,
        lists: &'a [&ApprovalList],
    ) -> impl Iterator<Item = &'a String> {
        self.lists.iter().filter(|hash| lists.iter().all(|list| list.hash != **hash))
    }
}

/// People of one kind of change, as far as they need an approval, and whether they have it.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub list: ApprovalList,
    /// Everybody of the kind is on the list; else only those who are in doubt.
    pub everybody: bool,
    pub approved: bool,
}

impl Gate {
    /// Whether somebody waits.
    pub fn waits(&self) -> bool {
        !self.approved && self.list.people > 0
    }

    /// The approval of somebody who is on the list; `None` where it is not needed (any more).
    pub fn needed(&self, in_doubt: bool) -> Option<NeededApproval> {
        ((self.everybody || in_doubt) && self.waits()).then(|| NeededApproval {
            kind: self.list.kind,
            list: self.list.hash.clone(),
            people: self.list.people,
        })
    }
}
