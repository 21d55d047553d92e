//! What the cloud, the window and the command line ask about one person: answered, tallied and noted in the journal.

use crate::engine::Engine;
use crate::people::activation::{self, FindAnswer};
use crate::people::sign_in::SignIn;
use crate::state::records::SignInAnswer;
use crate::store::journal::NewEntry;
use connector_model::{Result, Secret, SignInOutcome, UserName};
use futures_util::future::BoxFuture;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

/// The cloud waits no longer for a look-up that finds nobody.
const LONGEST: Duration = Duration::from_secs(10);

impl Engine {
    /// Verifies a password. Never an error: what cannot be judged is `directory_unavailable`.
    pub fn sign_in<'a>(
        &'a self,
        user: &'a UserName,
        password: &'a Secret,
        deadline: Instant,
    ) -> BoxFuture<'a, SignInAnswer> {
        Box::pin(async move {
            let began = Instant::now();
            let (settings, ports) = self.config();
            // Whichever ends first ends the work, and the wait of a refusal as well.
            let deadline = deadline.min(began + settings.sign_in.deadline());
            let shared = &self.shared;
            let sign_in = SignIn {
                settings: &settings,
                directories: &*ports.directories,
                lockout: &shared.sign_ins.lockout,
                shared: shared.sign_ins.shared(),
                clock: &ports.clock,
                store: &shared.store,
            };
            let record = sign_in.answer(user, password, deadline).await;
            let took = began.elapsed();
            shared.sign_ins.tally.add(took);
            match &record.error {
                Some((account, error)) if !account.is_empty() => self.note_failure(account, error),
                Some(_) => {}
                None => {
                    let account = record
                        .mapping
                        .as_deref()
                        .and_then(|m| settings.mapping(m).ok())
                        .map(|m| &m.account);
                    if let Some(account) = account {
                        self.note_success(account);
                        self.note_password(account, &record.answer);
                    }
                }
            }
            // The typed name is kept only of people who exist: others may have typed a password there.
            let subject =
                record.answer.identity.as_ref().map(ToString::to_string).unwrap_or_default();
            let detail = json!({
                "outcome": record.answer.outcome, "code": record.code, "mapping": record.mapping,
                "milliseconds": took.as_secs_f64() * 1000.0, "password": record.answer.notice,
            });
            shared.journal.note(NewEntry {
                at_ms: ports.clock.now_ms(),
                kind: "sign_in",
                subject,
                detail,
            });
            if record.answer.outcome != SignInOutcome::Ok {
                tracing::info!(code = record.code, "sign-in refused");
            }
            if record.answer.outcome.is_plain_refusal() {
                shared.sign_ins.pace.even_out(began, deadline).await;
            }
            record.answer
        })
    }

    /// Looks somebody up for mass deployment. `throttled` where too many look-ups of late found nobody.
    pub fn find<'a>(&'a self, user: &'a UserName) -> BoxFuture<'a, Result<FindAnswer>> {
        Box::pin(async move {
            let began = Instant::now();
            let (settings, ports) = self.config();
            let allowed = self.shared.sign_ins.look_ups.allow().await?;
            let found =
                activation::find(&settings, &*ports.directories, &self.shared.store, user).await?;
            let subject = found.identity.as_ref().map(ToString::to_string).unwrap_or_default();
            let detail = json!({ "outcome": found.outcome, "mapping": found.mapping });
            let at_ms = ports.clock.now_ms();
            self.shared.journal.note(NewEntry { at_ms, kind: "activation", subject, detail });
            if found.person.is_some() {
                allowed.found();
            } else {
                drop(allowed);
                self.shared.sign_ins.pace.even_out(began, began + LONGEST).await;
            }
            Ok(found)
        })
    }
}
