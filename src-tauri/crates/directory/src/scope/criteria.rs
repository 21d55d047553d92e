//! The criteria of a mapping that are filters, one by one.

use crate::search::schema::Schema;
use connector_model::filter::Attribute;
use connector_model::{Condition, Criterion, Filter, Mapping, Result};

/// Each with what it is. Of the two attributes that may hold a department or a country those count that the server knows: of
/// one that it does not know it cannot say that it is different.
pub(crate) fn of(mapping: &Mapping, schema: Option<&Schema>) -> Result<Vec<(Criterion, Filter)>> {
    let any = |attributes: [&'static str; 2], values: &[String]| {
        let known = |name: &&str| schema.is_none_or(|schema| schema.knows(name));
        let mut names: Vec<&'static str> = attributes.into_iter().filter(known).collect();
        if names.is_empty() {
            names.extend(attributes);
        }
        let equal = values.iter().flat_map(|value| {
            names
                .iter()
                .map(|name| Filter::Equal(Attribute::known(name), value.as_bytes().to_vec()))
        });
        (!values.is_empty()).then(|| Filter::or(equal.collect()))
    };
    let department = any(["department", "departmentNumber"], &mapping.department);
    let country = any(["c", "co"], &mapping.country);
    let conditions = mapping.conditions.as_ref().map(Condition::to_filter);
    let all = [
        (Criterion::Department, department),
        (Criterion::Country, country),
        (Criterion::Filter, mapping.filter.clone()),
        (Criterion::Conditions, conditions.transpose()?),
    ];
    Ok(all.into_iter().filter_map(|(criterion, filter)| Some((criterion, filter?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_change_the_filter() {
        let mapping: Mapping = toml::from_str(
            "name='x'\naccount='a'\nbase_dn='DC=x'\ndepartment=['a)(b=*']\ncountry='*'",
        )
        .unwrap();
        let text = |schema| {
            let all = of(&mapping, schema).unwrap();
            Filter::and(all.into_iter().map(|(_, filter)| filter).collect()).to_string()
        };
        assert_eq!(
            text(None),
            r"(&(|(department=a\29\28b=\2a)(departmentNumber=a\29\28b=\2a))(|(c=\2a)(co=\2a)))"
        );
        let mut schema = Schema::default();
        schema.add("( 2.16.840.1.113730.3.1.2 NAME 'departmentNumber' )");
        assert_eq!(text(Some(&schema)), r"(&(departmentNumber=a\29\28b=\2a)(|(c=\2a)(co=\2a)))");
    }
}
