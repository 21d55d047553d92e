//! A connection to one server: resolved, dialled, encrypted, guarded and kept for re-use, each step with its deadline.

pub(crate) mod ber;
pub(crate) mod bind_password;
pub(crate) mod connect;
pub(crate) mod limits;
pub(crate) mod pool;
pub(crate) mod session;
pub(crate) mod srv;
pub(crate) mod start_tls;
pub(crate) mod wire_guard;
