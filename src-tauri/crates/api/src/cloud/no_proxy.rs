//! To whom no proxy leads: the list of `NO_PROXY`, as curl reads it, and ports besides, as others have them.

use std::net::IpAddr;

/// Whether the host of an address is on the list. Its entries stand apart by commas or blanks: `*` is everybody, a name is
/// itself and what is below it (with or without a dot before it), an address is itself, and a network what is in it.
pub(super) fn holds(list: &str, url: &str) -> bool {
    let Some((host, port)) = place(url) else { return false };
    let entries = list.split([',', ' ', '\t']).map(str::trim).filter(|entry| !entry.is_empty());
    entries.into_iter().any(|entry| entry == "*" || is_meant(entry, &host, port))
}

/// Host and port of an address; `https` has 443.
fn place(url: &str) -> Option<(String, u16)> {
    let rest = url.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next()?;
    let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
    let (host, port) = apart(place);
    Some((name(host), port.unwrap_or(443))).filter(|(host, _)| !host.is_empty())
}

/// A name or address, and its port where one is given.
fn apart(place: &str) -> (&str, Option<u16>) {
    if let Some((address, after)) = place.strip_prefix('[').and_then(|p| p.split_once(']')) {
        return (address, after.strip_prefix(':').and_then(|port| port.parse().ok()));
    }
    match place.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (place, None),
        },
        _ => (place, None),
    }
}

fn name(text: &str) -> String {
    text.trim_end_matches('.').to_ascii_lowercase()
}

fn is_meant(entry: &str, host: &str, port: u16) -> bool {
    let (entry, only) = apart(entry);
    if only.is_some_and(|only| only != port) {
        return false;
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        return is_in(entry, address);
    }
    let entry = name(entry.strip_prefix("*.").unwrap_or(entry).trim_start_matches('.'));
    let below = || host.strip_suffix(entry.as_str()).is_some_and(|rest| rest.ends_with('.'));
    !entry.is_empty() && (host == entry || below())
}

/// Whether an address is this one, or in this network (RFC 4632).
fn is_in(entry: &str, address: IpAddr) -> bool {
    let (network, bits) = entry.split_once('/').map_or((entry, None), |(n, b)| (n, Some(b)));
    let Ok(network) = network.trim_matches(['[', ']']).parse::<IpAddr>() else { return false };
    let width = if network.is_ipv4() { 32 } else { 128 };
    let Ok(bits) = bits.map_or(Ok(width), str::parse::<u32>) else { return false };
    let number = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    let differ = number(network) ^ number(address);
    let rest = width.saturating_sub(bits);
    network.is_ipv4() == address.is_ipv4()
        && bits <= width
        && differ.checked_shr(rest).unwrap_or_default() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_as_curl_reads_it() {
        for (list, url) in [
            ("*", "https://c.example"),
            ("a.example, c.example", "https://c.example:6061/x"),
            ("a.example c.example", "c.example"),
            (".example", "https://c.example"),
            ("EXAMPLE.", "https://c.Example./"),
            ("*.example", "https://eu.c.example"),
            ("c.example:443", "https://c.example"),
            ("10.0.0.0/8", "https://10.9.8.7"),
            ("192.168.1.7", "https://192.168.1.7:8443"),
            ("0.0.0.0/0", "https://1.2.3.4"),
            ("2001:db8::/32", "https://[2001:db8:1::7]:8443/"),
            ("[::1]:8443", "https://[::1]:8443"),
            ("[::1]", "https://[::1]"),
        ] {
            assert!(holds(list, url), "{list} {url}");
        }
        for (list, url) in [
            ("", "https://c.example"),
            (",, ,.", "https://c.example"),
            ("example.com", "https://notexample.com"),
            ("c.example", "https://example"),
            ("c.example:6061", "https://c.example"),
            ("**", "https://c.example"),
            ("10.0.0.0/8", "https://11.0.0.1"),
            ("10.0.0.0/40", "https://10.0.0.0"),
            ("10.0.0.0/x", "https://10.0.0.0"),
            ("0.0.0.0/0", "https://[::1]"),
            ("0.0.1", "https://127.0.0.1"),
            ("10.0.0.0/8", "https://10.example"),
            ("*", "https://"),
        ] {
            assert!(!holds(list, url), "{list} {url}");
        }
    }
}
