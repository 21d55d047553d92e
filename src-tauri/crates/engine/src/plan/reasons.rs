//! Why something happens to a person, in words for an administrator.

use crate::store::staging::staged::Adoption;
use connector_model::{Dn, Error, Mapping, NameFrom, Person};

pub(crate) const NEW: &str = "In the directory and not in the cloud yet.";
pub(crate) const SAME: &str = "The cloud has it already.";
pub(crate) const BACK: &str = "Was inactive in the cloud and is in scope again.";
pub(crate) const DISABLED: &str = "Disabled in the directory.";
pub(crate) const NO_EMAIL: &str = "Has no e-mail address in the directory.";
pub(crate) const DELETED: &str = "Deleted from the directory (checked by identity).";
pub(crate) const APPROVED: &str = "Cannot be found any more; approved by an administrator.";
pub(crate) const BACK_AGAIN: &str =
    "Was not there when the mapping was read, and is now; the next import decides.";

pub(crate) fn adopted(how: Adoption, name: &str) -> String {
    match how {
        Adoption::ByEmail => {
            format!(
                "The cloud has {name} with the same e-mail address, who is linked instead of created."
            )
        }
        Adoption::ByUserName => {
            format!(
                "The cloud has {name} with the same user name, who is linked instead of created."
            )
        }
        Adoption::Ambiguous => {
            format!(
                "Several may be meant by one user of the cloud, or one by several: {name}. Make one of them different."
            )
        }
    }
}

pub(crate) fn left_base(person: &Person, mapping: &Mapping) -> String {
    format!("Now at {}, which is not below {}.", person.dn, mapping.base_dn)
}

pub(crate) fn left_units(person: &Person, _: &Mapping) -> String {
    format!("Now at {}, outside the mapping's organizational units.", person.dn)
}

pub(crate) fn left_groups(_: &Person, mapping: &Mapping) -> String {
    let names: Vec<String> =
        mapping.groups.iter().filter_map(|g| g.dn.as_ref()).map(Dn::leaf_value).collect();
    format!("No longer a member of {}.", names.join(" or "))
}

pub(crate) fn left_department(person: &Person, mapping: &Mapping) -> String {
    let now = person.department.as_deref().unwrap_or("empty");
    format!("Department is {now}, not {}.", mapping.department.join(" or "))
}

pub(crate) fn left_country(person: &Person, mapping: &Mapping) -> String {
    let now = person.country.as_deref().unwrap_or("empty");
    format!("Country is {now}, not {}.", mapping.country.join(" or "))
}

pub(crate) fn left_filter(_: &Person, mapping: &Mapping) -> String {
    let filter = mapping.filter.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("Does not match the filter {filter}.")
}

pub(crate) fn left_conditions(_: &Person, mapping: &Mapping) -> String {
    let filter = mapping.conditions.as_ref().and_then(|c| c.to_filter().ok());
    let text = filter.map(|filter| filter.to_string()).unwrap_or_default();
    format!("Does not meet the conditions {text}.")
}

pub(crate) fn out_of_sight(dn: &Dn) -> String {
    let place = dn.parent().map(|parent| parent.to_string()).unwrap_or_default();
    format!(
        "Cannot be found, and neither can anybody else in {place}: deleted, or the bind account lost its rights."
    )
}

pub(crate) const OTHER_SERVER: &str = "Not there, but another server answered than the last time; the next import from the same server decides.";
pub(crate) const OLDER_STATE: &str =
    "Not there, but the server shows an older state of the directory than was seen before.";

pub(crate) fn waits(hash: &str) -> String {
    format!("Waits for the approval of list {hash}.")
}

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
