//! Where updates are offered, and what is on its way from there.

use crate::host::context::HomeContext;
use connector_cloud::{Endpoint, download, fetch, resolve};
use connector_model::settings::CloudKind;
use connector_model::{Code, Error, Result, Settings, io_reason};
use connector_platform::update::{
    MANIFEST, MANIFEST_SIGNATURE, MAX_ARTIFACT, MAX_MANIFEST, MAX_SIGNATURE, Offer, Trust, parts,
};
use connector_platform::{Home, write_atomically};
use std::fs::File;
use std::io::Write;

/// Port of an address of the administrator's that names none.
const PORTS: [u16; 1] = [443];

/// A place that offers updates, and the way there.
pub(super) struct Source {
    pub url: String,
    endpoint: Endpoint,
}

impl Source {
    /// The registered cloud, by the same way as everything else, or the address that the administrator named.
    pub async fn of(context: &HomeContext, settings: &Settings) -> Result<Self> {
        let named = settings.updates.url.as_deref();
        let clouds = settings.cloud.as_ref().filter(|cloud| cloud.kind == CloudKind::Connector);
        let endpoint = match (&settings.cloud, named) {
            (Some(_), _) => context.endpoint(settings).await?,
            (None, Some(url)) => Endpoint::new(url, None, &PORTS, None)?,
            (None, None) => return Err(Error::of(Code::NotRegistered)),
        };
        let url = match (named, clouds) {
            (Some(url), _) => url.to_owned(),
            (None, Some(_)) => resolve(endpoint.base().as_str(), "updates/connector.json")?,
            (None, None) => {
                let text = "A SCIM service does not offer updates of this program.";
                return Err(Error::new(Code::UpdateNone, text).with_action(
                    "Set the address where they are: settings set updates_url=https://…",
                ));
            }
        };
        Ok(Self { url, endpoint })
    }

    /// What is offered there, in whatever version; it is kept in the home where it can be trusted.
    pub async fn ask(&self, home: &Home) -> Result<Option<Offer>> {
        let trust = Trust::compiled_in()?;
        let Some(manifest) = fetch(&self.endpoint, &self.url, MAX_MANIFEST).await? else {
            return Ok(None);
        };
        let signature = format!("{}.minisig", self.url);
        let signature = fetch(&self.endpoint, &signature, MAX_SIGNATURE).await?;
        let signature = signature.ok_or_else(|| {
            Error::new(Code::UpdateUntrusted, "The offered update is not signed.")
        })?;
        trust.check_manifest(&manifest, &signature)?;
        let offer = Offer::read(&manifest)?;
        let folder = home.update_dir();
        write_atomically(&folder.join(MANIFEST), &manifest)?;
        write_atomically(&folder.join(MANIFEST_SIGNATURE), &signature)?;
        Ok(Some(offer))
    }

    /// Downloads what this machine needs of a version and checks it.
    pub async fn bring(&self, home: &Home, version: &str) -> Result<()> {
        let gone = || Error::of(Code::UpdateNone);
        let offer = self.ask(home).await?.ok_or_else(gone)?;
        if offer.version.to_string() != version {
            let text = format!("Version {} is now offered instead.", offer.version);
            return Err(Error::new(Code::UpdateInvalid, text)
                .with_action("To see it, run: insync-connector update check."));
        }
        let (trust, parts) = (Trust::compiled_in()?, parts());
        if parts.is_empty() {
            return Err(Error::new(
                Code::UpdateInvalid,
                "Updates are not available for this operating system.",
            ));
        }
        for part in parts {
            let artifact = offer.artifact(&part.platform)?;
            let url = resolve(&self.url, &artifact.url)?;
            let path = home.update_dir().join(part.file);
            let failed = |e: &std::io::Error| {
                let text = format!("{} cannot be written: {}.", path.display(), io_reason(e));
                Error::new(Code::StorageFailed, text)
            };
            let mut file = None::<File>;
            let take = |piece: Option<&[u8]>| {
                if let (Some(piece), Some(file)) = (piece, &mut file) {
                    return file.write_all(piece).map_err(|e| failed(&e));
                }
                // Whoever had it before.
                let _ = std::fs::remove_file(&path);
                file = Some(File::create(&path).map_err(|e| failed(&e))?);
                Ok(())
            };
            let brought = download(&self.endpoint, &url, MAX_ARTIFACT, take).await;
            let checked = brought.and_then(|()| trust.check_file(&path, &artifact.signature));
            if let Err(error) = checked {
                let _ = std::fs::remove_file(&path);
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Removes what was downloaded.
pub(super) fn discard(home: &Home) {
    for part in parts() {
        let _ = std::fs::remove_file(home.update_dir().join(part.file));
    }
}
