//! Names of the sample company, the same for every server: `setup/names.json`.

use serde_json::Value;
use std::sync::OnceLock;

/// Source of the names, which `setup/samba_domain.py` reads too.
pub(crate) const JSON: &str = include_str!("../setup/names.json");

/// Common names that software trips over: commas, quotes, controls, leading spaces, right to left, filter syntax.
/// Person number `n` of them is `oddNN` (`sAMAccountName` or `uid`) on every server.
pub fn odd() -> &'static [String] {
    &all().odd
}

/// Departments; person `n` is in number `n % 20`.
pub fn departments() -> &'static [String] {
    &all().departments
}

pub(crate) struct Names {
    pub(crate) given: Vec<String>,
    pub(crate) family: Vec<String>,
    departments: Vec<String>,
    odd: Vec<String>,
}

pub(crate) fn all() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        let json: Value = serde_json::from_str(JSON).unwrap_or_default();
        let list = |key: &str| {
            let values = json[key].as_array().map(Vec::as_slice).unwrap_or_default();
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Names {
            given: list("given"),
            family: list("family"),
            departments: list("departments"),
            odd: list("odd"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_names_is_complete() {
        assert!(all().given.len() > 20 && all().family.len() > 20);
        assert_eq!(departments().len(), 20);
        assert!(odd().iter().any(|name| name.starts_with(' ')));
    }
}
