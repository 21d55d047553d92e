//! How large a mapping may be: one always fits into a message of the session with the cloud.

use connector_model::{Code, Error, Mapping, Result};

/// Most bytes of a mapping as JSON; a message has 1,048,576.
const MOST: usize = 768 * 1024;

/// Most people who are named one by one in a list of a mapping.
const PEOPLE: usize = 1_000;
/// Most units or groups in a list that leaves out.
const PLACES: usize = 200;

/// Refuses a mapping that is larger.
pub(crate) fn check(mapping: &Mapping) -> Result<()> {
    let lists = [
        (&mapping.exclude_units, "exclude_units", PLACES),
        (&mapping.exclude_groups, "exclude_groups", PLACES),
        (&mapping.include_people, "include_people", PEOPLE),
        (&mapping.exclude_people, "exclude_people", PEOPLE),
    ];
    for (list, field, most) in lists {
        if list.len() > most {
            let text = format!("The list has {} entries; the most is {most}.", list.len());
            return Err(Error::new(Code::InvalidMapping, text)
                .with_action("Put these people into a group, and name the group.")
                .at(field));
        }
    }
    let size = serde_json::to_vec(mapping).map_err(|_| Error::of(Code::Internal))?.len();
    if size <= MOST {
        return Ok(());
    }
    let text = format!("The mapping has {} KiB; the most is {} KiB.", size / 1024, MOST / 1024);
    Err(Error::new(Code::InvalidMapping, text)
        .with_action("Divide it into several, or choose a group instead of a long list.")
        .at("filter"))
}
