//! One connection: bind and search with deadlines. A panic of the library ends this connection only.

use crate::connection::wire_guard::Watch;
use crate::ldap_error;
use crate::password_policy;
use crate::search::entry::Entry;
use connector_model::{Code, Error, Result, Secret};
use futures_util::FutureExt;
use ldap3::controls::{Control, ControlType, PagedResults, RawControl};
use ldap3::{Ldap, LdapResult, ResultEntry, Scope};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

pub(crate) struct Session {
    ldap: Ldap,
    watch: Arc<Watch>,
    guard: JoinHandle<()>,
    driver: JoinHandle<()>,
    /// Which server this is, for messages.
    pub server: String,
    /// When it was opened, by the count of connections that died.
    pub era: u64,
    /// Whether a server that is silent during a search is asked if it is there: where another connection may do better.
    pub impatient: bool,
    born: Instant,
    used: Instant,
    uses: u32,
}

/// The library keeps about ten bytes for each message of a connection, so connections are retired.
const MAX_USES: u32 = 50_000;
const MAX_AGE: Duration = Duration::from_mins(30);
/// Nobody waits for a connection that nobody used for so long.
const MAX_IDLE: Duration = Duration::from_mins(2);
/// How long a silent connection has to show that it is there.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// One search, or one page of it.
pub(crate) struct Search<'a> {
    pub base: &'a str,
    pub scope: Scope,
    pub filter: &'a str,
    pub attributes: &'a [&'a str],
    /// At most so many entries; 0 for no limit of ours.
    pub size_limit: i32,
    /// Page size and cookie of the simple paged results control (RFC 2696).
    pub page: Option<(u16, Vec<u8>)>,
    /// Whether deleted entries are shown (`LDAP_SERVER_SHOW_DELETED_OID`, MS-ADTS 3.1.1.3.4.1.14).
    pub show_deleted: bool,
    /// Deadline for the whole of it.
    pub limit: Duration,
}

/// References of one answer; a forest has a few, and a thousand are a fault.
const MAX_REFERENCES: usize = 1000;
const MAX_REFERENCE_BYTES: usize = 256 * 1024;
/// The longest cookie that is sent back, in bytes: a server's place in its own list.
const MAX_COOKIE: usize = 64 * 1024;
const SHOW_DELETED: &str = "1.2.840.113556.1.4.417";

/// What a search brings.
pub(crate) enum Item {
    /// An entry with its controls.
    Entry(Entry, Vec<Control>),
    /// An intermediate response (RFC 4511, 4.13).
    Intermediate(ResultEntry),
}

/// How a search ended.
pub(crate) struct SearchEnd {
    pub result: LdapResult,
    /// Continuation references (RFC 4511, 4.5.3); never followed.
    pub references: Vec<String>,
    /// Cookie for the next page; `None` when the server did not answer the control.
    pub cookie: Option<Vec<u8>>,
}

impl Session {
    pub fn new(
        ldap: Ldap,
        watch: Arc<Watch>,
        (guard, driver): (JoinHandle<()>, JoinHandle<()>),
        server: String,
        era: u64,
    ) -> Self {
        let now = Instant::now();
        Self {
            ldap,
            watch,
            guard,
            driver,
            server,
            era,
            impatient: false,
            born: now,
            used: now,
            uses: 0,
        }
    }

    /// Whether it may go back to the pool.
    pub fn is_fresh(&mut self) -> bool {
        self.uses < MAX_USES
            && self.born.elapsed() < MAX_AGE
            && self.used.elapsed() < MAX_IDLE
            && !self.guard.is_finished()
            && !self.driver.is_finished()
            && !self.ldap.is_closed()
    }

    /// For how long nothing came from the server.
    pub fn quiet_for(&self) -> Duration {
        self.watch.quiet_for()
    }

    /// Whether the server answers on this connection, whatever it says. Never while a bind is under way (RFC 4511, 4.2.1).
    pub async fn answers(&self) -> bool {
        let mut ldap = self.ldap.clone();
        let work = ldap.search("", Scope::Base, "(objectClass=*)", vec!["1.1"]);
        let work = AssertUnwindSafe(work).catch_unwind();
        matches!(tokio::time::timeout(SIGN_OF_LIFE, work).await, Ok(Ok(Ok(_))))
    }

    /// Ends when the server gives no sign of life any more.
    async fn silence(&self) {
        loop {
            let quiet = self.quiet_for();
            if quiet < SIGN_OF_LIFE {
                tokio::time::sleep(SIGN_OF_LIFE.saturating_sub(quiet)).await;
            } else if !self.answers().await {
                return;
            }
        }
    }

