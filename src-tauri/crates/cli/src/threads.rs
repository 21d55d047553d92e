//! How the program's threads end.

use std::time::Duration;
use tokio::runtime::Runtime;

/// One that waits for a locked keychain or a slow name server does not hold the exit up for longer.
const END: Duration = Duration::from_millis(300);

/// Ends them before the program does, so that none is cut off in the middle of its own end.
pub fn end(runtime: Runtime) {
    runtime.shutdown_timeout(END);
}
