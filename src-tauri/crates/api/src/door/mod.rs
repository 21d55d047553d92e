//! The way from a front door to the use cases: in this process, or in the engine of a service that runs under another account.
//! Secrets go to whoever runs the engine: only that account's keychain can be read when the service needs them.

pub(crate) mod input;
pub(crate) mod serve_local;
pub(crate) mod use_cases;

use crate::mapping::import;
use crate::{Connector, ImportProgress, ImportRecord, Preview};
use connector_engine::Status;
use connector_model::{Code, Error, Mapping, PlannedPerson, Result};
use connector_platform::Home;
use connector_platform::local::{Answer, LocalClient};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// What a front door calls.
#[derive(Clone)]
pub enum Door {
    /// The home is this account's: the use cases run here.
    Own(Connector),
    /// The home is a service's: the use cases run there.
    Service(Service),
}

/// A service's engine, reached over the local socket of its home.
#[derive(Clone)]
pub struct Service {
    home: Home,
}

impl Door {
    /// Opens the door of a home; without a choice that of this machine's service, else of this user.
    pub fn open(home: Option<PathBuf>) -> Result<Self> {
        let home = Home::locate(home)?;
        if home.is_anothers()? {
            Ok(Self::Service(Service { home }))
        } else {
            Connector::open(Some(home.root().to_owned())).map(Self::Own)
        }
    }

    /// A short text that differs between homes.
    pub fn home_mark(&self) -> String {
        match self {
            Self::Own(connector) => connector.home_mark(),
            Self::Service(service) => service.home.mark(),
        }
    }

    /// A use case by its name, with its values as an object: what the page of the window sends.
    pub async fn call(&self, name: &str, values: Value) -> Result<Value> {
        match self {
            Self::Own(connector) => connector.use_case(name, values).await,
            Self::Service(service) => service.ask(name, values).await,
        }
    }

    /// See [`Connector::status`].
    pub async fn status(&self) -> Result<Status> {
        match self {
            Self::Own(connector) => connector.status().await,
            Self::Service(service) => service.ask("status", json!({})).await,
        }
    }

    /// See [`Connector::pause`].
    pub async fn pause(&self) -> Result<()> {
        match self {
            Self::Own(connector) => connector.pause().await,
            Self::Service(service) => service.tell("pause", json!({})).await,
        }
    }

    /// See [`Connector::resume`].
    pub async fn resume(&self) -> Result<()> {
        match self {
            Self::Own(connector) => connector.resume().await,
            Self::Service(service) => service.tell("resume", json!({})).await,
        }
    }

    /// See [`Connector::cancel_sync`].
    pub async fn cancel_sync(&self, name: Option<&str>) -> Result<()> {
        match self {
            Self::Own(connector) => connector.cancel_sync(name).await,
            Self::Service(service) => service.tell("cancel_sync", json!({ "name": name })).await,
        }
    }

    /// See [`Connector::sync`].
    pub async fn sync(
        &self,
        name: Option<&str>,
        approve: Option<&str>,
        on_progress: impl FnMut(ImportProgress),
    ) -> Result<Vec<ImportRecord>> {
        match self {
            Self::Own(connector) => connector.sync(name, approve, on_progress).await,
            Self::Service(service) => {
                import::ask(service.connect().await?, name, approve, on_progress).await
            }
        }
    }

    /// See [`Connector::preview`].
    pub async fn preview(
        &self,
        mapping: &Mapping,
        seen: Arc<AtomicU64>,
        people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
    ) -> Result<Preview> {
        let service = match self {
            Self::Own(connector) => return connector.preview(mapping, seen, people).await,
            Self::Service(service) => service,
        };
        let mut engine = service.connect().await?;
        let values = json!({ "mapping": mapping, "people": people.is_some() });
        engine.ask("preview", values).await?;
        loop {
            match engine.answer().await? {
                Answer::End(preview) => return read(preview),
                Answer::Progress(report) => {
                    if let Some(number) = report["seen"].as_u64() {
                        seen.store(number, Ordering::Relaxed);
                    } else if let Some(people) = &people {
                        let _ = people.send(read(report["people"].clone())?).await;
                    }
                }
            }
        }
    }
}

impl Service {
    async fn connect(&self) -> Result<LocalClient> {
        let found = LocalClient::connect(&self.home).await?;
        found.ok_or_else(|| {
            let home = self.home.root().display();
            let text = format!("{home} belongs to another account, and no service runs there.");
            Error::new(Code::ServiceStopped, text).with_action(
                "Start it with: insync-connector service start; or name a home of your own with --home.",
            )
        })
    }

    pub(crate) async fn ask<T: DeserializeOwned>(&self, name: &str, values: Value) -> Result<T> {
        read(self.connect().await?.call(name, values, |_| {}).await?)
    }

    async fn tell(&self, name: &str, values: Value) -> Result<()> {
        self.connect().await?.call(name, values, |_| {}).await.map(drop)
    }
}

/// An answer of an engine that may be of another version.
fn read<T: DeserializeOwned>(answer: Value) -> Result<T> {
    serde_json::from_value(answer).map_err(|_| Error::of(Code::EngineUnreachable))
}

/// One value of a use case, by its name.
pub(crate) fn taken<T: DeserializeOwned>(values: &mut Value, name: &str) -> Result<T> {
    let value = values.get_mut(name).map(Value::take).unwrap_or_default();
    input::read(value)
}
