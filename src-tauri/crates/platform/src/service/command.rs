//! Programs of the system. None of them may hold the connector up for ever.

use super::failed;
use connector_model::{Result, io_reason};
use std::io::{Error, ErrorKind, Read};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longer than a service may take to stop and to start again.
const LIMIT: Duration = Duration::from_mins(3);
/// What a program that has ended said is there by then, unless one that it left behind still holds the pipe.
const REST: Duration = Duration::from_secs(1);

/// Runs a program of the system; what it says on stderr is the error.
pub(crate) fn system(program: &str, arguments: &[&str]) -> Result<String> {
    system_within(LIMIT, program, arguments)
}

/// The same with another limit of time.
pub(crate) fn system_within(limit: Duration, program: &str, arguments: &[&str]) -> Result<String> {
    let ran = output(Command::new(program).args(arguments), limit);
    let words = arguments.join(" ");
    let out = ran.map_err(|e| match e.kind() {
        ErrorKind::TimedOut => {
            failed(format!("{program} {words} did not end within {} s.", limit.as_secs()))
        }
        _ => failed(format!("{program} cannot be started: {}.", io_reason(&e))),
    })?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let said = [&out.stderr[..], &out.stdout[..]]
        .map(|text| String::from_utf8_lossy(text).trim().replace('\n', "; "))
        .into_iter()
        .find(|text| !text.is_empty());
    let said = said.unwrap_or_else(|| out.status.to_string());
    Err(failed(format!("{program} {words}: {said}.")))
}

/// A program that is over its limit is ended.
fn output(command: &mut Command, limit: Duration) -> std::io::Result<Output> {
    let begun = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (told(child.stdout.take()), told(child.stderr.take()));
    loop {
        if let Some(status) = child.try_wait()? {
            let rest = |told: Receiver<Vec<u8>>| told.recv_timeout(REST).unwrap_or_default();
            return Ok(Output { status, stdout: rest(stdout), stderr: rest(stderr) });
        }
        if begun.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Error::from(ErrorKind::TimedOut));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Reads to the end beside whoever waits.
fn told(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, told) = channel();
    std::thread::spawn(move || {
        let mut text = vec![];
        if let Some(mut pipe) = pipe {
            let _ = pipe.read_to_end(&mut text);
        }
        let _ = send.send(text);
    });
    told
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_the_answer_or_the_error() {
        assert_eq!(system("sh", &["-c", "echo yes; echo no >&2"]).unwrap(), "yes\n");
        let error = system("sh", &["-c", "echo no >&2; exit 3"]).unwrap_err();
        assert!(error.message.ends_with("exit 3: no."), "{}", error.message);
        let missing = system("no-such-program", &[]).unwrap_err();
        assert!(missing.message.contains("cannot be started"), "{}", missing.message);
        // More than a pipe takes at once.
        let long = system("sh", &["-c", "head -c 300000 /dev/zero"]).unwrap();
        assert_eq!(long.len(), 300_000);
    }

    #[test]
    fn one_that_does_not_end_is_ended() {
        let begun = Instant::now();
        let error = system_within(Duration::from_millis(200), "sleep", &["60"]).unwrap_err();
        assert!(error.message.contains("did not end"), "{}", error.message);
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
