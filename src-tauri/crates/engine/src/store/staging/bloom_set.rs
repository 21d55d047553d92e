//! What came by before, in a fixed amount of memory.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Exact while there are few; then a Bloom filter of one hash, which takes a few new ones for known ones, and never
/// the reverse.
#[derive(Default)]
pub(crate) struct BloomSet {
    few: HashSet<u64>,
    bits: Vec<u64>,
}

/// Kept exactly: about 1 MiB.
const FEW: usize = 50_000;
/// 4 MiB: of a million people about 1.5 % are looked at again for nothing.
const BITS: u64 = 1 << 25;

impl BloomSet {
    /// Something to note for a text; good in this process only.
    pub fn hash(text: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    }

    /// Notes a hash; whether it may have been there before.
    pub fn note(&mut self, hash: u64) -> bool {
        if !self.bits.is_empty() {
            return self.set(hash);
        }
        let seen = !self.few.insert(hash);
        if self.few.len() > FEW {
            self.bits = vec![0; (BITS / 64) as usize];
            for known in std::mem::take(&mut self.few) {
                self.set(known);
            }
        }
        seen
    }

    /// Whether a hash may have been noted.
    pub fn has(&self, hash: u64) -> bool {
        if self.bits.is_empty() {
            return self.few.contains(&hash);
        }
        let (word, bit) = place(hash);
        self.bits[word] & bit != 0
    }

    fn set(&mut self, hash: u64) -> bool {
        let seen = self.has(hash);
        let (word, bit) = place(hash);
        self.bits[word] |= bit;
        seen
    }
}

fn place(hash: u64) -> (usize, u64) {
    let at = hash % BITS;
    ((at / 64) as usize, 1 << (at % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_are_always_found_and_others_rarely() {
        let mut seen = BloomSet::default();
        let mistaken = (0..100_000).filter(|n| seen.note(BloomSet::hash(&format!("p{n}")))).count();
        assert!(mistaken < 1000, "{mistaken} of 100,000");
        let known = |n: u32| BloomSet::hash(&format!("p{n}"));
        assert!((0..100_000).all(|n| seen.has(known(n)) && seen.note(known(n))));
        let mistaken = (100_000..200_000).filter(|n| seen.has(known(*n))).count();
        assert!(mistaken < 1000, "{mistaken} of 100,000");
    }
}
