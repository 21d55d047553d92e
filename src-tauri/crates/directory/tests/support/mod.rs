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
    Some {
        then_close: bool,
    },
    WithoutEnd,
    /// So many entries with a value of so many bytes each.
    Large {
        entries: usize,
        bytes: usize,
    },
    /// One entry with so many empty values.
    EmptyValues(usize),
    /// Pages of so many people and of other places, each with the promise of a next one.
    PagesWithoutEnd {
        people: usize,
        places: usize,
    },
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
    pub fn large(entries: usize, bytes: usize) -> Self {
        Self::people(People::Large { entries, bytes })
    }
    pub fn empty_values(count: usize) -> Self {
        Self::people(People::EmptyValues(count))
    }
    pub fn pages_without_end(people: usize, places: usize) -> Self {
        Self::people(People::PagesWithoutEnd { people, places })
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
        let Request { id, operation, of_root } = request(&mut stream).await?;
        match operation {
            0x60 => {
                stream.write_all(&script.bind.clone().unwrap_or_else(|| bind_ok(id))).await.ok()?;
            }
            0x63 if of_root => stream.write_all(&root_dse(id)).await.ok()?,
            0x63 => people(&mut stream, id, &script.people).await?,
            _ => return None,
        }
    }
}

async fn people(stream: &mut TcpStream, id: u16, people: &People) -> Option<()> {
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
        People::Large { entries, bytes } => {
            let value = "x".repeat(*bytes);
            let large = search_entry(id, "uid=a,dc=x", &[("entryUUID", "u-1"), ("title", &value)]);
            for _ in 0..*entries {
                stream.write_all(&large).await.ok()?;
            }
            stream.write_all(&done(id)).await.ok()?;
        }
        People::EmptyValues(count) => {
            let values = wrap(0x31, [0x04, 0x00].repeat(*count));
            let titles = wrap(0x30, [text("title"), values].concat());
            let unique = wrap(0x30, [text("entryUUID"), wrap(0x31, text("u-1"))].concat());
            let list = wrap(0x30, [unique, titles].concat());
            let entry = message(id, &wrap(0x64, [text("uid=a,dc=x"), list].concat()));
            stream.write_all(&entry).await.ok()?;
            stream.write_all(&done(id)).await.ok()?;
        }
        People::PagesWithoutEnd { people, places } => {
            let mut page = entry(id).repeat(*people);
            for place in 0..*places {
                let url = format!("ldap://other.example/dc=part{id}-{place}");
                page.extend(message(id, &wrap(0x73, text(&url))));
            }
            page.extend(page_done(id));
            stream.write_all(&page).await.ok()?;
        }
    }
    Some(())
}

/// What is asked: enough to tell requests apart.
struct Request {
    id: u16,
    operation: u8,
    /// Whether the base of a search is the rootDSE.
    of_root: bool,
}

async fn request(stream: &mut TcpStream) -> Option<Request> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).await.ok()?;
    let length = match head[1] {
        short @ ..=0x7f => usize::from(short),
        0x81 => usize::from(stream.read_u8().await.ok()?),
        _ => usize::from(stream.read_u16().await.ok()?),
    };
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest).await.ok()?;
    let (number, operation) = rest[2..].split_at(usize::from(rest[1]));
    let id = number.iter().fold(0, |id, byte| id << 8 | u16::from(*byte));
    let content = if operation[1] < 0x80 { 2 } else { 2 + usize::from(operation[1] & 0x7f) };
    let of_root = operation[content..].starts_with(&[0x04, 0x00]);
    Some(Request { id, operation: operation[0], of_root })
}

pub fn message(id: u16, operation: &[u8]) -> Vec<u8> {
    message_with(id, operation, &[])
}

fn message_with(id: u16, operation: &[u8], controls: &[u8]) -> Vec<u8> {
    let number = match u8::try_from(id) {
        Ok(short @ ..=0x7f) => vec![0x02, 0x01, short],
        _ => [&[0x02, 0x03, 0x00][..], &id.to_be_bytes()].concat(),
    };
    wrap(0x30, [&number[..], operation, controls].concat())
}

pub fn bind_ok(id: u16) -> Vec<u8> {
    message(id, &[0x61, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
}

fn done(id: u16) -> Vec<u8> {
    message(id, &[0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
}

pub fn root_dse(id: u16) -> Vec<u8> {
    let attributes = [("objectClass", "OpenLDAProotDSE"), ("namingContexts", "dc=x")];
    [search_entry(id, "", &attributes), done(id)].concat()
}

fn entry(id: u16) -> Vec<u8> {
    search_entry(
        id,
        "uid=a,dc=x",
        &[("entryUUID", "00112233-4455-6677-8899-aabbccddeeff"), ("uid", "a")],
    )
}

fn search_entry(id: u16, dn: &str, attributes: &[(&str, &str)]) -> Vec<u8> {
    let list: Vec<u8> = attributes
        .iter()
        .flat_map(|(name, value)| wrap(0x30, [text(name), wrap(0x31, text(value))].concat()))
        .collect();
    message(id, &wrap(0x64, [text(dn), wrap(0x30, list)].concat()))
}

/// The end of a page, with a cookie for the next one (RFC 2696, 2).
fn page_done(id: u16) -> Vec<u8> {
    let value = [&[0x02, 0x01, 0x00][..], &text("again")].concat();
    let value = wrap(0x04, wrap(0x30, value));
    let control = wrap(0x30, [text("1.2.840.113556.1.4.319"), value].concat());
    let operation = [0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00];
    message_with(id, &operation, &wrap(0xa0, control))
}

fn text(value: &str) -> Vec<u8> {
    wrap(0x04, value.as_bytes().to_vec())
}

fn wrap(tag: u8, content: Vec<u8>) -> Vec<u8> {
    let length = content.len();
    let mut header = match u8::try_from(length) {
        Ok(short @ ..=0x7f) => vec![tag, short],
        _ => [&[tag, 0x84][..], &u32::try_from(length).unwrap().to_be_bytes()].concat(),
    };
    header.extend(content);
    header
}

/// The most memory that this process has had since [`forget_peak`], in MiB.
pub fn peak_mib() -> u64 {
    in_status("VmHWM:")
}

/// From here on the peak is counted anew (proc(5), `clear_refs`).
pub fn forget_peak() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

fn in_status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
