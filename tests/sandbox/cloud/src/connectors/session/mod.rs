//! Sessions of connectors: JSON-RPC 2.0 over one WebSocket each (PROTOCOL.md, section 2).

pub mod handshake;
pub mod link;
mod notices;
pub mod rpc;
pub mod socket;

#[cfg(test)]
mod vector_tests;

use crate::state::Cloud;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use std::sync::Arc;

/// Name of the WebSocket sub-protocol.
pub const PROTOCOL: &str = "insync.connector.v1";

/// `GET /connector/v1/session`.
pub async fn upgrade(State(cloud): State<Arc<Cloud>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .protocols([PROTOCOL])
        .max_message_size(rpc::MAX_MESSAGE)
        .max_frame_size(rpc::MAX_MESSAGE)
        .on_upgrade(move |socket| socket::serve(cloud, socket))
}
