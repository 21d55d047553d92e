//! A budget of wrong passwords per person: guesses stop here before the directory locks the account.

use connector_model::settings::SignInSettings;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Most people remembered at once; beyond that the oldest are forgotten first.
const MAX_REMEMBERED: usize = 100_000;

#[derive(Debug, Default)]
pub(crate) struct Lockout {
    wrong: Mutex<HashMap<String, (u32, Instant)>>,
}

impl Lockout {
    /// Whether another attempt may be forwarded.
    pub fn allows(&self, key: &str, rules: &SignInSettings) -> bool {
        let Ok(wrong) = self.wrong.lock() else { return true };
        wrong.get(key).is_none_or(|(count, since)| {
            *count < rules.wrong_attempts || since.elapsed() >= window(rules)
        })
    }

    /// Notes a wrong password.
    pub fn failed(&self, key: &str, rules: &SignInSettings) {
        let Ok(mut wrong) = self.wrong.lock() else { return };
        if wrong.len() >= MAX_REMEMBERED {
            let limit = window(rules);
            wrong.retain(|_, (_, since)| since.elapsed() < limit);
            if wrong.len() >= MAX_REMEMBERED {
                let oldest =
                    wrong.iter().min_by_key(|(_, (_, since))| *since).map(|(key, _)| key.clone());
                oldest.and_then(|key| wrong.remove(&key));
            }
        }
        let entry = wrong.entry(key.to_owned()).or_insert((0, Instant::now()));
        if entry.1.elapsed() >= window(rules) {
            *entry = (0, Instant::now());
        }
        entry.0 += 1;
    }

    /// Forgets a person's wrong attempts after a right password.
    pub fn succeeded(&self, key: &str) {
        if let Ok(mut wrong) = self.wrong.lock() {
            wrong.remove(key);
        }
    }
}

fn window(rules: &SignInSettings) -> Duration {
    Duration::from_secs(u64::from(rules.window_minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_budget_ends_and_comes_back() {
        let (lockout, rules) = (Lockout::default(), SignInSettings::default());
        for _ in 0..rules.wrong_attempts {
            assert!(lockout.allows("ann", &rules));
            lockout.failed("ann", &rules);
        }
        assert!(!lockout.allows("ann", &rules) && lockout.allows("bob", &rules));
        tokio::time::advance(Duration::from_mins(15)).await;
        assert!(lockout.allows("ann", &rules));
        lockout.failed("ann", &rules);
        lockout.succeeded("ann");
        assert!(lockout.allows("ann", &rules));
    }
}
