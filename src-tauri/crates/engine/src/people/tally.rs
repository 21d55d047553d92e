//! How many sign-ins in the last minute, and how long they took.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Samples kept; at higher rates the minute is shorter and the rate is scaled.
const KEPT: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Tally {
    samples: Mutex<VecDeque<(Instant, Duration)>>,
}

impl Tally {
    pub fn add(&self, took: Duration) {
        if let Ok(mut samples) = self.samples.lock() {
            if samples.len() >= KEPT {
                samples.pop_front();
            }
            samples.push_back((Instant::now(), took));
        }
    }

    /// Sign-ins of the last minute, and the 95th percentile of their time in milliseconds.
    pub fn last_minute(&self) -> (u64, Option<f64>) {
        let Ok(mut samples) = self.samples.lock() else { return (0, None) };
        while samples.front().is_some_and(|(at, _)| at.elapsed() > Duration::from_mins(1)) {
            samples.pop_front();
        }
        let mut times: Vec<Duration> = samples.iter().map(|(_, took)| *took).collect();
        times.sort();
        let p95 = times.get((times.len() * 95 / 100).min(times.len().saturating_sub(1)));
        (times.len() as u64, p95.map(|t| t.as_secs_f64() * 1000.0))
    }
}
