//! `run`, `service …`, `status`, `check`, `journal`, `diagnose`.

use super::control::proxy_text;
use super::people;
use crate::arguments::Service as Command;
use crate::output::{Printer, documents, journal, to_do};
use connector_api::service::ServiceStatus;
use connector_api::{
    Door, Following, Host, HostKind, ImportRecord, JournalQuery, LastStatus, Status, last_status,
    service, told_to_stop,
};
use connector_model::{CheckStatus, Code, Error, Result};
use connector_texts::{Texts, local_time};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Whoever asks how it is, such as a script that watches it, is told within five seconds.
const ANSWERS: Duration = Duration::from_secs(4);

/// What a status waits for.
async fn in_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let done = tokio::time::timeout(ANSWERS, work).await;
    done.unwrap_or_else(|_| Err(Error::of(Code::EngineUnreachable)))
}

pub async fn run(home: Option<PathBuf>) -> Result<bool> {
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        stop.cancel();
    });
    tokio::select! {
        host = host(home) => host?.run(shutdown).await,
        () = shutdown.cancelled() => {}
    }
    Ok(true)
}

/// The engine under the Windows service manager, until that ends it.
#[cfg(windows)]
pub fn serve(home: Option<PathBuf>) -> Result<()> {
    service::run_as_service(move |shutdown| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|_| Error::of(Code::Internal))?;
        let ended = runtime.block_on(async { Ok(host(home).await?.run(shutdown).await) });
        crate::threads::end(runtime);
        ended
    })
}

/// The engine of the home in this process; nothing else will do.
async fn host(home: Option<PathBuf>) -> Result<Host> {
    match Door::open(home, HostKind::Service).await? {
        Door::Here(host) => Ok(host),
        Door::There(_) => Err(Error::of(Code::HomeLocked)),
    }
}

/// The service itself; its manager asks for an administrator.
pub fn manage(printer: &Printer, command: &Command) -> Result<bool> {
    let status = match command {
        #[cfg(target_os = "linux")]
        Command::Install { offline: true } => service::prepare()?,
        Command::Install { .. } => service::install()?,
        Command::Uninstall => {
            service::uninstall()?;
            let left = service::leave()?;
            if !left.is_empty() {
                let values = json!({ "left": left.join(", ") });
                printer.remark(&printer.texts().say("cli-service-left", &values));
            }
            service::status()?
        }
        Command::Start => service::start()?,
        Command::Stop => service::stop()?,
        Command::Status => service::status()?,
    };
    printer.show(&status, || managed(printer.texts(), &status));
    Ok(true)
}

fn managed(texts: &Texts, status: &ServiceStatus) -> String {
    if !status.installed {
        return texts.text("cli-service-missing");
    }
    let runs = if status.running { "running" } else { "stopped" };
    let starts = if status.starts { "starts" } else { "does-not-start" };
    let id = if status.account.is_empty() { "cli-service" } else { "cli-service-as" };
    let [runs, starts] = [runs, starts].map(|word| texts.text(&format!("cli-service-{word}")));
    texts.say(id, &json!({ "runs": runs, "starts": starts, "account": status.account }))
}

pub async fn status(home: Option<PathBuf>, printer: &Printer) -> Result<bool> {
    let asked = async {
        let door = Door::open(home.clone(), HostKind::Command).await?;
        let status = door.status().await;
        door.close().await;
        status
    };
    let status = match in_time(asked).await {
        Err(error) if error.code == Code::EngineUnreachable => {
            return Ok(unreachable(&error, last_status(home), printer));
        }
        answered => answered?,
    };
    printer.show(&documents::status(&status), || text(printer.texts(), &status));
    Ok(status.running)
}

/// What an engine that does not answer said last.
fn unreachable(error: &Error, last: Option<LastStatus>, printer: &Printer) -> bool {
    let Some(LastStatus { time_ms, status }) = last else {
        printer.error(error);
        return false;
    };
    let known = json!({ "time_ms": time_ms, "status": documents::status(&status) });
    printer.error_with(error, ("last_status", known));
    let when = json!({ "time": local_time(time_ms) });
    let said = text(printer.texts(), &status).replace('\n', "\n  ");
    printer.remark(&format!("{}\n  {said}", printer.texts().say("cli-status-last", &when)));
    false
}

