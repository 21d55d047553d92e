//! One look at everybody: how many there are of each state, and the first of them by user name after a place.

use crate::state::told::{PeopleCounts, PersonState};
use std::collections::BinaryHeap;

/// Places kept of one look, about 1 MiB: a page further back takes another look for every so many people before it.
const KEPT: usize = 10_000;

/// Where a person of a list stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// By identity, with the cloud's.
    Cloud(String),
    /// In an import's rows.
    Row(i64),
}

/// What people are listed by: the user name whatever the case, then the place.
pub(super) type Key = (String, Place);

pub(super) struct Look<'a> {
    search: &'a str,
    asked: Option<PersonState>,
    after: Option<Key>,
    /// How many are kept.
    pub room: usize,
    pub counts: PeopleCounts,
    /// Everybody who matches, of the state that was asked for, wherever they stand.
    pub total: u64,
    /// The last one first.
    found: BinaryHeap<(Key, PersonState)>,
    lower: String,
}

impl<'a> Look<'a> {
    /// At people with that text, which is in lower case, and of that state; keeps so many after a key, if they are not too many.
    pub fn new(
        search: &'a str,
        asked: Option<PersonState>,
        after: Option<Key>,
        wanted: usize,
    ) -> Self {
        let room = wanted.min(KEPT);
        let (counts, found, lower) = (PeopleCounts::default(), BinaryHeap::new(), String::new());
        Self { search, asked, after, room, counts, total: 0, found, lower }
    }

    /// Takes somebody, whose user name is the first of the texts.
    pub fn add(&mut self, state: PersonState, texts: [&str; 4], place: impl FnOnce() -> Place) {
        if !self.search.is_empty() && !self.matches(&texts) {
            return;
        }
        *match state {
            PersonState::Active => &mut self.counts.active,
            PersonState::Inactive => &mut self.counts.inactive,
            PersonState::Skipped => &mut self.counts.skipped,
            PersonState::Waiting => &mut self.counts.waiting,
            PersonState::Refused => &mut self.counts.refused,
        } += 1;
        if self.asked.is_some_and(|asked| asked != state) {
            return;
        }
        self.total += 1;
        lower_case(&mut self.lower, texts[0]);
        let is_full = self.found.len() >= self.room;
        let is_behind = self.found.peek().is_none_or(|((last, _), _)| self.lower > *last);
        if is_full && is_behind {
            return;
        }
        let key = (self.lower.clone(), place());
        if self.after.as_ref().is_some_and(|after| key <= *after) {
            return;
        }
        self.found.push((key, state));
        if self.found.len() > self.room {
            self.found.pop();
        }
    }

    /// Those who were kept, in order.
    pub fn first(self) -> Vec<(Key, PersonState)> {
        self.found.into_sorted_vec()
    }

    fn matches(&mut self, texts: &[&str]) -> bool {
        texts.iter().any(|text| {
            lower_case(&mut self.lower, text);
            self.lower.contains(self.search)
        })
    }
}

/// The text in lower case, in a buffer that is used again.
fn lower_case(buffer: &mut String, text: &str) {
    buffer.clear();
    if text.is_ascii() {
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&text.to_lowercase());
    }
}
