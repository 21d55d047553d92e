//! Stands between the server and the LDAP library: whole messages only, of limited size and nesting,
//! with an operation that a client may receive. What does not pass ends this one connection.
//!
//! The library parses recursively and without limits, so that 120 KB of nested sequences would end the process.

use crate::connection::ber::{header, message_length, violation};
use crate::connection::bind_password::{self, BindPassword};
use crate::connection::limits::Limits;
use connector_model::{Code, Error};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::time::Instant;

/// What the two sides of a guarded connection share.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// Why the guard closed the connection, if it did.
    pub fault: OnceLock<Error>,
    /// What a bind sends in place of what the library knows.
    pub password: BindPassword,
    waiting: Mutex<Waiting>,
    /// When something came from the server last.
    heard: Mutex<Option<Instant>>,
    room: Notify,
}

/// What a search brought and its reader did not take yet: entries, references, intermediate responses.
#[derive(Debug, Default)]
struct Waiting {
    lengths: VecDeque<usize>,
    bytes: usize,
}

/// Messages and bytes that may wait unread between server and reader; the server is held back beyond that until half of
/// them are gone.
const MAX_WAITING: usize = 1000;
const MAX_WAITING_BYTES: usize = 4 * 1024 * 1024;

impl Waiting {
    fn is_full(&self) -> bool {
        self.lengths.len() >= MAX_WAITING || self.bytes >= MAX_WAITING_BYTES
    }

    fn has_room(&self) -> bool {
        self.lengths.len() <= MAX_WAITING / 2 && self.bytes <= MAX_WAITING_BYTES / 2
    }
}

impl Watch {
    /// The reader took what came first.
    pub fn consumed(&self) {
        let mut waiting = self.waiting();
        let had_room = waiting.has_room();
        waiting.bytes -= waiting.lengths.pop_front().unwrap_or(0);
        if !had_room && waiting.has_room() {
            self.room.notify_one();
        }
    }

    /// For how long nothing came from the server.
    pub fn quiet_for(&self) -> Duration {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.map_or(Duration::MAX, |heard| heard.elapsed())
    }

