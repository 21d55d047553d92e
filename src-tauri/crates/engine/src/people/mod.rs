//! One person at a time: sign-ins, with the budget that protects accounts, and look-ups for mass deployment.

pub(crate) mod activation;
mod explain;
mod guess_counter;
pub(crate) mod lockout;
pub(crate) mod look_ups;
mod namesakes;
pub(crate) mod pace;
mod requests;
pub(crate) mod sign_in;
pub(crate) mod tally;
mod unknown_names;
