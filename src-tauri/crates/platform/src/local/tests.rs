//! A socket in homes of every length, and front doors that say or read nothing.
#![allow(clippy::unwrap_used)]

use super::{Caller, Greeting, LocalClient, LocalHandler, LocalServer, socket};
use crate::Home;
use async_trait::async_trait;
use connector_model::{Code, Result};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Answers with as many letters as were asked for, after a report.
struct Letters;

#[async_trait]
impl LocalHandler for Letters {
    fn greeting(&self) -> Greeting {
        Greeting { lasting: true, tells: true }
    }

    async fn call(
        &self,
        _: &str,
        params: Value,
        caller: Caller,
        told: mpsc::Sender<Value>,
    ) -> Result<Value> {
        if let Some(seconds) = params["waits"].as_u64() {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            return Ok(json!("done"));
        }
        if params.is_null() {
            return Ok(json!([caller.door, caller.user.uid]));
        }
        let letters = "x".repeat(usize::try_from(params.as_u64().unwrap()).unwrap());
        for _ in 0..4 {
            let _ = told.send(json!(letters)).await;
        }
        Ok(json!(letters))
    }
}

fn home(folder: &std::path::Path, length: usize) -> Home {
    Home::open(Some(folder.join("x".repeat(length)))).unwrap()
}

#[tokio::test]
async fn the_socket_is_in_the_home_however_long_its_path_is() {
    let folder = tempfile::tempdir().unwrap();
    for length in [5, 90, 200] {
        let home = home(folder.path(), length);
        assert!(LocalClient::connect(&home).await.unwrap().is_none());
        let (server, end) = (LocalServer::bind(&home).unwrap(), CancellationToken::new());
        let serving = tokio::spawn(server.serve(Arc::new(Letters), end.clone()));
        let mut client = LocalClient::connect(&home).await.unwrap().unwrap();
        assert_eq!(client.call("x", json!(3), drop).await.unwrap(), json!("xxx"), "{length}");
        let whose = json!([null, rustix::process::geteuid().as_raw()]);
        assert_eq!(client.call("x", Value::Null, drop).await.unwrap(), whose);
        client = client.at_door("window");
        let whose = json!(["window", rustix::process::geteuid().as_raw()]);
        assert_eq!(client.call("x", Value::Null, drop).await.unwrap(), whose);
        let rights = std::fs::metadata(socket::path(&home)).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o600);
        drop(client);
        end.cancel();
        serving.await.unwrap();
        assert!(LocalClient::connect(&home).await.unwrap().is_none());
    }
    let gone = home(folder.path(), 201);
    std::fs::remove_dir_all(gone.root()).unwrap();
    assert!(LocalClient::connect(&gone).await.unwrap().is_none());
}

/// What was left by an engine that hangs: its socket still takes connections.
#[tokio::test(start_paused = true)]
async fn an_engine_that_hangs_is_waited_for_no_longer_than_it_takes_to_tell() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), 7);
    let _hangs = tokio::net::UnixListener::bind(socket::path(&home)).unwrap();
    let begun = tokio::time::Instant::now();
    let error = LocalClient::connect(&home).await.err().unwrap();
    assert_eq!(error.code, Code::EngineUnreachable);
    assert_ne!(error.message, Code::EngineUnreachable.summary(), "it says that it runs");
    assert!(begun.elapsed() < Duration::from_secs(11));
}

/// A call may take for ever, while the engine says that it is alive.
#[tokio::test(start_paused = true)]
async fn a_long_call_is_waited_for_while_the_engine_is_alive() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), 6);
    let (server, end) = (LocalServer::bind(&home).unwrap(), CancellationToken::new());
    let serving = tokio::spawn(server.serve(Arc::new(Letters), end.clone()));
    let mut client = LocalClient::connect(&home).await.unwrap().unwrap();
    let done = client.call("x", json!({ "waits": 3_600 }), drop).await.unwrap();
    assert_eq!(done, json!("done"));
    drop(client);
    end.cancel();
    serving.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn whoever_reads_nothing_or_says_nothing_is_let_go() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path(), 5);
    let (server, end) = (LocalServer::bind(&home).unwrap(), CancellationToken::new());
    let serving = tokio::spawn(server.serve(Arc::new(Letters), end.clone()));
    let mut deaf = UnixStream::connect(socket::path(&home)).await.unwrap();
    let size = 4 * 1024 * 1024;
    deaf.write_all(format!("{{\"method\":\"x\",\"params\":{size}}}\n").as_bytes()).await.unwrap();
    let mut half_a_line = UnixStream::connect(socket::path(&home)).await.unwrap();
    half_a_line.write_all(b"{\"method\":").await.unwrap();
    tokio::time::sleep(Duration::from_secs(25)).await;
    let mut said = vec![];
    deaf.read_to_end(&mut said).await.unwrap();
    assert!(said.len() < size, "{} bytes were written to nobody", said.len());
    assert_eq!(half_a_line.read_to_end(&mut vec![]).await.unwrap(), 0);
    end.cancel();
    serving.await.unwrap();
}
