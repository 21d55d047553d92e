//! The desktop program on a desk of its own: a display, a session bus, a keyring, and hands that work its window.

pub mod desk;
pub mod hands;
pub mod memory;
pub mod notices;
pub mod panel;
mod picture;
pub mod prepared;
pub mod walk;
pub mod wizard;

pub use desk::Desk;
pub use hands::{Hands, Way};
pub use panel::Panel;
