//! A notification service that stands in for the desktop's own and remembers what it was told.

use crate::Desk;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use zbus::zvariant::OwnedValue;
use zbus::{Connection, interface};

type Told = Arc<Mutex<Vec<(String, String)>>>;

struct Service {
    told: Told,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[allow(clippy::too_many_arguments, reason = "the method of the standard has so many")]
    async fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let Ok(mut told) = self.told.lock() else { return 0 };
        told.push((summary.to_owned(), body.to_owned()));
        u32::try_from(told.len()).unwrap_or(u32::MAX)
    }

    async fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    async fn get_server_information(&self) -> (String, String, String, String) {
        ("test".to_owned(), "test".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    async fn close_notification(&self, _id: u32) {}
}

/// What was told to the user.
pub struct Notices {
    told: Told,
    _connection: Connection,
}

impl Notices {
    /// Listens on the desk's bus; do so before the program starts.
    pub async fn new(desk: &Desk) -> Self {
        let told = Told::default();
        let connection = zbus::connection::Builder::address(desk.bus().as_str())
            .and_then(|bus| {
                bus.serve_at("/org/freedesktop/Notifications", Service { told: told.clone() })
            })
            .and_then(|bus| bus.name("org.freedesktop.Notifications"))
            .expect("a name on the bus")
            .build()
            .await
            .expect("a session bus");
        Self { told, _connection: connection }
    }

    /// Titles and texts so far.
    pub fn all(&self) -> Vec<(String, String)> {
        self.told.lock().map(|told| told.clone()).unwrap_or_default()
    }
}
