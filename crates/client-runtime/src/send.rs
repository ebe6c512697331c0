//! Sending: the only place from which a request leaves.

use crate::answer::Answer;
use crate::core::Core;
use crate::credentials::Prepared;
use crate::failure::{ErrorKind, Failure};
use crate::query;
use crate::request::Request;
use bytes::{Bytes, BytesMut};
use http::{HeaderValue, Method};
use std::time::Duration;

impl Core {
    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// When the request has a problem, when no credential fits, when no answer came in time, or when the answer's
    /// body is too large. An answer of any status is no error here.
    pub async fn send(&self, mut request: Request) -> Result<Answer, Failure> {
        request.check()?;
        let limit = request.options.timeout.unwrap_or(self.0.settings.timeout);
        let operation = request.operation;
        let wire = self.prepare(request)?;
        let attempt = self.attempt(operation.id(), operation.is_safe(), wire);
        let timeout = limit.min(self.0.settings.attempt_timeout);
        match tokio::time::timeout(timeout, attempt).await {
            Ok(answered) => answered,
            Err(_) => Err(timed_out(operation.id(), timeout).maybe_applied(!operation.is_safe())),
        }
    }

    fn prepare(&self, request: Request) -> Result<reqwest::Request, Failure> {
        let operation = request.operation;
        let refuse = |kind, message: &'static str| Failure::new(kind, operation.id(), message);
        let mut url = request.url(&self.0.settings.base_url)?;
        let credentials = self.credentials();
        let Some(chosen) = credentials.of(operation) else {
            return Err(refuse(
                ErrorKind::MissingCredential,
                "the operation takes a credential and the client has none that fits",
            ));
        };
        let (mut headers, mut query) = (request.headers, request.query);
        if let Some(accept) = operation.accept {
            headers.insert(http::header::ACCEPT, HeaderValue::from_static(accept));
        }
        for (name, value) in &request.options.headers {
            headers.insert(name, value.clone());
        }
        for credential in chosen {
            match credential {
                Prepared::Header(name, value) => {
                    headers.insert(name, value.clone());
                }
                Prepared::Query { name, value } => {
                    query::append_pair(&mut query, name, value.expose());
                }
            }
        }
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        let url = reqwest::Url::parse(&url)
            .map_err(|_| refuse(ErrorKind::InvalidRequest, "the path template makes no URL"))?;
        let method = Method::from_bytes(operation.method().as_bytes()).map_err(|_| {
            refuse(
                ErrorKind::InvalidRequest,
                "the operation's method is none of HTTP",
            )
        })?;
        let mut wire = reqwest::Request::new(method, url);
        *wire.headers_mut() = headers;
        *wire.body_mut() = request.body.map(reqwest::Body::from);
        Ok(wire)
    }

    async fn attempt(
        &self,
        operation: &'static str,
        is_safe: bool,
        wire: reqwest::Request,
    ) -> Result<Answer, Failure> {
        let mut response = match self.0.http.execute(wire).await {
            Ok(response) => response,
            Err(error) => return Err(broken(operation, is_safe, error)),
        };
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let body = read_body(operation, &mut response, self.0.settings.max_body_bytes)
            .await
            .map_err(|mut failure| {
                failure.0.status = Some(status);
                failure.maybe_applied(!is_safe && crate::answer::may_have_been_applied(status))
            })?;
        Ok(Answer {
            operation,
            is_safe,
            status,
            headers,
            body,
        })
    }
}

async fn read_body(
    operation: &'static str,
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<Bytes, Failure> {
    let too_large = || {
        Failure::new(
            ErrorKind::BodyTooLarge,
            operation,
            format!("it has more than {limit} bytes, raise `max_body_bytes` if that is expected"),
        )
    };
    let declared = response.content_length().unwrap_or(0);
    if usize::try_from(declared).map_or(true, |declared| declared > limit) {
        return Err(too_large());
    }
    let read = |error: reqwest::Error| broken(operation, false, error);
    let Some(first) = response.chunk().await.map_err(read)? else {
        return Ok(Bytes::new());
    };
    if first.len() > limit {
        return Err(too_large());
    }
    let Some(second) = response.chunk().await.map_err(read)? else {
        return Ok(first);
    };
    let mut body = BytesMut::from(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        if chunk.len() > limit - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
        next = response.chunk().await.map_err(read)?;
    }
    Ok(body.freeze())
}

fn broken(operation: &'static str, is_safe: bool, error: reqwest::Error) -> Failure {
    let kind = if error.is_connect() {
        ErrorKind::Connect
    } else if error.is_timeout() {
        ErrorKind::Timeout
    } else {
        ErrorKind::Io
    };
    Failure::new(kind, operation, "")
        .maybe_applied(!is_safe && kind != ErrorKind::Connect)
        .with_source(error.without_url())
}

fn timed_out(operation: &'static str, timeout: Duration) -> Failure {
    Failure::new(
        ErrorKind::Timeout,
        operation,
        format!("no full answer within {timeout:?}"),
    )
}
