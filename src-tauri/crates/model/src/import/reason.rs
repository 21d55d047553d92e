//! Why something happens to a person of a plan: a kind with its values. Sentences are made of it where somebody reads.

use crate::{Criterion, Error, NameFrom};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

/// Why somebody is created, changed, left alone or not touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumIter, IntoStaticStr)]
#[serde(tag = "reason_kind", content = "values", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Reason {
    /// In the directory and not in the cloud yet.
    New,
    /// The cloud has it already.
    Same,
    /// The cloud has the person, and the directory shows nobody of that identity.
    NeverSeen,
    /// The mapping that had the person was removed.
    MappingRemoved {
        /// That mapping.
        mapping: String,
    },
    /// Was inactive in the cloud and is in scope again.
    Back,
    /// Disabled in the directory.
    Disabled,
    /// Has no e-mail address in the directory.
    NoEmail,
    /// Has no e-mail address in the directory, only a value that is none.
    UnusableEmail {
        /// That value.
        value: String,
    },
    /// Has no e-mail address in the directory any more, and stays active in the cloud with the one it has.
    LostEmail,
    /// Has nothing that the user name could be made of.
    NoUserName {
        /// What the mapping makes it of.
        name_from: NameFrom,
    },
    /// Belongs to a mapping of higher priority.
    Claimed {
        /// That mapping.
        mapping: String,
    },
    /// Has the user name of somebody else.
    SameUserName {
        /// Who that is.
        other: String,
    },
    /// Has the unique identifier of somebody else.
    SameIdentity {
        /// Who that is.
        other: String,
    },
    /// Has the e-mail address of somebody else.
    SameEmail {
        /// Who that is.
        other: String,
    },
    /// Has the user name or e-mail address of somebody whose entry is gone, and whom the cloud still has.
    NameOfFormer {
        /// Where that entry was.
        other: String,
    },
    /// The same person as before, whose entry was made anew: keeps the user in the cloud.
    Relinked {
        /// Where the entry was.
        former: String,
        /// Its identity.
        identity: String,
    },
    /// Has the unique identifier of a user of the cloud, and neither their DN, user name nor e-mail address.
    ReusedIdentity {
        /// Where the entry was that the user was made of.
        former: String,
    },
    /// A user of the cloud with the same e-mail address is linked.
    LinkedByEmail {
        /// That user.
        name: String,
    },
    /// A user of the cloud with the same user name is linked.
    LinkedByUserName {
        /// That user.
        name: String,
    },
    /// More than one user of the cloud matches, or one user matches more than one person.
    Ambiguous {
        /// Those users.
        name: String,
    },
    /// Belonged to another mapping before.
    Moved {
        /// That mapping.
        mapping: String,
    },
    /// Belongs to another mapping now, and is moved when that is imported.
    MovesTo {
        /// That mapping.
        mapping: String,
    },
    /// Left this mapping, and may be in one of another account, whose directory does not answer.
    MayBelongTo {
        /// That mapping.
        mapping: String,
    },
    /// Some of what the cloud has of the person differs.
    Changed {
        /// Names of the fields.
        fields: Vec<String>,
    },
    /// Something that the mapping sets differs.
    MappingChanged,
    /// Deleted from the directory.
    Deleted,
    /// Cannot be found any more, and an administrator approved that.
    Approved,
    /// Was not there when the mapping was read, and is now.
    BackAgain,
    /// Outside the base DN.
    LeftBase {
        /// Where the entry is now.
        dn: String,
        /// The mapping's base.
        base: String,
    },
    /// Outside the organizational units.
    LeftUnits {
        /// Where the entry is now.
        dn: String,
    },
    /// In none of the groups.
    LeftGroups {
        /// Their names.
        groups: Vec<String>,
    },
    /// In another department.
    LeftDepartment {
        /// The department now.
        now: String,
        /// Those of the mapping.
        wanted: Vec<String>,
    },
    /// In no department.
    NoDepartment {
        /// Those of the mapping.
        wanted: Vec<String>,
    },
    /// In another country.
    LeftCountry {
        /// The country now.
        now: String,
        /// Those of the mapping.
        wanted: Vec<String>,
    },
    /// In no country.
    NoCountry {
        /// Those of the mapping.
        wanted: Vec<String>,
    },
    /// The filter does not match.
    LeftFilter {
        /// That filter.
        filter: String,
    },
    /// The conditions are not met.
    LeftConditions {
        /// As a filter.
        filter: String,
    },
    /// Left out by an organizational unit.
    ExcludedUnit {
        /// Where the entry is now.
        dn: String,
    },
    /// Left out by a group.
    ExcludedGroup {
        /// The names of the groups that are left out.
        groups: Vec<String>,
    },
    /// Left out by name.
    ExcludedPerson {
        /// The mapping that does.
        mapping: String,
    },
    /// No longer of a class that makes an entry a person.
    NoPerson,
    /// Seen, but the directory neither says that the person belongs to the mapping nor that not.
    Undecided {
        /// What cannot be judged.
        criterion: Criterion,
    },
    /// Not there, and the place is on another server.
    OnOtherServer {
        /// The server's reference (RFC 4516).
        url: String,
    },
    /// Cannot be found, and neither can anybody else beside where the person was.
    OutOfSight {
        /// The container.
        place: String,
    },
    /// Not there, on another server than the last time.
    OtherServer,
    /// Not there, in an older state of the directory than was seen before.
    OlderState,
    /// Not seen in a read that was not complete.
    NotProven {
        /// Why it was not.
        error: Error,
    },
}

impl Reason {
    /// The stable text form of the kind.
    pub fn kind(&self) -> &'static str {
        self.into()
    }
}
