//! A sign-in on the administrator's word: the same path as the cloud's, to see what a person would see.

use crate::host::Host;
use connector_engine::records::SignInAnswer;
use connector_model::{Result, Secret, UserName};
use tokio::time::Instant;

impl Host {
    /// Verifies a password. The answer has every outcome; the outside would see less.
    pub async fn sign_in(&self, user: &UserName, password: &Secret) -> Result<SignInAnswer> {
        let limit = self.settings()?.sign_in.deadline();
        Ok(self.engine().sign_in(user, password, Instant::now() + limit).await)
    }
}
