//! The CA certificates that settings hold: certificates alone, whatever else was in the file that they came from.

use connector_model::{Result, Settings};
use connector_tls::certificates_only;

/// Leaves the certificates of every CA text and nothing beside them, such as a private key. A text that holds none is refused
/// where it is used.
pub(crate) fn tidy(settings: &mut Settings) {
    for text in texts(settings) {
        if let Ok(certificates) = certificates_only(text) {
            *text = certificates;
        }
    }
}

/// The same for settings that leave this computer: a text that cannot be read stays here.
pub(crate) fn tidied(mut settings: Settings) -> Result<Settings> {
    for text in texts(&mut settings) {
        *text = certificates_only(text)?;
    }
    Ok(settings)
}

fn texts(settings: &mut Settings) -> impl Iterator<Item = &mut String> {
    let accounts = settings.accounts.iter_mut().map(|account| &mut account.ca_pem);
    let cloud = settings.cloud.iter_mut().map(|cloud| &mut cloud.ca_pem);
    let next = settings.next.iter_mut().map(|next| &mut next.ca_pem);
    accounts.chain(cloud).chain(next).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened;
    use connector_model::SettingsChange;
    use connector_model::settings::NextCloud;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----\n";

    fn with(ca: &str) -> Settings {
        let account =
            "version = 1\n[[accounts]]\nname = \"a\"\nservers = [\"b\"]\nbind_name = \"c\"\n";
        let mut settings = Settings::from_toml(account).unwrap();
        settings.accounts[0].ca_pem = Some(ca.to_owned());
        settings.next = Some(NextCloud { ca_pem: Some(ca.to_owned()), ..NextCloud::default() });
        settings
    }

    #[tokio::test]
    async fn a_private_key_beside_a_certificate_is_neither_kept_nor_exported() {
        let ca = format!("{KEY}{CERTIFICATE}subject=CN=x\n{KEY}");
        let folder = tempfile::tempdir().unwrap();
        let connector = opened(folder.path()).await;
        let settings = with(&ca);
        connector
            .change(SettingsChange::SettingsChanged, |now| {
                *now = settings;
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(connector.settings().unwrap(), with(CERTIFICATE));
        // Kept by a version that took the text as it came.
        std::fs::write(connector.home.settings_path(), with(&ca).to_toml().unwrap()).unwrap();
        let text = connector.export_settings().await.unwrap();
        assert!(text.contains("CERTIFICATE") && !text.contains("PRIVATE"), "{text}");
        std::fs::write(connector.home.settings_path(), with(KEY).to_toml().unwrap()).unwrap();
        assert!(connector.export_settings().await.is_err(), "nothing but a key");
    }
}
