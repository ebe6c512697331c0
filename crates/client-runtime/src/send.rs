//! Sending: the only place from which a request leaves.

use crate::answer::Answer;
use crate::body;
use crate::core::Core;
use crate::effect::Effect;
use crate::failure::{ErrorKind, Failure};
use crate::idempotency;
use crate::limiter::Key;
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Exchange;
use crate::retry::{self, Backoff};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;
use tokio::time::Instant;

/// What came back from one attempt.
struct Reply {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

/// A call in all of its attempts.
struct Call<'a> {
    core: &'a Core,
    request: Request,
    idempotency_key: Option<(HeaderName, HeaderValue)>,
    deadline: Instant,
    attempt_timeout: Duration,
    attempts: u32,
    /// What the attempts before the current one did on the server.
    earlier: Effect,
    backoff: Option<Backoff>,
}

impl Core {
    /// Sends a request, again if that is safe and of use, and reads the answer.
    ///
    /// Dropping the future ends the call at once; what was sent by then cannot be called back.
    ///
    /// # Errors
    /// When the request has a problem, when no credential fits, when no answer came in time, or when the answer's
    /// body is too large. An answer of any status is no error here.
    pub async fn send(&self, mut request: Request) -> Result<Answer, Failure> {
        request.check()?;
        let settings = &self.0.settings;
        let now = Instant::now();
        let options = &request.options;
        let limit = later(now, options.timeout.unwrap_or(settings.timeout));
        let deadline = options
            .deadline
            .map_or(limit, |deadline| limit.min(Instant::from_std(deadline)));
        let call = Call {
            core: self,
            idempotency_key: idempotency::key(
                &request,
                settings.api.retry.key_header(request.operation),
            )?,
            deadline,
            attempt_timeout: options.attempt_timeout.unwrap_or(settings.attempt_timeout),
            attempts: 0,
            earlier: Effect::None,
            backoff: None,
            request,
        };
        self.0.budget.earn();
        call.run().await
    }
}

