//! Checks for people: a mark, what was tried, what was found, what to do.

use connector_model::{Check, CheckStatus};
use std::fmt::Write;

pub fn text(checks: &[Check]) -> String {
    let mut out = String::new();
    let width = |text: &str| text.chars().count();
    let step = checks.iter().map(|c| width(&c.check)).max().unwrap_or(0);
    let target = checks.iter().map(|c| width(&c.target)).max().unwrap_or(0).min(40);
    for check in checks {
        let mark = match check.status {
            CheckStatus::Pass => "pass",
            CheckStatus::Fail => "FAIL",
            CheckStatus::Skip => "skip",
        };
        let line =
            format!("{mark}  {:<step$}  {:<target$}  {}", check.check, check.target, check.message);
        let _ = writeln!(out, "{}", line.trim_end());
        if check.status == CheckStatus::Fail {
            let code = check.code.map(|c| c.to_string()).unwrap_or_default();
            let _ = writeln!(out, "      what to do: {} ({code})", check.action);
        }
    }
    let failed = checks.iter().filter(|c| c.status == CheckStatus::Fail).count();
    let passed = checks.iter().filter(|c| c.status == CheckStatus::Pass).count();
    let _ = writeln!(
        out,
        "{passed} passed, {failed} failed, {} skipped",
        checks.len() - passed - failed
    );
    out
}
