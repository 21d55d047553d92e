//! The command line: names here are a contract with scripts.

use crate::completed::{accounts, mappings};
use crate::control_arguments::{AccountChange, Settings};
use crate::told_arguments::Imports;
use crate::update_arguments::Update;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use clap_complete::engine::ArgValueCandidates;
use connector_api::JournalEntry;
use std::path::PathBuf;

/// Connects your Active Directory or LDAP to inSync Cloud, over outbound connections only.
#[derive(Parser)]
#[command(name = "insync-connector", version, max_term_width = 100)]
pub struct Arguments {
    /// Folder with settings, journal and logs
    #[arg(long, global = true, env = "INSYNC_CONNECTOR_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Print one JSON document on stdout
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Register with a cloud by a one-time registration key
    Register(Register),
    /// Leave the cloud
    Unregister {
        /// End the registration here even if the cloud cannot be reached
        #[arg(long)]
        forget: bool,
        /// End it on this computer only, as on a copy of another: the other one stays registered
        #[arg(long, conflicts_with = "forget")]
        here: bool,
    },
    /// Leave the cloud and delete every secret and setting, before you remove the program
    Purge {
        /// Confirm that you want to delete all of them
        #[arg(long, required = true)]
        yes: bool,
    },
    /// Add, test, change and remove directories
    #[command(subcommand)]
    Account(Account),
    /// List base DNs, organizational units and groups of a directory
    #[command(subcommand)]
    Browse(Browse),
    /// Add, list, move and remove the rules that say who is imported
    #[command(subcommand)]
    Mapping(Mapping),
    /// Show what an import would do, person by person; nothing is sent
    Preview {
        /// Name of a mapping [default: all mappings]
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: Option<String>,
        /// List every person with the change and the reason
        #[arg(long)]
        full: bool,
        /// A mapping that the cloud sent and nobody has approved yet
        #[arg(long, requires = "name")]
        proposed: bool,
    },
    /// Import now
    Sync {
        /// Name of a mapping [default: all mappings]
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: Option<String>,
        /// Approve exactly the list of people that has this hash; several times for several lists
        #[arg(long, value_name = "HASH")]
        approve: Vec<String>,
        /// Take the directory for right as it is now, although it shows an older state or another server answers
        #[arg(long)]
        accept_directory: bool,
    },
    /// Cancel a running import; what the cloud acknowledged stays
    Cancel {
        /// Name of a mapping [default: all mappings]
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: Option<String>,
    },
    /// Pause imports until `resume`; sign-ins continue
    Pause,
    /// Resume imports
    Resume,
    /// Show and change interval, removal limits, sign-in protection, log level, proxy
    #[command(subcommand)]
    Settings(Settings),
    /// Verify a password as a sign-in from the cloud would
    SignIn {
        /// User name: user, user@domain or DOMAIN\user
        user: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Test every step: resolve, connect, TLS, bind, rootDSE, base DN, sample read, cloud, clock
    Check,
    /// Show the state of the connector in one sentence, and the numbers behind it
    Status,
    /// Run the connector in the foreground until it is told to stop
    Run {
        /// Started by the Windows service manager
        #[cfg(windows)]
        #[arg(long, hide = true)]
        as_service: bool,
    },
    /// Install, remove, start and stop the service, which runs when nobody is signed in
    #[command(subcommand)]
    Service(Service),
    /// Check for and install updates: signed, and only after you approve them or in a maintenance window
    #[command(subcommand)]
    Update(Update),
    /// Show what happened: imports, sign-ins, activations, changes of settings, alerts, updates
    Journal {
        /// Only entries of this kind
        #[arg(long, value_parser = JournalEntry::KINDS)]
        kind: Option<String>,
        /// Number of newest entries to show
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Explain what is known of a user: which mapping covers them or why none, what imports did, the last sign-ins
    Explain {
        /// User name: user, user@domain or DOMAIN\user
        user: String,
    },
    /// List past imports, and show what one did, person by person
    Imports {
        #[command(subcommand)]
        command: Option<Imports>,
        /// Number of newest imports to list
        #[arg(long, default_value_t = 20)]
        limit: u32,
    },
    /// Take over the proxy settings from a legacy inSyncADConnector.cfg; its password goes to the keychain
    Migrate {
        /// The file [default: the one found on this computer]
        file: Option<PathBuf>,
        /// Delete the password from the file once the keychain has it; the rest of the file stays as it is
        #[arg(long)]
        blank_password: bool,
    },
    /// Create a support bundle without secrets
    Diagnose {
        /// Write the bundle and the logs to this zip file
        #[arg(long, value_name = "FILE")]
        zip: Option<PathBuf>,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
    /// Print the manual page, with every command and option
    Man {
        /// Write a page for each command into this folder instead
        #[arg(long, value_name = "FOLDER")]
        dir: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub enum Service {
    /// Install or update the service and start it
    Install {
        /// Prepare a system that systemd starts later, such as an image
        #[cfg(target_os = "linux")]
        #[arg(long)]
        offline: bool,
    },
    /// Stop and remove the service; settings and secrets stay, and what is left is named
    Uninstall,
    /// Start the service
    Start,
    /// Finish what is running and stop the service
    Stop,
    /// Show whether the service is installed, is running, and starts with the computer
    Status,
}

#[derive(Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub struct Register {
    /// Base address of the cloud
    #[arg(long, value_name = "URL", required_unless_present = "scim", conflicts_with = "scim")]
    pub cloud: Option<String>,
    /// Read the registration key from a file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key_stdin", "scim"])]
    pub key_file: Option<PathBuf>,
    /// Read the registration key from stdin
    #[arg(long)]
    pub key_stdin: bool,
    /// Base address of a SCIM 2.0 service instead: people are delivered there, nothing else
    #[arg(long, value_name = "URL")]
    pub scim: Option<String>,
    /// Read the SCIM service's bearer token from stdin
    #[arg(long)]
    pub token_stdin: bool,
    /// PEM file of a CA to trust in addition to the system's
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Proxy as http://, socks4:// or socks5:// with host and port, and user@ if it asks for one [default: the one taken over
    /// from a legacy file or from another computer, else what HTTPS_PROXY and NO_PROXY say]
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Use no proxy, even if one was taken over or the environment names one
    #[arg(long, conflicts_with_all = ["proxy", "proxy_password_stdin"])]
    pub no_proxy: bool,
    /// Read the proxy's password from stdin, on the line after the key
    #[arg(long)]
    pub proxy_password_stdin: bool,
}

#[derive(Subcommand)]
pub enum Account {
    /// Add a directory after testing it
    Add(Box<AccountAdd>),
    /// List all accounts
    List,
    /// Show one account
    Show {
        #[arg(add = ArgValueCandidates::new(accounts))]
        name: String,
    },
    /// Test every step to the directory
    Test {
        #[arg(add = ArgValueCandidates::new(accounts))]
        name: String,
    },
    /// Show the certificates that a server presents, and save your company's CA
    Certificates(CertificateArguments),
    /// Find the domain controllers of a domain in DNS
    Find { domain: String },
    /// Test a server before you add it: every step, kind, base DNs, certificates
    Probe(ServerArguments),
    /// Change how a directory is reached, after testing the change
    Change(AccountChange),
    /// Remove an account and its password
    Remove {
        #[arg(add = ArgValueCandidates::new(accounts))]
        name: String,
    },
    /// Replace the password of the bind account after testing it
    SetPassword {
        #[arg(add = ArgValueCandidates::new(accounts))]
        name: String,
        #[command(flatten)]
        password: PasswordSource,
    },
}

/// How to reach a directory.
#[derive(Args)]
pub struct ServerArguments {
    /// Directory server; repeat for more, tried in this order
    #[arg(long, value_name = "HOST[:PORT]", required_unless_present = "domain")]
    pub server: Vec<String>,
    /// DNS domain whose domain controllers to use
    #[arg(long, value_name = "DOMAIN", conflicts_with = "server")]
    pub domain: Option<String>,
    /// ldaps, starttls, or plain (passwords can be read on the network)
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
    /// Save the CA's certificate as a new PEM file; compare its fingerprint first
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
}

#[derive(Args)]
pub struct AccountAdd {
    /// Name of your choice, which mappings refer to
    pub name: String,
    /// Kind that the server must be
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    pub kind: Kind,
    #[command(flatten)]
    pub at: ServerArguments,
    /// Bind account that reads the directory: DN, user@domain or DOMAIN\user
    #[arg(long, value_name = "NAME")]
    pub bind_name: String,
    #[command(flatten)]
    pub password: PasswordSource,
    /// Attribute name that differs from the usual one: email, user_name, display_name, unique_id, enabled,
    /// person_class (an object class of people; several times for several)
    #[arg(long, value_name = "KEY=NAME")]
    pub attr: Vec<String>,
    /// Add it even if it does not work now
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
    /// Read the password from stdin instead of a prompt
    #[arg(long)]
    pub password_stdin: bool,
}

#[derive(Subcommand)]
pub enum Browse {
    /// List base DNs
    Bases(BrowseArguments),
    /// List organizational units, one level below --under
    Units(BrowseArguments),
    /// List groups with the number of direct members
    Groups(BrowseArguments),
    /// List people, to add them to a mapping or leave them out
    People(BrowseArguments),
}

#[derive(Args)]
pub struct BrowseArguments {
    /// Account [default: the only one]
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(accounts))]
    pub account: Option<String>,
    /// DN to list below [default: the first base DN]
    #[arg(long, value_name = "DN")]
    pub under: Option<String>,
    /// Search all levels for names with this text
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Show at most this many entries
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

#[derive(Subcommand)]
pub enum Mapping {
    /// Add or replace a mapping from a TOML file, after checking it against the directory
    Apply { file: PathBuf },
    /// List all mappings in order of priority
    List,
    /// Show one mapping
    Show {
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: String,
    },
    /// Count the people whom a TOML file matches; nothing is stored
    Count { file: PathBuf },
    /// Remove a mapping; its people in the cloud stay as they are, unless you deactivate them
    Remove {
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: String,
        /// Deactivate its people (data preserved), also of a mapping that was removed before
        #[arg(long)]
        deactivate: bool,
        /// Approve exactly the list of that hash
        #[arg(long, value_name = "HASH", requires = "deactivate")]
        approve: Option<String>,
    },
    /// Change the priority of a mapping
    Move {
        #[arg(add = ArgValueCandidates::new(mappings))]
        name: String,
        /// New position, starting at 1
        #[arg(long, value_name = "POSITION")]
        to: usize,
    },
    /// Print all mappings as TOML
    Export,
    /// List mappings that the cloud sent; they do nothing before you approve them
    Proposals,
    /// Approve a mapping that the cloud sent, after looking at its preview
    Approve {
        name: String,
        /// What mapping proposals shows: exactly that mapping
        hash: String,
    },
    /// Forget a mapping that the cloud sent
    Reject { name: String },
}
