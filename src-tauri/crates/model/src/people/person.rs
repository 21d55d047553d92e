//! One user of the directory as the connector sees it.

use crate::{Dn, Error, Identity, Watermark};
use serde::{Deserialize, Serialize};

/// Values come through exactly as the directory has them (UTF-8), only without empty ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stays the same when everything else changes.
    pub identity: Identity,
    /// Where the entry is now.
    pub dn: Dn,
    /// `cn`.
    pub common_name: Option<String>,
    /// `userPrincipalName`; `None` on servers that have none.
    pub upn: Option<String>,
    /// Login name: `sAMAccountName`, `uid`, or the account's own attribute.
    pub login: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// `displayName`, else `cn`.
    pub display_name: Option<String>,
    /// `givenName`.
    pub given_name: Option<String>,
    /// `sn`.
    pub surname: Option<String>,
    /// `department` or `departmentNumber`.
    pub department: Option<String>,
    /// `c` or `co`.
    pub country: Option<String>,
    /// `title`.
    pub title: Option<String>,
    /// Disabled in the directory (`userAccountControl` bit 2, MS-ADTS 2.2.16, or the account's rule).
    pub disabled: bool,
}

/// How a read of a mapping ended.
#[derive(Debug, Clone)]
pub struct ReadSummary {
    /// People sent.
    pub read: u64,
    /// `None`: everything was read. `Some`: why not (limit, referral, lost connection …).
    pub incomplete: Option<Error>,
    /// What the read covers at least: taken on the same connection before the first page.
    pub watermark: Watermark,
}
