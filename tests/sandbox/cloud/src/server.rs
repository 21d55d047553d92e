//! Starts and stops a cloud.

use crate::clock::Clock;
use crate::connectors::assignments::Assignments;
use crate::connectors::router::Sessions;
use crate::http::metrics::Metrics;
use crate::http::{listener, routes};
use crate::options::CloudOptions;
use crate::people::attempts::Attempts;
use crate::people::retention;
use crate::people::throttle::Throttle;
use crate::state::Cloud;
use crate::store::SqliteStore;
use crate::token;
use sandbox_authority::DataDir;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What went wrong at the start, for people.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// Starts clouds.
#[derive(Debug, Clone, Copy)]
pub struct CloudServer;

impl CloudServer {
    /// Starts a cloud; it runs until [`RunningCloud::shutdown`] or until that handle is dropped.
    pub async fn start(options: CloudOptions) -> Result<RunningCloud, StartError> {
        let data = DataDir::open(&options.data_dir)?;
        let ca = data.authority("ca", "inSync Cloud CA (sandbox)")?;
        let host = options.listen.ip().to_string();
        let names = ["localhost", "127.0.0.1", "::1", host.as_str()];
        let tls = ca.server_config_for(&names, time::Duration::days(365))?;
        let admin_token = match data.read("admin-token") {
            Some(token) if !token.trim().is_empty() => token.trim().to_owned(),
            _ => {
                let token = token::new_token("iat_");
                data.write("admin-token", &token)?;
                token
            }
        };
        let store = SqliteStore::open(&data.touch("cloud.db")?)?;
        let last = data.read("port").and_then(|port| port.trim().parse().ok());
        let (listener, address) = listener::bind(options.listen, last).await?;
        data.write("port", &address.port().to_string())?;
        let cloud = Arc::new(Cloud {
            store: Arc::new(store),
            sessions: Arc::new(Sessions::default()),
            clock: Clock::shifted(options.clock_offset),
            metrics: Metrics::default(),
            runs: Arc::default(),
            assignments: Assignments::default(),
            throttle: Throttle::default(),
            attempts: Attempts::default(),
            tenant: options.tenant,
            base_url: url_of(address),
            key_minutes: options.registration_key_minutes,
            heartbeat: options.heartbeat,
            answer_within: options.answer_within,
            patience: options.patience,
            stopping: false.into(),
            admin: token::hash(&admin_token),
            session_count: 1.into(),
        });
        let stop = CancellationToken::new();
        let router = routes::all(&cloud, data.path("updates"));
        let task = tokio::spawn(listener::serve(listener, tls, router, stop.clone()));
        tokio::spawn(retention::keep(cloud.clone(), options.retention, stop.clone()));
        tracing::info!(url = cloud.base_url, "the cloud is up");
        Ok(RunningCloud {
            cloud,
            ca_pem: ca.pem().to_owned(),
            ca_file: data.path("ca.pem"),
            admin_token,
            stop,
            task: Some(task),
        })
    }
}

/// A cloud that runs.
pub struct RunningCloud {
    cloud: Arc<Cloud>,
    ca_pem: String,
    ca_file: PathBuf,
    admin_token: String,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl RunningCloud {
    /// `https://host:port`.
    pub fn url(&self) -> &str {
        &self.cloud.base_url
    }

    /// The CA certificate to trust.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The same as a file.
    pub fn ca_file(&self) -> &std::path::Path {
        &self.ca_file
    }

    /// The administrator's bearer token.
    pub fn admin_token(&self) -> &str {
        &self.admin_token
    }

    /// Stops gently: sessions are drained, running requests are finished.
    pub async fn shutdown(mut self) {
        self.cloud.stopping.store(true, Ordering::Relaxed);
        self.cloud.sessions.drain(Duration::from_secs(10)).await;
        self.stop.cancel();
        if let Some(mut task) = self.task.take()
            && tokio::time::timeout(Duration::from_secs(10), &mut task).await.is_err()
        {
            task.abort();
        }
    }
}

impl Drop for RunningCloud {
    /// Without [`Self::shutdown`]: as if the process had died.
    fn drop(&mut self) {
        self.cloud.stopping.store(true, Ordering::Relaxed);
        for link in self.cloud.sessions.all() {
            link.gone.cancel();
        }
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

fn url_of(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("https://localhost:{}", address.port())
    } else {
        format!("https://{address}")
    }
}