    /// A simple bind (RFC 4513, 5.1.3). An empty password never gets here.
    pub async fn bind(
        &mut self,
        name: &str,
        password: &Secret,
        limit: Duration,
    ) -> Result<LdapResult> {
        if password.is_empty() {
            return Err(Error::of(Code::EmptyPassword));
        }
        self.uses += 1;
        self.used = Instant::now();
        let mut ldap = self.ldap.clone();
        ldap.with_controls(vec![password_policy::request()]);
        let text = self.watch.password.placeholder(password);
        let bind =
            async { ldap.simple_bind(name, &text).await.map_err(|e| ldap_error::from_library(&e)) };
        let mut answer = self.watched(limit, bind).await?;
        answer.text = password.hidden_in(&answer.text);
        Ok(answer)
    }

    /// Runs one search; `on_entry` gets every entry as it arrives.
    pub async fn search(
        &mut self,
        search: &Search<'_>,
        mut on_entry: impl FnMut(Entry) -> Result<()> + Send,
    ) -> Result<SearchEnd> {
        let on_item = |item| match item {
            Item::Entry(entry, _) => on_entry(entry),
            Item::Intermediate(_) => Ok(()),
        };
        self.listen(search, vec![], on_item).await
    }

    /// Runs one search with more controls, which may go on for as long as `search.limit` allows.
    pub async fn listen(
        &mut self,
        search: &Search<'_>,
        mut controls: Vec<RawControl>,
        mut on_item: impl FnMut(Item) -> Result<()> + Send,
    ) -> Result<SearchEnd> {
        self.uses += 1;
        self.used = Instant::now();
        self.watch.reset();
        let mut ldap = self.ldap.clone();
        ldap.with_search_options(ldap3::SearchOptions::new().sizelimit(search.size_limit));
        if let Some((size, cookie)) = &search.page {
            let control = PagedResults { size: i32::from(*size), cookie: cookie.clone() };
            controls.push(RawControl::from(control));
        }
        if search.show_deleted {
            controls.push(RawControl { ctype: SHOW_DELETED.to_owned(), crit: true, val: None });
        }
        if !controls.is_empty() {
            ldap.with_controls(controls);
        }
        let watch = self.watch.clone();
        let work = async {
            let lost = |e: ldap3::LdapError| ldap_error::from_library(&e);
            let mut stream = ldap
                .streaming_search(search.base, search.scope, search.filter, search.attributes)
                .await
                .map_err(lost)?;
            let mut references = Vec::new();
            while let Some(item) = stream.next().await.map_err(lost)? {
                watch.consumed();
                if item.is_ref() {
                    references.extend(ldap3::parse_refs(item.0));
                    let bytes: usize = references.iter().map(String::len).sum();
                    if references.len() > MAX_REFERENCES || bytes > MAX_REFERENCE_BYTES {
                        return Err(Error::new(
                            Code::MessageTooLarge,
                            "The server refers to more than a thousand other places.",
                        ));
                    }
                } else if item.is_intermediate() {
                    on_item(Item::Intermediate(item))?;
                } else {
                    on_item(Item::Entry(Entry::read(item.0)?, item.1))?;
                }
            }
            let result = stream.finish().await;
            let cookie = paging_cookie(&result.ctrls);
            if cookie.as_ref().is_some_and(|cookie| cookie.len() > MAX_COOKIE) {
                let text = format!("The server's paging cookie has more than {MAX_COOKIE} bytes.");
                return Err(Error::new(Code::MessageTooLarge, text));
            }
            Ok(SearchEnd { result, references, cookie })
        };
        Box::pin(self.watched(search.limit, self.unless_silent(work))).await
    }

    /// Where another connection may do better, a server that falls silent is lost.
    async fn unless_silent<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        if !self.impatient {
            return work.await;
        }
        tokio::select! {
            done = work => done,
            () = Box::pin(self.silence()) => Err(Error::of(Code::ConnectionLost)),
        }
    }

    async fn watched<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let caught = tokio::time::timeout(limit, AssertUnwindSafe(work).catch_unwind()).await;
        let server = &self.server;
        let error = match caught {
            Ok(Ok(Ok(value))) => return Ok(value),
            Ok(Ok(Err(error))) => error,
            Ok(Err(_)) => Error::new(
                Code::ProtocolViolation,
                format!("{server} sent an answer that cannot be understood."),
            ),
            Err(_) => Error::new(
                Code::Timeout,
                format!("{server} did not answer within {} s.", limit.as_secs().max(1)),
            ),
        };
        // The guard knows better than the library why a connection ended.
        match self.watch.fault.get() {
            Some(fault) if error.code == Code::ConnectionLost => Err(fault.clone()),
            _ => Err(error),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.guard.abort();
        self.driver.abort();
    }
}

fn paging_cookie(controls: &[Control]) -> Option<Vec<u8>> {
    controls.iter().find_map(|control| match control {
        Control(Some(ControlType::PagedResults), raw) => Some(raw.parse::<PagedResults>().cookie),
        _ => None,
    })
}
