//! The entries of a directory, found by name and by indexed value.

use super::schema;
use connector_model::Dn;
use std::collections::{BTreeSet, HashMap};

/// How an entry that can bind behaves.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// Public sample password.
    pub password: String,
    /// AD's reason (`data XXX`) for refusing the right password, if it does.
    pub refuses: Option<&'static str>,
}

/// One entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// As it is sent.
    pub dn: String,
    pub(super) key: String,
    /// Names as they are sent, with their values.
    pub attributes: Vec<(String, Vec<Vec<u8>>)>,
    /// Whether and how it can bind.
    pub account: Option<Account>,
}

impl Entry {
    /// An entry without attributes.
    pub fn new(dn: impl Into<String>) -> Self {
        let dn = dn.into();
        let key = Dn::from_server(dn.clone()).key();
        Self { dn, key, attributes: vec![], account: None }
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.add(name, value);
        self
    }

    /// Adds a value.
    pub fn add(&mut self, name: &str, value: impl Into<Vec<u8>>) {
        match self.attributes.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(name)) {
            Some((_, values)) => values.push(value.into()),
            None => self.attributes.push((name.to_owned(), vec![value.into()])),
        }
    }

    /// Replaces all values; none removes the attribute.
    pub fn set(&mut self, name: &str, values: Vec<Vec<u8>>) {
        self.attributes.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        if !values.is_empty() {
            self.attributes.push((name.to_owned(), values));
        }
    }

    /// The values of an attribute.
    pub fn values(&self, name: &str) -> &[Vec<u8>] {
        self.attributes
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map_or(&[], |(_, values)| values)
    }

    /// The first value as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values(name).first().map(|v| String::from_utf8_lossy(v).into_owned())
    }
}

/// All entries. Changes are made through [`Tree::put`] and [`Tree::remove`], so that look-ups stay right.
#[derive(Debug, Default)]
pub struct Tree {
    entries: Vec<Option<Entry>>,
    by_key: HashMap<String, usize>,
    index: HashMap<(&'static str, Vec<u8>), Vec<usize>>,
    names: BTreeSet<String>,
}

impl Tree {
    /// Adds or replaces an entry.
    pub fn put(&mut self, entry: Entry) {
        if let Some(at) = self.by_key.get(&entry.key).copied() {
            self.unlist(at);
            self.list(&entry, at);
            self.entries[at] = Some(entry);
            return;
        }
        let at = self.entries.len();
        self.by_key.insert(entry.key.clone(), at);
        self.list(&entry, at);
        self.entries.push(Some(entry));
    }

    /// Removes an entry; what is below it stays, as in a broken directory.
    pub fn remove(&mut self, dn: &str) -> Option<Entry> {
        let at = self.by_key.remove(&Dn::from_server(dn).key())?;
        self.unlist(at);
        self.entries[at].take()
    }

    /// The entry of that name.
    pub fn get(&self, dn: &str) -> Option<&Entry> {
        self.by_key.get(&Dn::from_server(dn).key()).and_then(|at| self.entries[*at].as_ref())
    }

    /// Changes an entry in place.
    pub fn change(&mut self, dn: &str, change: impl FnOnce(&mut Entry)) {
        if let Some(mut entry) = self.get(dn).cloned() {
            change(&mut entry);
            self.put(entry);
        }
    }

    /// Every entry.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().flatten()
    }

    /// Entries that have `value` in an indexed attribute.
    pub(super) fn having(&self, name: &str, value: &[u8]) -> Option<Vec<&Entry>> {
        let name = schema::INDEXED.iter().find(|n| n.eq_ignore_ascii_case(name))?;
        let found = self.index.get(&(*name, schema::normal(name, value)));
        Some(found.into_iter().flatten().filter_map(|at| self.entries[*at].as_ref()).collect())
    }

    /// The attributes that any entry ever had: what the server knows.
    pub(super) fn attribute_names(&self) -> &BTreeSet<String> {
        &self.names
    }

    fn list(&mut self, entry: &Entry, at: usize) {
        for (name, _) in &entry.attributes {
            let name = name.to_ascii_lowercase();
            if !self.names.contains(&name) {
                self.names.insert(name);
            }
        }
        for (name, values) in &entry.attributes {
            if let Some(name) = schema::INDEXED.iter().find(|n| n.eq_ignore_ascii_case(name)) {
                for value in values {
                    self.index.entry((name, schema::normal(name, value))).or_default().push(at);
                }
            }
        }
    }

    fn unlist(&mut self, at: usize) {
        let Some(entry) = self.entries[at].clone() else { return };
        for (name, values) in &entry.attributes {
            if let Some(name) = schema::INDEXED.iter().find(|n| n.eq_ignore_ascii_case(name)) {
                for value in values {
                    if let Some(list) = self.index.get_mut(&(*name, schema::normal(name, value))) {
                        list.retain(|other| *other != at);
                    }
                }
            }
        }
    }
}