    fn heard_now(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Nobody reads the current answer any more.
    pub fn reset(&self) {
        *self.waiting() = Waiting::default();
        self.room.notify_one();
    }

    fn came(&self, length: usize) {
        let mut waiting = self.waiting();
        waiting.lengths.push_back(length);
        waiting.bytes += length;
    }

    fn is_full(&self) -> bool {
        self.waiting().is_full()
    }

    async fn wait_for_room(&self) {
        while !self.waiting().has_room() {
            self.room.notified().await;
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Copies in both directions until either side ends. `inner` belongs to the LDAP library.
pub(crate) async fn run<S, I>(server: S, inner: I, limits: Limits, watch: Arc<Watch>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin,
    I: AsyncRead + AsyncWrite + Send + Unpin,
{
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let (mut from_client, mut to_client) = tokio::io::split(inner);
    let inbound = async {
        if let Err(error) = inbound(&mut from_server, &mut to_client, &limits, &watch).await {
            let _ = watch.fault.set(error);
        }
    };
    let outbound = async {
        let _ = bind_password::send_all(&mut from_client, &mut to_server, &watch.password).await;
    };
    tokio::select! { () = inbound => {}, () = outbound => {} }
    let _ = to_client.shutdown().await;
    let _ = to_server.shutdown().await;
}

async fn inbound(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    limits: &Limits,
    watch: &Watch,
) -> Result<(), Error> {
    let mut buffer = Vec::with_capacity(USUAL);
    loop {
        while let Some(whole) = pass(&buffer, limits, watch)? {
            if to.write_all(&buffer[..whole]).await.is_err() {
                return Ok(());
            }
            buffer.drain(..whole);
            if buffer.len() < USUAL {
                buffer.shrink_to(USUAL);
            }
            if watch.is_full() {
                watch.wait_for_room().await;
            }
        }
        // Of a long message as much as it announces, and no more.
        let missing = announced(&buffer).map_or(0, |length| length.saturating_sub(buffer.len()));
        buffer.reserve_exact(missing.min(limits.max_message).max(USUAL / 2));
        match from.read_buf(&mut buffer).await {
            Ok(0) | Err(_) => return Err(Error::of(Code::ConnectionLost)),
            Ok(_) => watch.heard_now(),
        }
    }
}

/// How many of these bytes are whole messages that there is room for, each of them checked; `None` while there are none.
/// What does not pass is told once it comes first: what was good before it counts, however the two were cut on their way.
fn pass(bytes: &[u8], limits: &Limits, watch: &Watch) -> Result<Option<usize>, Error> {
    let mut done = 0;
    while !watch.is_full() {
        match first(&bytes[done..], limits) {
            Ok(Some((length, operation))) => {
                if OTHERS.contains(&operation) {
                    watch.came(length);
                }
                done += length;
            }
            Err(error) if done == 0 => return Err(error),
            Ok(None) | Err(_) => break,
        }
    }
    Ok((done > 0).then_some(done))
}

/// Length and operation of the message at the start; `None` while more is needed.
fn first(bytes: &[u8], limits: &Limits) -> Result<Option<(usize, u8)>, Error> {
    let Some(length) = message_length(bytes, limits.max_message)? else { return Ok(None) };
    Ok(Some((length, check_message(&bytes[..length], limits)?)))
}

/// What most messages fit in, in bytes.
const USUAL: usize = 64 * 1024;

/// Whole length of the message whose beginning is there, whatever the limit.
fn announced(bytes: &[u8]) -> Option<usize> {
    header(bytes).ok().flatten().map(|(content, length)| content.saturating_add(length))
}

const SEARCH_ENTRY: u8 = 0x64;
/// Operations a server may send (RFC 4511, 4.1.1): entry, reference, intermediate, and results.
const RESULTS: [u8; 8] = [0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78];
const OTHERS: [u8; 3] = [SEARCH_ENTRY, 0x73, 0x79];

/// Walks the whole message without recursion; returns the operation's tag.
pub(crate) fn check_message(message: &[u8], limits: &Limits) -> Result<u8, Error> {
    let max_depth = limits.max_depth;
    let mut ends = Vec::with_capacity(16);
    let (mut at, mut operation, mut parts, mut element, mut all) = (0, 0, 0, 0, 0);
    while at < message.len() {
        all += 1;
        if all > limits.max_values {
            return Err(Error::new(
                Code::MessageTooLarge,
                format!("The server sent a message of more than {} values.", limits.max_values),
            ));
        }
        let tag = message[at];
        let (content, length) =
            header(&message[at..])?.ok_or_else(|| violation("a message is cut short"))?;
        let end = at + content + length;
        if end > ends.last().copied().unwrap_or(message.len()) {
            return Err(violation("a part is longer than the whole"));
        }
        match ends.len() {
            1 => {
                if element == 0 && (tag != 0x02 || length == 0 || length > 4) {
                    return Err(violation("a message has no number"));
                }
                if element == 1 {
                    operation = tag;
                }
                element += 1;
            }
            2 if element == 2 => parts += 1,
            _ => {}
        }
        if tag & 0x20 != 0 {
            if ends.len() >= max_depth {
                return Err(Error::new(
                    Code::MessageTooLarge,
                    format!("The server sent a message nested deeper than {max_depth} levels."),
                ));
            }
            ends.push(end);
            at += content;
        } else {
            at = end;
        }
        while ends.last() == Some(&at) {
            ends.pop();
        }
    }
    let needed =
        if RESULTS.contains(&operation) { 3 } else { usize::from(operation == SEARCH_ENTRY) * 2 };
    if !(RESULTS.contains(&operation) || OTHERS.contains(&operation)) {
        return Err(violation("it sent an operation that a client cannot receive"));
    }
    if parts < needed {
        return Err(violation("a result lacks its code or text"));
    }
    Ok(operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIND_OK: &[u8] = b"\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00";

    #[test]
    fn a_good_message_passes() {
        assert_eq!(message_length(BIND_OK, 1000).unwrap(), Some(14));
        assert_eq!(check_message(BIND_OK, &Limits::default()).unwrap(), 0x61);
        assert_eq!(message_length(&BIND_OK[..5], 1000).unwrap(), None);
    }

    #[test]
    fn hostile_messages_are_refused() {
        let nested: Vec<u8> =
            (0..200_000).flat_map(|_| [0x30u8, 0x84, 0x00, 0x0f, 0xff, 0xff]).collect();
        assert!(message_length(&nested, 100).is_err());
        for (bytes, code) in [
            (&b"\x30\x84\xff\xff\xff\xff"[..], Code::MessageTooLarge),
            (&b"\x30\x80\x00\x00"[..], Code::ProtocolViolation),
            (&b"\x30\x89\x01\x01\x01\x01\x01\x01\x01\x01\x01"[..], Code::ProtocolViolation),
            (&b"HTTP/1.1 400"[..], Code::ProtocolViolation),
        ] {
            assert_eq!(message_length(bytes, 1 << 24).unwrap_err().code, code);
        }
        for bytes in [
            &b"\x30\x05\x02\x01\x01\x61\x00"[..],     // empty BindResponse
            &b"\x30\x05\x02\x01\x01\x7e\x00"[..],     // unknown operation
            &b"\x30\x03\x04\x01\x01"[..],             // no message id
            &b"\x30\x06\x02\x01\x01\x61\x05\x0a"[..], // part longer than the whole
        ] {
            assert_eq!(
                check_message(bytes, &Limits::default()).unwrap_err().code,
                Code::ProtocolViolation,
                "{bytes:x?}"
            );
        }
        let wrap = |tag: u8, inner: &[u8]| {
            let [high, low] = u16::try_from(inner.len()).unwrap().to_be_bytes();
            [&[tag, 0x82, high, low], inner].concat()
        };
        let deep = (0..100).fold(vec![], |inner, _| wrap(0x30, &inner));
        let message = wrap(0x30, &[&[0x02, 0x01, 0x01][..], &wrap(0x64, &deep)].concat());
        assert_eq!(
            check_message(&message, &Limits::default()).unwrap_err().code,
            Code::MessageTooLarge
        );
    }

    #[tokio::test]
    async fn what_was_good_before_something_bad_passes_however_it_is_cut() {
        let sent = [BIND_OK, BIND_OK, b"HTTP/1.1 400"].concat();
        for cut in 0..=sent.len() {
            let (server, mut outside) = tokio::io::duplex(1 << 10);
            let (inner, mut library) = tokio::io::duplex(1 << 10);
            let watch = Arc::new(Watch::default());
            let guard = tokio::spawn(run(server, inner, Limits::default(), watch.clone()));
            for portion in [&sent[..cut], &sent[cut..]] {
                let _ = outside.write_all(portion).await;
                tokio::task::yield_now().await;
            }
            let mut passed = vec![];
            library.read_to_end(&mut passed).await.unwrap();
            guard.await.unwrap();
            assert_eq!(passed, BIND_OK.repeat(2), "cut at {cut}");
            assert_eq!(watch.fault.get().unwrap().code, Code::ProtocolViolation);
        }
    }

    #[tokio::test]
    async fn a_server_is_held_back_while_nobody_reads() {
        let entry = b"\x30\x0b\x02\x01\x02\x64\x06\x04\x02cn\x30\x00";
        let (server, mut outside) = tokio::io::duplex(1 << 20);
        let (inner, mut library) = tokio::io::duplex(1 << 24);
        let watch = Arc::new(Watch::default());
        let guard = tokio::spawn(run(server, inner, Limits::default(), watch.clone()));
        let flood = tokio::spawn(async move {
            for _ in 0..40_000 {
                if outside.write_all(&entry.repeat(10)).await.is_err() {
                    break;
                }
            }
        });
        let mut got = vec![0; 4096];
        library.read_exact(&mut got).await.unwrap();
        tokio::task::yield_now().await;
        while !watch.is_full() {
            tokio::task::yield_now().await;
        }
        assert_eq!(watch.waiting().lengths.len(), MAX_WAITING);
        assert!(!flood.is_finished());
        flood.abort();
        guard.abort();
    }
}
