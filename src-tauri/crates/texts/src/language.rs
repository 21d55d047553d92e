//! Which language a person reads.

/// The languages that there is a catalogue of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// What everything falls back to.
    English,
    /// German.
    German,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language of whoever started this program: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that says something
    /// (POSIX, chapter 8); on Windows, where none of them does, that of the user's desktop.
    pub fn of_system() -> Self {
        Self::of_variables(|name| std::env::var(name).ok()).unwrap_or_else(of_desktop)
    }

    /// The language of a locale such as `de_DE.UTF-8` or `de-AT`. `C` and what is not known here is English.
    pub fn of(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") { Self::German } else { Self::English }
    }

    /// As in BCP 47; also the name of the catalogue's folder.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn of_variables(value: impl Fn(&str) -> Option<String>) -> Option<Self> {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(value)
            .find(|locale| !locale.is_empty())
            .map(|locale| Self::of(&locale))
    }
}

#[cfg(windows)]
fn of_desktop() -> Language {
    sys_locale::get_locale().map_or(Language::English, |locale| Language::of(&locale))
}

#[cfg(not(windows))]
fn of_desktop() -> Language {
    Language::English
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_something_decides() {
        let of = |set: &[(&str, &str)]| {
            Language::of_variables(|name| {
                set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Some(Language::German));
        assert_eq!(of(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]), Some(Language::English));
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "de")]), Some(Language::German));
        assert_eq!(of(&[("LC_ALL", "POSIX"), ("LC_MESSAGES", "de")]), Some(Language::English));
        assert_eq!(of(&[("LANG", "den_CA")]), Some(Language::English));
        assert_eq!(of(&[]), None);
    }
}
