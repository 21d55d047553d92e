//! Gives every command of the window a permission of its own; `capabilities/main.json` grants them one by one.

/// The commands: names of functions in `src/commands.rs`.
const COMMANDS: &[&str] = &[
    "about",
    "account_certificates",
    "accounts",
    "add_account",
    "browse_bases",
    "browse_groups",
    "browse_units",
    "cancel",
    "cancel_sync",
    "change_account",
    "change_proxy",
    "change_settings",
    "check_cloud",
    "check_update",
    "checks",
    "clear_draft",
    "close_preview",
    "cloud",
    "compile_filter",
    "count_people",
    "diagnose",
    "draft",
    "export_journal",
    "export_mappings",
    "export_preview",
    "export_settings",
    "find_servers",
    "found",
    "import_settings",
    "install_update",
    "journal",
    "mappings",
    "migrate",
    "move_mapping",
    "pause",
    "preview",
    "preview_rows",
    "probe_server",
    "put_mapping",
    "quit",
    "register_cloud",
    "register_scim",
    "remove_account",
    "remove_mapping",
    "resume",
    "save_draft",
    "set_account_password",
    "settings",
    "start_with",
    "starts",
    "status",
    "sync",
    "test_account",
    "unregister",
    "update",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo::error={error:#}");
    }
}
