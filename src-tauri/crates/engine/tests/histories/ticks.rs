//! Time that goes on where nothing else does. The runtime's time is paused, and stands still while a thread waits: for the disk,
//! which is over soon, or for room in a queue, whose reader may wait for time to pass.

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How long one history may take, in real time: a hundred times what the slowest takes.
const LIMIT: Duration = Duration::from_mins(2);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(10);

/// Which history runs, and since when.
pub type Current = Arc<Mutex<(u64, Instant)>>;

/// What the threads of a part are called.
pub fn name(part: u64) -> String {
    format!("part-{part}")
}

/// Tells of a second now and then, as long as anybody listens and no thread of the part has work: on a busy machine minutes would
/// pass before it was its turn. Ends the program when a history hangs, even in a thread that waits for nothing of the runtime.
pub fn ticks(part: u64, current: &Current, again: &'static str) -> Arc<Notify> {
    let ticks = Arc::new(Notify::new());
    let (listener, current) = (Arc::downgrade(&ticks), current.clone());
    std::thread::spawn(move || {
        while let Some(ticks) = listener.upgrade() {
            if everybody_waits(&name(part)) {
                ticks.notify_one();
            }
            drop(ticks);
            std::thread::sleep(LOOK);
            let (seed, since) = *current.lock().unwrap();
            if since.elapsed() > LIMIT {
                eprintln!("seed {seed} hangs: SEED={seed} {again}");
                std::process::exit(1);
            }
        }
    });
    ticks
}

/// Whether all threads sleep, but for this one and those of other parts. Where the system does not tell, they do.
fn everybody_waits(part: &str) -> bool {
    let own = fs::read_link("/proc/thread-self").unwrap_or_default();
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let others = threads.filter(|thread| Some(&*thread.file_name()) != own.file_name());
    // proc_pid_stat(5): the name in parentheses, then the state.
    others.filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok()).all(|stat| {
        let (before, after) = stat.rsplit_once(") ").unwrap_or_default();
        let name = before.split_once('(').map_or("", |(_, name)| name);
        let anothers = name.starts_with("part-") && name != part;
        anothers || after.starts_with('S')
    })
}
