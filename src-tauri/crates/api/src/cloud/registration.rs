//! Joining and leaving a cloud.

use crate::cloud::address::{of_cloud, with_scheme};
use crate::cloud::environment::environment_proxy;
use crate::cloud::proxy_address::ProxyChoice;
use crate::host::{Host, blocking};
use crate::secrets::{PROXY_PASSWORD, SCIM_TOKEN, SEALING_KEY, SIGNING_KEY};
use connector_cloud::{ConnectorKeys, Endpoint, ScimClient};
use connector_model::settings::{CloudKind, CloudSettings, Former, ProxySettings};
use connector_model::{Code, Error, Result, Secret, Settings, SettingsChange, send_secret};
use serde::{Deserialize, Serialize};

/// Ports tried when the address names none.
const PORTS: [u16; 3] = [443, 6061, 80];

/// Where a cloud is and how to get there.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CloudAddress {
    /// Base address.
    pub url: String,
    /// PEM text of a CA trusted besides the system's.
    #[cfg_attr(test, ts(optional = nullable))]
    pub ca_pem: Option<String>,
    /// Proxy on the way out.
    #[cfg_attr(test, ts(optional = nullable))]
    pub proxy: Option<ProxyChoice>,
}

/// Registration with inSync Cloud, or a cloud that speaks its protocol.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegisterCloud {
    /// Base address.
    pub url: String,
    /// One-time registration key.
    #[serde(serialize_with = "send_secret")]
    #[cfg_attr(test, ts(as = "String"))]
    pub key: Secret,
    /// PEM text of a CA trusted besides the system's.
    #[cfg_attr(test, ts(optional = nullable))]
    pub ca_pem: Option<String>,
    /// Proxy on the way out, and its password.
    #[cfg_attr(test, ts(optional = nullable))]
    pub proxy: Option<ProxyChoice>,
}

/// Delivery to a plain SCIM 2.0 service.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RegisterScim {
    /// Base address of the service.
    pub url: String,
    /// Bearer token.
    #[serde(serialize_with = "send_secret")]
    #[cfg_attr(test, ts(as = "String"))]
    pub token: Secret,
    /// PEM text of a CA trusted besides the system's.
    #[cfg_attr(test, ts(optional = nullable))]
    pub ca_pem: Option<String>,
    /// Proxy on the way out, and its password.
    #[cfg_attr(test, ts(optional = nullable))]
    pub proxy: Option<ProxyChoice>,
}

/// The registered cloud, for people.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CloudView {
    /// `connector` or `scim`.
    pub kind: CloudKind,
    /// Base address.
    pub url: String,
    /// Identity in the cloud.
    pub connector_id: String,
    /// Customer's name in the cloud, as told at registration.
    pub tenant: Option<String>,
    /// The connector whose place this one was to take, where the cloud did not say at registration that it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub still: Option<Former>,
}

impl Host {
    /// Exchanges a registration key for an identity. Keys and token go to the keychain first, so that a
    /// registration that succeeded is never lost.
    pub async fn register(&self, request: RegisterCloud) -> Result<CloudView> {
        let url = of_cloud(&request.url);
        let proxy = self.with_kept_password(&url, request.proxy).await?;
        let request = RegisterCloud { url, proxy, ..request };
        self.must_be_free()?;
        let endpoint = endpoint(&request.url, request.ca_pem.as_deref(), request.proxy.as_ref())?;
        let keys = ConnectorKeys::generate()?;
        self.keychain.set(SIGNING_KEY, &keys.signing_secret()).await?;
        self.keychain.set(SEALING_KEY, &keys.sealing_secret()).await?;
        let version = self.version;
        let registration = connector_cloud::register(
            &endpoint,
            &request.key,
            &keys,
            &connector_platform::host_name(),
            version,
        )
        .await
        .map_err(at_its_field)?;
        self.keychain.set(SCIM_TOKEN, &registration.scim_token).await?;
        let cloud = CloudSettings {
            kind: CloudKind::Connector,
            url: request.url,
            scim_url: registration.scim_url.clone(),
            connector_id: registration.connector_id.clone(),
            ca_pem: request.ca_pem,
            ports: PORTS.to_vec(),
            proxy: self.keep_proxy(request.proxy).await?,
        };
        self.join(cloud, Some(registration.tenant), registration.replaced.as_deref()).await
    }

