//! Checks for people: a mark, what was tried, what was found, what to do.

use connector_model::{Check, CheckStatus};
use connector_texts::Texts;
use serde_json::json;
use std::fmt::Write;

pub fn text(texts: &Texts, checks: &[Check]) -> String {
    let mut out = String::new();
    let width = |text: &str| text.chars().count();
    let step = checks.iter().map(|c| width(&c.check)).max().unwrap_or(0);
    let target = checks.iter().map(|c| width(&c.target)).max().unwrap_or(0).min(40);
    for check in checks {
        let mark = texts.text(match check.status {
            CheckStatus::Pass => "cli-mark-pass",
            CheckStatus::Fail => "cli-mark-fail",
            CheckStatus::Skip => "cli-mark-skip",
        });
        let said = texts.check(check);
        let line = format!("{mark}  {:<step$}  {:<target$}  {said}", check.check, check.target);
        let _ = writeln!(out, "{}", line.trim_end());
        let action = texts.check_action(check);
        if !action.is_empty() {
            let advice = texts.say("cli-to-do", &json!({ "action": action }));
            let code = check.code.map(|code| format!(" ({code})")).unwrap_or_default();
            let _ = writeln!(out, "      {advice}{code}");
        }
    }
    let failed = checks.iter().filter(|c| c.status == CheckStatus::Fail).count();
    let passed = checks.iter().filter(|c| c.status == CheckStatus::Pass).count();
    let skipped = checks.len() - passed - failed;
    let counts = json!({ "passed": passed, "failed": failed, "skipped": skipped });
    let _ = writeln!(out, "{}", texts.say("cli-checked", &counts));
    out
}
