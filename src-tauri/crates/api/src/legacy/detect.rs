//! What the program finds when it starts.

use crate::host::Host;
use crate::legacy::file::LegacyFile;
use crate::legacy::migrate::Read;
use connector_model::{Result, Settings};
use connector_platform::legacy::{self, LegacyService};
use connector_platform::upgrade;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What the wizard starts from.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Found {
    /// What there is.
    pub kind: FoundKind,
    /// The former connector's file, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub file: Option<PathBuf>,
    /// The version that was here before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub version: Option<String>,
    /// The former connector's service, where the machine has it still: two connectors must not work side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub service: Option<LegacyService>,
    /// What is kept or can be taken over.
    pub kept: Vec<Kept>,
}

/// A part of what was set up before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Kept {
    /// The registration with a cloud.
    Registration,
    /// The accounts.
    Accounts,
    /// The mappings.
    Mappings,
    /// The proxy on the way to the cloud.
    Proxy,
    /// The proxy's password.
    ProxyPassword,
}

/// Kinds of start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum FoundKind {
    /// Nothing was set up here.
    Fresh,
    /// An earlier version, or this one.
    Earlier,
    /// Only the former connector's file.
    Legacy,
}

impl Host {
    /// What was set up here before.
    pub fn found(&self) -> Result<Found> {
        let settings = self.settings()?;
        let (own, file) = (own(&settings), legacy::file(&self.home));
        let (kind, kept) = match &file {
            _ if !own.is_empty() => (FoundKind::Earlier, own),
            Some(file) => (FoundKind::Legacy, to_take_over(file)),
            None => (FoundKind::Fresh, own),
        };
        Ok(Found {
            kind,
            file,
            version: upgrade::earlier_version(&self.home)?
                .filter(|version| kind == FoundKind::Earlier && version != self.version),
            service: legacy::service(),
            kept,
        })
    }
}

/// What this connector has.
fn own(settings: &Settings) -> Vec<Kept> {
    let parts = [
        (settings.cloud.is_some(), Kept::Registration),
        (!settings.accounts.is_empty(), Kept::Accounts),
        (!settings.mappings.is_empty(), Kept::Mappings),
    ];
    parts.into_iter().filter(|(is, _)| *is).map(|(_, part)| part).collect()
}

/// What the former connector's file holds. One that cannot be read says so when it is taken over.
fn to_take_over(file: &Path) -> Vec<Kept> {
    let Ok(file) = legacy::read(file).and_then(LegacyFile::decode) else {
        return vec![Kept::Proxy];
    };
    let Ok(read) = Read::of(file.text().expose_str().unwrap_or_default()) else {
        return vec![Kept::Proxy];
    };
    let parts =
        [(read.proxy.is_some(), Kept::Proxy), (read.password.is_some(), Kept::ProxyPassword)];
    parts.into_iter().filter(|(is, _)| *is).map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened;

    #[tokio::test]
    async fn the_former_file_is_named_whatever_was_set_up_since() {
        let folder = tempfile::tempdir().unwrap();
        let connector = opened(folder.path()).await;
        let file = folder.path().join("inSyncADConnector.cfg");
        std::fs::write(&file, "PROXY_SERVER = p:1").unwrap();
        let found = connector.found().unwrap();
        assert_eq!((found.kind, found.file.as_ref()), (FoundKind::Legacy, Some(&file)));
        assert_eq!(found.kept, [Kept::Proxy]);
        let text =
            "version = 1\n[[accounts]]\nname = \"a\"\nservers = [\"b\"]\nbind_name = \"c\"\n";
        std::fs::write(connector.home.settings_path(), text).unwrap();
        let found = connector.found().unwrap();
        assert_eq!((found.kind, found.file.as_ref()), (FoundKind::Earlier, Some(&file)));
        assert_eq!((found.kept, found.version), (vec![Kept::Accounts], None));
    }
}
