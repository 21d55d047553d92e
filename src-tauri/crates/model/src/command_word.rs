//! A name as a word of a command that people are told to run: a shell takes it as that name and runs nothing of it.

use crate::terminal::commands_a_terminal;

/// What is appended to a command for a name to be its last argument.
pub fn command_word(name: &str) -> String {
    // Control characters do not survive being copied, and a line that ends would start the command early.
    let name = name.replace(commands_a_terminal, "\u{fffd}");
    let word = if cfg!(windows) { windows(&name) } else { posix(&name) };
    // After it, a name that begins with a dash is no option.
    if name.starts_with('-') { format!("-- {word}") } else { word }
}

fn posix(name: &str) -> String {
    shlex::try_quote(name).map(String::from).unwrap_or_default()
}

/// Nobody knows whether it is pasted into PowerShell or `cmd`: within double quotes, `cmd` runs nothing as long as they
/// come in pairs, and PowerShell expands nothing behind a backtick. Typographic quotes are quotes for PowerShell.
fn windows(name: &str) -> String {
    let mut word = String::from("\"");
    for c in name.chars() {
        match c {
            '"' => word.push('"'),
            '$' | '`' | '\u{201c}' | '\u{201d}' | '\u{201e}' => word.push('`'),
            _ => {}
        }
        word.push(c);
    }
    word.push('"');
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: [&str; 12] = [
        "$(id -un)",
        "`id -un`",
        "it's \"quoted\"",
        "back\\slash\\",
        "a; id",
        "a | id & id > /dev/null",
        "~root",
        "*",
        "!!",
        "#",
        "",
        "Verk\u{e4}ufer",
    ];

    #[cfg(unix)]
    #[test]
    fn a_shell_takes_every_name_as_one_word_and_runs_nothing() {
        for name in HOSTILE.into_iter().chain(["-dash", "--proposed", "$(touch x)-"]) {
            let script = format!("printf '%s|' {}", command_word(name));
            let out = std::process::Command::new("sh").arg("-c").arg(&script).output().unwrap();
            let taken = String::from_utf8(out.stdout).unwrap();
            let marked =
                if name.starts_with('-') { format!("--|{name}|") } else { format!("{name}|") };
            assert_eq!(taken, marked, "{script}");
        }
        assert_eq!(command_word("Sales"), "Sales");
        assert_eq!(command_word("two\nlines\0"), "'two\u{fffd}lines\u{fffd}'");
    }

    #[test]
    fn neither_shell_of_windows_is_led_out_of_the_quotes() {
        for name in HOSTILE.into_iter().chain(["a\"&calc", "\u{201c}; calc \u{201d}$x"]) {
            let word = windows(name);
            assert_eq!(word.matches('"').count() % 2, 0, "{word}");
            // What cmd has outside of quotes is nothing.
            assert_eq!(word.split('"').step_by(2).collect::<String>(), "", "{word}");
            let mut chars = word[1..word.len() - 1].chars();
            let mut read = String::new();
            while let Some(c) = chars.next() {
                let plain = match c {
                    '`' => chars.next(),
                    '"' => chars.next().filter(|next| *next == '"'),
                    '$' | '\u{201c}' | '\u{201d}' | '\u{201e}' => None,
                    other => Some(other),
                };
                read.push(plain.unwrap_or_else(|| panic!("{word} is open at {c}")));
            }
            assert_eq!(read, name, "what PowerShell reads of {word}");
        }
    }
}
