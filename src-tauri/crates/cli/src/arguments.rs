//! The command line: names here are a contract with scripts.

use crate::control_arguments::{AccountChange, Settings};
use crate::update_arguments::Update;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// Connects a company's Active Directory or LDAP to inSync Cloud, over outbound connections only.
#[derive(Parser)]
#[command(name = "insync-connector", version, max_term_width = 100)]
pub struct Arguments {
    /// Folder with settings, journal and logs
    #[arg(long, global = true, env = "INSYNC_CONNECTOR_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// One JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Join a cloud with a one-time registration key
    Register(Register),
    /// Leave the cloud
    Unregister {
        /// End it here even when the cloud cannot be reached
        #[arg(long)]
        forget: bool,
    },
    /// Leave the cloud and forget every secret and setting, before the program is removed
    Purge {
        /// Yes, all of them
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Registered directories
    #[command(subcommand)]
    Account(Account),
    /// Look around in a directory
    #[command(subcommand)]
    Browse(Browse),
    /// Rules that say who is imported
    #[command(subcommand)]
    Mapping(Mapping),
    /// Dry run: what a sync would do, person by person; nothing is sent
    Preview {
        /// Name of a mapping; all of them without one
        name: Option<String>,
        /// List every person with change and reason
        #[arg(long)]
        full: bool,
    },
    /// Import now
    Sync {
        /// Name of a mapping; all of them without one
        name: Option<String>,
        /// Approve exactly the list of removals with this hash
        #[arg(long, value_name = "HASH")]
        approve: Option<String>,
    },
    /// End an import under way; what the cloud acknowledged stays
    Cancel {
        /// Name of a mapping; all of them without one
        name: Option<String>,
    },
    /// Imports wait until `resume`; sign-ins go on
    Pause,
    /// Imports run again
    Resume,
    /// Interval, removal limits, sign-in protection, log level, proxy
    #[command(subcommand)]
    Settings(Settings),
    /// Verify a password as a sign-in would
    SignIn {
        /// user, user@domain or DOMAIN\user
        user: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Every check: resolve, connect, TLS, bind, rootDSE, base DN, sample read, cloud, clock
    Check,
    /// One sentence that tells the truth, and the numbers behind it
    Status,
    /// Run the engine in the foreground until told to stop
    Run {
        /// Started by the Windows service manager
        #[cfg(windows)]
        #[arg(long, hide = true)]
        as_service: bool,
    },
    /// The engine as a service: it runs when nobody is logged on
    #[command(subcommand)]
    Service(Service),
    /// Later versions of this program: signed by its makers, installed on your word or in a maintenance window
    #[command(subcommand)]
    Update(Update),
    /// What happened: imports, sign-ins, activations, changes of settings
    Journal {
        /// Only import, sign_in, activation, settings, alert or update
        #[arg(long)]
        kind: Option<String>,
        /// Newest entries
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Take the proxy over from a legacy inSyncADConnector.cfg; its password goes to the keychain
    Migrate {
        /// The file; without it the one that is found on this machine
        file: Option<PathBuf>,
        /// Take the password out of the file once the keychain has it; the rest of the file stays as it is
        #[arg(long)]
        blank_password: bool,
    },
    /// Support bundle, secrets left out
    Diagnose {
        /// Write a zip file with the logs
        #[arg(long, value_name = "FILE")]
        zip: Option<PathBuf>,
    },
    /// Completions for a shell
    Completions { shell: Shell },
    /// The manual page
    Man,
}

#[derive(Subcommand)]
pub enum Service {
    /// Install the service, or bring it up to date, and start it
    Install,
    /// Stop the service and remove it; settings and secrets stay
    Uninstall,
    /// Start it
    Start,
    /// Finish what is under way and stop
    Stop,
    /// Whether it is installed, runs, and starts with the machine
    Status,
}

#[derive(Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Register {
    /// Base address of the cloud
    #[arg(long, value_name = "URL", required_unless_present = "scim", conflicts_with = "scim")]
    pub cloud: Option<String>,
    /// Registration key; safer: --key-stdin
    #[arg(long, value_name = "KEY", conflicts_with_all = ["key_stdin", "key_file", "scim"])]
    pub key: Option<String>,
    /// Read the registration key from a file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key_stdin", "scim"])]
    pub key_file: Option<PathBuf>,
    /// Read the registration key from stdin
    #[arg(long)]
    pub key_stdin: bool,
    /// Base address of a plain SCIM 2.0 service: people are delivered there, nothing else
    #[arg(long, value_name = "URL")]
    pub scim: Option<String>,
    /// Read the SCIM service's bearer token from stdin
    #[arg(long)]
    pub token_stdin: bool,
    /// PEM file of a CA trusted besides the system's
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Proxy: http://, socks4:// or socks5:// with host and port, user@ where it asks for one; without it the one that was
    /// taken over from a legacy file or from another computer
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Without any proxy, whatever was taken over
    #[arg(long, conflicts_with_all = ["proxy", "proxy_password_stdin"])]
    pub no_proxy: bool,
    /// Read the proxy's password from stdin, on the line after the key
    #[arg(long)]
    pub proxy_password_stdin: bool,
}

#[derive(Subcommand)]
pub enum Account {
    /// Register a directory, after it was tested
    Add(Box<AccountAdd>),
    /// All accounts
    List,
    /// One account
    Show { name: String },
    /// Every step to the directory
    Test { name: String },
    /// What a server shows before it is trusted, and the company CA to be kept
    Certificates(CertificateArguments),
    /// Domain controllers that DNS names for a domain
    Find { domain: String },
    /// What a server says before anybody signs in: every step, kind, base DNs, certificates
    Probe(ServerArguments),
    /// Change how it is reached, after the directory answered that way
    Change(AccountChange),
    /// Remove an account and its password
    Remove { name: String },
    /// Replace the password, after it was tested
    SetPassword {
        name: String,
        #[command(flatten)]
        password: PasswordSource,
    },
}

/// How to reach a directory.
#[derive(Args)]
pub struct ServerArguments {
    /// Server, tried in the order given
    #[arg(long, value_name = "HOST[:PORT]", required_unless_present = "domain")]
    pub server: Vec<String>,
    /// DNS domain whose domain controllers are found by DNS
    #[arg(long, value_name = "DOMAIN", conflicts_with = "server")]
    pub domain: Option<String>,
    /// ldaps, starttls, or plain (passwords cross the network readable)
    #[arg(long, default_value = "ldaps")]
    pub security: String,
    /// PEM file of the company CA
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
}

#[derive(Args)]
pub struct CertificateArguments {
    #[command(flatten)]
    pub at: ServerArguments,
    /// Keep the CA's certificate in a new PEM file; compare its fingerprint first
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
}

#[derive(Args)]
pub struct AccountAdd {
    /// Name of your choice, for mappings to refer to
    pub name: String,
    /// What the server must be; by default it is found out
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub kind: Kind,
    #[command(flatten)]
    pub at: ServerArguments,
    /// DN, user@domain or DOMAIN\user that reads the directory
    #[arg(long, value_name = "NAME")]
    pub bind_name: String,
    #[command(flatten)]
    pub password: PasswordSource,
    /// Attribute name that differs: email, user_name, display_name, unique_id, enabled
    #[arg(long, value_name = "KEY=NAME")]
    pub attr: Vec<String>,
    /// Store it even where it does not work now
    #[arg(long)]
    pub untested: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Ad,
    Ldap,
    Auto,
}

#[derive(Args)]
pub struct PasswordSource {
    /// Read the password from stdin instead of asking
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Subcommand)]
pub enum Browse {
    /// Base DNs
    Bases(BrowseArguments),
    /// Organizational units, one level below --under
    Units(BrowseArguments),
    /// Groups with their direct members
    Groups(BrowseArguments),
}

#[derive(Args)]
pub struct BrowseArguments {
    /// Account; may be left out while there is only one
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// DN to look below, instead of the first base DN
    #[arg(long, value_name = "DN")]
    pub under: Option<String>,
    /// Part of a name; searches all levels
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Entries shown at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

#[derive(Subcommand)]
pub enum Mapping {
    /// Check a TOML file against the directory and store it
    Apply { file: PathBuf },
    /// All mappings in order of priority
    List,
    /// One mapping
    Show { name: String },
    /// How many people a TOML file means; nothing is stored
    Count { file: PathBuf },
    /// Remove a mapping; its people stay as they are
    Remove { name: String },
    /// Change the priority
    Move {
        name: String,
        /// Position, counted from 1
        #[arg(long, value_name = "POSITION")]
        to: usize,
    },
    /// All mappings as TOML
    Export,
}
