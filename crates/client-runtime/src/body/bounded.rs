//! A buffer that refuses to grow beyond its limit.

use super::coding::Problem;
use bytes::Bytes;

/// The first allocation for a body whose length is not known.
const SMALL: usize = 4 * 1024;

pub(super) struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl Bounded {
    pub(super) fn new(limit: usize, expected: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(expected.max(SMALL).min(limit)),
            limit,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        if chunk.len() > self.limit - self.bytes.len() {
            return Err(Problem::TooLarge);
        }
        // Doubling, and from a sixteenth of the limit on the whole of it at once: what a large body is moved out of
        // stays resident with many allocators, and room that is not written to is not.
        let needed = self.bytes.len() + chunk.len();
        if needed > self.bytes.capacity() {
            let target = if needed > self.limit / 16 {
                self.limit
            } else {
                (self.bytes.capacity() * 2).max(needed)
            };
            self.bytes.reserve_exact(target - self.bytes.len());
        }
        self.bytes.extend_from_slice(chunk);
        Ok(())
    }

    pub(super) fn into_bytes(self) -> Bytes {
        Bytes::from(self.bytes)
    }
}

impl std::io::Write for Bounded {
    fn write(&mut self, chunk: &[u8]) -> std::io::Result<usize> {
        match self.push(chunk) {
            Ok(()) => Ok(chunk.len()),
            Err(_) => Err(std::io::ErrorKind::FileTooLarge.into()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