    /// Sets up delivery to a SCIM 2.0 service, after it answered.
    pub async fn register_scim(&self, request: RegisterScim) -> Result<CloudView> {
        let url = with_scheme(&request.url);
        let proxy = self.with_kept_password(&url, request.proxy).await?;
        let request = RegisterScim { url, proxy, ..request };
        self.must_be_free()?;
        let endpoint = endpoint(&request.url, request.ca_pem.as_deref(), request.proxy.as_ref())?;
        ScimClient::new(endpoint, &request.url, request.token.clone())?.check().await?;
        self.keychain.set(SCIM_TOKEN, &request.token).await?;
        let cloud = CloudSettings {
            kind: CloudKind::Scim,
            scim_url: request.url.clone(),
            url: request.url,
            connector_id: String::new(),
            ca_pem: request.ca_pem,
            ports: PORTS.to_vec(),
            proxy: self.keep_proxy(request.proxy).await?,
        };
        self.join(cloud, None, None).await
    }

    /// Ends the registration on this computer alone, as of a copy of another: the cloud, and whoever else has it, keep it.
    pub async fn leave_here(&self) -> Result<()> {
        let settings = self.settings()?;
        let cloud = settings.cloud.ok_or_else(|| Error::of(Code::NotRegistered))?;
        self.forget_cloud(again_at(&cloud)).await
    }

    /// Leaves the cloud: its end first, then the keys here. `forget` ends it here even when the cloud cannot be reached.
    pub async fn unregister(&self, forget: bool) -> Result<()> {
        let settings = self.settings()?;
        let cloud = settings.cloud.as_ref().ok_or_else(|| Error::of(Code::NotRegistered))?;
        if cloud.kind == CloudKind::Connector {
            let left = async {
                let token = self.keychain.get(SCIM_TOKEN).await?;
                connector_cloud::unregister(
                    &self.endpoint(&settings).await?,
                    &cloud.connector_id,
                    &token,
                )
                .await
            };
            match left.await {
                Ok(()) => {}
                Err(error)
                    if matches!(
                        error.code,
                        Code::Revoked | Code::SecretMissing | Code::NotFound
                    ) || forget => {}
                Err(error) => return Err(error),
            }
        }
        self.forget_cloud(again_at(cloud)).await
    }

    /// What is here of a registration; `again`: the SCIM service that may be joined again.
    async fn forget_cloud(&self, again: Option<String>) -> Result<()> {
        let engine = self.engine().clone();
        blocking(move || engine.leave_cloud(again.as_deref())).await?;
        self.change(SettingsChange::Unregistered, |settings| {
            settings.cloud = None;
            Ok(())
        })
        .await?;
        for name in [SCIM_TOKEN, SIGNING_KEY, SEALING_KEY, PROXY_PASSWORD] {
            self.keychain.delete(name).await?;
        }
        Ok(())
    }

    fn must_be_free(&self) -> Result<()> {
        match self.settings()?.cloud {
            Some(_) => Err(Error::of(Code::AlreadyRegistered)),
            None => Ok(()),
        }
    }

    /// A proxy that is named without its password has the one in the keychain, where that is the same proxy's; nobody else is
    /// told it.
    pub(crate) async fn with_kept_password(
        &self,
        url: &str,
        proxy: Option<ProxyChoice>,
    ) -> Result<Option<ProxyChoice>> {
        let Some(proxy) = proxy else { return Ok(None) };
        if proxy.user.is_none() || proxy.password.is_some() {
            return Ok(Some(proxy));
        }
        let way = proxy.clone().split().0;
        if !self.known_proxy()?.is_some_and(|known| known.is_way_of(&way)) {
            // The page is told what the environment names, but for the password.
            let named = environment_proxy(url).ok().flatten().map(ProxyChoice::split);
            let password = named.filter(|(named, _)| named.is_way_of(&way)).and_then(|n| n.1);
            return Ok(Some(ProxyChoice { password, ..proxy }));
        }
        match self.keychain.get(PROXY_PASSWORD).await {
            Ok(password) => Ok(Some(ProxyChoice { password: Some(password), ..proxy })),
            Err(error) if error.code == Code::SecretMissing => {
                Err(Error::new(error.code, "The proxy's password is not in the keychain.")
                    .with_action("Enter it again, or use a proxy without a user name.")
                    .at("proxy_password"))
            }
            Err(error) => Err(error),
        }
    }

