//! Change records: `changetype: modify` and `changetype: delete`.

use super::lines::{parse, records, unfolded};
use crate::tree::{Entry, Tree};

/// Applies every record, one after the other; how many there were. The first that cannot be applied ends it.
pub(crate) fn apply(tree: &mut Tree, text: &str) -> Result<usize, String> {
    let mut count = 0;
    for record in records(&unfolded(text)) {
        let mut lines = record.into_iter();
        let dn = value_of(lines.next(), "dn")?;
        if tree.get(&dn).is_none() {
            return Err(format!("there is no \"{dn}\""));
        }
        match value_of(lines.next(), "changetype")?.as_str() {
            "delete" => drop(tree.remove(&dn)),
            "modify" => {
                let changes = changes(lines)?;
                tree.change(&dn, |entry| changes.into_iter().for_each(|change| change.on(entry)));
            }
            other => return Err(format!("changetype \"{other}\" is not understood")),
        }
        count += 1;
    }
    Ok(count)
}

/// What happens to one attribute.
struct Change {
    operation: String,
    attribute: String,
    values: Vec<Vec<u8>>,
}

impl Change {
    fn on(self, entry: &mut Entry) {
        let mut values = entry.values(&self.attribute).to_vec();
        match self.operation.as_str() {
            "add" => values.extend(self.values),
            "delete" if !self.values.is_empty() => values.retain(|one| !self.values.contains(one)),
            _ => values = self.values,
        }
        entry.set(&self.attribute, values);
    }
}

/// The changes of a record; each ends with a line that is a hyphen, the last may go without.
fn changes<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Change>, String> {
    let mut changes: Vec<Change> = vec![];
    let mut open = false;
    for line in lines {
        if line == "-" {
            open = false;
            continue;
        }
        let (name, value) = parse(line)?;
        match changes.last_mut().filter(|_| open) {
            Some(change) if name.eq_ignore_ascii_case(&change.attribute) => {
                change.values.push(value);
            }
            Some(change) => {
                return Err(format!("\"{name}\" stands in a change of \"{}\"", change.attribute));
            }
            None if ["add", "delete", "replace"].contains(&name) => {
                let attribute = String::from_utf8_lossy(&value).into_owned();
                changes.push(Change { operation: name.to_owned(), attribute, values: vec![] });
                open = true;
            }
            None => return Err(format!("\"{name}\" is no change")),
        }
    }
    Ok(changes)
}

fn value_of(line: Option<&str>, name: &str) -> Result<String, String> {
    let missing = || format!("\"{name}:\" is missing in a change");
    let (found, value) = parse(line.ok_or_else(missing)?)?;
    if !found.eq_ignore_ascii_case(name) {
        return Err(missing());
    }
    Ok(String::from_utf8_lossy(&value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        let person = |cn: &str| Entry::new(format!("cn={cn},dc=x")).with("cn", cn);
        tree.put(person("a").with("mail", "a@x").with("mail", "b@x").with("title", "t"));
        tree.put(person("b"));
        tree
    }

    #[test]
    fn attributes_are_added_replaced_and_deleted_and_entries_go() {
        let mut tree = tree();
        let text = "# a day\ndn: CN=a,DC=x\nchangetype: modify\nadd: sn\nsn:: TcO8bGxlcg==\n-\nreplace: title\ntitle: one\n  two\n-\n\
            delete: mail\nmail: a@x\n\ndn: cn=b,dc=x\nchangetype: delete\n";
        assert_eq!(apply(&mut tree, text), Ok(2));
        let entry = tree.get("cn=a,dc=x").unwrap();
        assert_eq!(entry.text("sn").unwrap(), "Müller");
        assert_eq!(entry.text("title").unwrap(), "one two");
        assert_eq!(entry.values("mail"), [b"b@x"]);
        assert!(tree.get("cn=b,dc=x").is_none());
        let gone = "dn: cn=a,dc=x\nchangetype: modify\ndelete: mail\n-\nreplace: title\n-\n";
        assert_eq!(apply(&mut tree, gone), Ok(1));
        assert!(tree.get("cn=a,dc=x").unwrap().values("title").is_empty());
    }

    #[test]
    fn what_is_no_change_is_told() {
        for (text, said) in [
            ("dn: cn=c,dc=x\nchangetype: delete", "there is no \"cn=c,dc=x\""),
            ("changetype: delete", "\"dn:\" is missing in a change"),
            ("dn: cn=a,dc=x", "\"changetype:\" is missing in a change"),
            ("dn: cn=a,dc=x\nchangetype: moddn", "changetype \"moddn\" is not understood"),
            ("dn: cn=a,dc=x\nchangetype: modify\nsn: x", "\"sn\" is no change"),
            (
                "dn: cn=a,dc=x\nchangetype: modify\nadd: sn\ncn: x",
                "\"cn\" stands in a change of \"sn\"",
            ),
        ] {
            assert_eq!(apply(&mut tree(), text), Err(said.to_owned()), "{text}");
        }
    }
}
