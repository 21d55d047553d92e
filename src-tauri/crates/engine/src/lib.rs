//! The engine: reads a directory and answers a cloud. It knows neither LDAP nor HTTP nor a keychain.

pub mod ports;
pub mod records;
