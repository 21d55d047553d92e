//! Puts the password into a bind request on its way to the server.
//!
//! The LDAP library keeps what it has sent for as long as a connection lives. So it is given a placeholder, and only what
//! leaves has the password in its place: no buffer that stays has ever held one.

use crate::connection::ber::{header, message_length};
use connector_model::Secret;
use std::sync::{Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use zeroize::Zeroizing;

/// `BindRequest` (RFC 4511, 4.2) and its choice `simple`.
const BIND_REQUEST: u8 = 0x60;
const SIMPLE: u8 = 0x80;
const MESSAGE: u8 = 0x30;

/// The password of the bind under way.
#[derive(Debug, Default)]
pub(crate) struct BindPassword(Mutex<Option<(String, Secret)>>);

impl BindPassword {
    /// What the library is to send in its place.
    pub fn placeholder(&self, password: &Secret) -> String {
        let placeholder = uuid::Uuid::new_v4().to_string();
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Some((placeholder.clone(), password.clone()));
        placeholder
    }

    /// The message with the password, where it has the placeholder. Once: then it is forgotten.
    fn put_in(&self, message: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (placeholder, password) = current.as_ref()?;
        let whole = exchanged(message, placeholder.as_bytes(), password.expose())?;
        *current = None;
        Some(whole)
    }
}

/// Copies what the library sends, message by message, until either side ends.
pub(crate) async fn send_all(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    password: &BindPassword,
) -> std::io::Result<()> {
    let mut buffer = Vec::with_capacity(4096);
    while from.read_buf(&mut buffer).await? > 0 {
        while let Ok(Some(length)) = message_length(&buffer, usize::MAX) {
            match password.put_in(&buffer[..length]) {
                Some(whole) => to.write_all(&whole).await?,
                None => to.write_all(&buffer[..length]).await?,
            }
            buffer.drain(..length);
        }
        to.flush().await?;
    }
    Ok(())
}

/// A bind request with another password; `None` for any other message.
fn exchanged(message: &[u8], placeholder: &[u8], password: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (_, content, _) = element(message, MESSAGE)?;
    let (number, _, rest) = element(content, 0x02)?;
    let (_, bind, controls) = element(rest, BIND_REQUEST)?;
    let (version, _, rest) = element(bind, 0x02)?;
    let (name, _, rest) = element(rest, 0x04)?;
    let (_, simple, _) = element(rest, SIMPLE)?;
    if simple != placeholder {
        return None;
    }
    let simple = wrapped(SIMPLE, &[password]);
    let bind = wrapped(BIND_REQUEST, &[version, name, &simple]);
    Some(wrapped(MESSAGE, &[number, &bind, controls]))
}

/// The first element, its content, and what follows it; `None` where it has another tag.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8], &[u8])> {
    let (start, length) = header(bytes).ok().flatten()?;
    let whole = bytes.get(..start + length).filter(|whole| whole.first() == Some(&tag))?;
    Some((whole, &whole[start..], &bytes[start + length..]))
}

fn wrapped(tag: u8, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let mut whole = Zeroizing::new(Vec::with_capacity(length + 6));
    whole.push(tag);
    if let Ok(short @ ..=0x7f) = u8::try_from(length) {
        whole.push(short);
    } else {
        whole.push(0x84);
        whole.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    }
    for part in parts {
        whole.extend_from_slice(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bind(password: &[u8], controls: &[u8]) -> Vec<u8> {
        let name = wrapped(0x04, &[b"uid=anna,dc=x"]);
        let simple = wrapped(SIMPLE, &[password]);
        let bind = wrapped(BIND_REQUEST, &[&[0x02, 0x01, 0x03], &name, &simple]);
        wrapped(MESSAGE, &[&[0x02, 0x01, 0x07], &bind, controls]).to_vec()
    }

    #[tokio::test]
    async fn what_leaves_has_the_password_and_what_comes_from_the_library_does_not() {
        let controls = wrapped(0xa0, &[&wrapped(0x30, &[&wrapped(0x04, &[b"1.2.3"])])]);
        for password in ["a", "pass word", &"long".repeat(300)] {
            let (current, secret) = (BindPassword::default(), Secret::new(password));
            let placeholder = current.placeholder(&secret);
            let search = wrapped(MESSAGE, &[&[0x02, 0x01, 0x08], &wrapped(0x63, &[b"\x04\x00"])]);
            let sent =
                [&search[..], &bind(placeholder.as_bytes(), &controls), &search, b"\x30"].concat();
            let mut out = vec![];
            // In portions that end anywhere.
            send_all(&mut portions(&sent), &mut out, &current).await.unwrap();
            let wanted = [&search[..], &bind(password.as_bytes(), &controls), &search].concat();
            assert_eq!(out, wanted);
            assert!(current.0.lock().unwrap().is_none());
        }
    }

    /// Bytes that arrive seven at a time.
    fn portions(bytes: &[u8]) -> impl AsyncRead + Unpin {
        struct Portions(Vec<u8>);
        impl AsyncRead for Portions {
            fn poll_read(
                mut self: std::pin::Pin<&mut Self>,
                _: &mut std::task::Context<'_>,
                to: &mut tokio::io::ReadBuf<'_>,
            ) -> std::task::Poll<std::io::Result<()>> {
                let length = self.0.len().min(7).min(to.remaining());
                to.put_slice(&self.0[..length]);
                self.0.drain(..length);
                std::task::Poll::Ready(Ok(()))
            }
        }
        Portions(bytes.to_vec())
    }

    #[test]
    fn only_the_bind_that_is_meant_is_changed() {
        let current = BindPassword::default();
        current.placeholder(&Secret::new("secret"));
        assert!(current.put_in(&bind(b"another", &[])).is_none());
        assert!(current.put_in(b"\x30\x05\x02\x01\x01\x42\x00").is_none());
        assert!(current.put_in(b"\x30").is_none());
    }
}
