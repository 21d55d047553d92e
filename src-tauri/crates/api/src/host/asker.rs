//! Who asks for what is done now, so that the journal can name them: through which door, and which account of this machine.

use super::{Host, HostKind};
use connector_platform::User;
use connector_platform::local::Caller;
use serde::Serialize;
use serde_json::{Value, json};

/// The ways to the engine, as the journal names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AskedAt {
    Window,
    CommandLine,
    Cloud,
    /// Nobody: it does so by itself.
    Connector,
}

impl AskedAt {
    /// The door of a program that has the engine itself.
    fn of(kind: HostKind) -> Self {
        match kind {
            HostKind::Window => Self::Window,
            HostKind::Command => Self::CommandLine,
            HostKind::Service => Self::Connector,
        }
    }

    /// What a program calls itself to the engine of another.
    pub fn name(kind: HostKind) -> &'static str {
        match Self::of(kind) {
            Self::Window => "window",
            Self::CommandLine => "command_line",
            Self::Cloud => "cloud",
            Self::Connector => "connector",
        }
    }
}

/// Somebody who asks.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Asker {
    #[serde(skip_serializing_if = "Option::is_none")]
    door: Option<AskedAt>,
    #[serde(flatten)]
    user: User,
}

tokio::task_local! {
    static ASKER: Asker;
}

impl Asker {
    /// The cloud, whoever asked it.
    pub fn cloud() -> Self {
        Self { door: Some(AskedAt::Cloud), user: User::default() }
    }

    /// A program of this machine. Which one it is, it says itself; whose it is, the system says.
    pub fn program(caller: Caller) -> Self {
        let door = match caller.door.as_deref() {
            Some("window") => Some(AskedAt::Window),
            Some("command_line") => Some(AskedAt::CommandLine),
            _ => None,
        };
        Self { door, user: caller.user }
    }

    /// Does what they ask for.
    pub async fn asks<T>(self, work: impl Future<Output = T>) -> T {
        ASKER.scope(self, work).await
    }
}

impl Host {
    /// What the journal is to keep of something that is done now, with who asked for it.
    pub(super) fn by(&self, mut detail: Value) -> Value {
        let own = || Asker { door: Some(AskedAt::of(self.kind())), user: User::own() };
        detail["by"] = json!(ASKER.try_with(Clone::clone).unwrap_or_else(|_| own()));
        detail
    }

    /// Notes what was done to the settings, and who asked for it.
    pub(crate) async fn note_settings(&self, what: connector_model::SettingsChange, detail: Value) {
        let detail = self.by(detail);
        self.engine().note_settings(what, detail).await;
    }
}
