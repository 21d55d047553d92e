//! Reads LDIF content records (RFC 2849): folded lines, base64 values, comments.

use super::tree::{Account, Entry, Tree};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Puts every record into the tree. Clear-text `userPassword` values become sample passwords.
pub(super) fn load(tree: &mut Tree, text: &str) -> Result<usize, String> {
    let unfolded = text.replace("\r\n", "\n").replace("\n ", "");
    let mut count = 0;
    for record in unfolded.split("\n\n") {
        let mut entry: Option<Entry> = None;
        for line in record.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (name, value) = parse(line)?;
            match (&mut entry, name) {
                (None, "version") => {}
                (None, name) if name.eq_ignore_ascii_case("dn") => {
                    entry = Some(Entry::new(String::from_utf8_lossy(&value).into_owned()));
                }
                (None, name) => return Err(format!("\"{name}\" comes before any dn")),
                (Some(entry), name) if name.eq_ignore_ascii_case("userPassword") => {
                    let password = String::from_utf8_lossy(&value).into_owned();
                    entry.account = Some(Account { password, refuses: None });
                }
                (Some(entry), name) => entry.add(name, value),
            }
        }
        if let Some(mut entry) = entry {
            if entry.values("entryUUID").is_empty() {
                entry.add("entryUUID", super::company::uuid_text(&entry.dn));
            }
            tree.put(entry);
            count += 1;
        }
    }
    Ok(count)
}

fn parse(line: &str) -> Result<(&str, Vec<u8>), String> {
    let (name, rest) = line.split_once(':').ok_or_else(|| format!("no \":\" in \"{line}\""))?;
    match rest.strip_prefix(':') {
        Some(encoded) => STANDARD
            .decode(encoded.trim())
            .map(|bytes| (name, bytes))
            .map_err(|_| format!("the value of \"{name}\" is not base64")),
        None => Ok((name, rest.trim_start().as_bytes().to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_and_encoded_values() {
        let mut tree = Tree::default();
        let text = "version: 1\n# people\ndn: cn=a,dc=x\ncn: a\ndescription: long\n er\nsn:: TcO8bGxlcg==\nuserPassword: pw\n\ndn:: Y249w7wsZGM9eA==\ncn: b\n";
        assert_eq!(load(&mut tree, text).unwrap(), 2);
        let entry = tree.get("CN=A,DC=X").unwrap();
        assert_eq!(entry.text("description").unwrap(), "longer");
        assert_eq!(entry.text("sn").unwrap(), "Müller");
        assert!(tree.get("cn=ü,dc=x").is_some());
        assert!(load(&mut tree, "cn: a").is_err());
    }
}
