//! How the program starts: at log-on by itself, or by hand; where a service has the home, that starts with the machine.

use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use connector_api::Door;
use connector_model::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How the program starts.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// With the user's session, without a window.
    LogOn,
    /// Only when somebody starts it.
    ByHand,
    /// A service has the home: its manager starts it, and no window changes that.
    Service,
}

impl Start {
    /// As it is now.
    pub fn of(door: &Door, at_log_on: &AtLogOn) -> Result<Self> {
        if let Door::There(there) = door
            && there.is_anothers()
        {
            return Ok(Self::Service);
        }
        let on = at_log_on.entry()?.is_enabled().map_err(|e| failed(&e))?;
        Ok(if on { Self::LogOn } else { Self::ByHand })
    }

    /// From now on.
    pub fn set(self, at_log_on: &AtLogOn) -> Result<()> {
        let launch = at_log_on.entry()?;
        match self {
            Self::LogOn => launch.enable().map_err(|e| failed(&e)),
            Self::ByHand if launch.is_enabled().unwrap_or(false) => {
                launch.disable().map_err(|e| failed(&e))
            }
            Self::ByHand => Ok(()),
            Self::Service => {
                Err(Error::new(Code::InvalidInput, "The window cannot set up a service.")
                    .with_action("Use the setup program, or run: insync-connector service install.")
                    .at("start"))
            }
        }
    }
}

/// What starts this program with the user's session, for the home that it has now.
pub struct AtLogOn(Result<AutoLaunch>);

impl AtLogOn {
    /// The entry of a program; without a home it has the usual one.
    pub fn of(name: &str, program: &Path, home: Option<&Path>) -> Self {
        let words = home.into_iter().flat_map(|home| [Path::new("--home"), home]);
        let words = [Path::new("--hidden")].into_iter().chain(words).map(quoted);
        let words: Result<Vec<String>> = words.collect();
        let entry = quoted(program).and_then(|program| {
            let mut entry = AutoLaunchBuilder::new();
            entry.set_app_name(name).set_app_path(&program).set_args(&words?);
            entry.build().map_err(|e| failed(&e))
        });
        Self(entry)
    }

    fn entry(&self) -> Result<&AutoLaunch> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

/// A word of the command as what starts it reads it.
fn quoted(word: &Path) -> Result<String> {
    let usable = word.to_str().filter(|word| !word.contains(|c: char| c.is_control()));
    let word = usable.ok_or_else(|| {
        let text = format!("{} cannot be started at sign-in: its name is no text.", word.display());
        Error::new(Code::InvalidInput, text).with_action("Choose another folder.").at("start")
    })?;
    Ok(if cfg!(windows) { for_windows(word) } else { for_desktops(word) })
}

/// The Exec key of a desktop entry (Desktop Entry Specification, "The Exec key"): a quoted word, in a value whose backslashes are
/// escaped once more, where a percent sign begins a code.
fn for_desktops(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.,:+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut text = String::from("\"");
    for c in word.chars() {
        match c {
            '\\' => text.push_str(r"\\\\"),
            '"' | '`' | '$' => text.extend([r"\\", &c.to_string()]),
            '%' => text.push_str("%%"),
            other => text.push(other),
        }
    }
    text + "\""
}

/// A word of a command line as programs for Windows take it apart: no path has a quote in it.
fn for_windows(word: &str) -> String {
    let backslashes = word.len() - word.trim_end_matches('\\').len();
    let quotes = word.is_empty() || word.contains([' ', '\t', '&', '^', '%', '(', ')']);
    if quotes { format!("\"{word}{}\"", "\\".repeat(backslashes)) } else { word.to_owned() }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    tracing::error!(%error, "start at sign-in");
    Error::new(Code::StorageFailed, "Starting at sign-in cannot be changed.").at("start")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_desktop_entry_is_one_word() {
        assert_eq!(for_desktops("--hidden"), "--hidden");
        assert_eq!(for_desktops("/home/a b/c"), "\"/home/a b/c\"");
        assert_eq!(for_desktops(r#"/a"b$c`d"#), r#""/a\\"b\\$c\\`d""#);
        assert_eq!(for_desktops(r"/100% a\b"), r#""/100%% a\\\\b""#);
    }

    #[test]
    fn a_word_for_windows_is_one_word() {
        assert_eq!(for_windows(r"C:\Tools\x.exe"), r"C:\Tools\x.exe");
        assert_eq!(for_windows(r"C:\Program Files\x.exe"), "\"C:\\Program Files\\x.exe\"");
        assert_eq!(for_windows(r"D:\my data\"), "\"D:\\my data\\\\\"");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_home_that_is_no_text_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let home = Path::new(std::ffi::OsStr::from_bytes(b"/a\xff"));
        let entry = AtLogOn::of("x", Path::new("/usr/bin/x"), Some(home));
        assert_eq!(entry.entry().err().unwrap().code, Code::InvalidInput);
        let entry = AtLogOn::of("x", Path::new("/my apps/x"), Some(Path::new("/h"))).0.unwrap();
        assert_eq!(entry.get_app_path(), "\"/my apps/x\"");
        assert_eq!(entry.get_args(), ["--hidden", "--home", "/h"]);
    }
}
