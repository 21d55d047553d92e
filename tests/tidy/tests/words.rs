//! Words that must not stay behind in code.
#![allow(missing_docs, clippy::unwrap_used)]

#[test]
fn nothing_is_left_half_done() {
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "#[ign".to_owned() + "ore"];
    for (path, text) in tidy::texts(&[".rs", ".sh", ".py", ".toml", "Makefile"]).unwrap() {
        for (number, line) in text.lines().enumerate() {
            for mark in &marks {
                let found = line
                    .split(|c: char| !(c.is_alphanumeric() || c == '#' || c == '['))
                    .any(|w| w == mark);
                assert!(!found, "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn modules_are_named_for_what_they_do() {
    for file in tidy::files().unwrap() {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let vague = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
        assert!(!vague.contains(&stem.as_str()), "{}: name it for what it does", file.display());
    }
}
