//! Addresses as people have them: typed without a scheme, or copied from where the browser was.

/// What the cloud's pages are below its address.
const PAGES: [&str; 1] = ["/console"];

/// The address of a cloud: that of its console is taken for the cloud's, and one without a scheme is `https`.
pub(crate) fn of_cloud(text: &str) -> String {
    let address = with_scheme(text);
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let begin = address.find("://").map_or(0, |at| at + 3);
    let path = address[begin..end].find('/').map_or(end, |at| begin + at);
    let page = PAGES.iter().filter_map(|page| {
        let at = address[path..end].find(page)? + path;
        let rest = &address[at + page.len()..end];
        (rest.is_empty() || rest.starts_with('/')).then_some(at)
    });
    page.min().map_or_else(|| address.clone(), |at| address[..at].to_owned())
}

/// With `https` where an address has no scheme.
pub(crate) fn with_scheme(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_is_understood() {
        for (pasted, meant) in [
            (" cloud.example.com ", "https://cloud.example.com"),
            ("cloud.example.com:6061/", "https://cloud.example.com:6061/"),
            ("https://cloud.example.com/console", "https://cloud.example.com"),
            ("https://c.example/eu/console/connectors?tab=1#x", "https://c.example/eu"),
            ("https://c.example/console#/people", "https://c.example"),
            ("https://console.example.com", "https://console.example.com"),
            ("https://c.example/consoles", "https://c.example/consoles"),
            ("http://c.example", "http://c.example"),
            ("", ""),
        ] {
            assert_eq!(of_cloud(pasted), meant, "{pasted}");
        }
        assert_eq!(with_scheme("scim.example/console"), "https://scim.example/console");
    }
}
