//! Firewalls that forget flows without a word: a short delay once, and no sign-in fails.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{Dn, Mapping, Secret, SignInOutcome};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Face};
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Relays TCP. What comes on a flow that it forgot is taken and goes nowhere: both ends think that they are connected.
#[derive(Clone, Default)]
struct Firewall {
    flows: Arc<Mutex<usize>>,
    forgotten: Arc<Mutex<HashSet<usize>>>,
}

impl Firewall {
    async fn start(to: SocketAddr) -> (Self, SocketAddr) {
        let (firewall, listener) =
            (Self::default(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let (own, address) = (firewall.clone(), listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((inside, _)) = listener.accept().await {
                let outside = TcpStream::connect(to).await.unwrap();
                let flow = own.count();
                *own.flows.lock().unwrap() += 1;
                let (from_inside, to_inside) = inside.into_split();
                let (from_outside, to_outside) = outside.into_split();
                tokio::spawn(own.clone().pump(flow, from_inside, to_outside));
                tokio::spawn(own.clone().pump(flow, from_outside, to_inside));
            }
        });
        (firewall, address)
    }

    async fn pump(
        self,
        flow: usize,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) {
        let mut buffer = vec![0; 65536];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            let forgotten = self.forgotten.lock().unwrap().contains(&flow);
            if !forgotten && to.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    }

    fn count(&self) -> usize {
        *self.flows.lock().unwrap()
    }

    fn forget(&self, flows: impl IntoIterator<Item = usize>) {
        self.forgotten.lock().unwrap().extend(flows);
    }
}

struct Office {
    firewall: Firewall,
    server: DirectoryServer,
    client: DirectoryClient,
    mapping: Mapping,
}

async fn office() -> Office {
    let face = Face::OpenLdap;
    let options = DirectoryOptions { face, people: 20, ..Default::default() };
    let server = DirectoryServer::start(options).await.unwrap();
    let (firewall, address) = Firewall::start(server.ldaps_addr()).await;
    let (name, password) = face.reader();
    let account = serde_json::json!({ "name": "corp", "servers": [address], "ca_pem": server.ca_pem(), "bind_name": name });
    let account = serde_json::from_value(account).unwrap();
    let client = DirectoryClient::new(account, Secret::new(password), Limits::default()).unwrap();
    let mapping = serde_json::json!({ "name": "m", "account": "corp", "base_dn": face.suffix() });
    Office { firewall, server, client, mapping: serde_json::from_value(mapping).unwrap() }
}

impl Office {
    async fn find(&self) -> Dn {
        let user = "u0000001".parse().unwrap();
        let found = self.client.find_in_mapping(&self.mapping, &user).await.unwrap();
        found[0].person.dn.clone()
    }

    async fn sign_in(&self) -> SignInOutcome {
        let dn = self.find().await;
        let password = Secret::new("pw-u0000001");
        self.client.verify_password(&dn, &password).await.unwrap().outcome
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_flows_are_forgotten_at_once() {
    let office = office().await;
    for ok in futures_util::future::join_all((0..8).map(|_| office.sign_in())).await {
        assert_eq!(ok, SignInOutcome::Ok);
    }
    for _ in 0..2 {
        // At once, or after a while.
        office.firewall.forget(0..office.firewall.count());
        let began = Instant::now();
        for _ in 0..5 {
            assert_eq!(office.sign_in().await, SignInOutcome::Ok);
        }
        assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
        tokio::time::sleep(Duration::from_millis(150)).await; // quiet time is what this is about
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_flow_of_a_bind_is_forgotten_and_the_password_is_sent_once() {
    let office = office().await;
    assert_eq!(office.sign_in().await, SignInOutcome::Ok);
    let dn = office.find().await;
    tokio::time::sleep(Duration::from_millis(150)).await; // quiet time is what this is about
    office.firewall.forget([office.firewall.count() - 1]);
    let (binds, began) = (office.server.counts().0, Instant::now());
    let verdict = office.client.verify_password(&dn, &Secret::new("pw-u0000001")).await.unwrap();
    assert_eq!(verdict.outcome, SignInOutcome::Ok);
    assert_eq!(office.server.counts().0, binds + 1);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}
