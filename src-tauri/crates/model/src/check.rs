//! One line of a check: what was tried, against what, and what to do if it failed.

use crate::{Code, Error};
use serde::{Deserialize, Serialize};

/// Result of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum CheckStatus {
    /// It works.
    Pass,
    /// It does not work: see message and action.
    Fail,
    /// Not tried, because something before it failed or does not apply.
    Skip,
}

/// One step of `check`: resolve, connect, tls, bind, root_dse, base_dn, sample_read, enabled_rule, other_servers, cloud, clock …
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
    /// What was found, or what happened.
    pub message: String,
    /// What to do; empty when there is nothing to do.
    pub action: String,
}

impl Check {
    /// A step that works.
    pub fn pass(check: &str, target: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            target: target.into(),
            status: CheckStatus::Pass,
            code: None,
            message: message.into(),
            action: String::new(),
        }
    }

    /// A step that works, with something to know and what can be done about it.
    pub fn note(check: &str, target: impl Into<String>, note: &Error) -> Self {
        Self { action: note.action.clone(), ..Self::pass(check, target, note.message.clone()) }
    }

    /// A step that failed with `error`.
    pub fn fail(check: &str, target: impl Into<String>, error: &Error) -> Self {
        Self {
            check: check.to_owned(),
            target: target.into(),
            status: CheckStatus::Fail,
            code: Some(error.code),
            message: error.message.clone(),
            action: error.action.clone(),
        }
    }

    /// A step that was not tried, and why.
    pub fn skip(check: &str, target: impl Into<String>, why: impl Into<String>) -> Self {
        Self { status: CheckStatus::Skip, ..Self::pass(check, target, why) }
    }
}
