//! Searches over pooled connections: small ones collected, large ones streamed page by page.

use crate::connection::limits::Limits;
use crate::connection::pool::Pool;
use crate::connection::session::Search;
use crate::ldap_error;
use crate::search::budget::{Page, Read};
use crate::search::entry::Entry;
use connector_model::{Dn, Error, Filter, Result};
pub(crate) use ldap3::Scope;
use std::time::Duration;

/// What to search.
pub(crate) struct Query<'a> {
    pub base: &'a Dn,
    pub scope: Scope,
    pub filter: &'a Filter,
    pub attributes: &'a [&'a str],
}

/// Entries of a small search, and whether there were more.
pub(crate) struct SearchResult {
    pub entries: Vec<Entry>,
    pub cut: bool,
    /// Where the rest is, by the server's words (RFC 4511, 4.5.3); never followed.
    pub references: Vec<String>,
    /// Why there is nothing: the base itself is on another server.
    referred: Option<Error>,
}

/// Collects at most `limit` entries. A missing base is an error, and so is one on another server; a size limit is not.
pub(crate) async fn collect(
    pool: &Pool,
    query: &Query<'_>,
    limit: usize,
    deadline: Duration,
) -> Result<SearchResult> {
    let found = collect_here(pool, query, limit, deadline).await?;
    found.referred.clone().map_or(Ok(found), Err)
}

/// The same, and a base on another server is an answer with nothing but references.
pub(crate) async fn collect_here(
    pool: &Pool,
    query: &Query<'_>,
    limit: usize,
    deadline: Duration,
) -> Result<SearchResult> {
    let mut fresh = false;
    loop {
        let mut lease = pool.lease(fresh).await?;
        match collect_once(&mut lease, query, limit, deadline).await {
            Ok((found, clean)) => {
                if clean {
                    lease.give_back();
                }
                return Ok(found);
            }
            Err(error) if lease.died(&error) && !fresh => fresh = true,
            Err(error) => return Err(error),
        }
    }
}

async fn collect_once(
    lease: &mut crate::connection::pool::Lease<'_>,
    query: &Query<'_>,
    limit: usize,
    deadline: Duration,
) -> Result<(SearchResult, bool)> {
    let filter = query.filter.to_string();
    let (mut entries, mut references) = (Vec::new(), Vec::new());
    let (mut cookie, mut budget) = (Vec::new(), Page::new(lease.limits()));
    let end_of_time = tokio::time::Instant::now() + deadline;
    loop {
        let paged = limit > 50 && query.scope != Scope::Base;
        let page =
            u16::try_from(limit.saturating_sub(entries.len()).clamp(1, 1000)).unwrap_or(1000);
        let search = Search {
            base: query.base.as_str(),
            scope: query.scope,
            filter: &filter,
            attributes: query.attributes,
            size_limit: if paged { 0 } else { i32::try_from(limit).unwrap_or(0) },
            page: paged.then(|| (page, std::mem::take(&mut cookie))),
            show_deleted: false,
            limit: end_of_time.saturating_duration_since(tokio::time::Instant::now()),
        };
        let reused = lease.reused;
        let session = lease.session()?;
        session.impatient = reused;
        let end = session
            .search(&search, |entry| {
                // A server may ignore the limit; what is beyond it is not kept.
                if entries.len() <= limit {
                    budget.take(&entry)?;
                    entries.push(entry);
                }
                Ok(())
            })
            .await?;
        references.extend(foreign(end.references));
        let error = || ldap_error::from_result(&end.result, &describe_base(query.base));
        let referred = match end.result.rc {
            0 | 3 | 4 | 11 => None,
            10 => {
                references.extend(end.result.refs.iter().cloned());
                Some(error())
            }
            _ => return Err(error()),
        };
        let more = end.cookie.filter(|c| !c.is_empty());
        let full = entries.len() >= limit;
        if let (Some(next), false, 0) = (&more, full, end.result.rc) {
            cookie.clone_from(next);
            continue;
        }
        let cut = end.result.rc != 0 || more.is_some() || entries.len() > limit;
        entries.truncate(limit);
        // A paged search that is not read to its end lives on at the server: that connection is closed.
        return Ok((SearchResult { entries, cut, references, referred }, more.is_none()));
    }
}

