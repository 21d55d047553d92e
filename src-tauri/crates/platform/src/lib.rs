//! What the operating system keeps for the connector: its home, its secrets, its logs, its local socket.

mod atomic;
mod home;
pub mod keychain;
pub mod legacy;
pub mod local;
mod lock;
pub mod logging;
mod machine;
#[cfg(windows)]
mod rights;
pub mod service;
pub mod settings_file;
mod signals;
pub mod storage;
pub mod update;
pub mod upgrade;
mod user;

pub use atomic::write_atomically;
pub use home::{Home, downloads_dir};
pub use keychain::Keychain;
pub use lock::HomeLock;
pub use machine::{host_name, without_core_dumps};
pub use signals::told_to_stop;
pub use user::User;
