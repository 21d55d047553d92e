//! The arguments of the program.

use clap::{Args, Parser, Subcommand, ValueEnum};
use sandbox_cloud::CloudOptions;
use sandbox_directory::{DirectoryOptions, Face};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A sample company: an LDAP directory and a local inSync Cloud.
#[derive(Debug, Parser)]
#[command(version)]
pub struct CommandLine {
    /// What to log, on standard error (for example `info`, or `sandbox_cloud=debug`).
    #[arg(long, global = true, default_value = "info")]
    pub log: String,
    /// What to start.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can be. Each prints one line of JSON first: where it is and how to use it.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// An LDAP directory with sample people.
    Directory(DirectoryCommand),
    /// A local inSync Cloud over HTTPS.
    Cloud(CloudCommand),
    /// Both, on free ports (after a restart on the same ports, where they are free).
    All(AllCommand),
}

/// `insync-sandbox directory`.
#[derive(Debug, Args)]
pub struct DirectoryCommand {
    /// Address for LDAP and StartTLS.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Address for LDAPS.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    tls_listen: SocketAddr,
    #[command(flatten)]
    content: Content,
    /// Where the company CA and the reader's password are kept, as files.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Takes LDIF change records (RFC 2849) on standard input and answers each with a line of JSON.
    #[arg(long)]
    pub edits_stdin: bool,
}

/// `insync-sandbox cloud`.
#[derive(Debug, Args)]
pub struct CloudCommand {
    /// Address to listen on; port 0 takes the port of last time or a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    #[command(flatten)]
    data: CloudData,
}

/// `insync-sandbox all`.
#[derive(Debug, Args)]
pub struct AllCommand {
    #[command(flatten)]
    data: CloudData,
    #[command(flatten)]
    content: Content,
}

/// What is in the directory.
#[derive(Debug, Clone, Args)]
struct Content {
    /// Which server the directory behaves like.
    #[arg(long, value_enum, default_value_t = FaceArgument::Ldap)]
    face: FaceArgument,
    /// Number of generated people.
    #[arg(long, value_name = "N", default_value_t = 100)]
    people: usize,
    /// People from an LDIF file instead.
    #[arg(long, value_name = "FILE", conflicts_with = "people")]
    ldif: Option<PathBuf>,
    /// Takes passwords without TLS on the AD face, as old domain controllers do.
    #[arg(long)]
    allow_plain: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FaceArgument {
    /// OpenLDAP.
    Ldap,
    /// Active Directory.
    Ad,
}

/// How a cloud runs.
#[derive(Debug, Args)]
struct CloudData {
    /// Where CA, tokens and people are kept.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Shifts the cloud's clock (for clock tests).
    #[arg(long, value_name = "SECONDS", default_value_t = 0, allow_negative_numbers = true)]
    clock_offset: i64,
    /// How long a registration key is good, unless the administrator says otherwise.
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    registration_key_minutes: i64,
    /// How long people are kept who are inactive; deleted only while a connector of their account is connected.
    #[arg(long, value_name = "SECONDS", default_value_t = 90 * 24 * 3600)]
    retention_seconds: u64,
}

impl DirectoryCommand {
    /// For the library.
    pub fn options(&self) -> DirectoryOptions {
        DirectoryOptions {
            listen: self.listen,
            tls_listen: self.tls_listen,
            ..self.content.options()
        }
    }
}

impl CloudCommand {
    /// For the library.
    pub fn options(&self) -> CloudOptions {
        CloudOptions { listen: self.listen, ..self.data.options() }
    }
}

impl AllCommand {
    /// For the library.
    pub fn cloud(&self) -> CloudOptions {
        self.data.options()
    }

    /// For the library.
    pub fn directory(&self) -> DirectoryOptions {
        self.content.options()
    }
}

impl CloudData {
    fn options(&self) -> CloudOptions {
        CloudOptions {
            clock_offset: self.clock_offset,
            registration_key_minutes: self.registration_key_minutes,
            retention: Duration::from_secs(self.retention_seconds),
            ..CloudOptions::new(&self.data)
        }
    }
}

impl Content {
    fn options(&self) -> DirectoryOptions {
        DirectoryOptions {
            face: match self.face {
                FaceArgument::Ldap => Face::OpenLdap,
                FaceArgument::Ad => Face::ActiveDirectory,
            },
            people: self.people,
            ldif: self.ldif.clone(),
            allow_plain: self.allow_plain,
            ..DirectoryOptions::default()
        }
    }
}
