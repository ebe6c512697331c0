//! A request as it came.

/// A request, byte for byte and in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    raw: Vec<u8>,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body_start: usize,
    length: usize,
}

impl Request {
    /// The first request in `bytes`, if it is there in whole; anything that is no HTTP/1.1 request is an error.
    pub(crate) fn read(bytes: &[u8]) -> Result<Option<Self>, &'static str> {
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = std::str::from_utf8(bytes.get(..end).unwrap_or_default())
            .map_err(|_| "a head that is no UTF-8")?;
        let mut lines = head.split("\r\n");
        let mut first = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1"), None) =
            (first.next(), first.next(), first.next(), first.next())
        else {
            return Err("a first line that is no request's");
        };
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line
                .split_once(": ")
                .ok_or("a header line without a colon")?;
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let length = match headers.iter().find(|(name, _)| name == "content-length") {
            Some((_, length)) => length.parse().map_err(|_| "a length that is no number")?,
            None => 0,
        };
        let body_start = end + 4;
        let Some(raw) = bytes.get(..body_start + length) else {
            return Ok(None);
        };
        Ok(Some(Self {
            raw: raw.to_vec(),
            method: method.to_owned(),
            target: target.to_owned(),
            headers,
            body_start,
            length,
        }))
    }

    /// The bytes as they came.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path and query as they came.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The path as it came.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(&self.target, |(path, _)| path)
    }

    /// The query as it came.
    #[must_use]
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// The first value of the header, whose name is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The headers with their names in lower case, in order.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.raw
            .get(self.body_start..self.body_start + self.length)
            .unwrap_or_default()
    }

    pub(crate) fn is_write(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}
