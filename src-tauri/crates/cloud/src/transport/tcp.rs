//! Plain connections: the addresses of a name, and the first of them that answers (RFC 8305).

use crate::transport::endpoint::STEP;
use connector_model::{Code, Error, Result};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 8;
/// Head start of each address over the next (RFC 8305, section 5).
const HEAD_START: Duration = Duration::from_millis(250);

/// The addresses of a host name.
pub(crate) async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>> {
    let failed =
        || Error::new(Code::ResolveFailed, format!("The host name {host} cannot be resolved."));
    let found = timeout(STEP, tokio::net::lookup_host((host, port))).await.map_err(|_| failed())?;
    let addresses: Vec<_> = found.map_err(|_| failed())?.take(MAX_ADDRESSES).collect();
    if addresses.is_empty() { Err(failed()) } else { Ok(interleaved(addresses)) }
}

/// Connects to the first address that answers, each a little later than the one before.
pub(crate) async fn tcp(addresses: &[SocketAddr], target: &str) -> Result<TcpStream> {
    match timeout(STEP, race(addresses)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => {
            let why = error.map_or_else(String::new, |e| format!(" ({})", e.kind()));
            Err(Error::new(Code::ConnectRefused, format!("Nothing answers on {target}{why}.")))
        }
        Err(_) => {
            Err(Error::new(Code::ConnectTimeout, format!("{target} did not answer in time.")))
        }
    }
}

/// Starts the next attempt when one fails or has had its head start. Ends with the last error.
async fn race(addresses: &[SocketAddr]) -> Result<TcpStream, Option<std::io::Error>> {
    let mut waiting = addresses.iter();
    let mut running = FuturesUnordered::new();
    let mut last_error = None;
    loop {
        if let Some(address) = waiting.next() {
            running.push(TcpStream::connect(*address));
        } else if running.is_empty() {
            return Err(last_error);
        }
        tokio::select! {
            Some(result) = running.next() => match result.and_then(|s| s.set_nodelay(true).map(|()| s)) {
                Ok(stream) => return Ok(stream),
                Err(error) => last_error = Some(error),
            },
            () = sleep(HEAD_START), if waiting.len() > 0 => {}
        }
    }
}

/// `host:port` for people, IPv6 in brackets.
pub(crate) fn target(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// IPv6 and IPv4 by turns, so that a broken family costs one head start only.
fn interleaved(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (a, b): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|x| x.is_ipv6() == first_is_v6);
    let longest = a.len().max(b.len());
    (0..longest).flat_map(|i| [a.get(i).copied(), b.get(i).copied()]).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_refuses_does_not_cost_the_head_start() {
        let good = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let dead =
            tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let addresses = [dead, dead, dead, dead, good.local_addr().unwrap()];
        timeout(HEAD_START * 3, tcp(&addresses, "here")).await.expect("no waiting").unwrap();
        assert_eq!(tcp(&[dead], "here").await.unwrap_err().code, Code::ConnectRefused);
    }

    #[test]
    fn families_take_turns() {
        let list: Vec<SocketAddr> =
            ["[::1]:1", "[::2]:1", "1.1.1.1:1"].iter().map(|t| t.parse().unwrap()).collect();
        let order = interleaved(list.clone());
        assert_eq!(order, [list[0], list[2], list[1]]);
    }
}
