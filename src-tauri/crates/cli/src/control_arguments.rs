//! Arguments of what steers a running connector: settings, proxy, pause, and how an account is reached.

use crate::completed::accounts;
use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCandidates;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Settings {
    /// Show all settings
    Show,
    /// Change settings; if one value is out of range, nothing changes
    Set {
        /// log_level, mappings_from_cloud, cloud_attributes (NAME,NAME), interval_hours, follow_changes, removal_limit_percent, removal_limit_people, batch_size,
        /// wrong_attempts, window_minutes, deadline_seconds, updates_check, updates_install (ask or window), updates_from, updates_to,
        /// updates_url
        #[arg(required = true, value_name = "KEY=VALUE")]
        values: Vec<String>,
    },
    /// Write everything but secrets to a new file, for another computer
    Export { file: PathBuf },
    /// Take over what another computer exported; lists what is left to do
    Import {
        file: PathBuf,
        /// Replace the accounts and mappings on this computer
        #[arg(long)]
        replace: bool,
    },
    /// Show or change the proxy to the registered cloud; it is changed after testing that the cloud answers through it
    Proxy(Proxy),
    /// Replace the token of the registered SCIM service; it is kept once the service has taken it
    Token {
        /// Read the token from stdin
        #[arg(long)]
        token_stdin: bool,
    },
}

#[allow(clippy::struct_field_names, reason = "the names of the options")]
#[derive(Args)]
pub struct Proxy {
    /// http://, socks4:// or socks5:// with host and port, and user@ if it asks for one; without it, the proxy is shown
    #[arg(required_if_eq("proxy_password_stdin", "true"))]
    pub url: Option<String>,
    /// Use no proxy
    #[arg(long, conflicts_with_all = ["url", "proxy_password_stdin"])]
    pub none: bool,
    /// Read the proxy's password from stdin
    #[arg(long)]
    pub proxy_password_stdin: bool,
}

#[derive(Args)]
pub struct AccountChange {
    /// Name of the account
    #[arg(add = ArgValueCandidates::new(accounts))]
    pub name: String,
    /// Directory server; repeat for more, tried in this order; replaces all
    #[arg(long, value_name = "HOST[:PORT]")]
    pub server: Vec<String>,
    /// DNS domain whose domain controllers to use; empty removes it
    #[arg(long, value_name = "DOMAIN")]
    pub domain: Option<String>,
    /// ldaps, starttls, or plain (passwords can be read on the network)
    #[arg(long)]
    pub security: Option<String>,
    /// PEM file of the company CA
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Bind name: a DN, user@domain or DOMAIN\user; needs the password
    #[arg(long, value_name = "NAME")]
    pub bind_name: Option<String>,
    /// Read the bind password from stdin; needed for other servers, another CA, or less protection
    #[arg(long)]
    pub password_stdin: bool,
    /// Attribute name that differs from the usual one; replaces all
    #[arg(long, value_name = "KEY=NAME")]
    pub attr: Vec<String>,
}
