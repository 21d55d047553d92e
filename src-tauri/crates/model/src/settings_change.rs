//! What an administrator, or the cloud, did to the settings: the subject of a journal entry of kind `settings`.

use strum::{EnumIter, IntoStaticStr};

/// One kind of change. The text form is stored and does not change; people read it in the words of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
pub enum SettingsChange {
    /// An account was added.
    #[strum(serialize = "account added")]
    AccountAdded,
    /// Its servers, its bind name or what its attributes are called.
    #[strum(serialize = "account changed")]
    AccountChanged,
    /// An account and its secrets are gone.
    #[strum(serialize = "account removed")]
    AccountRemoved,
    /// Another bind password.
    #[strum(serialize = "password changed")]
    PasswordChanged,
    /// A mapping is new or was changed.
    #[strum(serialize = "mapping applied")]
    MappingApplied,
    /// A mapping that the cloud sent waits for an approval.
    #[strum(serialize = "mapping proposed")]
    MappingProposed,
    /// A mapping that the cloud sent was not taken, or withdrawn.
    #[strum(serialize = "mapping rejected")]
    MappingRejected,
    /// A mapping is gone.
    #[strum(serialize = "mapping removed")]
    MappingRemoved,
    /// The priorities of mappings.
    #[strum(serialize = "mapping moved")]
    MappingMoved,
    /// The rules of imports, sign-ins and updates.
    #[strum(serialize = "settings changed")]
    SettingsChanged,
    /// A file for another computer was written.
    #[strum(serialize = "settings exported")]
    SettingsExported,
    /// The file of another computer was taken over.
    #[strum(serialize = "settings imported")]
    SettingsImported,
    /// The cloud set how often people are imported.
    #[strum(serialize = "interval changed")]
    IntervalChanged,
    /// Another token of a SCIM service.
    #[strum(serialize = "token changed")]
    TokenChanged,
    /// The way to the cloud.
    #[strum(serialize = "proxy changed")]
    ProxyChanged,
    /// Registered with a cloud.
    #[strum(serialize = "registered")]
    Registered,
    /// No longer registered.
    #[strum(serialize = "unregistered")]
    Unregistered,
    /// Everything of this home was removed.
    #[strum(serialize = "purged")]
    Purged,
    /// The settings of a former connector were taken over.
    #[strum(serialize = "migrated")]
    Migrated,
}

impl SettingsChange {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
