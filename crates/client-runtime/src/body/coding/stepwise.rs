//! Decoders that are called step by step, each step with a little room for output.

use super::{Bounded, Problem};
use std::io;

/// How much room a step has.
const ROOM: usize = 16 * 1024;

/// What a step did.
pub(in super::super) struct Step {
    read: usize,
    written: usize,
    is_end: bool,
}

/// A decoder that is called step by step.
pub(in super::super) trait Decode {
    fn step(&mut self, input: &[u8], room: &mut [u8]) -> io::Result<Step>;

    /// Whether another stream may follow one that ended.
    const REPEATS: bool;
}

/// A decoder with its output.
pub(in super::super) struct Stepwise<D> {
    decoder: D,
    body: Bounded,
    room: Box<[u8]>,
    has_ended: bool,
}

impl<D: Decode> Stepwise<D> {
    pub(super) fn new(decoder: D, body: Bounded) -> Self {
        Self {
            decoder,
            body,
            room: vec![0; ROOM].into_boxed_slice(),
            has_ended: false,
        }
    }

    pub(super) fn feed(&mut self, mut input: &[u8]) -> Result<(), Problem> {
        loop {
            if self.has_ended && (input.is_empty() || !D::REPEATS) {
                // What follows the end is of no use to anyone.
                return Ok(());
            }
            let step = self.decoder.step(input, &mut self.room)?;
            self.body
                .push(self.room.get(..step.written).unwrap_or_default())?;
            input = input.get(step.read..).unwrap_or_default();
            self.has_ended = step.is_end;
            let is_stuck = step.read == 0 && step.written == 0;
            if input.is_empty() && step.written < self.room.len() || is_stuck && !step.is_end {
                return if input.is_empty() {
                    Ok(())
                } else {
                    Err(Problem::Corrupt("its compressed form is damaged".into()))
                };
            }
        }
    }

    pub(super) fn finish(self) -> Result<Bounded, Problem> {
        if self.has_ended {
            Ok(self.body)
        } else {
            Err(Problem::Corrupt(
                "its compressed form ends too early".into(),
            ))
        }
    }
}

/// `deflate`, which is the zlib format by the book, and which some servers take for raw deflate.
#[cfg(feature = "gzip")]
pub(in super::super) struct Inflate(Option<flate2::Decompress>);

#[cfg(feature = "gzip")]
impl Inflate {
    pub(super) fn new() -> Self {
        Self(None)
    }
}

#[cfg(feature = "gzip")]
impl Decode for Inflate {
    const REPEATS: bool = false;

    fn step(&mut self, input: &[u8], room: &mut [u8]) -> io::Result<Step> {
        if self.0.is_none() && input.is_empty() {
            return Ok(Step {
                read: 0,
                written: 0,
                is_end: false,
            });
        }
        // The first byte of the zlib format names the method, 8, in its lower half; in raw deflate that would be a
        // stored block with padding that no encoder writes.
        let has_header = input.first().is_some_and(|byte| byte & 0x0f == 8);
        let decoder = self
            .0
            .get_or_insert_with(|| flate2::Decompress::new(has_header));
        let (before_in, before_out) = (decoder.total_in(), decoder.total_out());
        let status = decoder
            .decompress(input, room, flate2::FlushDecompress::None)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Step {
            read: usize::try_from(decoder.total_in() - before_in).unwrap_or(usize::MAX),
            written: usize::try_from(decoder.total_out() - before_out).unwrap_or(usize::MAX),
            is_end: status == flate2::Status::StreamEnd,
        })
    }
}

/// Zstandard, whose window is kept to the 8 MiB that RFC 9659 allows for HTTP.
#[cfg(feature = "zstd")]
pub(in super::super) struct Zstd(zstd::stream::raw::Decoder<'static>);

#[cfg(feature = "zstd")]
impl Zstd {
    const WINDOW_LOG_MAX: u32 = 23;

    pub(super) fn new() -> io::Result<Self> {
        let mut decoder = zstd::stream::raw::Decoder::new()?;
        decoder.set_parameter(zstd::stream::raw::DParameter::WindowLogMax(
            Self::WINDOW_LOG_MAX,
        ))?;
        Ok(Self(decoder))
    }
}

#[cfg(feature = "zstd")]
impl Decode for Zstd {
    const REPEATS: bool = true;

    fn step(&mut self, input: &[u8], room: &mut [u8]) -> io::Result<Step> {
        let status = zstd::stream::raw::Operation::run_on_buffers(&mut self.0, input, room)?;
        Ok(Step {
            read: status.bytes_read,
            written: status.bytes_written,
            is_end: status.remaining == 0,
        })
    }
}
