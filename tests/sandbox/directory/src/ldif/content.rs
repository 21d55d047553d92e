//! Content records: the entries of a directory.

use super::lines::{parse, records, unfolded};
use crate::tree::{Account, Entry, Tree};

/// Puts every record into the tree. Clear-text `userPassword` values become sample passwords.
pub(crate) fn load(tree: &mut Tree, text: &str) -> Result<usize, String> {
    let mut count = 0;
    for record in records(&unfolded(text)) {
        let mut entry: Option<Entry> = None;
        for line in record {
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
                entry.add("entryUUID", crate::company::uuid_text(&entry.dn));
            }
            tree.put(entry);
            count += 1;
        }
    }
    Ok(count)
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
