//! Several connectors of one account, and several accounts of one directory.

mod accounts;
mod connectors;
