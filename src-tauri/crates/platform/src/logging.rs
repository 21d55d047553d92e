//! Logs: JSON lines in files that change daily, short lines for people on stderr. The level can change while running.

use crate::Home;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// Days of logs that are kept.
const KEPT_FILES: usize = 14;

/// Keeps the log open and its level changeable.
pub struct LogHandle {
    level: reload::Handle<EnvFilter, Registry>,
    _writer: tracing_appender::non_blocking::WorkerGuard,
}

impl LogHandle {
    /// Changes the level: `error`, `warn`, `info`, `debug` or `trace`.
    pub fn set_level(&self, level: &str) -> Result<()> {
        self.level.reload(filter(level)?).map_err(|_| Error::of(Code::Internal))
    }
}

/// Starts logging for this process; fails when it was started before.
pub fn start(home: &Home, level: &str, to_stderr: bool) -> Result<LogHandle> {
    let folder = home.logs_dir();
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("connector")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(&folder)
        .map_err(|e| storage_failed("write", &folder, &std::io::Error::other(e)))?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let (level, handle) = reload::Layer::new(filter(level)?);
    let file_layer = tracing_subscriber::fmt::layer().json().with_writer(writer).boxed();
    let people_layer = to_stderr.then(|| {
        tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_target(false)
            .with_ansi(false)
            .boxed()
    });
    tracing_subscriber::registry()
        .with(level)
        .with(file_layer)
        .with(people_layer)
        .try_init()
        .map_err(|_| Error::new(Code::Internal, "Logging was already started."))?;
    Ok(LogHandle { level: handle, _writer: guard })
}

/// Ours at the chosen level; libraries never below `info`, because some of them log message contents at `debug`.
fn filter(level: &str) -> Result<EnvFilter> {
    let known = ["error", "warn", "info", "debug", "trace"];
    if !known.contains(&level) {
        return Err(Error::new(Code::InvalidInput, format!("\"{level}\" is not a log level."))
            .with_action("Use error, warn, info, debug or trace.")
            .at("log_level"));
    }
    let ours = [
        "connector_api",
        "connector_cloud",
        "connector_directory",
        "connector_engine",
        "connector_platform",
        "insync_connector",
    ];
    let others = if level == "error" { "error" } else { "warn" };
    let mut text = others.to_owned();
    for name in ours {
        text.push_str(&format!(",{name}={level}"));
    }
    EnvFilter::try_new(text).map_err(|_| Error::of(Code::Internal))
}
