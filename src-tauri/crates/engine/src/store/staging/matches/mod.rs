//! Who of those to be created the cloud has already.

mod former_users;
mod unlinked_users;
