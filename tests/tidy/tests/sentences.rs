//! Sentences are for people: no code decides by one. Kinds, codes and values are what programs compare.
#![allow(missing_docs, clippy::unwrap_used)]

/// What comes before a literal that something is compared with.
const BEFORE: [&str; 13] = [
    "starts_with(",
    "ends_with(",
    "contains(",
    "strip_prefix(",
    "strip_suffix(",
    "find(",
    "split_once(",
    "startsWith(",
    "endsWith(",
    "includes(",
    "indexOf(",
    "==",
    "!=",
];
/// What comes after one in a match, or in a condition that begins with it.
const AFTER: [&str; 3] = ["=>", "==", "!="];

/// Files that read the words of others, who have no codes for it: marks of PEM files, what directory servers say of a
/// password, what dpkg says of its lock, the number that the standard library puts behind the system's words.
const OF_OTHERS: [&str; 5] = [
    "settings/wizard_draft.rs",
    "ldap_error.rs",
    "update/debian.rs",
    "tls/src/ca_file.rs",
    "model/src/io_reason.rs",
];

/// Files that are tests as a whole.
const TESTS: [&str; 4] = ["_tests.rs", "cli/src/documented.rs", "contract-suite.ts", ".test.ts"];

/// Two words beside one another, as in no name, key or code.
fn is_sentence(text: &str) -> bool {
    let word = |text: &str| {
        let bare = text.trim_matches(|c: char| c.is_ascii_punctuation());
        bare.len() > 1 && bare.chars().all(char::is_alphabetic)
    };
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(2).any(|pair| pair.iter().all(|text| word(text)))
}

/// The literals of a line that stand in quotes, with what is before and after each.
fn literals(line: &str) -> Vec<(&str, &str, &str)> {
    let mut found = vec![];
    let mut from = 0;
    while let Some(open) = line[from..].find('"').map(|at| from + at) {
        let Some(end) = closing(&line[open + 1..]).map(|at| open + 1 + at) else { break };
        found.push((line[..open].trim_end(), &line[open + 1..end], line[end + 1..].trim_start()));
        from = end + 1;
    }
    found
}

fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let is_end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end.then_some(at)
    })
}

fn decides(line: &str) -> Option<&str> {
    let compared = |(before, text, after): &(&str, &str, &str)| {
        let is = BEFORE.iter().any(|mark| before.ends_with(mark))
            || AFTER.iter().any(|mark| after.starts_with(mark));
        is && is_sentence(text)
    };
    literals(line).into_iter().find(compared).map(|(_, text, _)| text)
}

/// Regular expressions of the page are written between slashes.
fn expression(line: &str) -> Option<&str> {
    let start = ["(/", "[/", "= /", ": /", " /^"]
        .iter()
        .filter_map(|mark| line.find(mark).map(|at| at + mark.len()))
        .min()?;
    let text = &line[start..];
    let end = text.rfind('/')?;
    is_sentence(&text[..end]).then_some(&text[..end])
}

#[test]
fn no_code_decides_by_a_sentence() {
    let mut wrong = vec![];
    for (path, text) in tidy::texts(&[".rs", ".ts", ".tsx"]).unwrap() {
        let path = path.to_string_lossy().into_owned();
        // Tests say what a person reads.
        let of_tests = path.starts_with("tests/") || path.contains("/tests/");
        if of_tests || TESTS.iter().chain(&OF_OTHERS).any(|end| path.ends_with(end)) {
            continue;
        }
        let program = text
            .split("#[cfg(test)]")
            .next()
            .and_then(|text| text.split("#[cfg(all(test").next())
            .unwrap_or_default();
        for (number, line) in program.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
            let of_page = path.starts_with("ui/");
            if let Some(words) = decides(line).or_else(|| expression(line).filter(|_| of_page)) {
                wrong.push(format!("{path}:{}: {words}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "code that decides by a sentence:\n{}", wrong.join("\n"));
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//")
        || line.starts_with("/*")
        || line.starts_with('*')
        || line.starts_with("#[")
}

#[test]
fn a_sentence_that_decides_is_found() {
    for line in [
        r#"if error.message().starts_with("The filter is wrong") {"#,
        r#"    "Not running yet." => 3,"#,
        r#"if text == "The cloud has it already." {"#,
        r#"if (status.sentence.includes("waits for your approval")) return 1;"#,
    ] {
        assert!(decides(line).is_some(), "{line}");
    }
    assert!(expression(r"  [/^Changed: (.+)\.$/, 1],").is_none());
    assert!(expression(r"  [/^No longer a member of (.+)\.$/, 1],").is_some());
    assert!(expression(r"if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text))").is_none());
    for line in [
        r#"if key.starts_with("PROXY_") {"#,
        r#"Self::New => "In the directory.","#,
        r#"let text = "The filter is wrong";"#,
        r#"if kind == "sign_in" {"#,
    ] {
        assert!(decides(line).is_none(), "{line}");
    }
}
