//! The page with which something in between says no: its words, as one line that is not long.

use crate::shown::shown;
use connector_model::Secret;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body, Bytes};
use std::time::Duration;
use tokio::time::timeout;

/// Most bytes of a page that are read.
const MAX_BYTES: usize = 64 * 1024;
/// A page that does not come soon is done without.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is between these is not for readers.
const UNSEEN: [&str; 4] = ["script", "style", "head", "title"];
/// Characters that pages write in other ways.
const NAMED: [(&str, &str); 6] = [
    ("&nbsp;", " "),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

/// The words of a page, if it comes and has any; without these secrets, which it may repeat.
pub(crate) async fn words_of<B>(body: B, secrets: &[Secret]) -> Option<String>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let page = timeout(PATIENCE, Limited::new(body, MAX_BYTES).collect()).await.ok()?.ok()?;
    let words = words(&String::from_utf8_lossy(&page.to_bytes()), secrets);
    Some(words).filter(|words| !words.is_empty())
}

/// What a reader sees of a page, or of a text.
fn words(page: &str, secrets: &[Secret]) -> String {
    let mut seen = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((text, after)) = rest.split_once('<') {
        seen.push_str(text);
        seen.push(' ');
        rest = after_tag(after);
    }
    seen.push_str(rest);
    let plain = NAMED.iter().fold(seen, |text, (name, sign)| text.replace(name, sign));
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // Before it is cut: half a secret would not be recognised.
    shown(&secrets.iter().fold(line, |line, secret| secret.hidden_in(&line)))
}

/// What follows a tag of which the beginning was just read: with a script, what follows its end.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let after = tag.split_once('>').map_or("", |(_, after)| after);
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    if !UNSEEN.iter().any(|unseen| name.eq_ignore_ascii_case(unseen)) {
        return after;
    }
    let end = format!("</{}", name.to_ascii_lowercase());
    let Some(at) = after.to_ascii_lowercase().find(&end) else { return after };
    after[at..].split_once('>').map_or("", |(_, after)| after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_words() {
        let page = "<!DOCTYPE html><HTML><head><title>x</title><style>p { color: red }</style></head>\n\
            <body><!-- a > b --><h1>Zugriff&nbsp;verweigert</h1>\r\n<p>Fragen Sie <b>die&amp;IT</b>,\u{1b}[2J M&uuml;ller.\
            <script>if (1<2) alert('x')</script></p>";
        assert_eq!(words(page, &[]), "Zugriff verweigert Fragen Sie die&IT , [2J M&uuml;ller.");
        assert_eq!(words("Not today,\n  said the proxy.\n", &[]), "Not today, said the proxy.");
        assert_eq!(words("<script>never ends", &[]), "never ends");
        for nothing in ["", "<", "<p", "<p><br/></p>", "<!--"] {
            assert_eq!(words(nothing, &[]), "", "{nothing}");
        }
        assert!(words(&"<p>\u{e4}</p> ".repeat(9000), &[]).chars().count() <= 300);
    }
    #[test]
    fn a_page_that_repeats_a_secret_is_quoted_without_it_where_it_is_cut_too() {
        let secrets = [Secret::new("p@ss&word"), Secret::new("dXNlcjpwQHNzJndvcmQ=")];
        let page = "<p>Basic dXNlcjpwQHNzJndvcmQ=</p><p>p@ss&amp;word</p>";
        let dots = "\u{2022}\u{2022}\u{2022}";
        assert_eq!(words(page, &secrets), format!("Basic {dots} {dots}"));
        for before in 280..300 {
            let cut = words(&format!("{} p@ss&word", "x".repeat(before)), &secrets);
            assert!(!cut.contains("p@"), "{before}: {cut}");
        }
    }
}
