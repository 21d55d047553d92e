//! Whom of those who were read the cloud has already.

mod claimed_elsewhere;
mod former_users;
mod reused_identities;
mod unlinked_users;
