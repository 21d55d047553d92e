//! Mappings that the cloud sends: how many are taken, whatever becomes of them.

use connector_model::{Code, Error, Result};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So many are taken in an hour: each is written, and kept in the journal.
const IN_AN_HOUR: usize = 60;
const HOUR: Duration = Duration::from_hours(1);

/// When the last ones came.
#[derive(Default)]
pub(crate) struct Arrivals(VecDeque<Instant>);

impl Arrivals {
    /// Notes that another one came; `throttled` where too many did of late.
    pub fn another(&mut self, now: Instant) -> Result<()> {
        while self.0.front().is_some_and(|at| now.duration_since(*at) >= HOUR) {
            self.0.pop_front();
        }
        if self.0.len() >= IN_AN_HOUR {
            let text = "Too many mappings of the cloud came within an hour.";
            return Err(Error::new(Code::Throttled, text));
        }
        self.0.push_back(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_are_taken_in_an_hour() {
        let (mut came, now) = (Arrivals::default(), Instant::now());
        for n in 0..60 {
            came.another(now + Duration::from_secs(n)).unwrap();
        }
        let refused = came.another(now + Duration::from_secs(3599));
        assert_eq!(refused.unwrap_err().code, Code::Throttled);
        came.another(now + HOUR).unwrap();
        assert!(came.another(now + HOUR).is_err(), "one by one");
    }
}
