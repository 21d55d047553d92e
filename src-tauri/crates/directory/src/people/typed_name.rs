//! What a typed name means in one directory: whom to look for, and which of somebody's names it is.

use crate::context::DirectoryContext;
use crate::search::attribute_names::Names;
use crate::search::domains::Domains;
use crate::search::entry::Entry;
use connector_model::{Filter, Named, Result, UserName};
use std::sync::Arc;

const UPN: &str = "userPrincipalName";

/// A typed name as one directory understands it.
pub(crate) struct TypedName<'a> {
    names: &'a Names,
    domains: Arc<Domains>,
    /// All of it, where it may be an address or a name with its domain.
    whole: Option<&'a str>,
    /// A login name, and the domain to which it belongs where one is named.
    login: Option<(&'a str, Option<&'a str>)>,
}

impl<'a> TypedName<'a> {
    /// `None` where nobody of this directory can have the name: its domain is another one's. Which domains there are, AD
    /// says; other servers have none.
    pub async fn of(context: &DirectoryContext<'a>, user: &'a UserName) -> Result<Option<Self>> {
        let (names, domains) = (context.names, context.domains().await?);
        let known = |domain: &&str| domains.named(domain).is_some();
        let (whole, login) = match user {
            UserName::Plain(user) => (None, Some((user.as_str(), None))),
            UserName::Down { domain, user } => {
                let domain = Some(domain.as_str()).filter(known);
                (None, domain.map(|domain| (user.as_str(), Some(domain))))
            }
            // An implicit UPN is a login name with its domain (MS-ADTS 5.1.1.1.1).
            UserName::AtDomain(name) => {
                let parts = name.rsplit_once('@').filter(|(user, _)| !user.is_empty());
                let implicit = parts.filter(|(_, domain)| known(domain));
                (Some(name.as_str()), implicit.map(|(user, domain)| (user, Some(domain))))
            }
        };
        let some = whole.is_some() || login.is_some();
        Ok(some.then_some(Self { names, domains, whole, login }))
    }

    /// Everybody who may have the name; [`TypedName::named`] says whether they have it.
    pub fn filter(&self) -> Filter {
        let names = self.names;
        let mut any = vec![];
        if let Some(whole) = self.whole {
            any.push(Filter::Equal(names.email.clone(), whole.into()));
            any.push(if names.is_ad {
                Filter::equal(UPN, whole)
            } else {
                Filter::Equal(names.login.clone(), whole.into())
            });
        }
        if let Some((login, _)) = self.login {
            any.push(Filter::Equal(names.login.clone(), login.into()));
        }
        Filter::or(any)
    }

    /// Which of somebody's names it is; `None` where somebody has the login name in another domain. What a server finds
    /// by looser rules than ours is an address.
    pub fn named(&self, entry: &Entry) -> Option<Named> {
        let has = |attribute: &str, wanted: &str| {
            let wanted = wanted.to_lowercase();
            entry.texts(attribute).any(|value| value.trim().to_lowercase() == wanted)
        };
        let login = self.names.login.as_str();
        let here = |domain: Option<&str>| {
            let domain = domain.map(|name| self.domains.named(name));
            domain.is_none_or(|one| one.is_some_and(|one| self.domains.holds(one, &entry.dn)))
        };
        let Some(whole) = self.whole else {
            return self.login.filter(|(_, domain)| here(*domain)).map(|_| Named::ByUserName);
        };
        if has(if self.names.is_ad { UPN } else { login }, whole) {
            return Some(Named::ByUserName);
        }
        match self.login {
            Some((user, domain)) if has(login, user) && here(domain) => Some(Named::ByImplicitUpn),
            Some((user, _)) if has(login, user) && !has(self.names.email.as_str(), whole) => None,
            _ => Some(Named::ByEmail),
        }
    }
}
