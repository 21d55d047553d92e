//! Who of those to be created the cloud has already.

mod former_users;
mod reused_identities;
mod unlinked_users;
