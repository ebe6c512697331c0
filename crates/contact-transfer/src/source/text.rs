//! The text of a file in whatever encoding it says that it has.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, BufReader, Read};

/// How much is read at a time, in bytes.
const CHUNK: usize = 64 * 1024;

/// What stands in decoded text for what could not be decoded: a byte that no UTF-8 text has, so that whoever reads the
/// text finds it there.
const UNDECODABLE: u8 = 0xff;

/// The encodings that are told apart by their mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    None,
    Utf8,
    Utf16(&'static Encoding),
    Utf32,
}

impl Mark {
    fn of(start: &[u8]) -> (Self, usize) {
        match start {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => (Self::Utf32, 4),
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16(UTF_16LE), 2),
            [0xfe, 0xff, ..] => (Self::Utf16(UTF_16BE), 2),
            _ => (Self::None, 0),
        }
    }
}

/// Text as UTF-8, and the mark that its encoding was told by. UTF-32 comes as it is.
pub(crate) fn text_of(
    input: impl Read + Send + 'static,
) -> io::Result<(Mark, Box<dyn BufRead + Send>)> {
    let mut input = BufReader::with_capacity(CHUNK, input);
    let (mark, length) = Mark::of(input.fill_buf()?);
    input.consume(length);
    let text: Box<dyn BufRead + Send> = match mark {
        Mark::Utf16(encoding) => Box::new(Decoded::new(
            input,
            encoding.new_decoder_without_bom_handling(),
        )),
        _ => Box::new(input),
    };
    Ok((mark, text))
}

/// Text that is decoded while it is read.
struct Decoded<R> {
    input: R,
    decoder: Decoder,
    is_at_end: bool,
    /// Decoded text, and how much of it was taken.
    text: Vec<u8>,
    taken: usize,
}

impl<R: BufRead> Decoded<R> {
    fn new(input: R, decoder: Decoder) -> Self {
        Self {
            input,
            decoder,
            is_at_end: false,
            text: Vec::new(),
            taken: 0,
        }
    }

    /// Decodes the next piece, which may come to nothing.
    fn decode(&mut self) -> io::Result<()> {
        let chunk = self.input.fill_buf()?;
        let is_last = chunk.is_empty();
        self.text.resize(CHUNK, 0);
        let (result, read, written) =
            self.decoder
                .decode_to_utf8_without_replacement(chunk, &mut self.text, is_last);
        self.input.consume(read);
        self.text.truncate(written);
        self.taken = 0;
        match result {
            DecoderResult::Malformed(..) => self.text.push(UNDECODABLE),
            DecoderResult::InputEmpty => self.is_at_end = is_last,
            DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.text.len() && !self.is_at_end {
            self.decode()?;
        }
        Ok(&self.text[self.taken..])
    }

    fn consume(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.text.len());
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Mark, Vec<u8>) {
        let (mark, mut text) = text_of(io::Cursor::new(bytes.to_vec())).unwrap();
        let mut out = Vec::new();
        text.read_to_end(&mut out).unwrap();
        (mark, out)
    }

    #[test]
    fn utf_16_is_decoded_in_both_orders() {
        for is_little in [true, false] {
            let units = "\u{feff}Zoë,😀\n".encode_utf16();
            let bytes = units.flat_map(|unit| {
                if is_little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            });
            let (mark, text) = read(&bytes.collect::<Vec<u8>>());
            assert!(matches!(mark, Mark::Utf16(_)));
            assert_eq!(text, "Zoë,😀\n".as_bytes());
        }
    }

    #[test]
    fn half_a_pair_is_marked() {
        let (_, text) = read(&[0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b', 0]);
        assert_eq!(text, b"a\xffb");
        let (_, text) = read(&[0xff, 0xfe, b'a', 0, b'b']);
        assert_eq!(text, b"a\xff");
    }

    #[test]
    fn a_mark_is_no_text() {
        assert_eq!(read(b"\xef\xbb\xbfa"), (Mark::Utf8, b"a".to_vec()));
        assert_eq!(read(b"a"), (Mark::None, b"a".to_vec()));
        assert_eq!(read(b""), (Mark::None, Vec::new()));
        assert_eq!(read(b"\xff\xfe\0\0a\0\0\0").0, Mark::Utf32);
    }
}
