//! What the cloud has, as far as it acknowledged or told it.

mod former_cloud;
pub(crate) mod in_flight;
mod left_behind;
pub mod people;
pub(crate) mod refused;
pub(crate) mod snapshot;
pub(crate) mod unlinked_users;
