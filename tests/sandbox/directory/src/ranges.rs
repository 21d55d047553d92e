//! AD hands out long multi-valued attributes in ranges (MS-ADTS 3.1.1.3.1.3.3).

/// AD's `MaxValRange`.
const MAX_VALUES: usize = 1500;

/// Attribute names and values as they are sent for one requested (or implied) attribute.
pub(super) fn ranged(asked: &str, name: &str, values: &[Vec<u8>]) -> Vec<(String, Vec<Vec<u8>>)> {
    let range = asked
        .split(';')
        .find_map(|option| option.to_ascii_lowercase().strip_prefix("range=").map(str::to_owned));
    let (start, end) = match range.as_deref().and_then(|r| r.split_once('-')) {
        Some((start, end)) => {
            (start.parse().unwrap_or(0), end.parse::<usize>().unwrap_or(usize::MAX - 1))
        }
        None if values.len() <= MAX_VALUES => return vec![(name.to_owned(), values.to_vec())],
        None => (0, usize::MAX - 1),
    };
    if start >= values.len() {
        return vec![];
    }
    let stop = (end + 1).min(start + MAX_VALUES).min(values.len());
    let label = if stop == values.len() { "*".to_owned() } else { (stop - 1).to_string() };
    let part = (format!("{name};range={start}-{label}"), values[start..stop].to_vec());
    if range.is_some() { vec![part] } else { vec![(name.to_owned(), vec![]), part] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_come_in_portions() {
        let values: Vec<Vec<u8>> = (0..3200).map(|i| i.to_string().into_bytes()).collect();
        let first = ranged("member", "member", &values);
        assert_eq!(
            (first[0].1.len(), first[1].0.as_str(), first[1].1.len()),
            (0, "member;range=0-1499", 1500)
        );
        let last = ranged("member;range=3000-*", "member", &values);
        assert_eq!((last[0].0.as_str(), last[0].1.len()), ("member;range=3000-*", 200));
        assert_eq!(ranged("member", "member", &values[..10])[0].1.len(), 10);
    }
}
