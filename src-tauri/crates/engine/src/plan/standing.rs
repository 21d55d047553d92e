//! How somebody who was read stands to what the cloud has: all that decides what happens to them.

use crate::plan::content::{Content, user_name};
use connector_model::{Dn, Enabled, Identity, NameFrom, Person};

/// Why somebody who was read is not imported whatever the cloud has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SkipReason {
    /// Whoever is active in the cloud becomes inactive (`change` in `planner.rs`).
    Disabled,
    NoEmail,
    NoUserName,
    Claimed,
    SameUserName,
    SameEmail,
    SameIdentity,
    UnusableEmail,
    /// The cloud has the name of somebody whose entry is gone, and who is not the same person.
    NameOfFormer,
    /// Whether the person is enabled cannot be told.
    Undecided,
}

impl SkipReason {
    /// What keeps somebody from being imported, as far as one person alone tells; `claimed`: a mapping before this one
    /// has the person.
    pub fn of(person: &Person, from: NameFrom, claimed: bool) -> Option<Self> {
        if claimed {
            Some(Self::Claimed)
        } else if person.enabled == Enabled::No {
            Some(Self::Disabled)
        } else if person.enabled == Enabled::Undecided {
            Some(Self::Undecided)
        } else if person.email.as_deref().is_none_or(str::is_empty) {
            Some(match person.unusable_email {
                Some(_) => Self::UnusableEmail,
                None => Self::NoEmail,
            })
        } else if user_name(person, from).is_none() {
            Some(Self::NoUserName)
        } else {
            None
        }
    }

    const ALL: [Self; 10] = [
        Self::Disabled,
        Self::NoEmail,
        Self::NoUserName,
        Self::Claimed,
        Self::SameUserName,
        Self::SameEmail,
        Self::SameIdentity,
        Self::UnusableEmail,
        Self::NameOfFormer,
        Self::Undecided,
    ];

    pub fn number(self) -> i64 {
        Self::ALL
            .iter()
            .position(|u| *u == self)
            .and_then(|at| i64::try_from(at + 1).ok())
            .unwrap_or(0)
    }

    pub fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number - 1).ok().and_then(|at| Self::ALL.get(at).copied())
    }
}

/// One person who was read.
#[derive(Debug, Clone)]
pub(crate) struct Staged {
    pub identity: Identity,
    pub dn: Dn,
    pub content: Content,
    pub unfit: Option<SkipReason>,
    /// The mapping that claims the person before this one, the DN of whoever has the same name, or the value that is no
    /// address.
    pub other: Option<String>,
    pub known: Option<Known>,
    /// Who in the cloud the person may be, if not known.
    pub adoption: Option<Adopted>,
    /// Whether the person has a temporary user name until somebody gave up the one to have.
    pub parked: bool,
}

/// How a person is found to be a user of the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Adoption {
    ByEmail,
    ByUserName,
    /// Which user, or which person, cannot be told.
    Ambiguous,
    /// The same person, whose entry was made anew.
    Relinked,
    /// Somebody else, whose entry is gone and who still has the user name in the cloud.
    NameOfFormer,
    /// By an identifier that administrators give, and by nothing else: it may be somebody else's by now.
    Reused,
}

impl Adoption {
    pub fn number(self) -> i64 {
        match self {
            Self::ByEmail => 1,
            Self::ByUserName => 2,
            Self::Ambiguous => 3,
            Self::Relinked => 4,
            Self::NameOfFormer => 5,
            Self::Reused => 6,
        }
    }

    pub fn from_number(number: Option<i64>) -> Option<Self> {
        [
            Self::ByEmail,
            Self::ByUserName,
            Self::Ambiguous,
            Self::Relinked,
            Self::NameOfFormer,
            Self::Reused,
        ]
        .into_iter()
        .find(|a| Some(a.number()) == number)
    }
}

/// A user of the cloud who comes from no directory, or from an entry that is gone.
#[derive(Debug, Clone)]
pub(crate) struct Adopted {
    pub how: Adoption,
    pub cloud_id: String,
    /// User name in the cloud, or DN of the entry that is gone; the names of all who are meant where it is ambiguous.
    pub name: String,
    /// The identity of that entry, where the person is the same.
    pub former: Option<Identity>,
}

/// How somebody who was read stands: all that the change depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    pub unfit: Option<SkipReason>,
    /// `None`: the cloud does not have the person.
    pub known: Option<CloudMatch>,
    /// Then, who in the cloud it may be all the same.
    pub adoption: Option<Adoption>,
}

/// What the cloud has of a person, compared with what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CloudMatch {
    /// Whether the cloud acknowledged the person, ever.
    pub sure: bool,
    pub active: bool,
    pub same: bool,
}

/// What the cloud acknowledged of somebody who was read.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub cloud_id: String,
    pub active: bool,
    pub same: bool,
    pub mapping: String,
    /// What it is, of somebody active who was read as disabled.
    pub content_if_disabled: Option<Content>,
}

impl Staged {
    pub fn standing(&self) -> Standing {
        let known = self.known.as_ref().map(|known| CloudMatch {
            sure: !known.cloud_id.is_empty(),
            active: known.active,
            same: known.same,
        });
        Standing { unfit: self.unfit, known, adoption: self.adoption.as_ref().map(|a| a.how) }
    }
}
