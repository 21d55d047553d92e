//! Each server starts, answers, and leaves nothing behind.

mod ds389;
mod keyring;
mod nothing_left;
mod samba;
mod scim;
mod slapd;
