//! Memory of a program with everything that it started: proportional set size (PSS), which counts shared pages once.

use std::path::Path;

/// Mebibytes of PSS of a process and all its descendants, and how many processes that are.
pub fn pss_of_tree(root: u32) -> (f64, usize) {
    let mut tree = vec![root];
    let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut at = 0;
    while let Some(&one) = tree.get(at) {
        tree.extend(parents.iter().filter(|(_, parent)| *parent == one).map(|(pid, _)| *pid));
        at += 1;
    }
    let kibibytes: u64 = tree.iter().filter_map(|pid| pss(*pid)).sum();
    (kibibytes as f64 / 1024.0, tree.len())
}

/// Mebibytes of PSS of one process.
pub fn pss_of(pid: u32) -> f64 {
    pss(pid).unwrap_or(0) as f64 / 1024.0
}

fn parent(pid: u32) -> Option<u32> {
    let stat =
        std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    // The name in parentheses may hold anything, also parentheses.
    stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
}

fn pss(pid: u32) -> Option<u64> {
    let file = Path::new("/proc").join(pid.to_string()).join("smaps_rollup");
    let text = std::fs::read_to_string(file).ok()?;
    text.lines().find(|line| line.starts_with("Pss:"))?.split_whitespace().nth(1)?.parse().ok()
}
