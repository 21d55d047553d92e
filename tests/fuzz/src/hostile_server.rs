//! A directory server on loopback that says what it was given: to each request the next answer, under the request's number.
//! When there is nothing more to say, or what comes is no message, it sends the rest and closes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Operations after which more messages of one answer come: entry, reference, intermediate response (RFC 4511, 4.5.2, 4.13).
const MORE: [u8; 3] = [0x64, 0x73, 0x79];
/// Requests to end the connection or to give something up, which have no answer.
const SILENT: [u8; 2] = [0x42, 0x50];

pub(crate) struct HostileServer {
    listener: TcpListener,
    words: Arc<Mutex<Vec<u8>>>,
}

impl HostileServer {
    /// Each has an address of its own, so that no port of an earlier one is in the way.
    pub async fn bind(words: &[u8]) -> std::io::Result<(Self, SocketAddr)> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let [_, b, c, d] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let address = IpAddr::V4(Ipv4Addr::new(127, b, c, d.max(1)));
        let listener = TcpListener::bind((address, 0)).await?;
        let address = listener.local_addr()?;
        Ok((Self { listener, words: Arc::new(Mutex::new(words.to_vec())) }, address))
    }

    /// Answers until it is dropped.
    pub async fn serve(self) {
        loop {
            let Ok((stream, _)) = self.listener.accept().await else { return };
            let words = self.words.clone();
            tokio::spawn(async move {
                let _ = talk(stream, &words).await;
            });
        }
    }
}

async fn talk(mut stream: TcpStream, words: &Mutex<Vec<u8>>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut asked = vec![];
    loop {
        let Some(length) = length(&asked) else {
            if stream.read_buf(&mut asked).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let request: Vec<u8> = asked.drain(..length).collect();
        if parts(&request).is_some_and(|(_, operation, _)| SILENT.contains(&operation)) {
            continue;
        }
        let answer = next_answer(&mut words.lock().unwrap_or_else(PoisonError::into_inner));
        let number = parts(&request).map_or(0, |(number, ..)| number);
        stream.write_all(&numbered(&answer.bytes, number)).await?;
        if answer.last {
            return stream.shutdown().await;
        }
    }
}

struct Answer {
    bytes: Vec<u8>,
    last: bool,
}

/// Messages up to the one that ends an answer; everything where that does not come.
fn next_answer(words: &mut Vec<u8>) -> Answer {
    let mut end = 0;
    while let Some(length) = length(&words[end..]) {
        let operation = parts(&words[end..end + length]).map(|(_, operation, _)| operation);
        end += length;
        if operation.is_some_and(|operation| !MORE.contains(&operation)) {
            return Answer { bytes: words.drain(..end).collect(), last: false };
        }
    }
    Answer { bytes: std::mem::take(words), last: true }
}

/// The messages with another number, where they have a number of one byte.
fn numbered(messages: &[u8], number: u8) -> Vec<u8> {
    let (mut out, mut at) = (messages.to_vec(), 0);
    while let Some(length) = length(&messages[at..]) {
        if let Some((_, _, place)) = parts(&messages[at..at + length]) {
            out[at + place] = number;
        }
        at += length;
    }
    out
}

/// Number and operation of a message, and where the number is.
fn parts(message: &[u8]) -> Option<(u8, u8, usize)> {
    let start = header(message)?.0;
    let [2, 1, number, operation, ..] = message.get(start..)? else { return None };
    Some((*number, *operation, start + 2))
}

/// Length of the whole message at the start.
fn length(bytes: &[u8]) -> Option<usize> {
    let (start, length) = header(bytes).filter(|_| bytes[0] == 0x30)?;
    let whole = start.checked_add(length)?;
    (bytes.len() >= whole).then_some(whole)
}

/// Lengths of what stands before the content, and of the content.
fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.get(1)?);
    if first < 0x80 {
        return Some((2, first));
    }
    let octets = bytes.get(2..2 + (first & 0x7f)).filter(|octets| octets.len() <= 4)?;
    Some((2 + octets.len(), octets.iter().fold(0, |sum, octet| sum << 8 | usize::from(*octet))))
}
