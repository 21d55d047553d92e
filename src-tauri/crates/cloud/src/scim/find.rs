//! Searches (RFC 7644, section 3.4.2) whose answers are compared with what was asked. A service may ignore the filter,
//! the place to start from or the number of users; then it is read on, and what cannot be read whole is said to be so.

use crate::scim::exchange::{Exchange, segment};
use crate::scim::failure::{Failure, Outcome};
use crate::scim::wire::{Body, ListAnswer};
use connector_model::{Code, Error};
use hyper::{Method, StatusCode};
use serde_json::Value;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// Users of one page; a service may answer fewer, or more.
const PAGE: usize = 500;
/// Users looked at for one person where the service does not filter.
const LOOKED_AT: usize = 10_000;
/// How often a list is read that got shorter meanwhile.
const ROUNDS: u32 = 3;

/// By what a user is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    ExternalId,
    UserName,
    Email,
}

/// Who was found.
#[derive(Debug, Default)]
pub(crate) struct Search {
    /// Those who are what was asked for.
    pub(crate) found: Vec<Body>,
    /// Whether there can be nobody else.
    pub(crate) complete: bool,
}

/// Users page by page.
pub(crate) struct Pages {
    filter: Option<String>,
    start: usize,
    /// Whether the service is told how many are wanted at once; some refuse more than they give.
    counted: bool,
    /// The page before, to notice where it comes again.
    before: HashSet<u64>,
    hasher: RandomState,
    seen: usize,
    total: Option<usize>,
    /// There were more users before: whoever came after them moved forward, perhaps to a page that was read already.
    shrunk: bool,
    /// The last page was an empty one; else it was the one before once more.
    ended: bool,
    round: u32,
}

impl Attribute {
    fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "externalId",
            Self::UserName => "userName",
            Self::Email => "emails.value",
        }
    }

    /// Whether a user is what was asked for: identities exactly, names without regard to case.
    pub(crate) fn is(self, user: &Body, value: &str) -> bool {
        let same = |text: &String| text.to_lowercase() == value.to_lowercase();
        match self {
            Self::ExternalId => user.external_id.as_deref() == Some(value),
            Self::UserName => user.user_name.as_ref().is_some_and(same),
            Self::Email => user.emails.iter().any(same),
        }
    }
}

impl Exchange {
    /// Whoever has that value. Incomplete where the service does not answer such a search, or not to its end.
    pub(crate) async fn search(&self, by: Attribute, value: &str) -> Outcome<Search> {
        let quoted = Value::from(value).to_string();
        let filter = format!("{} eq {quoted}", by.name());
        self.collect(Some(filter), |user| by.is(user, value)).await
    }

    /// The same among all users, for a service that does not filter by this.
    pub(crate) async fn look_through(&self, by: Attribute, value: &str) -> Outcome<Search> {
        self.collect(None, |user| by.is(user, value)).await
    }

    async fn collect(
        &self,
        filter: Option<String>,
        meant: impl Fn(&Body) -> bool,
    ) -> Outcome<Search> {
        let (mut pages, mut found, mut filters) = (Pages::of(filter), vec![], true);
        loop {
            let page = match pages.next(self).await {
                Ok(Some(page)) => page,
                Ok(None) => {
                    let complete = pages.is_whole() || filters && pages.total.is_none();
                    return Ok(Search { found, complete });
                }
                Err(Failure::Refused(_)) => return Ok(Search { found, complete: false }),
                Err(other) => return Err(other),
            };
            for user in page.iter().filter_map(Body::of) {
                if user.id.is_some() && meant(&user) {
                    if found.iter().all(|known: &Body| known.id != user.id) {
                        found.push(user);
                    }
                } else {
                    filters = false;
                }
            }
            if filters && (pages.is_whole() || pages.total.is_none()) {
                return Ok(Search { found, complete: true });
            }
            if pages.seen >= LOOKED_AT {
                return Ok(Search { found, complete: false });
            }
        }
    }
}

