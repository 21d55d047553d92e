//! How much memory and time an input takes, and how much it may.

use peak_alloc::PeakAlloc;
use rustix::time::{ClockId, clock_gettime};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Counts what is allocated by the programs of this package.
#[global_allocator]
pub static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Longest time that one input may compute, on a machine that does other things as well.
const COMPUTES: Duration = Duration::from_secs(1);

/// What one input may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    fixed: usize,
    per_byte: usize,
}

/// What one input took.
#[derive(Debug, Clone, Copy)]
pub struct Taken {
    /// Bytes at most, beyond what there was before.
    pub memory: usize,
    /// Time of the processor.
    pub time: Duration,
}

impl Bounds {
    pub(crate) const fn of(mebibytes: usize, per_byte: usize) -> Self {
        Self { fixed: mebibytes * 1024 * 1024, per_byte }
    }

    /// What is too much, if anything.
    pub fn excess(&self, taken: &Taken, length: usize) -> Option<String> {
        let allowed = self.fixed + self.per_byte * length;
        if taken.memory > allowed {
            return Some(format!("{} bytes of memory, {allowed} are allowed", taken.memory));
        }
        // A sanitizer makes everything many times slower; there libFuzzer has a limit of its own.
        let in_time = cfg!(feature = "libfuzzer") || taken.time <= COMPUTES;
        (!in_time).then(|| format!("{:?} of computing, {COMPUTES:?} are allowed", taken.time))
    }
}

/// Runs one input; what it took, and with which words it failed. One at a time.
pub fn measured(run: impl FnOnce()) -> (Taken, Option<String>) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (before, began) = (ALLOCATOR.current_usage(), now());
    ALLOCATOR.reset_peak_usage();
    let failure = catch_unwind(AssertUnwindSafe(run)).err();
    let memory = ALLOCATOR.peak_usage().saturating_sub(before);
    let taken = Taken { memory, time: now().saturating_sub(began) };
    let words = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "a panic without words".to_owned())
    };
    (taken, failure.map(words))
}

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}