fn text(texts: &Texts, status: &Status) -> String {
    let mut lines =
        vec![texts.headline(&status.headline), texts.say("cli-status-counts", &json!(status))];
    if let Some(proxy) = &status.proxy {
        let values = json!({ "proxy": proxy_text(texts, proxy) });
        lines.push(texts.say("cli-status-proxy", &values));
    }
    if let Some(p95) = status.sign_in_p95_ms {
        let values = json!({ "n": status.sign_ins_last_minute, "ms": p95 });
        lines.push(texts.say("cli-status-sign-ins", &values));
    }
    if status.next_import_ms.is_some() {
        lines.push(texts.say("cli-status-next", &json!(status)));
    }
    for import in &status.last_imports {
        lines.push(last_import(texts, import));
        lines.extend(people::notes(texts, &import.findings));
    }
    lines.extend(status.awaiting_approval.iter().map(|list| people::approval(texts, list)));
    for mapping in &status.proposed {
        lines.push(texts.say("cli-status-proposed", &json!({ "mapping": mapping })));
    }
    for refused in &status.refused {
        let mut values = json!(refused);
        values["since"] = json!(local_time(refused.since_ms));
        lines.push(texts.say("cli-status-refused", &values));
    }
    lines.extend(status.following.iter().map(|following| followed(texts, following)));
    for import in &status.elsewhere {
        lines.push(texts.say("cli-status-elsewhere", &json!(import)));
    }
    for left in &status.left_behind {
        lines.push(texts.say("cli-status-left-behind", &json!(left)));
    }
    for account in &status.missing_passwords {
        lines.push(texts.say("cli-status-password", &json!({ "account": account })));
    }
    if let Some(update) = &status.update {
        lines.push(texts.say("cli-status-update", &json!({ "version": update.version })));
    }
    for alert in &status.alerts {
        let error = Error::new(alert.code, &alert.message).with_action(&alert.action);
        let values = json!({ "message": texts.message(&error), "action": texts.action(&error) });
        lines.push(texts.say("cli-status-alert", &values));
    }
    lines.join("\n")
}

fn last_import(texts: &Texts, import: &ImportRecord) -> String {
    let how = people::ending(texts, import);
    let values = json!({ "mapping": import.mapping, "read": import.read,
        "counts": people::counts(texts, &import.counts), "how": how });
    let line = texts.say("cli-status-import", &values);
    let advice = import.error.as_ref().map(|error| to_do(texts, error));
    [Some(line), advice].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn followed(texts: &Texts, following: &Following) -> String {
    let method = json!(following.method);
    let how = texts.text(&format!("cli-status-{}", method.as_str().unwrap_or_default()));
    let doubt = following.error.is_some();
    let id = if doubt { "cli-status-not-following" } else { "cli-status-following" };
    let values = json!({ "mapping": following.mapping, "how": how, "error": following.error });
    texts.say(id, &values)
}

pub async fn check(door: &Door, printer: &Printer) -> Result<bool> {
    let checks = door.checks().await?;
    printer.checks(&checks);
    Ok(checks.iter().all(|c| c.status != CheckStatus::Fail))
}

pub async fn journal(
    door: &Door,
    printer: &Printer,
    kind: Option<String>,
    limit: u32,
) -> Result<bool> {
    let entries = door.journal(JournalQuery { kind, limit, ..Default::default() }).await?;
    printer.show(&entries, || journal::text(printer.texts(), &entries));
    Ok(true)
}

pub async fn diagnose(door: &Door, printer: &Printer, zip: Option<&Path>) -> Result<bool> {
    match zip {
        None => {
            let report = door.diagnose().await?;
            printer.show(&report, || serde_json::to_string_pretty(&report).unwrap_or_default());
        }
        Some(file) => {
            door.diagnose_zip(file).await?;
            printer.show(&json!({ "file": file }), || {
                printer.texts().say("cli-written", &json!({ "file": file }))
            });
        }
    }
    Ok(true)
}
