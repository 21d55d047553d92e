//! Arguments of updates.

use clap::Subcommand;

#[derive(Subcommand)]
pub enum Update {
    /// What is known: installed and offered version, and how far an update is
    Status,
    /// Look for one now
    Check,
    /// Download what is offered, check its signature, and have it installed
    Install,
    /// Install what was approved in a home; for an administrator, and for the service that waits for approvals
    #[command(hide = true)]
    Apply,
    /// Wait for approvals, started by the Windows service manager
    #[cfg(windows)]
    #[command(hide = true)]
    Serve,
}
