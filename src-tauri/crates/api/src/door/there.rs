//! The engine of a home in another process, over the local socket. Secrets go to whoever runs the engine: only that account's
//! keychain can be read when it needs them.

use crate::host::HostKind;
use connector_model::{Code, Error, Result};
use connector_platform::Home;
use connector_platform::local::{Answer, LocalClient};
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::mpsc;

/// A home whose engine another process has.
#[derive(Clone)]
pub struct There {
    home: Home,
    /// Whether another account has the home.
    anothers: bool,
    /// What this program is.
    kind: HostKind,
}

impl There {
    pub(super) fn of(home: Home, anothers: bool, kind: HostKind) -> Self {
        Self { home, anothers, kind }
    }

    /// Whether another account has the home, as a service does.
    pub fn is_anothers(&self) -> bool {
        self.anothers
    }

    /// Asks, and passes on what is reported meanwhile.
    pub(super) async fn ask<T: DeserializeOwned, R: DeserializeOwned>(
        &self,
        name: &str,
        values: Value,
        reports: mpsc::Sender<R>,
    ) -> Result<T> {
        let mut engine = self.begin(name, values).await?;
        loop {
            match engine.answer().await? {
                Answer::End(answer) => return read(answer),
                Answer::Progress(report) => {
                    let _ = reports.send(read(report)?).await;
                }
            }
        }
    }

    /// Apart from what is generic, which is compiled for every use case.
    fn begin<'a>(&'a self, name: &'a str, values: Value) -> BoxFuture<'a, Result<LocalClient>> {
        Box::pin(async move {
            let mut engine = self.connect().await?;
            engine.ask(name, values).await?;
            Ok(engine)
        })
    }

    async fn connect(&self) -> Result<LocalClient> {
        let found = LocalClient::connect(&self.home).await?;
        found.map(|engine| engine.at_door(name_of(self.kind))).ok_or_else(|| {
            let home = self.home.root().display();
            if self.anothers {
                let text = format!("{home} belongs to another account, and no service runs there.");
                Error::new(Code::ServiceStopped, text).with_action(
                    "Start it with: insync-connector service start; or name a home of your own with --home.",
                )
            } else {
                Error::new(Code::EngineUnreachable, "The program that ran the engine has ended.")
                    .with_action("Start this program again.")
            }
        })
    }
}

/// What a program calls itself to the engine of another.
fn name_of(kind: HostKind) -> &'static str {
    match kind {
        HostKind::Window => "window",
        HostKind::Command => "command_line",
        HostKind::Service => "connector",
    }
}

/// An answer of an engine that may be of another version.
fn read<T: DeserializeOwned>(answer: Value) -> Result<T> {
    serde_json::from_value(answer).map_err(|_| Error::of(Code::EngineUnreachable))
}
