//! What an entry of the journal tells. The window does the same with the same texts.

use crate::Texts;
use connector_model::{Change, Code, Error, Finding};
use serde_json::{Value, json};

impl Texts {
    /// The words of an entry of a kind that has any. Entries of earlier versions lack what was not noted then.
    pub fn entry(&self, kind: &str, detail: &Value) -> Option<String> {
        match kind {
            "import" | "changes" => Some(self.imported(detail)),
            "sign_in" => {
                let how = detail["code"].as_str().or(detail["outcome"].as_str())?;
                let mapping = detail["mapping"].as_str();
                let mapping =
                    mapping.map(|name| self.say("log-in-mapping", &json!({ "name": name })));
                let took = self.say("over-ms", &json!({ "n": detail["milliseconds"].as_f64() }));
                let left = detail["password"]["grace_left"].as_u64();
                let left = left.map(|n| self.say("log-grace-left", &json!({ "n": n })));
                let times = self.times(detail);
                let parts = [Some(self.outcome(how)), times, left, mapping, Some(took)];
                Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            "activation" => {
                let parts = [Some(self.outcome(detail["outcome"].as_str()?)), self.times(detail)];
                Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            "approval" => {
                let kind = detail["kind"].as_str().unwrap_or("deactivate");
                let values = json!({ "n": detail["people"], "list": detail["list"] });
                let id = format!("log-approved-{kind}");
                self.has(&id).then(|| self.say(&id, &values))
            }
            "update" => {
                let id = format!("log-update-{}", detail["state"].as_str()?);
                let values = json!({ "by": detail["by"], "why": self.failed(detail) });
                self.has(&id).then(|| self.say(&id, &values))
            }
            "alert" => Some(self.failed(detail)),
            "settings" => {
                let name = detail["mapping"]["name"].as_str().map(str::to_owned);
                let by = self.by(&detail["by"]);
                let parts: Vec<String> = [name, by].into_iter().flatten().collect();
                (!parts.is_empty()).then(|| parts.join(", "))
            }
            "missed" => {
                Some(self.say("log-missed-people", &json!({ "n": detail["count"].as_u64()? })))
            }
            _ => None,
        }
    }

    /// How often, where one entry stands for several.
    fn times(&self, detail: &Value) -> Option<String> {
        let n = detail["times"].as_u64().filter(|n| *n > 1)?;
        Some(self.say("log-times", &json!({ "n": n })))
    }

    /// Who did it, and through which door.
    fn by(&self, by: &Value) -> Option<String> {
        let door = self.known(&format!("door-{}", by["door"].as_str()?))?;
        let account = by["account"].as_str().map(str::to_owned);
        let account = account.or_else(|| Some(format!("uid {}", by["uid"].as_u64()?)));
        let Some(account) = account else { return Some(door) };
        Some(self.say("log-by", &json!({ "account": account, "door": door })))
    }

    /// Whom or what an entry is about: a change of the settings in words, everything else by its name.
    pub fn subject(&self, kind: &str, subject: &str) -> String {
        let known = (kind == "settings").then(|| format!("did-{}", subject.replace(' ', "-")));
        known.and_then(|id| self.known(&id)).unwrap_or_else(|| subject.to_owned())
    }

    /// How a sign-in or an activation ended, in words where there are any.
    fn outcome(&self, outcome: &str) -> String {
        let told = |kind: &str| self.known(&format!("{kind}-{outcome}"));
        told("outcome").or_else(|| told("cause")).unwrap_or_else(|| outcome.replace('_', " "))
    }

    /// Why the cloud refused people. Its own words where it has any: what its code says is less.
    pub fn refusal(&self, code: Option<Code>, words: &str) -> String {
        match code {
            None | Some(Code::CloudRefused) => words.to_owned(),
            Some(code) => self.message(&Error::new(code, words)),
        }
    }

    fn imported(&self, detail: &Value) -> String {
        let number = |name: &str| detail[name].as_u64().unwrap_or_default();
        let mut parts = vec![self.counted(detail, &number)];
        if number("refused") > 0 {
            parts.push(self.say("log-refused", &json!({ "n": number("refused") })));
        }
        for refusal in detail["refusals"].as_array().into_iter().flatten() {
            let code = serde_json::from_value(refusal["code"].clone()).ok();
            let why = self.refusal(code, refusal["reason"].as_str().unwrap_or_default());
            parts.push(format!("{why} ({})", refusal["people"]));
        }
        for finding in detail["findings"].as_array().into_iter().flatten() {
            let finding = serde_json::from_value::<Finding>(finding.clone());
            parts.extend(finding.map(|finding| self.finding(&finding)));
        }
        for list in detail["awaiting_approval"].as_array().into_iter().flatten() {
            let id = format!("log-waits-{}", list["kind"].as_str().unwrap_or_default());
            parts.push(self.say(&id, &json!({ "n": list["people"] })));
        }
        if let Ok(error) = serde_json::from_value::<Error>(detail["error"].clone()) {
            parts.push(self.message(&error));
        }
        parts.join(" ")
    }

    /// How many were read, and what was done with whom: those are other people where somebody left.
    fn counted(&self, detail: &Value, number: &dyn Fn(&str) -> u64) -> String {
        let done = Change::ALL.into_iter().filter_map(|change| {
            let n = detail["counts"][change.as_str()].as_u64().filter(|n| *n > 0)?;
            Some(self.say(&format!("log-did-{}", change.as_str()), &json!({ "n": n })))
        });
        let done = done.collect::<Vec<_>>().join(", ");
        if done.is_empty() {
            let values = json!({ "read": number("read"), "done": number("acknowledged") });
            return self.say("log-imported", &values);
        }
        self.say("log-read", &json!({ "read": number("read"), "done": done }))
    }

    fn failed(&self, detail: &Value) -> String {
        let text = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
        match serde_json::from_value::<Error>(detail.clone()) {
            Ok(error) => format!("{} {}", self.message(&error), self.action(&error)),
            Err(_) => format!("{} {}", text("message"), text("action")).trim().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn entries_are_told_and_old_ones_lose_nothing() {
        let german = Texts::of(Language::German);
        let import = json!({ "read": 1, "acknowledged": 2, "refused": 3,
            "awaiting_approval": [{ "mapping": "Sales", "kind": "deactivate", "people": 1313, "hash": "0a" }],
            "refusals": [{ "reason": "Name taken.", "people": 3 }, { "code": "cloud_throttled", "reason": "Later.", "people": 1 }] });
        assert_eq!(
            german.entry("import", &import).unwrap(),
            "1 Person gelesen, 2 bestätigt. 3 Personen von der Cloud abgelehnt. Name taken. (3) Die Cloud drosselt diesen \
             Connector. (1) 1.313 Personen warten auf Ihre Freigabe, deaktiviert zu werden (ihre Daten bleiben erhalten)."
        );
        let removed = json!({ "read": 667, "acknowledged": 1313, "counts": { "preserve": 1313, "unchanged": 667 } });
        assert_eq!(
            Texts::of(Language::English).entry("import", &removed).unwrap(),
            "667 people read: 1,313 deactivated (data preserved), 667 unchanged."
        );
        let by = json!({ "by": { "door": "command_line", "account": "ada", "uid": 1000 } });
        let told = Texts::of(Language::English).entry("settings", &by).unwrap();
        assert_eq!(told, "by ada, on the command line");
        let sign_in = json!({ "outcome": "ok", "mapping": "Sales", "milliseconds": 12.34 });
        let english = Texts::of(Language::English);
        assert_eq!(
            english.entry("sign_in", &sign_in).unwrap(),
            "Signed in, mapping Sales, 12.3 ms"
        );
        let grace =
            json!({ "outcome": "ok", "milliseconds": 1.0, "password": { "grace_left": 2 } });
        assert_eq!(
            english.entry("sign_in", &grace).unwrap(),
            "Signed in, the password has expired, 2 sign-ins are left, 1 ms"
        );
        let guessed = json!({ "outcome": "unknown_user", "milliseconds": 1.0, "times": 1200 });
        assert_eq!(
            english.entry("sign_in", &guessed).unwrap(),
            "Unknown user, 1,200 times within a minute, 1 ms"
        );
        let old = json!({ "message": "It was down.", "action": "Start it." });
        assert_eq!(german.entry("alert", &old).unwrap(), "It was down. Start it.");
        let new = json!({ "code": "timeout", "message": "It was slow.", "action": "Wait." });
        assert!(german.entry("alert", &new).unwrap().starts_with("Der Vorgang endete"));
        assert_eq!(german.entry("settings", &json!({})), None);
    }
}
