//! What the cloud may ask, and nothing else.

use super::Host;
use async_trait::async_trait;
use connector_cloud::{CloudRequest, RequestHandler};
use connector_engine::Consent;
use connector_model::{Assignment, Code, Error, Result, SettingsChange};
use serde_json::{Value, json};

pub(super) struct CloudRequests(pub Host);

#[async_trait]
impl RequestHandler for CloudRequests {
    async fn handle(&self, request: CloudRequest) -> Result<Value> {
        let engine = self.0.engine();
        Ok(match request {
            CloudRequest::Bases { account } => json!(engine.bases(account.as_deref()).await?),
            CloudRequest::Units { account, query } => {
                json!(engine.units(account.as_deref(), &query).await?)
            }
            CloudRequest::Groups { account, query } => {
                json!(engine.groups(account.as_deref(), &query).await?)
            }
            CloudRequest::MappingList => json!(self.0.mappings()?),
            CloudRequest::MappingPut { mapping } => {
                self.may_edit()?;
                json!({ "mapping": self.0.put_mapping(mapping).await?.mapping })
            }
            CloudRequest::MappingRemove { name } => {
                self.may_edit()?;
                self.0.remove_mapping(&name).await?;
                json!({})
            }
            CloudRequest::MappingSync { name, approve } => {
                // On a task of its own: an import goes on when the session breaks while the cloud waits for its end.
                let engine = engine.clone();
                let consent = Consent::of_cloud(approve);
                let work = async move { engine.sync(name.as_deref(), &consent, None).await };
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

    fn assigned(&self, assignments: Option<Vec<Assignment>>) {
        self.0.fences.set(assignments.as_deref());
        self.0.engine().assign(assignments);
    }
}

impl CloudRequests {
    fn may_edit(&self) -> Result<()> {
        if self.0.settings()?.mappings_from_cloud {
            return Ok(());
        }
        Err(Error::new(
            Code::NotCovered,
            "The administrator of the connector does not allow the cloud to change mappings.",
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
