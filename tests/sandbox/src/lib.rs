//! A sample company in one program: an LDAP directory and a local cloud.

pub mod cloud;
pub mod data_dir;
pub mod directory;
pub mod tls;
