//! What makes a person (or OU, or group) the same one after a rename: never the DN.

use serde::{Deserialize, Serialize};

/// A stable identity in text form: a lower-case GUID with dashes (`objectGUID`, `entryUUID`), or the
/// value of `nsUniqueId` as it is. An account's own unique attribute has the account's name before its value
/// (`corp:1001`), because another account may have the same values.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(type = "string"))]
pub struct Identity(String);

impl Identity {
    /// From an attribute that is text, such as `entryUUID` (RFC 4530). UUIDs are folded to lower case.
    pub fn from_text(value: &str) -> Self {
        let trimmed = value.trim();
        let is_uuid = trimmed.len() == 36
            && trimmed.bytes().enumerate().all(|(i, b)| match i {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        Self(if is_uuid { trimmed.to_ascii_lowercase() } else { trimmed.to_owned() })
    }

    /// From the 16 bytes of `objectGUID`: the first three groups are little-endian (MS-DTYP 2.3.4).
    pub fn from_guid_bytes(b: [u8; 16]) -> Self {
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
        let mut text = String::with_capacity(36);
        for (i, &at) in order.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for nibble in [b[at] >> 4, b[at] & 15] {
                text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
            }
        }
        Self(text)
    }

    /// Back to the 16 bytes of `objectGUID`, if this is a GUID.
    pub fn to_guid_bytes(&self) -> Option<[u8; 16]> {
        let hex: Vec<u8> = self.0.bytes().filter(|b| *b != b'-').collect();
        if hex.len() != 32 || self.0.len() != 36 {
            return None;
        }
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
        let mut out = [0u8; 16];
        for (i, pair) in hex.chunks(2).enumerate() {
            let text = std::str::from_utf8(pair).ok()?;
            out[order[i]] = crate::directory::dn::hex_pair(text)?;
        }
        Some(out)
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guid_bytes_go_both_ways() {
        let bytes = *b"\x33\x22\x11\x00\x55\x44\x77\x66\x88\x99\xaa\xbb\xcc\xdd\xee\xff";
        let id = Identity::from_guid_bytes(bytes);
        assert_eq!(id.as_str(), "00112233-4455-6677-8899-aabbccddeeff");
        assert_eq!(id.to_guid_bytes(), Some(bytes));
    }

    #[test]
    fn uuids_are_folded_and_other_ids_kept() {
        assert_eq!(
            Identity::from_text("00112233-4455-6677-8899-AABBCCDDEEFF").as_str(),
            "00112233-4455-6677-8899-aabbccddeeff"
        );
        assert_eq!(Identity::from_text("Emp-7").as_str(), "Emp-7");
        assert_eq!(Identity::from_text("Emp-7").to_guid_bytes(), None);
    }
}
