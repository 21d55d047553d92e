//! Progress with counts, on a terminal only.

use super::printable;
use connector_api::ImportProgress;
use connector_texts::Texts;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

/// Shows how far an import is.
pub struct Progress {
    bar: ProgressBar,
    texts: &'static Texts,
}

impl Progress {
    /// Hidden where stderr is no terminal.
    pub fn new(texts: &'static Texts) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Self { bar, texts }
    }

    pub fn report(&self, now: &ImportProgress) {
        let values = json!({
            "mapping": now.mapping, "read": now.read, "acknowledged": now.acknowledged, "total": now.to_send,
        });
        let sending = now.to_send.is_some();
        let id = if sending { "cli-progress-sending" } else { "cli-progress-reading" };
        self.bar.set_message(printable(&self.texts.say(id, &values)));
    }

    /// How many people are planned.
    pub fn planned(&self, n: u64) {
        self.bar.set_message(self.texts.say("cli-progress-planned", &json!({ "n": n })));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
