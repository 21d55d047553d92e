//! Who may look into a folder on Windows. Said with `icacls`, which is told never to follow a link.

use crate::atomic::storage_failed;
use crate::service::system;
use connector_model::{Code, Error, Result};
use std::fs::Metadata;
use std::os::windows::fs::MetadataExt;
use std::path::Path;

/// The account of the system itself, and administrators, whatever they are called in the language of this Windows.
pub(crate) const SYSTEM: &str = "*S-1-5-18";
pub(crate) const ADMINISTRATORS: &str = "*S-1-5-32-544";

/// `FILE_ATTRIBUTE_REPARSE_POINT`: a link, a junction, or whatever else leads to another place.
const REPARSE_POINT: u32 = 0x400;

pub(crate) fn leads_elsewhere(found: &Metadata) -> bool {
    found.file_attributes() & REPARSE_POINT != 0
}

/// Leaves a folder to `whom` alone. The folder is closed first and what is below it then looked after, so that nobody reads along;
/// one that is theirs already is left as it is: what they put into it is their own.
pub(crate) fn leave_to(folder: &Path, whom: &[&str]) -> Result<()> {
    look_at(folder)?;
    if is_left_to_ours(folder)? == Some(true) {
        return Ok(());
    }
    icacls(folder, &["/setowner", ADMINISTRATORS])?;
    close(folder, whom)?;
    if is_left_to_ours(folder)? == Some(false) {
        // Whoever made it has granted more.
        icacls(folder, &["/reset"])?;
        close(folder, whom)?;
    }
    inherit_below(folder)
}

fn close(folder: &Path, whom: &[&str]) -> Result<()> {
    let grants: Vec<_> = whom.iter().map(|who| format!("{who}:(OI)(CI)F")).collect();
    let grants = grants.iter().map(String::as_str);
    icacls(folder, &["/inheritance:r", "/grant:r"].into_iter().chain(grants).collect::<Vec<_>>())
}

fn inherit_below(folder: &Path) -> Result<()> {
    let failed = |e: &std::io::Error| storage_failed("read", folder, e);
    for entry in std::fs::read_dir(folder).map_err(|e| failed(&e))? {
        let path = entry.map_err(|e| failed(&e))?.path();
        let found = look_at(&path)?;
        icacls(&path, &["/setowner", ADMINISTRATORS])?;
        icacls(&path, &["/reset"])?;
        if found.is_dir() {
            inherit_below(&path)?;
        }
    }
    Ok(())
}

fn look_at(path: &Path) -> Result<Metadata> {
    let found = path.symlink_metadata().map_err(|e| storage_failed("look at", path, &e))?;
    if leads_elsewhere(&found) {
        return Err(link(path));
    }
    Ok(found)
}

pub(crate) fn link(path: &Path) -> Error {
    Error::new(Code::StorageFailed, format!("{} is a link to another place.", path.display()))
        .with_action("Remove the link, or replace it with what it points to.")
}

fn icacls(path: &Path, arguments: &[&str]) -> Result<()> {
    let path = path.to_string_lossy();
    let arguments = [&[&*path], arguments, &["/L", "/Q"]].concat();
    system("icacls.exe", &arguments).map(drop)
}

/// Whether nobody but services, the system and administrators has rights in a folder; `None` where nothing can be known.
fn is_left_to_ours(folder: &Path) -> Result<Option<bool>> {
    let kept = tempfile::tempdir().map_err(|e| storage_failed("create", folder, &e))?;
    let list = kept.path().join("rights");
    icacls(folder, &["/save", &list.to_string_lossy()])?;
    let Ok(saved) = std::fs::read(list) else { return Ok(None) };
    let units = saved.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).filter_map(std::result::Result::ok).collect();
    Ok(text.lines().find_map(|line| line.trim().strip_prefix("D:")).map(are_ours))
}

/// The same of rights in the security descriptor definition language, such as `PAI(A;OICI;FA;;;SY)`.
fn are_ours(rights: &str) -> bool {
    let (flags, entries) = rights.split_at(rights.find('(').unwrap_or(rights.len()));
    let mut entries = entries.split(['(', ')']).filter(|entry| !entry.is_empty()).peekable();
    flags.contains('P')
        && entries.peek().is_some()
        && entries.all(|entry| {
            let who = entry.strip_prefix("A;OICI;FA;;;").unwrap_or_default();
            matches!(who, "SY" | "BA") || who.starts_with("S-1-5-80-")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_services_the_system_and_administrators_are_ours() {
        let service = "(A;OICI;FA;;;S-1-5-80-1-2-3-4-5)";
        let ours = format!("PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA){service}");
        assert!(are_ours(&ours));
        // Inherited from above, a person, everybody who reads, a refusal, everybody with all rights, nobody named.
        assert!(!are_ours(&ours.replace("PAI", "AI")));
        assert!(!are_ours(&format!("{ours}(A;OICI;FA;;;S-1-5-21-1-2-3-1001)")));
        assert!(!are_ours(&format!("{ours}(A;OICIID;0x1200a9;;;BU)")));
        assert!(!are_ours(&format!("{ours}(D;OICI;FA;;;SY)")));
        assert!(!are_ours("NO_ACCESS_CONTROL"));
        assert!(!are_ours("P"));
    }

    #[test]
    fn what_is_below_keeps_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("below");
        std::fs::create_dir(&below).unwrap();
        std::fs::write(below.join("file"), "content").unwrap();
        leave_to(folder.path(), &[SYSTEM, ADMINISTRATORS]).unwrap();
        assert_eq!(std::fs::read(below.join("file")).unwrap(), b"content");
    }
}
