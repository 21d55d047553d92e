//! Sentences of the typed values that the engine tells.

use crate::Texts;
use connector_model::{Check, Error, Finding, Headline, PlannedPerson};
use serde_json::json;

impl Texts {
    /// What matters most now.
    pub fn headline(&self, headline: &Headline) -> String {
        self.typed("headline", headline)
    }

    /// Why something happens to a person, and what it waits for.
    pub fn reason(&self, person: &PlannedPerson) -> String {
        let why = self.typed("reason", &person.reason);
        let needs = person.needs.as_ref().map(|needs| self.say("needs-approval", &json!(needs)));
        let refused = person.refused.as_ref();
        let refused = refused.map(|error| self.say("refused-before", &json!({ "error": error })));
        [Some(why), needs, refused].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What a check found, or why it failed.
    pub fn check(&self, check: &Check) -> String {
        check.code.map_or_else(
            || check.message.clone(),
            |code| self.message(&Error::new(code, &check.message)),
        )
    }

    /// What to do about a failed check.
    pub fn check_action(&self, check: &Check) -> String {
        let error = |code| Error::new(code, &check.message).with_action(&check.action);
        check.code.map_or_else(|| check.action.clone(), |code| self.action(&error(code)))
    }

    /// What is odd about people or groups.
    pub fn finding(&self, finding: &Finding) -> String {
        let kind = json!(finding.kind);
        let id = format!("find-{}", kind.as_str().unwrap_or_default());
        self.say(&id, &json!({ "n": finding.count }))
    }
}
