//! A front door's end of the local socket.

use super::{Call, MAX_LINE, Reply, name};
use crate::Home;
use connector_model::{Code, Error, Result};
use interprocess::local_socket::tokio::{Stream, prelude::*};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};

/// A running engine answers its socket at once, or not at all.
const CONNECT: Duration = Duration::from_secs(2);

/// A connection to the engine that runs for a home.
pub struct LocalClient {
    stream: BufReader<Stream>,
}

impl LocalClient {
    /// Connects; `None` when no engine runs for this home.
    pub async fn connect(home: &Home) -> Result<Option<Self>> {
        match tokio::time::timeout(CONNECT, Stream::connect(name(home)?)).await {
            Ok(Ok(stream)) => Ok(Some(Self { stream: BufReader::new(stream) })),
            Ok(Err(_)) => Ok(None),
            Err(_) => Err(Error::of(Code::EngineUnreachable)),
        }
    }

    /// Calls a method and waits for its end; how long that may take is the engine's to bound.
    pub async fn call(
        &mut self,
        method: &str,
        params: Value,
        mut on_progress: impl FnMut(Value),
    ) -> Result<Value> {
        let gone = |_| Error::of(Code::EngineUnreachable);
        let mut text = serde_json::to_vec(&Call { method: method.to_owned(), params })
            .map_err(|_| Error::of(Code::Internal))?;
        text.push(b'\n');
        self.stream.get_mut().write_all(&text).await.map_err(gone)?;
        loop {
            let mut line = String::new();
            (&mut self.stream).take(MAX_LINE).read_line(&mut line).await.map_err(gone)?;
            match serde_json::from_str(&line).map_err(|_| Error::of(Code::EngineUnreachable))? {
                Reply::Progress(report) => on_progress(report),
                Reply::Result(value) => return Ok(value),
                Reply::Error(error) => return Err(error),
            }
        }
    }
}
