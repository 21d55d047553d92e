//! The way to the cloud: looked at before registration, changed after it.

use crate::cloud::address::of_cloud;
use crate::cloud::registration::{endpoint, proxy_of};
use crate::host::Host;
use crate::{CloudAddress, CloudView, ProxyChoice};
use connector_model::{Check, Code, Error, Result, SettingsChange};

impl Host {
    /// The registered cloud.
    pub fn cloud(&self) -> Result<Option<CloudView>> {
        Ok(self.settings()?.cloud.map(|cloud| CloudView {
            kind: cloud.kind,
            url: cloud.url,
            connector_id: cloud.connector_id,
            tenant: None,
            still: None,
        }))
    }

    /// Every step to a cloud that need not be registered.
    pub async fn check_cloud(&self, at: CloudAddress) -> Result<Vec<Check>> {
        let url = of_cloud(&at.url);
        let proxy = self.with_kept_password(&url, at.proxy).await?;
        let endpoint = endpoint(&url, at.ca_pem.as_deref(), proxy.as_ref())
            .map_err(|error| if error.field.is_some() { error } else { error.at("url") })?;
        Ok(connector_cloud::check(&endpoint).await)
    }

    /// Another way out to the registered cloud, kept only when the cloud answers through it. `None`: no proxy.
    pub async fn change_proxy(&self, proxy: Option<ProxyChoice>) -> Result<Option<CloudView>> {
        let cloud = self.settings()?.cloud.ok_or_else(|| Error::of(Code::NotRegistered))?;
        let by = self.with_kept_password(&cloud.url, proxy).await?;
        let way = endpoint(&cloud.url, cloud.ca_pem.as_deref(), by.as_ref())?;
        let checks = self.check_at(&way, &cloud).await;
        if let Some(failed) = checks.iter().find(|c| c.code.is_some() && c.check != "clock") {
            return Err(crate::account::error_of(failed).at("host"));
        }
        let (proxy, password) = by.map(ProxyChoice::split).unzip();
        let staged = self.stage(|settings| {
            if let Some(cloud) = &mut settings.cloud {
                cloud.proxy.clone_from(&proxy);
            }
            Ok(())
        })?;
        let (known, password) = (proxy_of(&staged.before), password.flatten());
        let kept = self.keep_password(known, proxy.as_ref(), password.as_ref()).await;
        self.finish(SettingsChange::ProxyChanged, staged, kept).await?;
        self.cloud()
    }
}
