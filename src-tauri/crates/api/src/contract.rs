//! The types of the window as TypeScript, in `ui/src/generated`. `UPDATE_CONTRACT=1 cargo test -p connector-api contract`
//! writes them; without it the test says which are stale.

use crate::*;
use connector_model::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use ts_rs::{Config, TS};

fn add<T: TS + 'static>(config: &Config, files: &mut BTreeMap<String, String>) {
    let name = T::ident(config);
    let text = T::export_to_string(config).unwrap();
    files.insert(name, text);
}

macro_rules! types {
    ($config:expr, $files:expr, $($name:ty),+ $(,)?) => { $(add::<$name>($config, $files);)+ };
}

fn wanted() -> BTreeMap<String, String> {
    let config = Config::new().with_large_int("number");
    let mut files = BTreeMap::new();
    types!(
        &config,
        &mut files,
        About,
        Account,
        AccountAdded,
        AccountPatch,
        AccountView,
        Alert,
        AlertKind,
        AttributeNames,
        BindName,
        BrowseQuery,
        CertificateInfo,
        Change,
        ChangeMethod,
        Check,
        CheckStatus,
        CloudAddress,
        connector_model::settings::CloudKind,
        CloudState,
        CloudView,
        CompiledFilter,
        Condition,
        Counts,
        Dn,
        connector_engine::Elsewhere,
        EngineHost,
        Error,
        Filter,
        Finding,
        FindingKind,
        FilterRequest,
        Following,
        connector_model::settings::Former,
        Found,
        FoundKind,
        Headline,
        HostPort,
        Identity,
        connector_engine::records::ImportKind,
        ImportProgress,
        ImportRecord,
        Imported,
        Instead,
        LeftOut,
        LegacyService,
        connector_engine::records::Refusal,
        connector_model::settings::ImportSettings,
        JournalEntry,
        JournalQuery,
        Mapping,
        Migrated,
        NameFrom,
        NeededApproval,
        NewAccount,
        connector_model::settings::NextCloud,
        Node,
        connector_model::mapping::Operator,
        PeopleCount,
        PlannedPerson,
        Preview,
        PreviewHandle,
        Probe,
        ProxyChoice,
        Reason,
        connector_model::settings::ProxyKind,
        connector_model::settings::ProxySettings,
        RegisterCloud,
        RegisterScim,
        RowQuery,
        Rows,
        Saved,
        ScopeRef,
        Security,
        ServerAddress,
        ServerCertificates,
        ServerKind,
        SettingsPatch,
        SettingsView,
        connector_model::settings::SignInSettings,
        Status,
        Update,
        UpdateInstall,
        UpdateSettings,
        UpdateState,
        UpdateView,
        Watermark,
    );
    files.insert("TextId".to_owned(), text_ids());
    let index =
        files.keys().map(|name| format!("export type {{ {name} }} from \"./{name}\";\n")).collect();
    files.insert("index".to_owned(), index);
    files
}

/// The ids of the catalogue, so that the page cannot name a text that is not there.
fn text_ids() -> String {
    let ids: String = connector_texts::ids().iter().map(|id| format!("  | \"{id}\"\n")).collect();
    format!("/** A text of the catalogue. */\nexport type TextId =\n{};\n", ids.trim_end())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/generated")
}

#[test]
fn the_types_of_the_window_are_fresh() {
    let wanted = wanted();
    let found: BTreeMap<String, String> = std::fs::read_dir(folder())
        .into_iter()
        .flatten()
        .flatten()
        .map(|file| {
            let name = file.path().file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(file.path()).unwrap())
        })
        .collect();
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        let _ = std::fs::remove_dir_all(folder());
        std::fs::create_dir_all(folder()).unwrap();
        for (name, text) in &wanted {
            std::fs::write(folder().join(format!("{name}.ts")), text).unwrap();
        }
        return;
    }
    let stale: Vec<_> =
        wanted.keys().chain(found.keys()).filter(|n| wanted.get(*n) != found.get(*n)).collect();
    assert!(
        stale.is_empty(),
        "stale types: {stale:?}; run UPDATE_CONTRACT=1 cargo test -p connector-api contract"
    );
}
