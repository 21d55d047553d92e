//! When updates are looked for and when one is installed without anybody's word.

use super::Updates;
use super::window::{self, Window};
use connector_model::UpdateInstall;
use connector_platform::update::Privilege;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The first look after a start.
const FIRST: Duration = Duration::from_mins(1);
const DAILY: Duration = Duration::from_hours(24);
/// The next look after one that failed.
const AGAIN: Duration = Duration::from_hours(1);
/// Between two looks how an installation goes on.
const WATCH: Duration = Duration::from_secs(2);
/// The longest sleep: clocks are set, and machines sleep.
const NAP: Duration = Duration::from_mins(5);

impl Updates {
    /// Looks daily, and installs in the maintenance window where that is wanted, until `stop`.
    pub async fn keep(self: Arc<Self>, stop: CancellationToken) {
        let mut next_check = Instant::now() + spread(FIRST);
        let mut next_install = None;
        let mut not_before = Instant::now();
        loop {
            if let Err(error) = self.look().await {
                tracing::warn!(code = %error.code, "updates: {}", error.message);
            }
            let settings = self.settings();
            if settings.check && next_check <= Instant::now() {
                let checked = self.check().await;
                next_check = Instant::now() + spread(if checked.is_ok() { DAILY } else { AGAIN });
                if let Err(error) = checked {
                    tracing::info!(code = %error.code, "no look for updates: {}", error.message);
                }
            }
            let known = self.known();
            let wanted = settings.install == UpdateInstall::Window
                && self.privilege != Privilege::Asked
                && known.fresh().is_some()
                && not_before <= Instant::now();
            next_install = match Window::of(&settings) {
                Ok(window) if wanted => {
                    let begin = || Instant::now() + window.begins_in(window::now());
                    let begin = next_install.unwrap_or_else(begin);
                    if begin <= Instant::now() && window.opens_in(window::now()) == 0 {
                        // What failed is in the journal. Where the version is not to blame, it is tried again, but not at once.
                        if self.install("maintenance window").await.is_err() {
                            not_before = Instant::now() + AGAIN;
                        }
                        None
                    } else {
                        Some(begin).filter(|begin| *begin > Instant::now())
                    }
                }
                _ => None,
            };
            let nap = if self.known().pending().is_some() { WATCH } else { NAP };
            let check = settings.check.then_some(next_check);
            let next = [check, next_install].into_iter().flatten().min();
            let wake = next.map_or(Instant::now() + nap, |next| next.min(Instant::now() + nap));
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.changed.notified() => next_install = None,
                () = tokio::time::sleep_until(wake) => {}
            }
        }
    }
}

/// That long, or up to a quarter longer.
fn spread(wait: Duration) -> Duration {
    wait + wait.mul_f64(rand::random_range(0.0..0.25))
}
