//! Where files of somebody else come in, for `tests/fuzz` alone.

use crate::legacy::file::LegacyFile;
use crate::legacy::migrate::Read;
use crate::settings::{transfer, transfer_file};
use connector_model::{Mapping, Result, Settings};

/// A mapping file.
pub fn mapping(text: &str) -> Result<Mapping> {
    let mapping = crate::mapping::parse(text)?;
    transfer_file::check_mapping(&mapping)?;
    Ok(mapping)
}

/// Settings that another connector exported.
pub fn exported_settings(text: &str) -> Result<Settings> {
    let settings = transfer_file::read(text)?.settings;
    transfer::check(&settings)?;
    Ok(settings)
}

/// Those settings as they would be exported again.
pub fn export(settings: &Settings) -> Result<String> {
    transfer_file::write(settings, "SRV-1", "0.1.0")
}

/// The file of a former connector: its length after the password was taken out, where that can be.
pub fn former_file(bytes: &[u8]) -> Result<Option<usize>> {
    let file = LegacyFile::decode(bytes.to_vec())?;
    Read::of(file.text().expose_str().unwrap_or_default())?;
    Ok(file.without("PROXY_PASSWD").map(|left| left.expose().len()))
}
