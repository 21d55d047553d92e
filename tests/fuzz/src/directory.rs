//! What a directory sends: messages to the guard, entries, whole conversations; and names and filters, which people type too.

use crate::hostile_server::HostileServer;
use connector_directory::{DirectoryClient, Limits, fuzzing};
use connector_model::{
    Account, BrowseQuery, ChangeMethod, Code, Dn, Error, Filter, Identity, Mapping, Reference,
    Result, Secret, ServerKind, UserName, Watermark,
};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// More than any conversation takes whose server has closed.
const HANGS: Duration = Duration::from_secs(20);

/// The guard before the LDAP library: only whole messages that pass get through, in the order in which they came.
pub(crate) fn ldap_messages(data: &[u8]) {
    let limits = Limits { max_message: 64 * 1024, max_values: 2000, ..Limits::default() };
    let (passed, fault) = runtime().block_on(fuzzing::guarded(data, limits.clone()));
    assert!(data.starts_with(&passed), "the guard changed something");
    assert!(fault.is_some(), "a connection ended without a reason");
    let (mut rest, account) = (&passed[..], account(None));
    while !rest.is_empty() {
        let Some(length) = fuzzing::passes(rest, &limits) else { unreachable!("{rest:x?} passed") };
        let _ = fuzzing::entry(&rest[..length], ServerKind::OpenLdap, &account);
        rest = &rest[length..];
    }
    // Had the next one been good, it would have passed.
    assert_eq!(fuzzing::passes(&data[passed.len()..], &limits), None, "a good message was lost");
}

/// One entry, as whichever kind of server may have sent it: a person can be told apart and named, or is none.
pub(crate) fn ldap_entry(data: &[u8]) {
    let limits = Limits::default();
    let Some(length) = fuzzing::passes(data, &limits) else { return };
    let account = account(None);
    for kind in [ServerKind::ActiveDirectory, ServerKind::OpenLdap, ServerKind::Ds389] {
        let Some(person) = fuzzing::entry(&data[..length], kind, &account) else { continue };
        assert!(!person.identity.as_str().is_empty(), "somebody without identity");
        let _ = (person.dn.key(), person.dn.leaf_value(), person.dn.parent());
    }
}

/// A whole conversation with a server that says what it was given. The first byte is what is asked of it. It ends, and says
/// more than that time ran out: whoever closes a connection is not waited for.
pub(crate) fn client(data: &[u8]) {
    let Some((asked, words)) = data.split_first() else { return };
    let asked = runtime().block_on(async {
        let Ok((server, address)) = HostileServer::bind(words).await else { return Ok(()) };
        let server = tokio::spawn(server.serve());
        let done = timeout(HANGS, ask(*asked, address)).await;
        server.abort();
        done.unwrap_or_else(|_| Err(Error::of(Code::Timeout)))
    });
    let code = asked.err().map(|error| error.code);
    assert_ne!(code, Some(Code::Timeout), "somebody waits for a server that has closed");
    assert_ne!(code, Some(Code::Internal));
}

async fn ask(what: u8, address: SocketAddr) -> Result<()> {
    let limits = Limits {
        connect: Duration::from_secs(5),
        bind: HANGS / 2,
        operation: HANGS / 2,
        page: HANGS / 2,
        pool_size: 2,
        ..Limits::default()
    };
    let client = DirectoryClient::new(account(Some(address)), Secret::new("secret"), limits)?;
    let (base, mapping) = (base(what), mapping(what));
    let query = BrowseQuery { under: None, search: Some("a*".into()), limit: Some(10) };
    let identity = Identity::from_text("00112233-4455-6677-8899-aabbccddeeff");
    match what % 14 {
        0 => client.bases().await.map(drop),
        1 => client.units(&query).await.map(drop),
        2 => client.groups(&query).await.map(drop),
        3 => {
            let (pages, mut read) = mpsc::channel(4);
            let taken = async { while read.recv().await.is_some() {} };
            tokio::join!(client.read_people(&mapping, pages), taken).0.map(drop)
        }
        4 => client.find_in_mapping(&mapping, &user()?).await.map(drop),
        5 => client.judge(&mapping, &[identity]).await.map(drop),
        6 => client.tombstones(&[identity]).await.map(drop),
        7 => client.lockout_policy(&base).await.map(drop),
        8 => client.verify_password(&base, &Secret::new("pw")).await.map(drop),
        9 => client.check_filter(&base, &Filter::present("cn")).await,
        10 => client.odd_groups(&mapping).await.map(drop),
        11 => follow(&client, &mapping, ChangeMethod::Syncrepl, address).await,
        12 => follow(&client, &mapping, ChangeMethod::PersistentSearch, address).await,
        _ => follow(&client, &mapping, ChangeMethod::UsnChanged, address).await,
    }
}

