//! Answers as BER (RFC 4511): what a server sends, built from the inside out.

/// A tag with definite length and content.
pub(super) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    let length = content.len();
    if length < 0x80 {
        out.push(u8::try_from(length).unwrap_or(0));
    } else {
        let bytes = length.to_be_bytes();
        let skip = bytes.iter().take_while(|b| **b == 0).count();
        out.push(0x80 | u8::try_from(bytes.len() - skip).unwrap_or(0));
        out.extend_from_slice(&bytes[skip..]);
    }
    out.extend_from_slice(content);
    out
}

pub(super) fn integer(tag: u8, value: u32) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let skip = bytes.iter().take_while(|b| **b == 0).count().min(3);
    let mut content = bytes[skip..].to_vec();
    if content[0] & 0x80 != 0 {
        content.insert(0, 0);
    }
    tlv(tag, &content)
}

pub(super) fn octets(value: &[u8]) -> Vec<u8> {
    tlv(0x04, value)
}

/// One message: number, operation, and controls if any.
pub(super) fn message(id: u32, operation: Vec<u8>, controls: Option<Vec<u8>>) -> Vec<u8> {
    let mut content = integer(0x02, id);
    content.extend(operation);
    if let Some(controls) = controls {
        content.extend(tlv(0xa0, &controls));
    }
    tlv(0x30, &content)
}

/// A result: bind 0x61, search done 0x65, extended 0x78 and the like.
pub(super) fn result(tag: u8, code: u32, text: &str) -> Vec<u8> {
    tlv(tag, &[integer(0x0a, code), octets(b""), octets(text.as_bytes())].concat())
}

/// A search result entry.
pub(super) fn entry<'a>(
    dn: &str,
    attributes: impl IntoIterator<Item = (&'a str, &'a [Vec<u8>])>,
) -> Vec<u8> {
    let mut list = Vec::new();
    for (name, values) in attributes {
        let values: Vec<u8> = values.iter().flat_map(|v| octets(v)).collect();
        list.extend(tlv(0x30, &[octets(name.as_bytes()), tlv(0x31, &values)].concat()));
    }
    tlv(0x64, &[octets(dn.as_bytes()), tlv(0x30, &list)].concat())
}

/// A continuation reference.
pub(super) fn reference(url: &str) -> Vec<u8> {
    tlv(0x73, &octets(url.as_bytes()))
}

/// The paged results control of an answer (RFC 2696).
pub(super) fn paging_control(cookie: &[u8]) -> Vec<u8> {
    let value = tlv(0x30, &[integer(0x02, 0), octets(cookie)].concat());
    tlv(0x30, &[octets(b"1.2.840.113556.1.4.319"), octets(&value)].concat())
}
