//! Why somebody who was seen is outside a mapping, by the criterion that was seen to fail.

use connector_model::{Criterion, Dn, Mapping, Person, Reason, ScopeRef};

pub(crate) fn left(criterion: Criterion, person: &Person, mapping: &Mapping) -> Reason {
    let dn = person.dn.to_string();
    match criterion {
        Criterion::Person => Reason::NoPerson,
        Criterion::Base => Reason::LeftBase { dn, base: mapping.base_dn.to_string() },
        Criterion::ExcludedUnits => Reason::ExcludedUnit { dn },
        Criterion::ExcludedGroups => {
            Reason::ExcludedGroup { groups: names(&mapping.exclude_groups) }
        }
        Criterion::ExcludedPeople => Reason::ExcludedPerson { mapping: mapping.name.clone() },
        Criterion::Units => Reason::LeftUnits { dn },
        Criterion::Groups => Reason::LeftGroups { groups: names(&mapping.groups) },
        Criterion::Department => left_department(person, mapping),
        Criterion::Country => left_country(person, mapping),
        Criterion::Filter => {
            let filter = mapping.filter.as_ref().map(ToString::to_string);
            Reason::LeftFilter { filter: filter.unwrap_or_default() }
        }
        Criterion::Conditions => {
            let filter = mapping.conditions.as_ref().and_then(|c| c.to_filter().ok());
            let filter = filter.map(|filter| filter.to_string()).unwrap_or_default();
            Reason::LeftConditions { filter }
        }
        // Neither puts anybody outside a mapping.
        Criterion::Identity | Criterion::Enabled => Reason::Undecided { criterion },
    }
}

fn names(groups: &[ScopeRef]) -> Vec<String> {
    groups.iter().filter_map(|group| group.dn.as_ref()).map(Dn::leaf_value).collect()
}

fn left_department(person: &Person, mapping: &Mapping) -> Reason {
    let wanted = mapping.department.clone();
    match person.department.clone() {
        Some(now) => Reason::LeftDepartment { now, wanted },
        None => Reason::NoDepartment { wanted },
    }
}

fn left_country(person: &Person, mapping: &Mapping) -> Reason {
    let wanted = mapping.country.clone();
    match person.country.clone() {
        Some(now) => Reason::LeftCountry { now, wanted },
        None => Reason::NoCountry { wanted },
    }
}
