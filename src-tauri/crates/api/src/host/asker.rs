//! Who asks for what is done now, so that the journal can name them: through which door, and which account of this machine.

use connector_engine::records::StartedBy;
use connector_platform::User;
use connector_platform::local::Caller;
use serde::Serialize;

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

    /// Who asks for what is done now; `own` where nobody does.
    pub fn now(own: AskedAt) -> Self {
        let own = || Self { door: Some(own), user: User::own() };
        ASKER.try_with(Clone::clone).unwrap_or_else(|_| own())
    }

    /// What an import is started by that they ask for.
    pub fn starts(&self) -> Option<StartedBy> {
        self.door.map(|door| match door {
            AskedAt::Window => StartedBy::Window,
            AskedAt::CommandLine => StartedBy::CommandLine,
            AskedAt::Cloud => StartedBy::Cloud,
            AskedAt::Connector => StartedBy::Schedule,
        })
    }

    /// Does what they ask for.
    pub async fn asks<T>(self, work: impl Future<Output = T>) -> T {
        ASKER.scope(self, work).await
    }
}
