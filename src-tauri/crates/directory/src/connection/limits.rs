//! How long to wait and how much to accept.

use std::time::Duration;

/// Deadlines and size limits of one account's connections.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For resolving a name, opening TCP and agreeing on TLS, each.
    pub connect: Duration,
    /// For one bind.
    pub bind: Duration,
    /// For one browse, look-up or probe as a whole.
    pub operation: Duration,
    /// For one page of a long read.
    pub page: Duration,
    /// Entries per page; AD's own limit is 1,000 (MS-ADTS 3.1.1.3.4.6, MaxPageSize).
    pub page_size: u16,
    /// Largest message accepted from a server, in bytes.
    pub max_message: usize,
    /// Deepest nesting accepted in a message.
    pub max_depth: usize,
    /// Most values, names and what holds them accepted in a message: each takes far more memory than it has bytes.
    pub max_values: usize,
    /// What the entries of one page, or of one small search, may take, in bytes as sent.
    pub max_page: usize,
    /// What one read may take as a whole, in bytes as sent. A million people have about 2 GiB.
    pub max_read: u64,
    /// How long members of groups that were read are good for a sign-in that finds its person among them.
    pub members: Duration,
    /// How long they are good for whoever is not among them, and for proofs.
    pub no_member: Duration,
    /// Connections kept for searching, and as many for checking passwords.
    pub pool_size: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            bind: Duration::from_secs(10),
            operation: Duration::from_secs(30),
            page: Duration::from_mins(1),
            page_size: 1000,
            max_message: 12 * 1024 * 1024,
            max_depth: 64,
            max_values: 300_000,
            max_page: 16 * 1024 * 1024,
            max_read: 16 * 1024 * 1024 * 1024,
            members: Duration::from_mins(1),
            no_member: Duration::from_secs(5),
            pool_size: 16,
        }
    }
}
