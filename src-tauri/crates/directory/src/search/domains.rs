//! The domains of a forest, as its partitions say (`crossRef`, MS-ADTS 6.1.1.2.1.1): what `DOMAIN\user` and
//! `user@domain` mean.

use crate::connection::pool::Pool;
use crate::search::entry::Entry;
use crate::search::root_dse::RootDse;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::BIT_AND;
use connector_model::{Code, Dn, Filter, Result};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Partitions that are read; the largest forests have some hundreds.
const MAX_DOMAINS: usize = 2000;
/// `FLAG_CR_NTDS_DOMAIN` (MS-ADTS 2.2.10): the partition is a domain.
const IS_DOMAIN: &str = "2";
/// How long the list is believed to be as it was read.
const LIFE: Duration = Duration::from_mins(10);

/// One domain: where it begins, and its names in lower case: NetBIOS name and DNS name.
#[derive(Debug)]
pub(crate) struct Domain {
    root: Dn,
    names: Vec<String>,
}

/// The domains that a server knows; none where it is no domain controller.
#[derive(Debug, Default)]
pub(crate) struct Domains(Vec<Domain>);

impl Domains {
    /// The domain of that NetBIOS or DNS name.
    pub fn named(&self, name: &str) -> Option<&Domain> {
        let name = name.to_lowercase();
        self.0.iter().find(|domain| domain.names.contains(&name))
    }

    /// Whether an entry belongs to a domain: a domain may begin below another one (RFC 2247).
    pub fn holds(&self, domain: &Domain, dn: &Dn) -> bool {
        let above = self.0.iter().filter(|one| dn.is_under(&one.root));
        let nearest = above.max_by_key(|one| one.root.rdns().map_or(0, |rdns| rdns.len()));
        nearest.is_some_and(|nearest| std::ptr::eq(nearest, domain))
    }
}

/// The domains of one account's servers, read when they are first needed and again from time to time.
#[derive(Default)]
pub(crate) struct KnownDomains(Mutex<Option<(Instant, Arc<Domains>)>>);

impl KnownDomains {
    pub async fn get(&self, pool: &Pool, root: &RootDse, limit: Duration) -> Result<Arc<Domains>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, domains)) = known
            && since.elapsed() < LIFE
        {
            return Ok(domains);
        }
        let domains = Arc::new(read(pool, root, limit).await?);
        let now = Some((Instant::now(), domains.clone()));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(domains)
    }
}

async fn read(pool: &Pool, root: &RootDse, limit: Duration) -> Result<Domains> {
    if !root.kind.is_ad() {
        return Ok(Domains::default());
    }
    let mut domains = match &root.configuration {
        Some(configuration) => partitions(pool, configuration, limit).await?,
        None => vec![],
    };
    if domains.is_empty() {
        // Without the right to read partitions, a domain has the name that its DN tells.
        domains.extend(root.bases.iter().filter_map(|base| domain(base.clone(), vec![])));
    }
    Ok(Domains(domains))
}

async fn partitions(pool: &Pool, configuration: &Dn, limit: Duration) -> Result<Vec<Domain>> {
    let base = configuration.child("CN", "Partitions");
    let filter = Filter::And(vec![
        Filter::equal("objectClass", "crossRef"),
        Filter::matching("systemFlags", BIT_AND, IS_DOMAIN),
    ]);
    let attributes = ["nCName", "dnsRoot", "nETBIOSName"];
    let query =
        Query { base: &base, scope: Scope::OneLevel, filter: &filter, attributes: &attributes };
    match run::collect(pool, &query, MAX_DOMAINS, limit).await {
        Ok(found) => Ok(found.entries.iter().filter_map(of_partition).collect()),
        Err(error) if matches!(error.code, Code::BaseNotFound | Code::NoReadRights) => Ok(vec![]),
        Err(error) => Err(error),
    }
}

fn of_partition(entry: &Entry) -> Option<Domain> {
    // The entry is called by the NetBIOS name; a global catalog need not have the attribute.
    let netbios = entry.text("nETBIOSName").unwrap_or_else(|| entry.dn.leaf_value());
    let names = std::iter::once(netbios).chain(entry.texts("dnsRoot")).collect();
    domain(Dn::from_server(entry.text("nCName")?), names)
}

/// A domain of these names and the one that its DN tells: `DC=corp,DC=example,DC=com` is `corp.example.com` (RFC 2247).
fn domain(root: Dn, mut names: Vec<String>) -> Option<Domain> {
    let part = |rdn: &Vec<(String, Vec<u8>)>| match rdn.as_slice() {
        [(name, value)] if name.eq_ignore_ascii_case("dc") => String::from_utf8(value.clone()).ok(),
        _ => None,
    };
    let labels: Option<Vec<String>> = root.rdns().ok()?.iter().map(part).collect();
    names.extend(labels.filter(|labels| !labels.is_empty()).map(|labels| labels.join(".")));
    for name in &mut names {
        *name = name.trim().to_lowercase();
    }
    names.retain(|name| !name.is_empty());
    (!names.is_empty()).then_some(Domain { root, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Domains {
        let of = |root: &str, netbios: &str| {
            domain(Dn::from_server(root), vec![netbios.to_owned()]).unwrap()
        };
        Domains(vec![
            of("DC=corp,DC=example,DC=com", "CORP"),
            of("DC=eu,DC=corp,DC=example,DC=com", "EUROPE"),
        ])
    }

    #[test]
    fn a_domain_has_two_names_and_nobody_elses_people() {
        let forest = forest();
        for (name, dn, holds) in [
            ("corp", "CN=a,DC=corp,DC=example,DC=com", true),
            ("Corp.Example.com", "CN=a,OU=x,DC=corp,DC=example,DC=com", true),
            ("CORP", "CN=a,DC=EU,DC=corp,DC=example,DC=com", false),
            ("europe", "CN=a,DC=EU,DC=corp,DC=example,DC=com", true),
            ("eu.corp.example.com", "CN=a,DC=corp,DC=example,DC=com", false),
            ("europe", "CN=a,DC=eu,DC=other,DC=com", false),
        ] {
            let domain = forest.named(name).unwrap();
            assert_eq!(forest.holds(domain, &Dn::from_server(dn)), holds, "{name} {dn}");
        }
        for unknown in ["", "eu", "example.com", "corp.example.com.", "NOSUCH"] {
            assert!(forest.named(unknown).is_none(), "{unknown}");
        }
    }
}
