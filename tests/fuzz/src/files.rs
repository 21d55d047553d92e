//! What comes in files: settings, mappings, exported settings, a former connector's file, certificates, offered updates.

use connector_api::fuzzing;
use connector_model::{Result, Settings, text};
use connector_platform::update::{Offer, Trust};
use connector_tls::{parse_certificates, pem_of_file};

/// `settings.toml`: what was read is written and read again as the same.
pub(crate) fn settings(data: &[u8]) {
    let Ok(text) = text::decoded(data) else { return };
    let Some(settings) = read(Settings::from_toml(&text)) else { return };
    let again = settings.to_toml().and_then(|text| Settings::from_toml(&text));
    assert_eq!(again.as_ref(), Ok(&settings), "{settings:?}");
}

/// A mapping file. What passed is a mapping whose conditions are a filter, and the same when it is written.
pub(crate) fn mapping(data: &[u8]) {
    let Ok(text) = text::decoded(data) else { return };
    let Some(mapping) = read(fuzzing::mapping(&text)) else { return };
    let again =
        toml::to_string_pretty(&mapping).ok().and_then(|text| read(fuzzing::mapping(&text)));
    assert_eq!(again.as_ref(), Some(&mapping));
    if let Some(filter) = mapping.conditions.as_ref().and_then(|c| c.to_filter().ok()) {
        assert_eq!(filter.to_string().parse().as_ref(), Ok(&filter));
    }
}

/// Settings of another computer, checked as an import does.
pub(crate) fn exported_settings(data: &[u8]) {
    let Ok(text) = text::decoded(data) else { return };
    let Some(settings) = read(fuzzing::exported_settings(&text)) else { return };
    let again = fuzzing::export(&settings).and_then(|text| fuzzing::exported_settings(&text));
    assert_eq!(again.as_ref(), Ok(&settings));
}

/// The former connector's file: without its password it is not longer, and the password is gone.
pub(crate) fn former_file(data: &[u8]) {
    if let Some(Some(left)) = read(fuzzing::former_file(data)) {
        assert!(left < data.len(), "{left} of {}", data.len());
    }
}

/// A file with certificates: what is kept of it is certificates only, and the same when it is read again.
pub(crate) fn certificates(data: &[u8]) {
    let Some(pem) = read(pem_of_file(data)) else { return };
    assert!(!pem.contains("PRIVATE"), "{pem}");
    assert_eq!(pem_of_file(pem.as_bytes()).as_ref(), Ok(&pem));
    let shown = parse_certificates(&pem).unwrap_or_default();
    assert_eq!(shown.len(), pem.matches("-----BEGIN").count(), "{pem}");
}

/// An offered update, and the signature of one.
pub(crate) fn update_manifest(data: &[u8]) {
    if let Some(offer) = read(Offer::read(data)) {
        let notes = offer.notes.unwrap_or_default();
        assert!(!notes.chars().any(|c| c != '\n' && c.is_control()), "{notes:?}");
        assert!(notes.chars().count() <= 4000);
    }
    let Ok(trust) = Trust::compiled_in() else { return };
    assert!(trust.check_manifest(data, data).is_err(), "what nobody signed is trusted");
}

/// What was read. Why something was not is said in words that fit a screen.
fn read<T>(result: Result<T>) -> Option<T> {
    if let Err(error) = &result {
        let text = &error.message;
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
    result.ok()
}
