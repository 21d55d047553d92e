//! One person at a time: sign-ins and activations on real servers.

mod activation;
pub mod budget;
mod dead_connections;
mod names;
mod no_oracle;
mod password_policy;
