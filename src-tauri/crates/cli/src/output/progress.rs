//! Progress with counts, on a terminal only.

use connector_api::ImportProgress;
use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far an import is.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Hidden where stderr is no terminal.
    pub fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Self { bar }
    }

    pub fn report(&self, now: &ImportProgress) {
        self.bar.set_message(match now.to_send {
            Some(total) => format!(
                "{}: {} read, {} of {total} acknowledged",
                now.mapping, now.read, now.acknowledged
            ),
            None => format!("{}: {} read", now.mapping, now.read),
        });
    }

    pub fn count(&self, what: &str, n: u64) {
        self.bar.set_message(format!("{what}: {n}"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
