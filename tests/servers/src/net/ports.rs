//! Free ports on loopback.

use crate::error::{Doing, Result};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// `N` different ports that were free a moment ago. Somebody else may take one before the server does, so starters
/// try again with others.
pub(crate) fn free<const N: usize>() -> Result<[u16; N]> {
    let mut ports = [0; N];
    let mut held = Vec::with_capacity(N);
    for port in &mut ports {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing("find a free port")?;
        *port = listener.local_addr().doing("find a free port")?.port();
        held.push(listener);
    }
    Ok(ports)
}

/// `127.0.0.1:port`.
pub(crate) fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}