impl Call<'_> {
    async fn run(mut self) -> Result<Answer, Failure> {
        let operation = self.request.operation;
        loop {
            let result = self.attempt().await;
            let (effect, pause) = match &result {
                Ok(reply) => {
                    let effect = Effect::of_status(operation, reply.status);
                    if (200..=299).contains(&reply.status) {
                        return Ok(self.answer(result?, effect));
                    }
                    let policy = self.core.0.settings.api.retry;
                    let is_temporary = policy.is_temporary(reply.status, &reply.body);
                    let pause = is_temporary.then(|| retry::retry_after(&reply.headers));
                    (effect, pause)
                }
                Err(failure) => {
                    let is_temporary = matches!(
                        failure.kind(),
                        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Io
                    );
                    (failure.0.effect, is_temporary.then_some(None))
                }
            };
            let effect = self.earlier.max(effect);
            let pause = pause.and_then(|hint| self.pause(effect, hint));
            let Some(pause) = pause else {
                return match result {
                    Ok(reply) => Ok(self.answer(reply, effect)),
                    Err(failure) => Err(self.failed(failure, effect)),
                };
            };
            self.earlier = effect;
            tokio::time::sleep(pause).await;
        }
    }

    /// How long to wait before the next attempt; `None` if there must be none, or if there is no time or budget left.
    fn pause(&mut self, effect: Effect, hint: Option<Duration>) -> Option<Duration> {
        let settings = &self.core.0.settings;
        let has_key = self.idempotency_key.is_some();
        let may_replay = settings
            .api
            .retry
            .may_replay(self.request.operation, effect, has_key);
        if !may_replay || self.request.options.no_retries || self.attempts >= settings.max_attempts
        {
            return None;
        }
        let pause = self.backoff.get_or_insert_with(Backoff::new).next(hint);
        let in_time = Instant::now()
            .checked_add(pause)
            .is_some_and(|at| at < self.deadline);
        (in_time && self.core.0.budget.spend()).then_some(pause)
    }

    async fn attempt(&mut self) -> Result<Reply, Failure> {
        let operation = self.request.operation;
        let credentials = self.core.credentials();
        let Some(chosen) = credentials.of(operation) else {
            return Err(Failure::new(
                ErrorKind::MissingCredential,
                operation.id(),
                "the operation takes a credential and the client has none that fits",
            ));
        };
        let wire = self
            .core
            .wire(&self.request, chosen, self.idempotency_key.as_ref())?;
        let keys = self.limiter_keys(chosen.identity());
        drop(credentials);
        self.wait_for_room(keys).await?;
        self.attempts += 1;
        let started = Instant::now();
        let end = self.deadline.min(later(started, self.attempt_timeout));
        let exchange = exchange(self.core, operation, wire);
        match tokio::time::timeout_at(end, exchange).await {
            Ok(Ok(reply)) => {
                self.heed(keys, &reply);
                Ok(reply)
            }
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(Failure::new(
                ErrorKind::Timeout,
                operation.id(),
                format!("no full answer within {:?}", end.duration_since(started)),
            )
            .with_effect(Effect::of_silence(operation))),
        }
    }

    /// What the request counts for: the account that it names, if it names one, and the credential.
    fn limiter_keys(&self, identity: u64) -> [Option<Key>; 2] {
        let name = self.core.0.settings.api.account_parameter;
        let account = name.and_then(|name| self.request.parameter(name));
        [account.map(Key::account), Some(Key::credential(identity))]
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
    fn heed(&self, keys: [Option<Key>; 2], reply: &Reply) {
        let Some(limiter) = &self.core.0.settings.rate_limiter else {
            return;
        };
        let is_exhausted = reply.status == 429 || retry::is_exhausted(&reply.headers);
        let hint = is_exhausted
            .then(|| retry::retry_after(&reply.headers))
            .flatten();
        if let (Some(pause), Some(key)) = (hint, keys.into_iter().flatten().next()) {
            limiter.hold(key, pause);
        }
    }

    fn answer(self, reply: Reply, effect: Effect) -> Answer {
        Answer {
            exchange: Exchange {
                operation: self.request.operation,
                status: reply.status,
                headers: reply.headers,
                attempts: self.attempts,
                idempotency_key: self.idempotency_key.map(|(_, value)| value),
                effect,
            },
            body: reply.body,
        }
    }

    fn failed(self, mut failure: Failure, effect: Effect) -> Failure {
        failure.0.effect = effect;
        failure.0.attempts = self.attempts;
        failure.0.idempotency_key = self.idempotency_key.map(|(_, value)| value);
        failure
    }
}

/// A point in time that may be too far away to be told; a century then.
fn later(from: Instant, by: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_hours(24 * 36_525);
    from + by.min(CENTURY)
}

async fn exchange(
    core: &Core,
    operation: &'static Operation,
    wire: reqwest::Request,
) -> Result<Reply, Failure> {
    let mut response = core
        .0
        .http
        .execute(wire)
        .await
        .map_err(|error| unanswered(operation, error))?;
    let status = response.status().as_u16();
    let mut headers = std::mem::take(response.headers_mut());
    let limit = core.0.settings.max_body_bytes;
    match body::read(operation, &mut response, &mut headers, limit).await {
        Ok(body) => Ok(Reply {
            status,
            headers,
            body,
        }),
        Err(mut failure) => {
            failure.0.status = Some(status);
            failure.0.headers = headers;
            Err(failure.with_effect(Effect::of_status(operation, status)))
        }
    }
}

fn unanswered(operation: &'static Operation, error: reqwest::Error) -> Failure {
    let (kind, effect) = if error.is_connect() {
        (ErrorKind::Connect, Effect::None)
    } else if error.is_builder() {
        (ErrorKind::InvalidRequest, Effect::None)
    } else if error.is_timeout() {
        (ErrorKind::Timeout, Effect::of_silence(operation))
    } else {
        (ErrorKind::Io, Effect::of_silence(operation))
    };
    Failure::new(kind, operation.id(), "")
        .with_effect(effect)
        .with_source(error.without_url())
}