/// What is known of a stream that ended.
#[derive(Default)]
pub(crate) struct StreamEnd {
    /// Why it is not everything that the server holds, if so.
    pub incomplete: Option<Error>,
    /// What the server says is on others, each once.
    pub references: Vec<String>,
}

/// Streams everything below a base, page by page.
pub(crate) async fn stream(
    lease: &mut crate::connection::pool::Lease<'_>,
    query: &Query<'_>,
    limits: &Limits,
    sink: &mut (dyn Sink + '_),
) -> Result<StreamEnd> {
    let filter = query.filter.to_string();
    let mut cookie = Vec::new();
    let mut references: Vec<String> = Vec::new();
    let mut read = Read::new(limits);
    loop {
        let search = Search {
            base: query.base.as_str(),
            scope: query.scope,
            filter: &filter,
            attributes: query.attributes,
            size_limit: 0,
            page: Some((limits.page_size, cookie)),
            show_deleted: false,
            limit: limits.page,
        };
        let mut page = Page::new(limits);
        let answer = lease
            .session()?
            .search(&search, |entry| {
                page.take(&entry)?;
                sink.entry(entry);
                Ok(())
            })
            .await;
        sink.page_end().await?;
        let end = match answer {
            Ok(end) => end,
            // Whatever arrived before was passed on; the reader learns that it is not everything.
            Err(error) => return Ok(StreamEnd { incomplete: Some(error), references }),
        };
        if end.result.rc != 0 {
            let error = ldap_error::from_result(&end.result, &describe_base(query.base));
            return match end.result.rc {
                32 | 34 | 50 | 1 => Err(error),
                _ => Ok(StreamEnd { incomplete: Some(error), references }),
            };
        }
        for url in foreign(end.references) {
            if !references.contains(&url) {
                references.push(url);
            }
        }
        match end.cookie {
            Some(next) if !next.is_empty() => cookie = next,
            _ => return Ok(StreamEnd { incomplete: None, references }),
        }
        if let Err(error) = read.take(&page, references.len()) {
            return Ok(StreamEnd { incomplete: Some(error), references });
        }
    }
}

/// References to what may hold people, fit to be shown.
fn foreign(references: Vec<String>) -> impl Iterator<Item = String> {
    let some = references.into_iter().filter(|url| !is_side_partition(url));
    some.map(|url| ldap_error::clean(&url))
}

/// Takes what is streamed.
#[async_trait::async_trait]
pub(crate) trait Sink: Send {
    /// One entry as it arrives, while the server still sends the rest of the page.
    fn entry(&mut self, entry: Entry);

    /// A page is over; the next one is asked for afterwards.
    async fn page_end(&mut self) -> Result<()>;
}

/// AD refers to partitions that hold no people at every search from the domain's root.
fn is_side_partition(url: &str) -> bool {
    let path = url.splitn(4, '/').nth(3).unwrap_or("").to_ascii_lowercase();
    ["cn=configuration", "cn=schema", "dc=domaindnszones", "dc=forestdnszones"]
        .iter()
        .any(|p| path.starts_with(p))
}

fn describe_base(base: &Dn) -> String {
    if base.is_root() { "Reading the rootDSE".to_owned() } else { format!("Reading below {base}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_partitions_without_people_may_be_left_out() {
        for url in [
            "ldap://ForestDnsZones.corp.example.com/DC=ForestDnsZones,DC=corp,DC=example,DC=com",
            "ldaps://corp.example.com/CN=Configuration,DC=corp,DC=example,DC=com",
        ] {
            assert!(is_side_partition(url), "{url}");
        }
        for url in [
            "ldap://child.corp.example.com/DC=child,DC=corp,DC=example,DC=com??base",
            "ldap://other",
            "nonsense",
        ] {
            assert!(!is_side_partition(url), "{url}");
        }
    }
}
