//! A sign-in on the administrator's word: the same path as the cloud's, to see what a person would see.

use crate::host::Host;
use connector_engine::records::SignInAnswer;
use connector_model::{Result, Secret, UserName};
use std::time::Duration;
use tokio::time::Instant;

impl Host {
    /// Verifies a password. The answer has every outcome; the outside would see less.
    pub async fn sign_in(&self, user: &UserName, password: &Secret) -> Result<SignInAnswer> {
        let limit =
            Duration::from_secs(u64::from(self.settings()?.sign_in.deadline_seconds.max(1)));
        Ok(self.engine().sign_in(user, password, Instant::now() + limit).await)
    }
}
