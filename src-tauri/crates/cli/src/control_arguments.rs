//! Arguments of what steers a running connector: settings, proxy, pause, and how an account is reached.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Settings {
    /// All of them
    Show,
    /// Change some; a value out of bounds changes nothing
    Set {
        /// log_level, mappings_from_cloud, interval_hours, follow_changes, removal_limit_percent, removal_limit_people, batch_size,
        /// wrong_attempts, window_minutes, deadline_seconds, updates_check, updates_install (ask or window), updates_from, updates_to,
        /// updates_url
        #[arg(required = true, value_name = "KEY=VALUE")]
        values: Vec<String>,
    },
    /// Everything but secrets as a new file, for another computer
    Export { file: PathBuf },
    /// Take over what another computer exported; says what is left to do
    Import {
        file: PathBuf,
        /// Replace the accounts and mappings that are here
        #[arg(long)]
        replace: bool,
    },
    /// Another way out to the registered cloud, kept only when the cloud answers through it
    Proxy(Proxy),
}

#[derive(Args)]
pub struct Proxy {
    /// http://, socks4:// or socks5:// with host and port, user@ where it asks for one; without it no proxy
    pub url: Option<String>,
    /// Read the proxy's password from stdin
    #[arg(long)]
    pub proxy_password_stdin: bool,
}

#[derive(Args)]
pub struct AccountChange {
    /// Name of the account
    pub name: String,
    /// Server, tried in the order given; replaces all
    #[arg(long, value_name = "HOST[:PORT]")]
    pub server: Vec<String>,
    /// DNS domain for finding servers; empty takes it away
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// ldaps, starttls, or plain (passwords cross the network readable)
    #[arg(long)]
    pub security: Option<String>,
    /// PEM file of the company CA
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Attribute name that differs; replaces all
    #[arg(long, value_name = "KEY=NAME")]
    pub attr: Vec<String>,
}