    /// The proxy that the password in the keychain is for.
    pub(crate) fn known_proxy(&self) -> Result<Option<ProxySettings>> {
        Ok(proxy_of(&self.settings()?).cloned())
    }

    /// Keeps a proxy's password. One without any has none afterwards, unless it is the proxy that the kept one is for.
    pub(crate) async fn keep_proxy(
        &self,
        proxy: Option<ProxyChoice>,
    ) -> Result<Option<ProxySettings>> {
        let known = self.known_proxy()?;
        let (proxy, password) = proxy.map(ProxyChoice::split).unzip();
        self.keep_password(known.as_ref(), proxy.as_ref(), password.flatten().as_ref()).await?;
        Ok(proxy)
    }

    /// The same, where the password in the keychain is for a proxy `known`.
    pub(crate) async fn keep_password(
        &self,
        known: Option<&ProxySettings>,
        proxy: Option<&ProxySettings>,
        password: Option<&Secret>,
    ) -> Result<()> {
        match password {
            Some(password) => self.keychain.set(PROXY_PASSWORD, password).await,
            None if is_same(known, proxy) => Ok(()),
            None => self.keychain.delete(PROXY_PASSWORD).await,
        }
    }

    /// `replaced` is the connector that has ended with this registration.
    async fn join(
        &self,
        cloud: CloudSettings,
        tenant: Option<String>,
        replaced: Option<&str>,
    ) -> Result<CloudView> {
        let mut view = CloudView {
            kind: cloud.kind,
            url: cloud.url.clone(),
            connector_id: cloud.connector_id.clone(),
            tenant,
            still: None,
        };
        let (engine, scim_url) = (self.engine().clone(), cloud.scim_url.clone());
        blocking(move || engine.join_cloud(&scim_url)).await?;
        let former = self
            .change(SettingsChange::Registered, move |settings| {
                settings.cloud = Some(cloud);
                Ok(settings.next.take().and_then(|next| next.replaces))
            })
            .await?;
        view.still = former.filter(|former| replaced != Some(former.connector_id.as_str()));
        Ok(view)
    }
}

/// The service that may be joined again. Of a cloud that speaks the connector's protocol everybody is read whenever an import is
/// given to a connector.
fn again_at(cloud: &CloudSettings) -> Option<String> {
    (cloud.kind == CloudKind::Scim).then(|| cloud.scim_url.clone())
}

/// Whether a password for the one is for the other, too.
fn is_same(one: Option<&ProxySettings>, other: Option<&ProxySettings>) -> bool {
    one.zip(other).map_or(one.is_none() && other.is_none(), |(one, other)| one.is_way_of(other))
}

/// The input that a refused registration is about.
fn at_its_field(error: Error) -> Error {
    use Code::{RegistrationKeyExpired, RegistrationKeyUnknown, RegistrationKeyUsed};
    match error.code {
        RegistrationKeyUnknown | RegistrationKeyUsed | RegistrationKeyExpired => error.at("key"),
        _ => error,
    }
}

/// The proxy that the password in the keychain is for.
pub(crate) fn proxy_of(settings: &Settings) -> Option<&ProxySettings> {
    let registered = settings.cloud.as_ref().and_then(|cloud| cloud.proxy.as_ref());
    registered.or(settings.next.as_ref().and_then(|next| next.proxy.as_ref()))
}

/// A way to a cloud that is not registered (yet).
pub(crate) fn endpoint(
    url: &str,
    ca_pem: Option<&str>,
    proxy: Option<&ProxyChoice>,
) -> Result<Endpoint> {
    Endpoint::new(url.trim(), ca_pem, &PORTS, proxy.cloned().map(ProxyChoice::split))
}
