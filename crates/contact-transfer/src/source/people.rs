//! Whether a person stood in a source before.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use unified_contacts::ContactRecord;

/// The e-mail addresses of a source with the lines on which they stand. Hashes are held, and no text: 12 bytes an
/// address and the table's overhead, some 30 MB for a million. Two of a million addresses have the same hash once in
/// 30 million files.
#[derive(Default)]
pub(crate) struct People {
    /// The key in two halves, so that an entry takes 12 bytes and not 16.
    lines: HashMap<[u32; 2], u32>,
    hasher: RandomState,
}

impl People {
    /// Notes a contact, and gives the line of another one with the same address.
    pub(crate) fn note(&mut self, contact: &ContactRecord, line: u64) -> Option<u64> {
        let addresses = contact.emails.iter().flatten();
        let hashes = addresses.filter_map(|email| {
            let hash = self.hasher.hash_one(folded(email.address.as_deref()?));
            Some(halves(hash))
        });
        let hashes: Vec<[u32; 2]> = hashes.collect();
        if let Some(first) = hashes.iter().find_map(|hash| self.lines.get(hash)) {
            return Some(u64::from(*first));
        }
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        self.lines
            .extend(hashes.into_iter().map(|hash| (hash, line)));
        None
    }
}

/// An address as it is compared: without upper case, in the local part as well as in the domain.
pub(crate) fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

#[expect(clippy::cast_possible_truncation, reason = "each half is 32 bits")]
fn halves(hash: u64) -> [u32; 2] {
    [(hash >> 32) as u32, hash as u32]
}
