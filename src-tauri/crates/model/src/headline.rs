//! What matters most about a connector now: a kind with its values. The sentence is made of it where somebody reads.

use crate::{ApprovalKind, Error};
use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

/// The one thing to know. In the order of importance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, EnumIter, IntoStaticStr)]
#[serde(tag = "kind", content = "values", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Headline {
    /// No engine runs for the home.
    #[default]
    NotRunning,
    /// Nothing can be stored: the disk is full, can only be read, or the settings cannot be read.
    StorageFailed {
        /// Why.
        error: Error,
    },
    /// An administrator paused it.
    Paused,
    /// There is no cloud yet.
    NotRegistered,
    /// The cloud no longer accepts this connector.
    Revoked,
    /// The cloud cannot be reached; it is tried again.
    Disconnected {
        /// Why.
        error: Error,
    },
    /// On the way to the cloud.
    Connecting,
    /// A password has to be entered on this computer.
    PasswordMissing {
        /// The account's.
        account: String,
    },
    /// No server of a directory answers.
    DirectoryUnreachable {
        /// The account.
        account: String,
    },
    /// A directory refuses the connector's own account.
    DirectoryRefuses {
        /// The account.
        account: String,
    },
    /// An import reads the directory.
    Reading {
        /// What is imported.
        mapping: String,
        /// People read so far.
        read: u64,
    },
    /// An import sends people to the cloud.
    Sending {
        /// What is imported.
        mapping: String,
        /// People whom the cloud acknowledged.
        acknowledged: u64,
        /// People to send.
        total: u64,
    },
    /// An import waits for the approval of a list of people.
    AwaitingApproval {
        /// Whose import.
        mapping: String,
        /// What would happen to them.
        approval: ApprovalKind,
        /// How many people are on the list.
        people: u64,
    },
    /// The cloud asked an import to wait; it goes on by itself then.
    AskedToWait {
        /// Whose import.
        mapping: String,
        /// Until when, milliseconds since 1970-01-01 UTC.
        #[cfg_attr(feature = "contract", ts(type = "number"))]
        until_ms: i64,
    },
    /// The last import ended early or did not see everybody.
    Incomplete {
        /// Whose import.
        mapping: String,
        /// Why.
        error: Error,
    },
    /// The cloud refuses people.
    Refused {
        /// Whose import.
        mapping: String,
        /// How many.
        people: u64,
        /// Why most of them are.
        error: Error,
    },
    /// A mapping waits for its first import.
    NeverImported {
        /// Which one.
        mapping: String,
    },
    /// A mapping was changed, and waits for somebody who has seen its preview.
    MappingChanged {
        /// Which one.
        mapping: String,
    },
    /// The cloud sent a mapping; it waits for somebody who approves or rejects it.
    MappingProposed {
        /// Which one.
        mapping: String,
    },
    /// There is no mapping.
    NoMapping,
    /// Another connector imports; this one stands by.
    Elsewhere {
        /// The computer of that one.
        host: String,
    },
    /// Everything works.
    Imported {
        /// Active people whom the cloud has.
        people: u64,
    },
}

impl Headline {
    /// The stable text form of the kind.
    pub fn kind(&self) -> &'static str {
        self.into()
    }
}
