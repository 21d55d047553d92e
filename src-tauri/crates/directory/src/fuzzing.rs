//! Where bytes of a server come in, for `tests/fuzz` alone: what its servers on loopback reach too slowly.

use crate::connection::ber::message_length;
use crate::connection::limits::Limits;
use crate::connection::wire_guard::{self, Watch};
use crate::people::person_entry;
use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use crate::search::ranges::next_range;
use crate::search::schema::Schema;
use connector_model::{Account, Error, Person, ServerKind};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Bytes that arrive at once.
const PORTION: usize = 4096;

/// What of a server's bytes the guard hands to the LDAP library, and why it ended the connection.
pub async fn guarded(bytes: &[u8], limits: Limits) -> (Vec<u8>, Option<Error>) {
    let watch = Arc::new(Watch::default());
    let (server, mut outside) = tokio::io::duplex(PORTION);
    let (inner, mut library) = tokio::io::duplex(PORTION);
    let send = async {
        let _ = outside.write_all(bytes).await;
        let _ = outside.shutdown().await;
    };
    let receive = async {
        let mut got = vec![];
        while library.read_buf(&mut got).await.is_ok_and(|length| length > 0) {
            watch.reset();
        }
        got
    };
    let guard = wire_guard::run(server, inner, limits, watch.clone());
    let ((), got, ()) = tokio::join!(send, receive, guard);
    (got, watch.fault.get().cloned())
}

/// The length of the message at the start, where the guard lets it pass.
pub fn passes(bytes: &[u8], limits: &Limits) -> Option<usize> {
    let length = message_length(bytes, limits.max_message).ok()??;
    wire_guard::check_message(&bytes[..length], limits).ok()?;
    Some(length)
}

/// A message that passed the guard, read as an entry and as a person of `kind`, and what else is read of entries. `None`
/// where it is none.
pub fn entry(message: &[u8], kind: ServerKind, account: &Account) -> Option<Person> {
    let (_, message) = lber::Parser::new().parse(message).ok()?;
    let operation = message.expect_constructed()?.into_iter().nth(1)?;
    let entry = Entry::read(operation).ok()?;
    let mut schema = Schema::default();
    for name in entry.names() {
        let _ = next_range(&entry, name.split(';').next().unwrap_or_default());
        entry.texts(name).for_each(|text| schema.add(&text));
        let _ = schema.knows(name);
    }
    person_entry::person(&entry, &Names::new(kind, account).ok()?).ok()
}

/// What the LDAP library makes of a filter's text: the kind of test and the value, where it is one test for equality. `None`
/// where it does not take it.
pub fn sent_filter(text: &str) -> Option<(u64, Option<Vec<u8>>)> {
    use lber::structure::PL;
    use lber::structures::ASNTag;
    let tag = ldap3::parse_filter(text).ok()?.into_structure();
    let value = match tag.payload {
        PL::C(parts) if tag.id == EQUALITY => parts.into_iter().nth(1)?.expect_primitive(),
        _ => None,
    };
    Some((tag.id, value))
}

/// `equalityMatch` (RFC 4511, 4.5.1.7).
const EQUALITY: u64 = 3;
