//! Why somebody who was not read is outside the mapping, by the criterion that decided.

use connector_model::{Dn, Mapping, Person, Reason};

pub(crate) fn left_base(person: &Person, mapping: &Mapping) -> Reason {
    Reason::LeftBase { dn: person.dn.to_string(), base: mapping.base_dn.to_string() }
}

pub(crate) fn left_units(person: &Person, _: &Mapping) -> Reason {
    Reason::LeftUnits { dn: person.dn.to_string() }
}

pub(crate) fn left_groups(_: &Person, mapping: &Mapping) -> Reason {
    let names = mapping.groups.iter().filter_map(|group| group.dn.as_ref()).map(Dn::leaf_value);
    Reason::LeftGroups { groups: names.collect() }
}

pub(crate) fn left_department(person: &Person, mapping: &Mapping) -> Reason {
    let wanted = mapping.department.clone();
    match person.department.clone() {
        Some(now) => Reason::LeftDepartment { now, wanted },
        None => Reason::NoDepartment { wanted },
    }
}

pub(crate) fn left_country(person: &Person, mapping: &Mapping) -> Reason {
    let wanted = mapping.country.clone();
    match person.country.clone() {
        Some(now) => Reason::LeftCountry { now, wanted },
        None => Reason::NoCountry { wanted },
    }
}

pub(crate) fn left_filter(_: &Person, mapping: &Mapping) -> Reason {
    let filter = mapping.filter.as_ref().map(ToString::to_string);
    Reason::LeftFilter { filter: filter.unwrap_or_default() }
}

pub(crate) fn left_conditions(_: &Person, mapping: &Mapping) -> Reason {
    let filter = mapping.conditions.as_ref().and_then(|c| c.to_filter().ok());
    Reason::LeftConditions { filter: filter.map(|filter| filter.to_string()).unwrap_or_default() }
}
