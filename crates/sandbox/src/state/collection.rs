//! The records of one kind in one account, in the order in which they came.

use bytes::Bytes;
use std::collections::HashMap;

/// A record as it is answered.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub id: Box<str>,
    /// How often it was written.
    pub version: u64,
    /// It, as JSON.
    pub json: Bytes,
}

/// Records in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    /// The numbers of the records that there are, ascending.
    order: Vec<u64>,
    records: HashMap<u64, Record>,
    ids: HashMap<Box<str>, u64>,
    last: u64,
}

impl Collection {
    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Record> {
        self.records.get(self.ids.get(id)?)
    }

    pub(crate) fn next_number(&self) -> u64 {
        self.last + 1
    }

    pub(super) fn put(&mut self, record: Record) -> u64 {
        let known = self.ids.get(&record.id).copied();
        let sequence = known.unwrap_or(self.last + 1);
        self.restore(sequence, record);
        sequence
    }

    pub(super) fn restore(&mut self, sequence: u64, record: Record) {
        if self.last < sequence {
            self.last = sequence;
            self.order.push(sequence);
        }
        self.ids.insert(record.id.clone(), sequence);
        self.records.insert(sequence, record);
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<(u64, Record)> {
        let sequence = self.ids.remove(id)?;
        if let Ok(at) = self.order.binary_search(&sequence) {
            self.order.remove(at);
        }
        self.records
            .remove(&sequence)
            .map(|record| (sequence, record))
    }

    /// The records whose numbers are above `after`, with their numbers.
    pub(crate) fn after(&self, after: u64) -> impl Iterator<Item = (u64, &Record)> {
        let from = self.order.partition_point(|sequence| *sequence <= after);
        self.numbered(from)
    }

    /// The records from a place on, with their numbers.
    pub(crate) fn numbered(&self, from: usize) -> impl Iterator<Item = (u64, &Record)> {
        let order = self.order.get(from..).unwrap_or_default().iter();
        order.filter_map(|sequence| Some((*sequence, self.records.get(sequence)?)))
    }
}
