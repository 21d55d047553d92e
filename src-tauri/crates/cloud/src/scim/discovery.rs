//! What a service says of itself (RFC 7644, section 4). One that says nothing is a plain one.

use crate::scim::capabilities::{Capabilities, ServiceProviderConfig};
use crate::scim::exchange::Exchange;
use crate::scim::failure::{Failure, Outcome};
use crate::scim::find::not_scim;
use crate::scim::user::EXTENSION;
use crate::scim::wire::{ListAnswer, lists_schema, parse};
use hyper::Method;
use hyper::header::{DATE, HeaderValue};

const CONFIG: &str = "ServiceProviderConfig";
const ONE_USER: &str = "Users?count=1";

/// What a check finds out.
pub(crate) struct Discovered {
    pub(crate) can: Capabilities,
    /// The service's clock, as the header has it.
    pub(crate) date: Option<HeaderValue>,
}

impl Exchange {
    pub(crate) async fn discover(&self) -> Outcome<Discovered> {
        let can = self.capabilities().await?;
        Ok(Discovered { can, date: self.probe_users().await? })
    }

    pub(crate) async fn capabilities(&self) -> Outcome<Capabilities> {
        let reply = self.get(CONFIG).await?;
        let config = if reply.status.is_success() {
            let value = parse(&reply.body).filter(serde_json::Value::is_object);
            let value = value.ok_or_else(|| Failure::Refused(not_scim()))?;
            serde_json::from_value::<ServiceProviderConfig>(value).unwrap_or_default()
        } else {
            tracing::info!(status = reply.status.as_u16(), "the service does not describe itself");
            ServiceProviderConfig::default()
        };
        // A service without this list has no extensions either.
        let schemas = self.get("Schemas").await?;
        let extension = schemas.status.is_success() && lists_schema(&schemas.body, EXTENSION);
        Ok(Capabilities { bulk: config.bulk_limits(), patch: config.patches(), extension })
    }

    /// Asks for one user: what a service says of itself may be open to everybody, users are not. The service's time.
    pub(crate) async fn probe_users(&self) -> Outcome<Option<HeaderValue>> {
        let reply = self.get(ONE_USER).await?;
        if !reply.status.is_success() {
            return Err(Failure::Refused(self.failed(&reply, &Method::GET, ONE_USER)));
        }
        match ListAnswer::read(&reply.body) {
            Some(_) => Ok(reply.headers.get(DATE).cloned()),
            None => Err(Failure::Refused(not_scim())),
        }
    }
}
