//! A front door's end of the local socket.

use super::{Call, GREET, Greeting, MAX_LINE, Reply, name};
use crate::Home;
use connector_model::{Code, Error, Result};
use interprocess::local_socket::tokio::{Stream, prelude::*};
use serde_json::Value;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use zeroize::{Zeroize, Zeroizing};

/// A running engine answers its socket at once; on a machine that is busy, a little later.
const CONNECT: Duration = Duration::from_secs(10);
/// An engine that says nothing for so long, not even that it is alive, hangs.
const SILENT: Duration = Duration::from_secs(10);

#[cfg(unix)]
const FORBIDDEN: &str =
    "Use sudo, or join the group insync-connector (usermod -aG) and sign in again.";
#[cfg(not(unix))]
const FORBIDDEN: &str = "Start the program as an administrator.";

/// What an engine says to a call.
pub enum Answer {
    /// It goes on.
    Progress(Value),
    /// It is done.
    End(Value),
}

/// A connection to the engine that runs for a home.
pub struct LocalClient {
    stream: BufReader<Stream>,
    greeting: Greeting,
    door: Option<String>,
}

impl LocalClient {
    /// Connects; `None` when no engine runs for this home, or the one that ran is about to end.
    pub async fn connect(home: &Home) -> Result<Option<Self>> {
        let connected = async {
            let place = match name(home) {
                Ok(place) => place,
                Err(gone) if gone.code == Code::EngineUnreachable => return Ok(None),
                Err(error) => return Err(error),
            };
            match Stream::connect(place.name()?).await {
                Ok(stream) => Self::greeted(stream).await,
                Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
                    Err(Error::of(Code::ServiceForbidden).with_action(FORBIDDEN))
                }
                Err(_) => Ok(None),
            }
        };
        let connected = tokio::time::timeout(CONNECT, connected).await;
        connected.unwrap_or_else(|_| Err(hangs()))
    }

    async fn greeted(stream: Stream) -> Result<Option<Self>> {
        let greeting = Greeting { lasting: true, tells: false };
        let mut client = Self { stream: BufReader::new(stream), greeting, door: None };
        let answer = match client.ask(GREET, Value::Null).await {
            Ok(()) => client.answer().await,
            Err(gone) => Err(gone),
        };
        match answer {
            Ok(Answer::End(said)) => {
                client.greeting =
                    serde_json::from_value(said).map_err(|_| Error::of(Code::EngineUnreachable))?;
                Ok(Some(client))
            }
            Err(gone) if gone.code == Code::EngineUnreachable => Ok(None),
            Ok(Answer::Progress(_)) | Err(_) => Err(Error::of(Code::EngineUnreachable)),
        }
    }

    /// Says what this program is to the engine: the journal names it.
    #[must_use]
    pub fn at_door(self, door: &str) -> Self {
        Self { door: Some(door.to_owned()), ..self }
    }

    /// What the engine said of itself.
    pub fn greeting(&self) -> Greeting {
        self.greeting
    }

    /// Calls a method and waits for its end; how long that may take is the engine's to bound.
    pub async fn call(
        &mut self,
        method: &str,
        params: Value,
        mut on_progress: impl FnMut(Value),
    ) -> Result<Value> {
        self.ask(method, params).await?;
        loop {
            match self.answer().await? {
                Answer::Progress(report) => on_progress(report),
                Answer::End(value) => return Ok(value),
            }
        }
    }

    /// Asks; what comes back is taken with [`LocalClient::answer`]. Secrets among the values are wiped.
    pub async fn ask(&mut self, method: &str, params: Value) -> Result<()> {
        let (method, door, alive) = (method.to_owned(), self.door.clone(), self.greeting.tells);
        let mut call = Call { method, door, alive, params };
        let text = serde_json::to_vec(&call).map(Zeroizing::new);
        wipe(&mut call.params);
        let mut text = text.map_err(|_| Error::of(Code::Internal))?;
        text.push(b'\n');
        let sent = self.stream.get_mut().write_all(&text).await;
        sent.map_err(|_| Error::of(Code::EngineUnreachable))
    }

    /// The next report, or the end.
    pub async fn answer(&mut self) -> Result<Answer> {
        let gone = || Error::of(Code::EngineUnreachable);
        loop {
            let line = if self.greeting.tells {
                tokio::time::timeout(SILENT, self.line()).await.map_err(|_| hangs())?
            } else {
                self.line().await
            };
            match serde_json::from_str(&line?).map_err(|_| gone())? {
                Reply::Alive => {}
                Reply::Progress(report) => return Ok(Answer::Progress(report)),
                Reply::Result(value) => return Ok(Answer::End(value)),
                Reply::Error(error) => return Err(error),
            }
        }
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        let read = (&mut self.stream).take(MAX_LINE).read_line(&mut line).await;
        read.map(|_| line).map_err(|_| Error::of(Code::EngineUnreachable))
    }
}

fn hangs() -> Error {
    Error::new(Code::EngineUnreachable, "The connector runs, but it does not answer.")
        .with_action("Wait a moment and try again. If it stays like this, restart it: the log says what it did last.")
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(map) => map.values_mut().for_each(wipe),
        _ => {}
    }
}
