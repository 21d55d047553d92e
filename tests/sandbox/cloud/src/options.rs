//! How a cloud is started.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// How to start a cloud.
#[derive(Debug, Clone)]
pub struct CloudOptions {
    /// Address to listen on; with port 0, the port of last time or a free one.
    pub listen: SocketAddr,
    /// Where it keeps CA, tokens and database; made if missing, survives a restart.
    pub data_dir: PathBuf,
    /// Seconds that its clock is ahead of the machine's (negative: behind).
    pub clock_offset: i64,
    /// Life of a registration key in minutes, unless the administrator says otherwise.
    pub registration_key_minutes: i64,
    /// Name of the company.
    pub tenant: String,
    /// Interval of pings in sessions.
    pub heartbeat: Duration,
    /// Deadline of a sign-in or a look-up.
    pub answer_within: Duration,
    /// How long a sign-in or look-up waits for a connector when none is connected.
    pub patience: Duration,
    /// How long people are kept who are inactive.
    pub retention: Duration,
}

impl CloudOptions {
    /// The usual cloud on a free port of this machine.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            data_dir: data_dir.into(),
            clock_offset: 0,
            registration_key_minutes: 60,
            tenant: "Example Ltd".to_owned(),
            heartbeat: Duration::from_secs(20),
            answer_within: Duration::from_secs(30),
            patience: Duration::from_secs(3),
            retention: Duration::from_hours(90 * 24),
        }
    }
}
