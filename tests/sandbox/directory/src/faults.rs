//! What the directory does wrong when a test tells it to. Other faults, and who has them: `tests/FAULTS.md`.

use connector_model::Dn;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Switches for things that go wrong, all off at the start; they can be changed while connections are open.
#[derive(Debug, Default)]
pub struct Faults {
    size_limit: AtomicUsize,
    cut_after: AtomicUsize,
    pages: AtomicUsize,
    two_valued: AtomicBool,
    hidden: Mutex<Vec<(String, String)>>,
    unordered: Mutex<Vec<String>>,
    references: Mutex<Vec<String>>,
}

impl Faults {
    /// Every search ends with sizeLimitExceeded after so many entries; 0 for none.
    pub fn set_size_limit(&self, entries: usize) {
        self.size_limit.store(entries, Ordering::Relaxed);
    }

    /// Connections are closed after about so many messages of one answer; 0 for never.
    pub fn set_cut_after_messages(&self, messages: usize) {
        self.cut_after.store(messages, Ordering::Relaxed);
    }

    /// Connections are closed when a search asks for the page after so many; 0 for never.
    pub fn set_cut_after_pages(&self, pages: usize) {
        self.pages.store(pages, Ordering::Relaxed);
    }

    /// Filters say "no" where they should say that they do not know, as Samba's do.
    pub fn set_two_valued(&self, on: bool) {
        self.two_valued.store(on, Ordering::Relaxed);
    }

    /// The bind account may not read an attribute of one entry.
    pub fn hide(&self, dn: &str, attribute: &str) {
        let hidden = (Dn::from_server(dn).key(), attribute.to_ascii_lowercase());
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).push(hidden);
    }

    /// An attribute has no ordering rule.
    pub fn unorder(&self, attribute: &str) {
        let name = attribute.to_ascii_lowercase();
        self.unordered.lock().unwrap_or_else(PoisonError::into_inner).push(name);
    }

    /// Every search of a sub-tree ends with these continuation references.
    pub fn refer_to(&self, urls: &[&str]) {
        let urls = urls.iter().map(|url| (*url).to_owned()).collect();
        *self.references.lock().unwrap_or_else(PoisonError::into_inner) = urls;
    }

    pub(crate) fn two_valued(&self) -> bool {
        self.two_valued.load(Ordering::Relaxed)
    }

    pub(crate) fn hides(&self, key: &str, attribute: &str) -> bool {
        let hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        hidden.iter().any(|(dn, name)| dn == key && name.eq_ignore_ascii_case(attribute))
    }

    pub(crate) fn orders(&self, attribute: &str) -> bool {
        let unordered = self.unordered.lock().unwrap_or_else(PoisonError::into_inner);
        !unordered.iter().any(|name| name.eq_ignore_ascii_case(attribute))
    }

    pub(crate) fn references(&self) -> Vec<String> {
        self.references.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn size_limit(&self) -> usize {
        unlimited(self.size_limit.load(Ordering::Relaxed))
    }

    pub(crate) fn cut_after(&self) -> usize {
        unlimited(self.cut_after.load(Ordering::Relaxed))
    }

    pub(crate) fn pages(&self) -> usize {
        unlimited(self.pages.load(Ordering::Relaxed))
    }
}

fn unlimited(value: usize) -> usize {
    if value == 0 { usize::MAX } else { value }
}
