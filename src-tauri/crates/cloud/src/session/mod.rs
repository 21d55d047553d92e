//! The one session for what the cloud asks: begun by a signed challenge, kept, and begun again.

pub(crate) mod answer;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod handshake;
pub(crate) mod line;
pub(crate) mod replay;
pub(crate) mod requests;
pub(crate) mod rpc;
pub(crate) mod run;
pub(crate) mod state;
