//! A server of a few lines that binds and describes itself like OpenLDAP, and then does what it is told.

use connector_model::Account;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What happens when people are asked for (or at the bind).
#[derive(Clone)]
pub struct Script {
    bind: Option<Vec<u8>>,
    people: People,
}

#[derive(Clone)]
enum People {
    Nobody,
    Bytes(Vec<u8>),
    Drip,
    Some { then_close: bool },
    WithoutEnd,
}

impl Script {
    fn people(people: People) -> Self {
        Self { bind: None, people }
    }
    pub fn behave() -> Self {
        Self::people(People::Nobody)
    }
    pub fn answer_bind(bytes: Vec<u8>) -> Self {
        Self { bind: Some(bytes), people: People::Nobody }
    }
    pub fn answer_people(bytes: Vec<u8>) -> Self {
        Self::people(People::Bytes(bytes))
    }
    pub fn drip() -> Self {
        Self::people(People::Drip)
    }
    pub fn some_people_then_silence() -> Self {
        Self::people(People::Some { then_close: false })
    }
    pub fn some_people_then_close() -> Self {
        Self::people(People::Some { then_close: true })
    }
    pub fn people_without_end() -> Self {
        Self::people(People::WithoutEnd)
    }
}

/// An account for that address; plain, because the subject is the protocol.
pub fn account(address: SocketAddr) -> Account {
    let text = format!(
        r#"{{"name":"a","servers":["{address}"],"security":"plain","bind_name":"cn=reader"}}"#
    );
    serde_json::from_str(&text).unwrap()
}

/// Starts the server; it ends with the test's runtime.
pub async fn evil(script: Script) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let script = script.clone();
            tokio::spawn(async move { serve(stream, script).await });
        }
    });
    address
}

async fn serve(mut stream: TcpStream, script: Script) -> Option<()> {
    loop {
        let request = request(&mut stream).await?;
        let id = request[4];
        match request[5] {
            0x60 => {
                stream.write_all(&script.bind.clone().unwrap_or_else(|| bind_ok(id))).await.ok()?;
            }
            0x63 if request[7..9] == [0x04, 0x00] => stream.write_all(&root_dse(id)).await.ok()?,
            0x63 => people(&mut stream, id, &script.people).await?,
            _ => return None,
        }
    }
}

async fn people(stream: &mut TcpStream, id: u8, people: &People) -> Option<()> {
    match people {
        People::Nobody => stream.write_all(&done(id)).await.ok()?,
        People::Bytes(bytes) => stream.write_all(bytes).await.ok()?,
        People::Drip => {
            for byte in entry(id) {
                stream.write_all(&[byte]).await.ok()?;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        People::Some { then_close } => {
            stream.write_all(&entry(id).repeat(10)).await.ok()?;
            if *then_close {
                return None;
            }
        }
        People::WithoutEnd => {
            let many = entry(id).repeat(1000);
            loop {
                stream.write_all(&many).await.ok()?;
            }
        }
    }
    Some(())
}

/// One whole request with a short header, as small requests have; longer ones are read by their length.
async fn request(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).await.ok()?;
    let length = match head[1] {
        short @ ..=0x7f => usize::from(short),
        0x81 => usize::from(stream.read_u8().await.ok()?),
        _ => usize::from(stream.read_u16().await.ok()?),
    };
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest).await.ok()?;
    // As if the header were always two bytes and the operation's length one: enough to tell requests apart.
    let operation = rest[3];
    let content = if rest[4] < 0x80 { 5 } else { 5 + usize::from(rest[4] & 0x7f) };
    Some([&head[..], &rest[..3], &[operation, 0], &rest[content..]].concat())
}

pub fn message(id: u8, operation: &[u8]) -> Vec<u8> {
    let content = [&[0x02, 0x01, id][..], operation].concat();
    [&tlv_header(0x30, content.len())[..], &content].concat()
}

pub fn bind_ok(id: u8) -> Vec<u8> {
    message(id, &[0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
}

fn done(id: u8) -> Vec<u8> {
    message(id, &[0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
}

pub fn root_dse(id: u8) -> Vec<u8> {
    let attributes = [("objectClass", "OpenLDAProotDSE"), ("namingContexts", "dc=x")];
    [search_entry(id, "", &attributes), done(id)].concat()
}

fn entry(id: u8) -> Vec<u8> {
    search_entry(
        id,
        "uid=a,dc=x",
        &[("entryUUID", "00112233-4455-6677-8899-aabbccddeeff"), ("uid", "a")],
    )
}

fn search_entry(id: u8, dn: &str, attributes: &[(&str, &str)]) -> Vec<u8> {
    let text = |value: &str| [&tlv_header(0x04, value.len())[..], value.as_bytes()].concat();
    let wrap = |tag: u8, content: Vec<u8>| [&tlv_header(tag, content.len())[..], &content].concat();
    let list: Vec<u8> = attributes
        .iter()
        .flat_map(|(name, value)| wrap(0x30, [text(name), wrap(0x31, text(value))].concat()))
        .collect();
    message(id, &wrap(0x64, [text(dn), wrap(0x30, list)].concat()))
}

fn tlv_header(tag: u8, length: usize) -> Vec<u8> {
    match u8::try_from(length) {
        Ok(short @ ..=0x7f) => vec![tag, short],
        _ => [&[tag, 0x82][..], &u16::try_from(length).unwrap().to_be_bytes()].concat(),
    }
}

/// Memory of this process in MiB.
pub fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
