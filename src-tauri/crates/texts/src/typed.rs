//! Sentences of the typed values that the engine tells.

use crate::Texts;
use connector_model::{Check, Error, Finding, Headline, PlannedPerson, Reason};
use serde_json::json;

impl Texts {
    /// What matters most now.
    pub fn headline(&self, headline: &Headline) -> String {
        self.typed("headline", headline)
    }

    /// Why something happens to a person.
    pub fn why(&self, reason: &Reason) -> String {
        self.typed("reason", reason)
    }

    /// Why something happens to a person, and what it waits for.
    pub fn reason(&self, person: &PlannedPerson) -> String {
        let why = self.typed("reason", &person.reason);
        let needs = person.needs.as_ref().map(|needs| self.say("needs-approval", &json!(needs)));
        let refused = person.refused.as_ref();
        let refused = refused.map(|error| self.say("refused-before", &json!({ "error": error })));
        [Some(why), needs, refused].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What a check found, why it was not tried, or why it failed.
    pub fn check(&self, check: &Check) -> String {
        match (&check.found, check.code) {
            (Some(found), _) => self.typed("found", found),
            (None, Some(code)) => self.message(&Error::new(code, &check.message)),
            (None, None) => check.message.clone(),
        }
    }

    /// What to do about what a check found, or about its failure; empty where there is nothing to do.
    pub fn check_action(&self, check: &Check) -> String {
        match (&check.found, check.code) {
            (Some(found), _) => self.advice("found", found).unwrap_or_default(),
            (None, Some(code)) => {
                self.action(&Error::new(code, &check.message).with_action(&check.action))
            }
            (None, None) => check.action.clone(),
        }
    }

    /// What is odd about people or groups.
    pub fn finding(&self, finding: &Finding) -> String {
        let kind = json!(finding.kind);
        let id = format!("find-{}", kind.as_str().unwrap_or_default());
        self.say(&id, &json!({ "n": finding.count }))
    }
}
