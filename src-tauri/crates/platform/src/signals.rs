//! What tells a program to end: the end of a session or a terminal, a service manager, somebody at a keyboard.

/// Back when this process is told to end for the first time. From then on nobody has to wait for what is being finished: who
/// tells it again ends it at once.
#[cfg(unix)]
pub async fn told_to_stop() {
    let Ok(mut told) = Told::listen() else { return std::future::pending().await };
    told.next().await;
    tokio::spawn(async move {
        let signal = told.next().await;
        tracing::warn!(signal, "told to end a second time; ended at once");
        std::process::exit(128 + signal);
    });
}

#[cfg(unix)]
struct Told {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hang_up: Option<tokio::signal::unix::Signal>,
}

#[cfg(unix)]
impl Told {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        // Whoever started this with nohup(1) wants it to outlive the terminal.
        let outlives = is_ignored(HANG_UP);
        // What programs that rotate logs or supervise others send ends nothing: with a handler, no signal takes its default.
        for ignored in
            [SignalKind::user_defined1(), SignalKind::user_defined2(), SignalKind::alarm()]
        {
            drop(signal(ignored)?);
        }
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: (!outlives).then(|| signal(SignalKind::hangup())).transpose()?,
        })
    }

    /// The number of the next signal.
    async fn next(&mut self) -> i32 {
        let hung_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.terminate.recv() => 15,
            _ = self.interrupt.recv() => 2,
            _ = hung_up => HANG_UP,
        }
    }
}

#[cfg(unix)]
const HANG_UP: i32 = 1;

/// Whether this process was started with a signal ignored: `SigIgn` in proc_pid_status(5).
#[cfg(target_os = "linux")]
fn is_ignored(signal: i32) -> bool {
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| ignores(&status, signal))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn is_ignored(_: i32) -> bool {
    false
}

#[cfg(target_os = "linux")]
fn ignores(status: &str, signal: i32) -> bool {
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Back when this process is told to end: Ctrl+C, a console that is closed, the end of the session, a shutdown.
#[cfg(windows)]
pub async fn told_to_stop() {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (Ok(mut c), Ok(mut pause), Ok(mut close), Ok(mut log_off), Ok(mut shutdown)) =
        (ctrl_c(), ctrl_break(), ctrl_close(), ctrl_logoff(), ctrl_shutdown())
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = c.recv() => {}
        _ = pause.recv() => {}
        _ = close.recv() => {}
        _ = log_off.recv() => {}
        _ = shutdown.recv() => {}
    }
    tokio::spawn(async move {
        let _ = tokio::select! { told = c.recv() => told, told = pause.recv() => told };
        std::process::exit(1);
    });
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_signal_that_means_something_to_others_ends_nothing() {
        use rustix::process::{Signal, getpid, kill_process};
        let told = tokio::spawn(told_to_stop());
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        for signal in [Signal::USR1, Signal::USR2, Signal::ALARM] {
            kill_process(getpid(), signal).unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert!(!told.is_finished());
        kill_process(getpid(), Signal::TERM).unwrap();
        told.await.unwrap();
    }

    #[test]
    fn what_nohup_ignores_is_seen() {
        let status = "Name:\tx\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n";
        assert!(ignores(status, HANG_UP) && ignores(status, 13));
        assert!(!ignores(status, 15) && !ignores("Name:\tx\n", HANG_UP));
    }
}
