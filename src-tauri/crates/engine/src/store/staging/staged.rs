//! One person of a read, and how they stand to what the cloud has.

use crate::plan::content::Content;
use connector_model::{Dn, Identity};
use rusqlite::Row;

/// Why somebody who was read is not imported whatever the cloud has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unfit {
    Disabled,
    NoEmail,
    NoUserName,
    Claimed,
    SameUserName,
    SameEmail,
    SameIdentity,
}

impl Unfit {
    const ALL: [Self; 7] = [
        Self::Disabled,
        Self::NoEmail,
        Self::NoUserName,
        Self::Claimed,
        Self::SameUserName,
        Self::SameEmail,
        Self::SameIdentity,
    ];

    pub fn number(self) -> i64 {
        Self::ALL
            .iter()
            .position(|u| *u == self)
            .and_then(|at| i64::try_from(at + 1).ok())
            .unwrap_or(0)
    }

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        usize::try_from(number - 1).ok().and_then(|at| Self::ALL.get(at).copied())
    }
}

/// One person who was read.
#[derive(Debug, Clone)]
pub(crate) struct Staged {
    pub identity: Identity,
    pub dn: Dn,
    pub content: Content,
    pub unfit: Option<Unfit>,
    /// The mapping that claims the person before this one, or the DN of whoever has the same name.
    pub other: Option<String>,
    pub known: Option<Known>,
    /// Who in the cloud the person may be, if not known.
    pub adoption: Option<Adopted>,
}

/// How a person is found to be a user of the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Adoption {
    ByEmail,
    ByUserName,
    /// Which user, or which person, cannot be told.
    Ambiguous,
}

impl Adoption {
    pub fn number(self) -> i64 {
        match self {
            Self::ByEmail => 1,
            Self::ByUserName => 2,
            Self::Ambiguous => 3,
        }
    }

    fn from_number(number: Option<i64>) -> Option<Self> {
        [Self::ByEmail, Self::ByUserName, Self::Ambiguous]
            .into_iter()
            .find(|a| Some(a.number()) == number)
    }
}

/// A user of the cloud who comes from no directory.
#[derive(Debug, Clone)]
pub(crate) struct Adopted {
    pub how: Adoption,
    pub cloud_id: String,
    /// User name in the cloud; the names of all who are meant where it is ambiguous.
    pub name: String,
}

/// How somebody who was read stands: all that the change depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Standing {
    pub unfit: Option<Unfit>,
    /// `None`: the cloud does not have the person.
    pub known: Option<Acquaintance>,
    /// Then, who in the cloud it may be all the same.
    pub adoption: Option<Adoption>,
}

/// What the cloud has of a person, compared with what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Acquaintance {
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
}

impl Staged {
    pub fn standing(&self) -> Standing {
        let known = self.known.as_ref().map(|known| Acquaintance {
            sure: !known.cloud_id.is_empty(),
            active: known.active,
            same: known.same,
        });
        Standing { unfit: self.unfit, known, adoption: self.adoption.as_ref().map(|a| a.how) }
    }
}

pub(crate) fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let known = match row.get(1)? {
        None => None,
        Some(active) => Some(Acquaintance { active, same: row.get(2)?, sure: row.get(3)? }),
    };
    let adoption = Adoption::from_number(row.get(4)?);
    Ok(Standing { unfit: Unfit::from_number(row.get(0)?), known, adoption })
}

pub(crate) fn staged(row: &Row<'_>) -> rusqlite::Result<Staged> {
    let cloud_id: Option<String> = row.get(15)?;
    let known = match cloud_id {
        None => None,
        Some(cloud_id) => Some(Known {
            cloud_id,
            active: row.get(16)?,
            same: row.get(17)?,
            mapping: row.get(18)?,
        }),
    };
    let adoption = match Adoption::from_number(row.get(19)?) {
        None => None,
        Some(how) => Some(Adopted { how, cloud_id: row.get(20)?, name: row.get(21)? }),
    };
    Ok(Staged {
        unfit: Unfit::from_number(row.get(0)?),
        identity: Identity::from_text(row.get_ref(4)?.as_str()?),
        dn: Dn::from_server(row.get::<_, String>(5)?),
        content: Content {
            user_name: row.get(6)?,
            email: row.get(7)?,
            display_name: row.get(8)?,
            given_name: row.get(9)?,
            surname: row.get(10)?,
            department: row.get(11)?,
            country: row.get(12)?,
            title: row.get(13)?,
        },
        other: row.get(14)?,
        known,
        adoption,
    })
}
