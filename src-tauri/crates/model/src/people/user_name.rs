//! The name somebody types to sign in, in one of the forms directories know.

use crate::{Code, Error, Result};

/// A typed user name. It selects the attributes to search; it is always escaped by [`crate::Filter`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserName {
    /// `user@domain`: a UPN or an e-mail address.
    AtDomain(String),
    /// `DOMAIN\user`: NetBIOS domain and `sAMAccountName`.
    Down {
        /// NetBIOS domain.
        domain: String,
        /// `sAMAccountName`.
        user: String,
    },
    /// A bare login name: `sAMAccountName` or `uid`.
    Plain(String),
}

/// Longest name that is looked up, in bytes. UPNs are at most 1,024 characters (MS-ADA3).
const MAX_BYTES: usize = 1024;

impl std::str::FromStr for UserName {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let name = text.trim();
        if name.is_empty() || name.len() > MAX_BYTES || name.contains('\0') {
            return Err(Error::new(
                Code::InvalidInput,
                "The user name is empty, too long or not text.",
            )
            .with_action("Write it like user, user@domain or DOMAIN\\user.")
            .at("user"));
        }
        Ok(match name.split_once('\\') {
            Some((domain, user)) if !domain.is_empty() && !user.is_empty() => {
                Self::Down { domain: domain.to_owned(), user: user.to_owned() }
            }
            _ if name.contains('@') => Self::AtDomain(name.to_owned()),
            _ => Self::Plain(name.to_owned()),
        })
    }
}

impl UserName {
    /// The same key for every spelling of one login, for lockout budgets: lower case, without domain.
    pub fn budget_key(&self) -> String {
        match self {
            Self::AtDomain(name) | Self::Plain(name) => name.to_lowercase(),
            Self::Down { user, .. } => user.to_lowercase(),
        }
    }
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AtDomain(name) | Self::Plain(name) => f.write_str(name),
            Self::Down { domain, user } => write!(f, "{domain}\\{user}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_forms() {
        assert_eq!("a@b.c".parse::<UserName>().unwrap(), UserName::AtDomain("a@b.c".into()));
        assert_eq!(" uid1 ".parse::<UserName>().unwrap(), UserName::Plain("uid1".into()));
        assert_eq!(
            "CORP\\ann".parse::<UserName>().unwrap(),
            UserName::Down { domain: "CORP".into(), user: "ann".into() }
        );
        assert_eq!("".parse::<UserName>().unwrap_err().code, Code::InvalidInput);
        assert_eq!("x".repeat(2000).parse::<UserName>().unwrap_err().code, Code::InvalidInput);
    }
}
