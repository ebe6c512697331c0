//! One attempt of a call.

use crate::body;
use crate::core::Core;
use crate::effect::Effect;
use crate::failure::{ErrorKind, Failure};
use crate::limiter::Key;
use crate::observe::{self, AnswerHeaders, AttemptReport};
use crate::operation::Operation;
use crate::processed;
use crate::response::request_id;
use crate::retry;
use crate::send::{Call, later};
use bytes::Bytes;
use http::HeaderMap;
use tokio::time::Instant;
use tracing::Instrument as _;

/// What came back from one attempt.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the vendor says that the same request may succeed later.
    pub(crate) is_temporary: bool,
}

/// The part of an answer before its body.
#[derive(Default)]
struct Head {
    status: Option<u16>,
    headers: HeaderMap,
}

impl Call<'_> {
    /// Sends the request once, as soon as the rate limiter has room.
    pub(crate) async fn attempt(&mut self) -> Result<Reply, Failure> {
        let (core, operation) = (self.core, self.request.operation);
        let credentials = core.credentials();
        let Some(chosen) = credentials.of(operation) else {
            return Err(Failure::missing_credential(operation.id()));
        };
        let wire = core.wire(&self.request, chosen, self.idempotency_key.as_ref())?;
        let keys = self.limiter_keys(chosen.identity());
        drop(credentials);
        self.wait_for_room(keys).await?;
        let started = Instant::now();
        if started >= self.deadline {
            let message = "the call's deadline passed before it was sent";
            return Err(Failure::new(ErrorKind::Timeout, operation.id(), message));
        }
        self.attempts += 1;
        let end = self.deadline.min(later(started, self.attempt_timeout));
        let span = observe::attempt_span(core, operation, self.attempts);
        let mut head = Head::default();
        let exchange = exchange(core, operation, wire, &mut head).instrument(span.clone());
        let result = match tokio::time::timeout_at(end, exchange).await {
            Ok(result) => result,
            Err(_) => Err(Failure::new(
                ErrorKind::Timeout,
                operation.id(),
                format!("no full answer within {:?}", end.duration_since(started)),
            )
            .with_effect(Effect::of_silence(operation))),
        };
        let result = match (result, head.status) {
            (Ok(body), Some(status)) => Ok(Reply {
                status,
                headers: head.headers,
                body,
                is_temporary: false,
            }),
            (Ok(_), None) => Err(Failure::new(ErrorKind::Io, operation.id(), "")),
            (Err(failure), Some(status)) => {
                let effect = Effect::of_status(operation, status);
                Err(failure.with_head(status, head.headers).with_effect(effect))
            }
            (Err(failure), None) => Err(failure),
        };
        let (status, headers, error) = match &result {
            Ok(reply) => (Some(reply.status), &reply.headers, None),
            Err(failure) => (failure.0.status, &failure.0.headers, Some(failure.kind())),
        };
        observe::end(&span, status, error);
        if !span.is_disabled()
            && let Some(id) = request_id(headers)
        {
            span.record("request_id", id);
        }
        if let Some(observer) = &core.0.settings.observer {
            observer.attempt(&AttemptReport {
                api: core.0.settings.api.name,
                operation,
                number: self.attempts,
                status,
                error,
                duration: started.elapsed(),
                request_id: request_id(headers),
                headers: AnswerHeaders(headers),
            });
        }
        if let Some(status) = status {
            self.heed(keys, status, headers);
        }
        result
    }

    /// What the request counts for: the account that it names, if it names one, and the credential.
    fn limiter_keys(&self, identity: u64) -> [Option<Key>; 2] {
        let name = self.core.0.settings.api.account_parameter;
        let named = name.and_then(|name| self.request.parameter(name));
        let account = named.map(Key::account).or_else(|| {
            self.request
                .is_for_account_of_credential()
                .then(|| Key::account_of_credential(identity))
        });
        [account, Some(Key::credential(identity))]
    }

    /// Waits for the account's turn first, so that the requests of a busy one do not stand before those of another.
    async fn wait_for_room(&self, keys: [Option<Key>; 2]) -> Result<(), Failure> {
        let Some(limiter) = &self.core.0.settings.rate_limiter else {
            return Ok(());
        };
        for key in keys.into_iter().flatten() {
            if !limiter.acquire(key, self.deadline).await {
                return Err(Failure::new(
                    ErrorKind::RateLimited,
                    self.request.operation.id(),
                    "the client's own rate limiter has no room before the call's deadline",
                ));
            }
        }
        Ok(())
    }

    /// Holds later requests back, if the server asks for that.
    fn heed(&self, keys: [Option<Key>; 2], status: u16, headers: &HeaderMap) {
        let Some(limiter) = &self.core.0.settings.rate_limiter else {
            return;
        };
        let is_exhausted = status == 429 || retry::is_exhausted(headers);
        let hint = is_exhausted.then(|| retry::retry_after(headers)).flatten();
        if let (Some(pause), Some(key)) = (hint, keys.into_iter().flatten().next()) {
            limiter.hold(key, pause);
        }
    }
}

async fn exchange(
    core: &Core,
    operation: &'static Operation,
    wire: reqwest::Request,
    head: &mut Head,
) -> Result<Bytes, Failure> {
    let has_body = wire.body().is_some_and(|body| body.as_bytes() != Some(&[]));
    let answered = core.0.http.execute(wire).await;
    let mut response = answered.map_err(|error| unanswered(operation, has_body, error))?;
    head.status = Some(response.status().as_u16());
    head.headers = std::mem::take(response.headers_mut());
    body::read(
        operation,
        &mut response,
        &mut head.headers,
        core.0.settings.max_body_bytes,
    )
    .await
}

fn unanswered(operation: &'static Operation, has_body: bool, error: reqwest::Error) -> Failure {
    let (kind, effect) = if error.is_connect() {
        (ErrorKind::Connect, Effect::None)
    } else if error.is_builder() {
        (ErrorKind::InvalidRequest, Effect::None)
    } else if error.is_timeout() {
        (ErrorKind::Timeout, Effect::of_silence(operation))
    } else if processed::is_surely_not(&error, has_body) {
        (ErrorKind::Io, Effect::None)
    } else {
        (ErrorKind::Io, Effect::of_silence(operation))
    };
    Failure::new(kind, operation.id(), "")
        .with_effect(effect)
        .with_source(error.without_url())
}
