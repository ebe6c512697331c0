//! A server that behaves, over TLS.

use super::identity::{Identity, Protocol};
use super::listen::Listening;
use crate::behaviour::Reply;
use bytes::Bytes;
use http::{HeaderMap, Method, Uri, Version};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// A request as a [`TlsServer`] read it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The number of the connection over which it came, from 0.
    pub connection: usize,
    /// The version of HTTP.
    pub version: Version,
    /// The method.
    pub method: Method,
    /// What was asked for; in HTTP/2 with the host.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// A server that answers over TLS, in the protocol that was agreed on in the handshake. It ends when this is dropped.
#[derive(Debug)]
pub struct TlsServer {
    listening: Listening,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl TlsServer {
    /// Starts a server that gives each request to `answer`, whose future is dropped when the client goes away.
    ///
    /// # Errors
    /// When the system gives no port or thread.
    pub fn start<A, F>(identity: &Identity, protocols: &[Protocol], answer: A) -> io::Result<Self>
    where
        A: Fn(Exchange) -> F + Send + Sync + 'static,
        F: Future<Output = Reply> + Send + 'static,
    {
        let exchanges = Arc::<Mutex<Vec<Exchange>>>::default();
        let (seen, answer) = (Arc::clone(&exchanges), Arc::new(answer));
        let listening = Listening::start(identity.acceptor(protocols)?, move |stream, number| {
            let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
            let service = service_fn(move |request| {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                async move {
                    let exchange = read(request, number).await?;
                    seen.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(exchange.clone());
                    response(answer(exchange).await)
                }
            });
            async move {
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                let stream = TokioIo::new(stream);
                // A client that goes away is part of the play.
                let _gone = if is_http2 {
                    http2::Builder::new(TokioExecutor::new())
                        .serve_connection(stream, service)
                        .await
                } else {
                    http1::Builder::new()
                        .serve_connection(stream, service)
                        .await
                };
            }
        })?;
        Ok(Self {
            listening,
            exchanges,
        })
    }

    /// The server's URL under the name `host`, without a trailing slash.
    #[must_use]
    pub fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port())
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.listening.port
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.listening.connections()
    }

    /// With how many connections the client trusted the server.
    #[must_use]
    pub fn handshakes(&self) -> usize {
        self.listening.handshakes()
    }

    /// The requests that came in whole so far, in order.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

async fn read(request: http::Request<Incoming>, connection: usize) -> io::Result<Exchange> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?;
    Ok(Exchange {
        connection,
        version: head.version,
        method: head.method,
        uri: head.uri,
        headers: head.headers,
        body: body.to_bytes(),
    })
}

fn response(reply: Reply) -> io::Result<http::Response<Full<Bytes>>> {
    let mut response = http::Response::builder().status(reply.status);
    for (name, value) in &reply.headers {
        response = response.header(name, value);
    }
    response
        .body(Full::new(Bytes::from(reply.body)))
        .map_err(io::Error::other)
}