async fn follow(
    client: &DirectoryClient,
    mapping: &Mapping,
    method: ChangeMethod,
    server: SocketAddr,
) -> Result<()> {
    let since = Watermark { method, server: server.to_string(), position: "1".into() };
    let (changes, mut told) = mpsc::channel(4);
    // One batch is enough; then nobody wants more.
    let taken = async { told.recv().await };
    tokio::select! {
        ended = client.follow(mapping, since, changes) => ended,
        Some(_) = taken => Ok(()),
    }
}

/// A filter's text: what was read means the same when it is written, to us and to the LDAP library; and a value stays a value.
pub(crate) fn filter(data: &[u8]) {
    let value = Filter::equal("cn", data);
    if data.len() <= 20_000 {
        assert_eq!(value.to_string().parse().as_ref(), Ok(&value));
    }
    let sent = fuzzing::sent_filter(&value.to_string());
    assert_eq!(sent, Some((3, Some(data.to_vec()))), "another value would be sent");
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(filter) = text.parse::<Filter>() else { return };
    let written = filter.to_string();
    assert_eq!(written.parse().as_ref(), Ok(&filter), "{written}");
    assert!(fuzzing::sent_filter(&written).is_some(), "the library does not take {written}");
    let fails = filter.seen_to_fail(&|name| name.len() % 2 == 0).to_string();
    assert!(fuzzing::sent_filter(&fails).is_some(), "the library does not take {fails}");
    assert!(filter.attributes().iter().all(|name| !name.is_empty()));
}

/// A distinguished name: the key of a name is a name with the same key, a value survives in it, and it is below itself.
pub(crate) fn dn(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let name = Dn::from_server(&*text);
    let _ = (name.key(), name.leaf_value(), name.parent(), Reference::from_url(&text));
    let _ = Dn::from_name_and_uid(&text);
    if let Ok(dn) = text.parse::<Dn>() {
        let key = Dn::from_server(dn.key());
        assert_eq!(key.key(), dn.key(), "{dn}");
        assert!(dn.is_under(&dn) && dn.is_under(&Dn::from_server("")), "{dn}");
        let above = dn.parent().unwrap_or_else(|| Dn::from_server(""));
        assert!(dn.is_under(&above), "{dn} is not below {above}");
    }
    let child = Dn::from_server("dc=x").child("cn", &text);
    if child.as_str().len() <= 8 * 1024 && !text.contains('\0') {
        let value = child.rdns().ok().and_then(|rdns| Some(rdns.first()?.first()?.1.clone()));
        assert_eq!(value.as_deref(), Some(text.as_bytes()), "{child}");
        assert_eq!(child.parent(), Some(Dn::from_server("dc=x")), "{child}");
    }
}

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.unwrap_or_else(|error| unreachable!("no runtime: {error}"))
}

fn user() -> Result<UserName> {
    "anna".parse()
}

fn account(server: Option<SocketAddr>) -> Account {
    let server = server.map_or("localhost".to_owned(), |server| server.to_string());
    let text = serde_json::json!({ "name": "corp", "servers": [server], "security": "plain",
        "bind_name": "cn=reader,dc=x" });
    serde_json::from_value(text).unwrap_or_else(|error| unreachable!("{error}"))
}

/// In the sample company's directory of either face; with units and groups for one half of the inputs.
fn mapping(what: u8) -> Mapping {
    let base = base(what);
    let within = |parent, kind, name| base.child("ou", parent).child(kind, name);
    let (mut groups, mut units) = (vec![], vec![]);
    if what >= 128 {
        groups.push(within("groups", "cn", "level1"));
        units.push(within("people", "ou", "Berlin"));
    }
    let text = serde_json::json!({ "name": "all", "account": "corp", "base_dn": base,
        "groups": groups, "units": units, "nested_groups": what >= 128 });
    serde_json::from_value(text).unwrap_or_else(|error| unreachable!("{error}"))
}

fn base(what: u8) -> Dn {
    Dn::from_server(if what & 64 == 0 { "dc=example,dc=org" } else { "DC=corp,DC=example,DC=com" })
}
