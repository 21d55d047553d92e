//! What a server may send for one question. Beyond it the answer ends, with an error that names the limit: memory and disk
//! are bounded whatever a server does.

use crate::connection::limits::Limits;
use crate::search::entry::Entry;
use connector_model::{Code, Error, Result};

/// Entries of a page. Servers that ignore paging send everything at once.
const PAGE_ENTRIES: usize = 50_000;
/// Pages without anybody, one after the other: a server that filters as it goes sends some, and one in a circle no others.
const EMPTY_PAGES: usize = 1000;
/// Other places that all pages of a read may name.
const REFERENCES: usize = 1000;

/// Of one page, or of one small search.
pub(crate) struct Page {
    entries: usize,
    bytes: usize,
    most: usize,
}

impl Page {
    pub fn new(limits: &Limits) -> Self {
        Self { entries: 0, bytes: 0, most: limits.max_page }
    }

    /// Counts an entry that came.
    pub fn take(&mut self, entry: &Entry) -> Result<()> {
        self.entries += 1;
        self.bytes += entry.size();
        if self.entries > PAGE_ENTRIES {
            return Err(too_large("The server ignores the page size.".to_owned()).with_action(
                "Use a server that supports paged results (RFC 2696), or narrow the mapping.",
            ));
        }
        if self.bytes > self.most {
            let text = format!("The server sent more than {} for one page.", mib(self.most as u64));
            return Err(too_large(text));
        }
        Ok(())
    }
}

/// Of all pages of a read.
pub(crate) struct Read {
    bytes: u64,
    empty: usize,
    most: u64,
}

impl Read {
    pub fn new(limits: &Limits) -> Self {
        Self { bytes: 0, empty: 0, most: limits.max_read }
    }

    /// Counts a page that is over, with `references` named so far.
    pub fn take(&mut self, page: &Page, references: usize) -> Result<()> {
        self.bytes += page.bytes as u64;
        self.empty = if page.entries == 0 { self.empty + 1 } else { 0 };
        if self.empty > EMPTY_PAGES {
            let text = format!("The server sent {EMPTY_PAGES} empty pages and no end.");
            return Err(Error::new(Code::ProtocolViolation, text));
        }
        if self.bytes > self.most {
            return Err(too_large(format!("The server sent more than {}.", mib(self.most))));
        }
        if references > REFERENCES {
            let text = format!("The server refers to more than {REFERENCES} other places.");
            return Err(too_large(text));
        }
        Ok(())
    }
}

fn too_large(text: String) -> Error {
    Error::new(Code::MessageTooLarge, text)
}

fn mib(bytes: u64) -> String {
    format!("{} MiB", bytes / (1024 * 1024))
}
