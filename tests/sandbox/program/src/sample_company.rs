//! Runs the directory, the cloud or both, and tells where they are.

use crate::command_line::{AllCommand, CloudCommand, DirectoryCommand};
use sandbox_authority::DataDir;
use sandbox_cloud::{CloudServer, RunningCloud, StartError};
use sandbox_directory::{DirectoryOptions, DirectoryServer};
use serde_json::{Value, json};
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

/// `insync-sandbox directory`.
pub async fn directory(command: DirectoryCommand) -> Result<(), StartError> {
    let options = command.options();
    let data = command.data.as_deref().map(DataDir::open).transpose()?;
    let (server, line) = start_directory(options, data.as_ref()).await?;
    say(&line)?;
    let server = Arc::new(server);
    if command.edits_stdin {
        edit(server.clone());
    }
    stopped().await?;
    drop(server);
    Ok(())
}

/// Applies what comes on standard input, record by record. A thread of its own reads, for which the end does not wait.
fn edit(server: Arc<DirectoryServer>) {
    std::thread::spawn(move || {
        let mut record = String::new();
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if !line.is_empty() {
                record.push_str(&line);
                record.push('\n');
                continue;
            }
            let answer = match server.apply(&std::mem::take(&mut record)) {
                Ok(changed) => json!({ "changed": changed }),
                Err(error) => json!({ "error": error }),
            };
            if say(&answer).is_err() {
                break;
            }
        }
    });
}

/// `insync-sandbox cloud`.
pub async fn cloud(command: CloudCommand) -> Result<(), StartError> {
    let cloud = CloudServer::start(command.options()).await?;
    say(&describe(&cloud))?;
    stopped().await?;
    cloud.shutdown().await;
    Ok(())
}

/// `insync-sandbox all`.
pub async fn all(command: AllCommand) -> Result<(), StartError> {
    let options = command.cloud();
    let data = DataDir::open(&options.data_dir)?;
    let cloud = CloudServer::start(options).await?;
    let (server, directory) = start_directory(command.directory(), Some(&data)).await?;
    let mut line = describe(&cloud);
    line["directory"] = directory;
    say(&line)?;
    stopped().await?;
    cloud.shutdown().await;
    drop(server);
    Ok(())
}

async fn start_directory(
    mut options: DirectoryOptions,
    data: Option<&DataDir>,
) -> Result<(DirectoryServer, Value), StartError> {
    if let Some(data) = data {
        options.ca = Some(data.authority("directory-ca", "Sample company CA")?);
        recall(data, "directory-port", &mut options.listen);
        recall(data, "directory-tls-port", &mut options.tls_listen);
    }
    let face = options.face;
    let server = DirectoryServer::start(options).await?;
    let (bind_name, password) = face.reader();
    let mut line = json!({
        "ldap": format!("ldap://{}", server.ldap_addr()),
        "ldaps": format!("ldaps://{}", server.ldaps_addr()),
        "base_dn": face.suffix(),
        "bind_name": bind_name,
    });
    if let Some((plain, tls)) = server.catalog_addrs() {
        line["catalog"] = json!({ "ldap": plain, "ldaps": tls });
    }
    if let Some(data) = data {
        data.write("directory-password", password)?;
        data.write("directory-port", &server.ldap_addr().port().to_string())?;
        data.write("directory-tls-port", &server.ldaps_addr().port().to_string())?;
        line["ca_file"] = json!(data.path("directory-ca.pem"));
        line["password_file"] = json!(data.path("directory-password"));
    } else {
        // The sample passwords are public.
        line["ca_pem"] = json!(server.ca_pem());
        line["password"] = json!(password);
    }
    Ok((server, line))
}

/// The port of last time for an address that leaves it open, if it is free now.
fn recall(data: &DataDir, file: &str, address: &mut SocketAddr) {
    let last = data.read(file).and_then(|port| port.trim().parse().ok());
    if let (0, Some(port)) = (address.port(), last) {
        let wanted = SocketAddr::new(address.ip(), port);
        if std::net::TcpListener::bind(wanted).is_ok() {
            *address = wanted;
        }
    }
}

fn describe(cloud: &RunningCloud) -> Value {
    json!({ "url": cloud.url(), "ca_file": cloud.ca_file(), "admin_token": cloud.admin_token() })
}

/// The one line that scripts read.
fn say(line: &Value) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Waits for the request to stop: interrupt, or SIGTERM where there is one.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
