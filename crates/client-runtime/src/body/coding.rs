//! The content codings that a client takes, decoded as the bytes come in.

use super::bounded::Bounded;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use std::borrow::Cow;
use std::io;

#[cfg(any(feature = "gzip", feature = "zstd"))]
mod stepwise;

/// What `Accept-Encoding` says; `None` where no feature for a coding is on.
pub(crate) const ACCEPTED: Option<&str> = match (
    cfg!(feature = "zstd"),
    cfg!(feature = "brotli"),
    cfg!(feature = "gzip"),
) {
    (true, true, true) => Some("zstd, br, gzip, deflate"),
    (true, true, false) => Some("zstd, br"),
    (true, false, true) => Some("zstd, gzip, deflate"),
    (true, false, false) => Some("zstd"),
    (false, true, true) => Some("br, gzip, deflate"),
    (false, true, false) => Some("br"),
    (false, false, true) => Some("gzip, deflate"),
    (false, false, false) => None,
};

/// Why a body was not taken.
pub(super) enum Problem {
    TooLarge,
    Corrupt(Cow<'static, str>),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        // The text of a decoder's error may hold bytes of the body.
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            _ => Self::Corrupt("its compressed form is damaged".into()),
        }
    }
}

/// Where the bytes of a body go: through a decoder, or straight into the buffer.
pub(super) enum Sink {
    Plain(Bounded),
    #[cfg(feature = "gzip")]
    Gzip(Box<flate2::write::MultiGzDecoder<Bounded>>),
    #[cfg(feature = "gzip")]
    Deflate(stepwise::Stepwise<stepwise::Inflate>),
    #[cfg(feature = "brotli")]
    Brotli(Box<brotli_decompressor::DecompressorWriter<Bounded>>),
    #[cfg(feature = "zstd")]
    Zstd(stepwise::Stepwise<stepwise::Zstd>),
}

impl Sink {
    /// The sink for a body with these headers.
    pub(super) fn new(headers: &HeaderMap, body: Bounded) -> Result<Self, Problem> {
        let mut codings = headers
            .get_all(CONTENT_ENCODING)
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
            .map(<[u8]>::trim_ascii)
            .filter(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case(b"identity"));
        let Some(coding) = codings.next() else {
            return Ok(Self::Plain(body));
        };
        if codings.next().is_some() {
            return Err(Problem::Corrupt("it is compressed more than once".into()));
        }
        match coding.to_ascii_lowercase().as_slice() {
            #[cfg(feature = "gzip")]
            b"gzip" | b"x-gzip" => Ok(Self::Gzip(Box::new(flate2::write::MultiGzDecoder::new(
                body,
            )))),
            #[cfg(feature = "gzip")]
            b"deflate" => Ok(Self::Deflate(stepwise::Stepwise::new(
                stepwise::Inflate::new(),
                body,
            ))),
            #[cfg(feature = "brotli")]
            b"br" => Ok(Self::Brotli(Box::new(
                brotli_decompressor::DecompressorWriter::new(body, 16 * 1024),
            ))),
            #[cfg(feature = "zstd")]
            b"zstd" => Ok(Self::Zstd(stepwise::Stepwise::new(
                stepwise::Zstd::new()?,
                body,
            ))),
            _ => Err(Problem::Corrupt(
                "it has a content coding that was not asked for".into(),
            )),
        }
    }

    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    pub(super) fn feed(&mut self, chunk: &[u8]) -> Result<(), Problem> {
        match self {
            Self::Plain(body) => body.push(chunk)?,
            #[cfg(feature = "gzip")]
            Self::Gzip(decoder) => io::Write::write_all(decoder, chunk)?,
            #[cfg(feature = "gzip")]
            Self::Deflate(decoder) => decoder.feed(chunk)?,
            #[cfg(feature = "brotli")]
            Self::Brotli(decoder) => io::Write::write_all(decoder, chunk)?,
            #[cfg(feature = "zstd")]
            Self::Zstd(decoder) => decoder.feed(chunk)?,
        }
        Ok(())
    }

    /// The body, if it is whole.
    #[cfg_attr(
        not(any(feature = "gzip", feature = "brotli", feature = "zstd")),
        expect(
            clippy::unnecessary_wraps,
            reason = "only a compressed body can be incomplete"
        )
    )]
    pub(super) fn finish(self) -> Result<Bounded, Problem> {
        Ok(match self {
            Self::Plain(body) => body,
            #[cfg(feature = "gzip")]
            Self::Gzip(decoder) => decoder.finish()?,
            #[cfg(feature = "gzip")]
            Self::Deflate(decoder) => decoder.finish()?,
            #[cfg(feature = "brotli")]
            Self::Brotli(mut decoder) => {
                decoder.close()?;
                decoder
                    .into_inner()
                    .map_err(|_| Problem::Corrupt("its compressed form is damaged".into()))?
            }
            #[cfg(feature = "zstd")]
            Self::Zstd(decoder) => decoder.finish()?,
        })
    }
}
