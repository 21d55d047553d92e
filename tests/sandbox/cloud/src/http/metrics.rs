//! Counters in Prometheus' text format (version 0.0.4).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counter {
    /// Sign-ins, by full outcome.
    SignIns,
    /// Activations, by outcome.
    Activations,
    /// Sessions of connectors, by how they ended or `opened`.
    Sessions,
    /// SCIM requests, by status.
    Scim,
    /// People changed by SCIM, by operation.
    People,
}

impl Counter {
    fn describe(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::SignIns => ("insync_sign_ins_total", "outcome", "Sign-ins by outcome."),
            Self::Activations => ("insync_activations_total", "outcome", "Activations by outcome."),
            Self::Sessions => {
                ("insync_sessions_total", "event", "Sessions of connectors by event.")
            }
            Self::Scim => ("insync_scim_requests_total", "status", "SCIM requests by status."),
            Self::People => ("insync_people_total", "operation", "People changed by operation."),
        }
    }
}

/// All counters of one cloud.
#[derive(Debug, Default)]
pub struct Metrics(Mutex<BTreeMap<Counter, BTreeMap<String, u64>>>);

impl Metrics {
    /// Adds `n` under a label. Labels come from fixed sets, so that the map stays small.
    pub fn add(&self, counter: Counter, label: &str, n: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let labels = all.entry(counter).or_default();
        match labels.get_mut(label) {
            Some(count) => *count += n,
            None => {
                labels.insert(label.to_owned(), n);
            }
        }
    }

    /// The text that a scraper reads.
    pub fn render(&self, connected: usize) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        for (counter, labels) in all.iter() {
            let (name, label, help) = counter.describe();
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter");
            for (value, count) in labels {
                let _ = writeln!(text, "{name}{{{label}=\"{value}\"}} {count}");
            }
        }
        let _ = writeln!(
            text,
            "# HELP insync_connectors_connected Connectors with an open session.\n\
             # TYPE insync_connectors_connected gauge\ninsync_connectors_connected {connected}"
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_rendered_with_their_labels() {
        let metrics = Metrics::default();
        metrics.add(Counter::SignIns, "ok", 1);
        metrics.add(Counter::SignIns, "ok", 2);
        let text = metrics.render(1);
        assert!(text.contains("insync_sign_ins_total{outcome=\"ok\"} 3\n"), "{text}");
        assert!(text.ends_with("insync_connectors_connected 1\n"), "{text}");
    }
}
