//! What Windows shows of the program's file: its version, and what it is.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    let mut resource = tauri_winres::WindowsResource::new();
    resource.set("ProductName", "inSync Connector");
    if let Err(error) = resource.compile() {
        println!("cargo::error={error}");
    }
}
