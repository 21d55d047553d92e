//! One user of the directory as the connector sees it.

use crate::import::finding::is_no_address;
use crate::{Dn, Error, Identity, Reference, Watermark};
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
    /// Login name: `sAMAccountName`, `uid`, or the account's own attribute. Of several values, the one in the entry's name,
    /// else the least: their order means nothing (RFC 4511, 4.1.7). So it is with every field but the e-mail address.
    pub login: Option<String>,
    /// E-mail address: the first value that is one, in the server's order.
    pub email: Option<String>,
    /// Further values that are addresses, in the server's order.
    #[serde(default)]
    pub other_emails: Vec<String>,
    /// The first value that is none (`n/a`, `ann@`, a blank).
    #[serde(default)]
    pub unusable_email: Option<String>,
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
    /// By `userAccountControl` (bit 2, MS-ADTS 2.2.16) and the account's rule.
    pub enabled: Enabled,
}

/// Whether somebody is enabled in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enabled {
    /// Nothing says otherwise.
    Yes,
    /// Disabled.
    No,
    /// The account's rule neither holds nor fails (RFC 4511, 4.5.1.7).
    Undecided,
}

impl Person {
    /// Sorts the values of the e-mail attribute: addresses, and the first that is none. White space around them is no
    /// part of them.
    pub fn set_emails(&mut self, values: impl IntoIterator<Item = String>) {
        self.other_emails.clear();
        (self.email, self.unusable_email) = (None, None);
        for value in values {
            let address = value.trim();
            let known = |email: &String| email.eq_ignore_ascii_case(address);
            if is_no_address(address) {
                self.unusable_email.get_or_insert(value);
            } else if self.email.is_none() {
                self.email = Some(address.to_owned());
            } else if !self.email.iter().chain(&self.other_emails).any(known) {
                self.other_emails.push(address.to_owned());
            }
        }
    }

    /// Every address, the first one first.
    pub fn emails(&self) -> impl Iterator<Item = &String> {
        self.email.iter().chain(&self.other_emails)
    }
}

/// Somebody who was found by a typed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    /// Who.
    pub person: Person,
    /// Which of their names it is.
    pub named: Named,
}

/// What a typed name is of somebody. A user name says more than an e-mail address, which people may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// One of their e-mail addresses only.
    ByEmail,
    /// Their login name with the domain in which they are (`sAMAccountName@dns-domain`): their implicit UPN (MS-ADTS 5.1.1.1.1).
    ByImplicitUpn,
    /// Their `userPrincipalName` or login name.
    ByUserName,
}

/// How a read of a mapping ended.
#[derive(Debug, Clone)]
pub struct ReadSummary {
    /// People sent.
    pub read: u64,
    /// `None`: everything was read. `Some`: why not (limit, referral, lost connection …).
    pub incomplete: Option<Error>,
    /// Parts of the directory that are on another server; the rest may be complete all the same.
    pub elsewhere: Vec<Reference>,
    /// What the read covers at least: taken on the same connection before the first page.
    pub watermark: Watermark,
}
