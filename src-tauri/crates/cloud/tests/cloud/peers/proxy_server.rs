//! Small proxies that serve tunnels to this machine: HTTP CONNECT, SOCKS 4a, SOCKS 5.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_model::settings::ProxyKind;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

pub struct ProxyServer {
    pub port: u16,
    _task: AbortOnDropHandle<()>,
}

/// Whom the proxy lets through.
#[derive(Clone, Copy, PartialEq)]
pub enum Rule {
    Anybody,
    /// User `ann` with password `secret` only (SOCKS 4: the user).
    Ann,
    Nobody,
}

impl ProxyServer {
    /// Tunnels every target name to `to` on this machine.
    pub async fn start(kind: ProxyKind, rule: Rule, to: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let task = tokio::spawn(async move {
            let mut tunnels = tokio::task::JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tunnels.spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let open = match kind {
                        ProxyKind::Http => http(&mut stream, rule).await,
                        ProxyKind::Socks4 => socks4(&mut stream, rule).await,
                        ProxyKind::Socks5 => socks5(&mut stream, rule).await,
                    };
                    if open.is_ok_and(|open| open) {
                        let mut target = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
                        let _ = copy_bidirectional(&mut stream, &mut target).await;
                    }
                });
            }
        });
        Self { port, _task: AbortOnDropHandle::new(task) }
    }
}

type Peer = BufReader<TcpStream>;

async fn http(peer: &mut Peer, rule: Rule) -> io::Result<bool> {
    let mut head = vec![];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(peer.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    assert!(head.starts_with("connect cloud.example:"), "{head}");
    let basic =
        format!("proxy-authorization: basic {}", STANDARD.encode("ann:secret")).to_lowercase();
    let answer = match rule {
        Rule::Nobody => "403 Forbidden",
        Rule::Ann if !head.contains(&basic) => "407 Proxy Authentication Required",
        _ => "200 Connection established",
    };
    peer.write_all(format!("HTTP/1.1 {answer}\r\n\r\n").as_bytes()).await?;
    Ok(answer.starts_with("200"))
}

async fn socks4(peer: &mut Peer, rule: Rule) -> io::Result<bool> {
    let mut start = [0; 8];
    peer.read_exact(&mut start).await?;
    assert_eq!(
        (start[..2].to_vec(), start[4..].to_vec()),
        (vec![4, 1], vec![0, 0, 0, 1]),
        "SOCKS 4a"
    );
    let user = until_zero(peer).await?;
    assert_eq!(until_zero(peer).await?, "cloud.example");
    let code = match rule {
        Rule::Nobody => 0x5b,
        Rule::Ann if user != "ann" => 0x5d,
        _ => 0x5a,
    };
    peer.write_all(&[0, code, 0, 0, 0, 0, 0, 0]).await?;
    Ok(code == 0x5a)
}

async fn socks5(peer: &mut Peer, rule: Rule) -> io::Result<bool> {
    assert_eq!(peer.read_u8().await?, 5);
    let methods = counted(peer).await?;
    let method = if rule == Rule::Ann { 2 } else { 0 };
    if !methods.contains(&method) {
        peer.write_all(&[5, 0xff]).await?;
        return Ok(false);
    }
    peer.write_all(&[5, method]).await?;
    if method == 2 {
        assert_eq!(peer.read_u8().await?, 1);
        let right =
            (counted(peer).await?, counted(peer).await?) == (b"ann".to_vec(), b"secret".to_vec());
        peer.write_all(&[1, u8::from(!right)]).await?;
        if !right {
            return Ok(false);
        }
    }
    let mut start = [0; 4];
    peer.read_exact(&mut start).await?;
    assert_eq!(start, [5, 1, 0, 3]);
    assert_eq!(counted(peer).await?, b"cloud.example");
    peer.read_u16().await?;
    let code = if rule == Rule::Nobody { 2 } else { 0 };
    peer.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    Ok(code == 0)
}

async fn until_zero(peer: &mut Peer) -> io::Result<String> {
    let mut text = vec![];
    loop {
        match peer.read_u8().await? {
            0 => return Ok(String::from_utf8(text).unwrap()),
            byte => text.push(byte),
        }
    }
}

async fn counted(peer: &mut Peer) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; peer.read_u8().await?.into()];
    peer.read_exact(&mut bytes).await?;
    Ok(bytes)
}
