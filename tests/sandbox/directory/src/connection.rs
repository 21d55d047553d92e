//! One client: messages in, answers out, TLS from the start or by StartTLS.

use super::answer;
use super::bind::{self, BindResponse};
use super::search::{self, Asked, Session};
use super::server::Shared;
use rasn_ldap::{AuthenticationChoice, LdapMessage, ProtocolOp};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

/// Largest request that is read, in bytes.
const MAX_REQUEST: usize = 4 * 1024 * 1024;
/// Deepest nesting of a request.
const MAX_DEPTH: usize = 64;
const START_TLS: &[u8] = b"1.3.6.1.4.1.1466.20037";
const WHO_AM_I: &[u8] = b"1.3.6.1.4.1.4203.1.11.3";
const PAGED_RESULTS: &[u8] = b"1.2.840.113556.1.4.319";

/// A stream of bytes either way.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Serves a client until it leaves.
pub(super) async fn serve(
    shared: Arc<Shared>,
    mut stream: Box<dyn Stream>,
    is_tls: bool,
    global_catalog: bool,
) -> std::io::Result<()> {
    let mut session = Session::new(is_tls, global_catalog);
    let mut buffer = Vec::new();
    loop {
        let Some(bytes) = next_message(&mut stream, &mut buffer).await? else { return Ok(()) };
        let Ok(message) = rasn::ber::decode::<LdapMessage>(&bytes) else { return Ok(()) };
        if !session.is_tls && asks_for(&message.protocol_op, START_TLS) {
            let agreed = answer::result(0x78, 0, "");
            stream.write_all(&answer::message(message.message_id, agreed, None)).await?;
            stream = Box::new(TlsAcceptor::from(shared.tls.clone()).accept(stream).await?);
            session = Session::new(true, global_catalog);
            buffer.clear();
            continue;
        }
        let Some(answers) = answers(&shared, &mut session, message).await? else { return Ok(()) };
        let cut = shared.faults.cut_after();
        for (sent, one) in answers.chunks(64).enumerate() {
            if sent * 64 >= cut {
                return Ok(());
            }
            stream.write_all(&one.concat()).await?;
        }
        stream.flush().await?;
    }
}

fn asks_for(operation: &ProtocolOp, extension: &[u8]) -> bool {
    matches!(operation, ProtocolOp::ExtendedReq(request) if &*request.request_name == extension)
}

/// What is answered to a request; `None` ends the connection.
async fn answers(
    shared: &Arc<Shared>,
    session: &mut Session,
    message: LdapMessage,
) -> std::io::Result<Option<Vec<Vec<u8>>>> {
    let id = message.message_id;
    let one = |operation| Ok(Some(vec![answer::message(id, operation, None)]));
    let refused = |tag| one(answer::result(tag, 53, "the sample directory is read-only"));
    match message.protocol_op {
        ProtocolOp::AbandonRequest(_) => Ok(Some(vec![])),
        ProtocolOp::BindRequest(request) => {
            let AuthenticationChoice::Simple(password) = &request.authentication else {
                return one(answer::result(0x61, 7, ""));
            };
            shared.binds.fetch_add(1, Ordering::Relaxed);
            let verdict = check(shared, session, &request.name.0, password);
            session.bound = verdict.bound;
            one(answer::result(0x61, verdict.code, &verdict.text))
        }
        ProtocolOp::SearchRequest(request) => {
            let controls = message.controls.unwrap_or_default();
            if controls.iter().any(|c| c.criticality && &*c.control_type != PAGED_RESULTS) {
                return one(answer::result(0x65, 12, "critical control is not supported"));
            }
            shared.searches.fetch_add(1, Ordering::Relaxed);
            let paging = controls.iter().find(|c| &*c.control_type == PAGED_RESULTS);
            let page = paging.and_then(|c| page_of(c.control_value.as_deref()?));
            if session.page_number(page.as_ref()) > shared.faults.pages() {
                return Ok(None);
            }
            let (work, mut moved) = (shared.clone(), std::mem::take(session));
            let task = tokio::task::spawn_blocking(move || {
                let asked = Asked { id, request: &request, page: page.as_ref() };
                (search::search(&work, &mut moved, &asked), moved)
            });
            let (answers, back) = task.await.map_err(std::io::Error::other)?;
            *session = back;
            Ok(Some(answers))
        }
        ProtocolOp::ExtendedReq(request) if &*request.request_name == WHO_AM_I => {
            one(who_am_i(session))
        }
        ProtocolOp::ExtendedReq(_) => {
            one(answer::result(0x78, 2, "unsupported extended operation"))
        }
        ProtocolOp::ModifyRequest(_) => refused(0x67),
        ProtocolOp::AddRequest(_) => refused(0x69),
        ProtocolOp::DelRequest(_) => refused(0x6b),
        ProtocolOp::ModDnRequest(_) => refused(0x6d),
        ProtocolOp::CompareRequest(_) => refused(0x6f),
        // Unbind, and what a client may not send.
        _ => Ok(None),
    }
}

/// RFC 4532.
fn who_am_i(session: &Session) -> Vec<u8> {
    let who =
        if session.bound.is_empty() { String::new() } else { format!("dn:{}", session.bound) };
    let parts = [
        answer::integer(0x0a, 0),
        answer::octets(b""),
        answer::octets(b""),
        answer::tlv(0x8b, who.as_bytes()),
    ];
    answer::tlv(0x78, &parts.concat())
}

fn check(shared: &Shared, session: &Session, name: &str, password: &[u8]) -> BindResponse {
    let tree = shared.tree.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    let is_tls = session.is_tls || shared.allow_plain;
    bind::bind(shared.face, &tree, &shared.lockouts, (name, password), is_tls)
}

/// Size and cookie of a paged results control value.
fn page_of(value: &[u8]) -> Option<search::Page> {
    let part = |bytes: &[u8]| {
        let (start, length) = header(bytes)?;
        Some((bytes.get(start..start + length)?.to_vec(), start + length))
    };
    let (inner, _) = part(value)?;
    let (size, used) = part(&inner)?;
    let (cookie, _) = part(inner.get(used..)?)?;
    let size = size.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
    Some(search::Page { size, cookie })
}

/// The next whole message; `None` at the end, or when it is too large or too deep to be looked at.
async fn next_message(
    stream: &mut Box<dyn Stream>,
    buffer: &mut Vec<u8>,
) -> std::io::Result<Option<Vec<u8>>> {
    loop {
        if let Some((header, length)) = header(buffer) {
            if header + length > MAX_REQUEST {
                return Ok(None);
            }
            if buffer.len() >= header + length {
                let rest = buffer.split_off(header + length);
                let message = std::mem::replace(buffer, rest);
                return Ok(is_shallow(&message).then_some(message));
            }
        } else if buffer.len() > 16 {
            return Ok(None);
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = *bytes.get(1)?;
    if first < 0x80 {
        return Some((2, usize::from(first)));
    }
    let count = usize::from(first & 0x7f);
    let octets = bytes.get(2..2 + count).filter(|_| (1..=4).contains(&count))?;
    Some((2 + count, octets.iter().fold(0, |sum, b| sum << 8 | usize::from(*b))))
}

fn is_shallow(message: &[u8]) -> bool {
    let (mut at, mut ends) = (0, Vec::new());
    while at < message.len() {
        let Some((header, length)) = header(&message[at..]) else { return false };
        let constructed = message[at] & 0x20 != 0;
        at += header;
        if constructed {
            ends.push(at + length);
        } else {
            at += length;
        }
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
        }
        if ends.len() > MAX_DEPTH {
            return false;
        }
    }
    true
}
