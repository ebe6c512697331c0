//! What an HTTP/2 server says it did not process.

/// Whether the server says that it did nothing of this request, so that it may be sent again (RFC 9113, 8.7).
#[cfg(feature = "http2")]
pub(crate) fn is_surely_not(error: &reqwest::Error, has_body: bool) -> bool {
    use std::error::Error as _;

    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let is_refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
            // A stream fails with the server's GOAWAY when it is one of those that were not processed, or when the
            // GOAWAY came between its head and its body. Without a body it could have been processed then.
            let is_left_out = error.is_go_away() && has_body;
            return error.is_remote() && (is_refused || is_left_out);
        }
        cause = error.source();
    }
    false
}

#[cfg(not(feature = "http2"))]
pub(crate) fn is_surely_not(_: &reqwest::Error, _: bool) -> bool {
    false
}
