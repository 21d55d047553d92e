//! Why something happens to a person, in words for an administrator.

use connector_model::{Error, NameFrom};

pub(crate) const NEW: &str = "In the directory and not in the cloud yet.";
pub(crate) const SAME: &str = "The cloud has it already.";
pub(crate) const BACK: &str = "Was inactive in the cloud and is in scope again.";
pub(crate) const DISABLED: &str = "Disabled in the directory.";
pub(crate) const NO_EMAIL: &str = "Has no e-mail address in the directory.";
pub(crate) const ABSENT: &str =
    "No longer in the scope of the mapping; checked one by one before it is sent.";
pub(crate) const DELETED: &str = "Deleted from the directory (checked by identity).";
pub(crate) const LEFT: &str = "Still in the directory but outside the scope of the mapping.";

pub(crate) fn no_user_name(from: NameFrom) -> String {
    let attribute = match from {
        NameFrom::Cn => "common name",
        NameFrom::Upn => "user principal name or login name",
    };
    format!("Has no {attribute} in the directory.")
}

pub(crate) fn claimed(by: &str) -> String {
    format!("Belongs to the mapping \"{by}\", which has a higher priority.")
}

pub(crate) fn duplicate(what: &str, other: &str) -> String {
    format!("Has the same {what} as {other}.")
}

pub(crate) fn moved(from: &str) -> String {
    format!("Belonged to the mapping \"{from}\" before.")
}

pub(crate) fn moves_to(mapping: &str) -> String {
    format!("Now belongs to the mapping \"{mapping}\"; moved when that one is imported.")
}

pub(crate) fn changed(fields: &[&str]) -> String {
    if fields.is_empty() {
        "Something the mapping sets has changed.".to_owned()
    } else {
        format!("Changed: {}.", fields.join(", "))
    }
}

pub(crate) fn waits_for_approval(count: u64, hash: &str) -> String {
    format!(
        "One of {count} people who would be made inactive; waits for the approval of list {hash}."
    )
}

pub(crate) fn not_proven(error: &Error) -> String {
    format!("Not seen, but the read was not complete: {}", error.message)
}
