//! One line of a check: what was tried, against what, how it went, and what was found.

use crate::{Code, Error, ServerKind};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use strum::{EnumIter, IntoStaticStr};

/// Result of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum CheckStatus {
    /// It works.
    Pass,
    /// It does not work: see code, message and action.
    Fail,
    /// Not tried, because something before it failed or does not apply.
    Skip,
}

/// What a step found, or why it was not tried: a kind with its values. Sentences are made of it where somebody reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, EnumIter, IntoStaticStr)]
#[serde(tag = "kind", content = "values", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum CheckFinding {
    /// The connector can store what it learns.
    Writable,
    /// A name has addresses.
    Resolved {
        /// IP addresses.
        addresses: Vec<String>,
    },
    /// The proxy resolves the name.
    ProxyResolves,
    /// A connection was opened.
    Connected,
    /// A connection was opened through a proxy.
    ConnectedThroughProxy {
        /// The proxy's host and port.
        proxy: String,
    },
    /// The same, where a variable of the environment named the proxy when it was chosen.
    ConnectedThroughNamedProxy {
        /// The proxy's host and port.
        proxy: String,
        /// The variable.
        variable: String,
    },
    /// Skipped: a proxy that the environment names and the settings do not is not used.
    ProxyNotUsed {
        /// The proxy's host and port.
        proxy: String,
        /// The variable.
        variable: String,
    },
    /// The account asks for no TLS: passwords can be read on the network.
    TlsOff,
    /// The server's certificate is trusted.
    CertificateVerified {
        /// Who issued it.
        issuer: String,
    },
    /// The cloud's certificate is trusted.
    TlsAgreed {
        /// Version of TLS: `1.2` or `1.3`.
        version: String,
    },
    /// The bind account signed in.
    Bound {
        /// Its bind name.
        name: String,
    },
    /// The same, with a password that has expired and is accepted a few times more.
    BoundInGrace {
        /// Its bind name.
        name: String,
        /// Sign-ins that are left.
        left: u32,
    },
    /// What the rootDSE says (RFC 4512, 5.1).
    Server {
        /// Kind of the server.
        server: ServerKind,
        /// Base DNs that it names.
        bases: Vec<String>,
    },
    /// A base DN is there, and can be seen.
    BaseExists,
    /// People can be read.
    PeopleReadable,
    /// People can be read page by page (RFC 2696).
    PagesReadable,
    /// The server does not page, and sends everybody at once.
    EverybodyAtOnce,
    /// The rule for enabled people decides something.
    RuleDecides {
        /// The rule, as a filter.
        rule: String,
    },
    /// Part of the directory is on other servers, and is not read.
    OtherServers {
        /// Their addresses, as the directory tells them.
        servers: Vec<String>,
    },
    /// The cloud answers.
    CloudAnswers {
        /// Its product and version.
        product: String,
    },
    /// A SCIM service answers, accepts the token and takes people in bulk.
    ScimInBulk,
    /// A SCIM service answers, accepts the token and takes people one by one.
    ScimOneByOne,
    /// How far the cloud's clock is from this computer's.
    ClocksDiffer {
        /// Whole seconds, never negative.
        seconds: u64,
    },
    /// Skipped: the service does not send the time.
    NoTime,
    /// Skipped: a step before it failed.
    EarlierFailed,
    /// Skipped: the server's certificate is not trusted yet.
    NotTrusted,
    /// Skipped: the server tells it only to whoever has signed in.
    OnlyAfterBind,
    /// Skipped: there is no account.
    NoAccount,
    /// Skipped: there is no cloud.
    NotRegistered,
}

/// One step of `check`: storage, resolve, connect, tls, bind, root_dse, base_dn, sample_read, enabled_rule, other_servers, cloud, clock …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Check {
    /// Name of the step, `snake_case`.
    pub check: String,
    /// What it was tried against, for example `dc1.example.com:636`.
    pub target: String,
    /// How it went.
    pub status: CheckStatus,
    /// The error's code; `None` unless it failed.
    #[cfg_attr(feature = "contract", ts(type = "string | null"))]
    pub code: Option<Code>,
    /// What was found, or why it was not tried; `None` where it failed.
    #[serde(default)]
    pub found: Option<CheckFinding>,
    /// What the error says happened; empty unless it failed.
    pub message: String,
    /// What the error says to do; empty unless it failed.
    pub action: String,
    /// How long it took, in milliseconds; `None` where it was not timed, or not tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(type = "number", optional))]
    pub ms: Option<u64>,
}

impl Check {
    /// A step that works.
    pub fn pass(check: &str, target: impl Into<String>, found: CheckFinding) -> Self {
        Self::found(CheckStatus::Pass, (check, target.into()), found)
    }

    /// A step that was not tried, and why.
    pub fn skip(check: &str, target: impl Into<String>, why: CheckFinding) -> Self {
        Self::found(CheckStatus::Skip, (check, target.into()), why)
    }

    /// A step that failed with `error`.
    pub fn fail(check: &str, target: impl Into<String>, error: &Error) -> Self {
        Self {
            check: check.to_owned(),
            target: target.into(),
            status: CheckStatus::Fail,
            code: Some(error.code),
            found: None,
            message: error.message.clone(),
            action: error.action.clone(),
            ms: None,
        }
    }

    /// The same, with how long it took.
    #[must_use]
    pub fn took(self, time: Duration) -> Self {
        Self { ms: u64::try_from(time.as_millis()).ok(), ..self }
    }

    fn found(status: CheckStatus, (check, target): (&str, String), found: CheckFinding) -> Self {
        Self {
            check: check.to_owned(),
            target,
            status,
            code: None,
            found: Some(found),
            message: String::new(),
            action: String::new(),
            ms: None,
        }
    }
}
