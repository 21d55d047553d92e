//! The StartTLS operation (RFC 4511, 4.14), spoken before anything else on the connection.

use crate::connection::ber::message_length;
use crate::connection::limits::Limits;
use crate::connection::wire_guard;
use connector_model::{Code, Error, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// ExtendedRequest 1 with OID 1.3.6.1.4.1.1466.20037.
const REQUEST: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
/// The answer is a short result; more than this is no answer to StartTLS.
const MAX_ANSWER: usize = 4096;

/// Asks for TLS. Anything but success is an error: the connection is never used in the clear.
pub(crate) async fn upgrade(tcp: &mut TcpStream, host: &str) -> Result<()> {
    let lost = |_| {
        Error::new(
            Code::ConnectionLost,
            format!("{host} closed the connection when asked for TLS."),
        )
    };
    tcp.write_all(REQUEST).await.map_err(lost)?;
    let mut answer = Vec::new();
    let length = loop {
        // Byte by byte near the end would be slow; one by one is fine for one short message and never
        // reads into the TLS handshake that follows.
        answer.push(tcp.read_u8().await.map_err(lost)?);
        if let Some(length) = message_length(&answer, MAX_ANSWER)? {
            break length;
        }
    };
    let limits = Limits { max_depth: 16, ..Limits::default() };
    let operation = wire_guard::check_message(&answer[..length], &limits)?;
    // Sequence header, message id, operation header, then ENUMERATED result code.
    let result = answer.windows(3).find(|w| w[..2] == [0x0a, 0x01]).map(|w| w[2]);
    match (operation, result) {
        (0x78, Some(0)) => Ok(()),
        _ => Err(Error::new(Code::TlsFailed, format!("{host} does not allow StartTLS."))
            .with_action("Use LDAPS, or set up TLS on the server.")
            .at("security")),
    }
}
