//! The rows of a read, as plan and count take them.

use crate::plan::content::Content;
use crate::plan::standing::{Adopted, Adoption, CloudMatch, Known, SkipReason, Staged, Standing};
use crate::store::cloud::people::content;
use connector_model::{Dn, Identity};
use rusqlite::Row;

pub(crate) fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let known = match row.get(1)? {
        None => None,
        Some(active) => Some(CloudMatch { active, same: row.get(2)?, sure: row.get(3)? }),
    };
    let adoption = Adoption::from_number(row.get(4)?);
    Ok(Standing { unfit: SkipReason::from_number(row.get(0)?), known, adoption })
}

pub(crate) fn staged(row: &Row<'_>) -> rusqlite::Result<Staged> {
    let cloud_id: Option<String> = row.get(15)?;
    let known = match cloud_id {
        None => None,
        Some(cloud_id) => Some(Known {
            cloud_id,
            active: row.get(16)?,
            same: row.get(17)?,
            mapping: row.get(18)?,
            content_if_disabled: row
                .get::<_, Option<String>>(24)?
                .map(|text| content(&text, 24))
                .transpose()?,
        }),
    };
    let adoption = match Adoption::from_number(row.get(19)?) {
        None => None,
        Some(how) => {
            let former: Option<String> = row.get(22)?;
            let former = former.map(|former| Identity::from_text(&former));
            Some(Adopted { how, cloud_id: row.get(20)?, name: row.get(21)?, former })
        }
    };
    Ok(Staged {
        unfit: SkipReason::from_number(row.get(0)?),
        identity: Identity::from_text(row.get_ref(4)?.as_str()?),
        dn: Dn::from_server(row.get::<_, String>(5)?),
        content: Content {
            user_name: row.get(6)?,
            email: row.get(7)?,
            display_name: row.get(8)?,
            given_name: row.get(9)?,
            surname: row.get(10)?,
            department: row.get(11)?,
            country: row.get(12)?,
            title: row.get(13)?,
        },
        other: row.get(14)?,
        known,
        adoption,
        parked: row.get(23)?,
    })
}
