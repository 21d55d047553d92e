//! Addresses, ports and certificates of servers on this machine.

pub mod address;
pub mod ca;
pub mod firewall;
pub mod ports;
pub mod tls_front;
