//! What the directory does wrong when a test tells it to. Other faults, and who has them: `tests/FAULTS.md`.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Switches for things that go wrong, all off at the start; they can be changed while connections are open.
#[derive(Debug, Default)]
pub struct Faults {
    size_limit: AtomicUsize,
    cut_after: AtomicUsize,
    pages: AtomicUsize,
}

impl Faults {
    /// Every search ends with sizeLimitExceeded after so many entries; 0 for none.
    pub fn set_size_limit(&self, entries: usize) {
        self.size_limit.store(entries, Ordering::Relaxed);
    }

    /// Connections are closed after about so many messages of one answer; 0 for never.
    pub fn set_cut_after(&self, messages: usize) {
        self.cut_after.store(messages, Ordering::Relaxed);
    }

    /// Connections are closed when a search asks for the page after so many; 0 for never.
    pub fn set_cut_after_pages(&self, pages: usize) {
        self.pages.store(pages, Ordering::Relaxed);
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
