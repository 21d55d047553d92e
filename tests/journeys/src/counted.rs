//! What the kernel says of a home and of a server: how many processes, how many connections.

use std::path::{Path, PathBuf};

/// Processes that have the home's database open: an engine has, nobody else.
pub fn engines(home: &Path) -> usize {
    let database = home.join("connector.db").canonicalize().expect("the home has a database");
    let processes = std::fs::read_dir("/proc").expect("a list of processes").flatten();
    let has_it = |process: &std::fs::DirEntry| {
        let files = std::fs::read_dir(process.path().join("fd")).into_iter().flatten().flatten();
        files.filter_map(|file| file.path().read_link().ok()).any(|open| open == database)
    };
    let holders: Vec<_> = processes.filter(has_it).map(|process| process.path()).collect();
    // A process that an engine starts has the engine's files until it becomes another program.
    let is_own = |process: &&PathBuf| {
        !parent(process).is_some_and(|p| holders.contains(&Path::new("/proc").join(p)))
    };
    holders.iter().filter(is_own).count()
}

/// The number of a process's parent (proc(5), `stat`).
fn parent(process: &Path) -> Option<String> {
    let text = std::fs::read_to_string(process.join("stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    rest.split_whitespace().nth(1).map(str::to_owned)
}

/// Connections to this server (`host:port`) that are there now (`/proc/net/tcp`, state 01).
pub fn connections(server: &str) -> usize {
    let port = server.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
    let remote = format!(":{:04X}", port.expect("a port"));
    let table = std::fs::read_to_string("/proc/net/tcp").expect("the kernel's table");
    let fields = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    fields.filter(|f| f.len() > 3 && f[2].ends_with(&remote) && f[3] == "01").count()
}
