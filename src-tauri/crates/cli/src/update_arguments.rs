//! Arguments of updates.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Update {
    /// Show the installed and the offered version, and the progress of an update
    Status,
    /// Check for an update now
    Check,
    /// Download the offered update, check its signature and install it
    Install,
    /// Install what was approved in a home; for an administrator, and for the service that waits for approvals
    #[command(hide = true)]
    Apply,
    /// Wait for approvals, started by the Windows service manager
    #[cfg(windows)]
    #[command(hide = true)]
    Serve,
}