impl Pages {
    pub(crate) fn of(filter: Option<String>) -> Self {
        let (before, hasher) = (HashSet::new(), RandomState::new());
        let (shrunk, ended, round) = (false, false, 1);
        Self {
            filter,
            start: 1,
            counted: true,
            before,
            hasher,
            seen: 0,
            total: None,
            shrunk,
            ended,
            round,
        }
    }

    /// The next page; `None` when there is nobody on it who was not on the one before. A list that got shorter is read
    /// again, and its users come again. `Refused`: the service does not answer this search.
    pub(crate) async fn next(&mut self, service: &Exchange) -> Outcome<Option<Vec<Value>>> {
        loop {
            match self.page(service).await? {
                None if self.shrunk && self.round < ROUNDS => {
                    let (filter, counted, round) =
                        (self.filter.take(), self.counted, self.round + 1);
                    *self = Self { counted, round, ..Self::of(filter) };
                }
                page => return Ok(page),
            }
        }
    }

    async fn page(&mut self, service: &Exchange) -> Outcome<Option<Vec<Value>>> {
        let start = self.start;
        let mut path = self.path();
        let mut reply = service.get(&path).await?;
        if reply.status == StatusCode::BAD_REQUEST && start == 1 {
            self.counted = false;
            path = self.path();
            reply = service.get(&path).await?;
        }
        if !reply.status.is_success() {
            // Some services take a place behind the end for a mistake.
            let behind = matches!(reply.status, StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND);
            if start > 1 && behind && (self.is_whole() || self.total.is_none() || self.shrunk) {
                self.ended = true;
                return Ok(None);
            }
            return Err(Failure::Refused(service.failed(&reply, &Method::GET, &path)));
        }
        let no_list = || Failure::unsure(not_scim());
        Ok(self.take(ListAnswer::read(&reply.body).ok_or_else(no_list)?))
    }

    /// The users of an answer; `None` when there is nobody who was not on the page before.
    pub(crate) fn take(&mut self, list: ListAnswer) -> Option<Vec<Value>> {
        // People come and go meanwhile: the newest word holds, but not that of a place behind the end.
        if self.start == 1 || !list.resources.is_empty() {
            self.shrunk |= list.total.zip(self.total).is_some_and(|(now, before)| now < before);
            self.total = list.total.or(self.total);
        }
        let page: HashSet<u64> =
            list.resources.iter().map(|user| self.hasher.hash_one(key(user))).collect();
        let new = page.difference(&self.before).count();
        if new == 0 {
            self.ended = list.resources.is_empty();
            return None;
        }
        self.start += list.resources.len();
        self.seen += new;
        self.before = page;
        Some(list.resources)
    }

    fn path(&self) -> String {
        let mut path = format!("Users?startIndex={}", self.start);
        if self.counted {
            path = format!("{path}&count={PAGE}");
        }
        match &self.filter {
            Some(filter) => format!("{path}&filter={}", segment(filter)),
            None => path,
        }
    }

    /// Whether as many were seen as there are by the service's own word (`totalResults`, RFC 7644, section 3.4.2), or all
    /// pages up to an empty one where it does not say.
    pub(crate) fn is_whole(&self) -> bool {
        self.total.map_or(self.ended, |total| self.seen >= total) && !self.shrunk
    }

    /// How many were seen so far.
    pub(crate) fn seen(&self) -> usize {
        self.seen
    }
}

/// What tells users of a list apart: the id, else all of it.
fn key(user: &Value) -> String {
    Body::of(user).and_then(|body| body.id).unwrap_or_else(|| user.to_string())
}

pub(crate) fn not_scim() -> Error {
    Error::new(Code::ProtocolViolation, "The service's answer is not SCIM 2.0.")
        .with_action("Check that the address is the base of a SCIM 2.0 service.")
}
