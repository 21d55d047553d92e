//! Gives everything that the page may ask a permission of its own, and grants the window those, one by one. What it may ask is
//! read from where it is defined: the table of use cases, and the commands of the window itself.

use std::path::Path;

/// Those of the table that are for the page.
macro_rules! use_cases {
    (|$it:ident, $reports:ident| $($caller:ident $name:ident($($value:ident: $kind:ty),*) -> $answer:ty $(, reports $report:ty)? { $work:expr })+) => {
        const USE_CASES: &[(&str, &str)] = &[$((stringify!($caller), stringify!($name))),+];
    };
}
include!("crates/api/src/door/table.rs");

macro_rules! window_commands {
    ($($name:ident),+ $(,)?) => {
        const WINDOW_COMMANDS: &[&str] = &[$(stringify!($name)),+];
    };
}
include!("src/window_commands.rs");

fn main() {
    if let Err(error) = build() {
        println!("cargo::error={error:#}");
    }
}

fn build() -> Result<(), Box<dyn std::error::Error>> {
    let for_page = USE_CASES.iter().filter(|(caller, _)| *caller == "page").map(|(_, name)| *name);
    let commands: Vec<&'static str> = for_page.chain(WINDOW_COMMANDS.iter().copied()).collect();
    for list in ["crates/api/src/door/table.rs", "src/window_commands.rs"] {
        println!("cargo::rerun-if-changed={list}");
    }
    let granted: Vec<String> = ["core:event:allow-listen", "core:event:allow-unlisten"]
        .into_iter()
        .map(str::to_owned)
        .chain(commands.iter().map(|name| format!("allow-{}", name.replace('_', "-"))))
        .collect();
    let capability = serde_json::json!({
        "identifier": "main",
        "description": "What the page of the window may ask: by name, and to be told events",
        "windows": ["main"],
        "permissions": granted,
    });
    let folder = Path::new("capabilities");
    std::fs::create_dir_all(folder)?;
    let (file, text) = (folder.join("main.json"), serde_json::to_string_pretty(&capability)?);
    if std::fs::read_to_string(&file).ok().as_deref() != Some(&text) {
        std::fs::write(&file, text)?;
    }
    let manifest = tauri_build::AppManifest::new().commands(commands.leak());
    // The page is packed here, once. Where the program and its tests packed it side by side, into one folder, the one took the
    // half-written files of the other, and the window stayed empty.
    let page = tauri_build::CodegenContext::new();
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest).codegen(page))?;
    Ok(())
}
