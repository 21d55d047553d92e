//! Logs: JSON lines in files of a limited size, short lines for people on stderr. The level can change while running.

use crate::Home;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use file_rotate::compression::Compression;
use file_rotate::suffix::AppendCount;
use file_rotate::{ContentLimit, FileRotate};
use std::path::Path;
use std::time::{Duration, SystemTime};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::reload;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// Bytes after which a file is put away.
const FILE_SIZE: usize = 4 * 1024 * 1024;
/// Files that were put away and are kept: with the one that is written, 32 MiB of logs at most.
const PUT_AWAY: usize = 7;
/// Files of versions that began one each day are kept that long.
const OF_A_DAY: Duration = Duration::from_hours(14 * 24);

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
    let (writer, guard) = tracing_appender::non_blocking(files(&home.logs_dir())?);
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

/// `connector.log`; `connector.log.1` to `.7` were put away, the newest first.
fn files(folder: &Path) -> Result<FileRotate<AppendCount>> {
    let path = folder.join("connector.log");
    // Opened once here: what is told below of a file that cannot be written is only that nothing is in it.
    let opened = std::fs::OpenOptions::new().create(true).append(true).open(&path);
    opened.map_err(|e| storage_failed("write", &path, &e))?;
    remove_files_of_days(folder);
    let limit = ContentLimit::BytesSurpassed(FILE_SIZE);
    Ok(FileRotate::new(path, AppendCount::new(PUT_AWAY), limit, Compression::None, None))
}

/// Earlier versions wrote `connector.2026-01-31.log`.
fn remove_files_of_days(folder: &Path) {
    let now = SystemTime::now();
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        let of_a_day = name.starts_with("connector.2") && name.ends_with(".log");
        let modified = file.metadata().and_then(|of| of.modified()).unwrap_or(now);
        if of_a_day && now.duration_since(modified).is_ok_and(|age| age > OF_A_DAY) {
            let _ = std::fs::remove_file(file.path());
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};
    use std::io::Write;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Somebody who fails to sign in a million times fills no disk, and what was said last is still there.
    #[test]
    fn logs_have_a_size_however_much_is_logged() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = files(folder.path()).unwrap();
        let line = format!("{}\n", "x".repeat(1023));
        for _ in 0..(60 * 1024) {
            log.write_all(line.as_bytes()).unwrap();
        }
        log.write_all(b"the last\n").unwrap();
        drop(log);
        let sizes = names(folder.path()).into_iter().map(|name| {
            let size = fs::metadata(folder.path().join(name)).unwrap().len();
            assert!(size <= FILE_SIZE as u64 + 1024, "{size}");
            size
        });
        let all: u64 = sizes.sum();
        assert!((16 << 20..=33 << 20).contains(&all), "{all}");
        let newest = fs::read_to_string(folder.path().join("connector.log")).unwrap();
        assert!(newest.ends_with("the last\n"));
        // Started again, it goes on in the same file.
        files(folder.path()).unwrap().write_all(b"after a start\n").unwrap();
        let newest = fs::read_to_string(folder.path().join("connector.log")).unwrap();
        assert!(newest.ends_with("the last\nafter a start\n"));
    }

    #[test]
    fn files_of_earlier_versions_go_after_two_weeks() {
        let folder = tempfile::tempdir().unwrap();
        let age = |name: &str, days: u64| {
            let file = File::create(folder.path().join(name)).unwrap();
            let when = SystemTime::now() - Duration::from_hours(days * 24);
            file.set_modified(when).unwrap();
        };
        age("connector.2026-01-02.log", 15);
        age("connector.2026-01-16.log", 1);
        age("notes.2026-01-02.log", 15);
        files(folder.path()).unwrap();
        let kept = ["connector.2026-01-16.log", "connector.log", "notes.2026-01-02.log"];
        assert_eq!(names(folder.path()), kept);
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let error = files(&folder.path().join("missing")).err().unwrap();
        assert_eq!(error.code, Code::StorageFailed);
    }
}
