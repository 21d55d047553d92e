//! What the cloud may ask, and nothing else.

use super::Host;
use super::asker::Asker;
use async_trait::async_trait;
use connector_cloud::{CloudRequest, RequestHandler, mappings_page};
use connector_engine::Consent;
use connector_model::{Assignment, Code, Error, Result, SettingsChange};
use serde_json::{Value, json};

pub(super) struct CloudRequests(pub Host);

#[async_trait]
impl RequestHandler for CloudRequests {
    async fn handle(&self, request: CloudRequest) -> Result<Value> {
        Asker::cloud().asks(self.answer(request)).await
    }

    fn assigned(&self, assignments: Option<Vec<Assignment>>) {
        self.0.fences.set(assignments.as_deref());
        self.0.engine().assign(assignments);
    }
}

impl CloudRequests {
    async fn answer(&self, request: CloudRequest) -> Result<Value> {
        let engine = self.0.engine();
        Ok(match request {
            CloudRequest::Bases { account } => json!(engine.bases(account.as_deref()).await?),
            CloudRequest::Units { account, query } => {
                json!(engine.units(account.as_deref(), &query).await?)
            }
            CloudRequest::Groups { account, query } => {
                json!(engine.groups(account.as_deref(), &query).await?)
            }
            CloudRequest::MappingList { from: None } => json!(self.0.mappings()?),
            CloudRequest::MappingList { from: Some(from) } => {
                mappings_page(&self.0.mappings()?, from)
            }
            CloudRequest::MappingPut { mapping } => {
                self.may_propose()?;
                json!({ "mapping": self.0.propose(mapping).await?, "awaiting_approval": true })
            }
            CloudRequest::MappingRemove { name } => {
                self.may_propose()?;
                self.withdraw(&name).await?;
                json!({})
            }
            // The cloud's interval is no word of an administrator here.
            CloudRequest::MappingSync { .. } if engine.is_paused() => {
                return Err(Error::of(Code::ImportsPaused));
            }
            CloudRequest::MappingSync { name, approve } => {
                // On a task of its own: an import goes on when the session breaks while the cloud waits for its end.
                let engine = engine.clone();
                let consent = Consent::of_cloud(approve);
                let work = async move { engine.import(name.as_deref(), &consent, None).await };
                let records = tokio::spawn(work).await.map_err(|_| Error::of(Code::Internal))??;
                json!({ "imports": records })
            }
            CloudRequest::Find { user } => {
                let found = engine.find(&user).await?;
                match &found.person {
                    Some(person) => json!({
                        "outcome": found.outcome, "person": connector_cloud::person_to_scim(person),
                        "mapping": found.mapping, "mass_deployment": true,
                    }),
                    None => json!({ "outcome": found.outcome }),
                }
            }
            CloudRequest::Authenticate { user, password, deadline } => {
                let answer = engine.sign_in(&user, &password, deadline).await;
                json!({ "outcome": answer.outcome, "identity": answer.identity })
            }
            CloudRequest::SettingsSet { interval_hours } => {
                self.0.set_interval(interval_hours).await?;
                json!({})
            }
        })
    }

    /// Only what nobody has approved yet: whom a mapping imports is decided here.
    async fn withdraw(&self, name: &str) -> Result<()> {
        match self.0.reject_proposal(name).await {
            Err(error) if error.code == Code::NotFound && self.0.mapping(name).is_ok() => {
                Err(Error::new(
                    Code::NotCovered,
                    "Only an administrator of the connector removes a mapping that is in use.",
                ))
            }
            done => done,
        }
    }

    fn may_propose(&self) -> Result<()> {
        if self.0.settings()?.mappings_from_cloud {
            return Ok(());
        }
        Err(Error::new(
            Code::NotCovered,
            "The administrator of the connector does not take mappings from the cloud.",
        )
        .with_action(
            "Change the mapping on the connector, or allow it there with: settings set mappings_from_cloud=true.",
        ))
    }
}

impl Host {
    /// Hours between two imports.
    pub async fn set_interval(&self, hours: u32) -> Result<()> {
        if !(1..=24 * 31).contains(&hours) {
            return Err(Error::new(
                Code::InvalidInput,
                "The interval must be between 1 hour and 31 days.",
            )
            .at("interval_hours"));
        }
        self.change(SettingsChange::IntervalChanged, |settings| {
            settings.import.interval_hours = hours;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened_as;

    #[tokio::test]
    async fn the_cloud_starts_no_import_while_an_administrator_has_paused_them() {
        let folder = tempfile::tempdir().unwrap();
        let host = opened_as(folder.path(), "1.0.0").await;
        let sync = || CloudRequest::MappingSync { name: None, approve: None };
        host.engine().pause().unwrap();
        host.close().await;
        let host = opened_as(folder.path(), "1.0.0").await;
        let cloud = CloudRequests(host.clone());
        let refused = cloud.handle(sync()).await.unwrap_err();
        assert_eq!(refused.code, Code::ImportsPaused);
        assert!(refused.action.contains("resume"));
        host.engine().resume().unwrap();
        assert_eq!(cloud.handle(sync()).await.unwrap(), json!({ "imports": [] }));
        host.close().await;
    }
}
