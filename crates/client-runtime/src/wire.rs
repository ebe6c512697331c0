//! From a filled request to what goes over the wire.

use crate::body;
use crate::core::Core;
use crate::credentials::{Chosen, Prepared, both};
use crate::failure::{ErrorKind, Failure};
use crate::query;
use crate::request::Request;
use http::{HeaderMap, HeaderName, HeaderValue, Method};

impl Core {
    /// Makes an attempt's request.
    pub(crate) fn wire(
        &self,
        request: &Request,
        chosen: Chosen<'_>,
        idempotency_key: Option<&(HeaderName, HeaderValue)>,
    ) -> Result<reqwest::Request, Failure> {
        let operation = request.operation;
        let refuse = |message: &'static str| {
            Failure::new(ErrorKind::InvalidRequest, operation.id(), message)
        };
        let mut url = request.url(&self.0.settings.base_url)?;
        // One more than these: what reqwest adds.
        let mut headers =
            HeaderMap::with_capacity(request.headers.len() + request.options.headers.len() + 6);
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        if let Some(accept) = operation.accept {
            headers.insert(http::header::ACCEPT, HeaderValue::from_static(accept));
        }
        if let Some(codings) = body::ACCEPTED {
            headers.insert(
                http::header::ACCEPT_ENCODING,
                HeaderValue::from_static(codings),
            );
        }
        for (name, value) in &request.options.headers {
            headers.insert(name, value.clone());
        }
        if let Some((name, value)) = idempotency_key {
            headers.insert(name, value.clone());
        }
        let mut separator = if request.query.is_empty() { '?' } else { '&' };
        for credential in chosen.iter() {
            match credential {
                Prepared::Header(name, value) => {
                    let value = match headers.get(http::header::COOKIE) {
                        Some(before) if name == http::header::COOKIE => both(before, value)
                            .ok_or_else(|| refuse("the cookies make no header value"))?,
                        _ => value.clone(),
                    };
                    headers.insert(name, value);
                }
                Prepared::Query { name, value } => {
                    url.push(separator);
                    query::append_pair(&mut url, name, value.expose());
                    separator = '&';
                }
            }
        }
        let url =
            reqwest::Url::parse(&url).map_err(|_| refuse("the path template makes no URL"))?;
        let method = Method::from_bytes(operation.method().as_bytes())
            .map_err(|_| refuse("the operation's method is none of HTTP"))?;
        let mut wire = reqwest::Request::new(method, url);
        *wire.headers_mut() = headers;
        *wire.body_mut() = request.body.clone().map(reqwest::Body::from);
        Ok(wire)
    }
}
