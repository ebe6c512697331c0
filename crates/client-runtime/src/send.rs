//! Sending: the only place from which a request leaves.

use crate::answer::Answer;
use crate::attempt::Reply;
use crate::core::Core;
use crate::effect::Effect;
use crate::failure::{ErrorKind, Failure};
use crate::idempotency;
use crate::observe::{self, CallReport};
use crate::request::Request;
use crate::response::Exchange;
use crate::retry::{self, Backoff};
use http::{HeaderName, HeaderValue};
use std::time::Duration;
use tokio::time::Instant;
use tracing::{Instrument as _, Span};

/// A call in all of its attempts.
pub(crate) struct Call<'a> {
    pub(crate) core: &'a Core,
    pub(crate) request: Request,
    pub(crate) idempotency_key: Option<(HeaderName, HeaderValue)>,
    pub(crate) deadline: Instant,
    pub(crate) attempt_timeout: Duration,
    pub(crate) attempts: u32,
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
        if request.needs_account() {
            request.name_account(self.account().as_deref());
        }
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
        let span = observe::call_span(self, call.request.operation);
        call.run(now, span.clone()).instrument(span).await
    }
}

impl Call<'_> {
    async fn run(mut self, started: Instant, span: Span) -> Result<Answer, Failure> {
        let (result, effect) = self.settle().await;
        let (status, error) = match &result {
            Ok(reply) => (Some(reply.status), None),
            Err(failure) => (failure.0.status, Some(failure.kind())),
        };
        observe::end(&span, status, error);
        span.record("attempts", self.attempts);
        if let Some(observer) = &self.core.0.settings.observer {
            observer.call(&CallReport {
                api: self.core.0.settings.api.name,
                operation: self.request.operation,
                attempts: self.attempts,
                status,
                error,
                duration: started.elapsed(),
            });
        }
        match result {
            Ok(reply) => Ok(self.answer(reply, effect)),
            Err(failure) => Err(self.failed(failure, effect)),
        }
    }

    /// Makes attempts until one settles the matter, and tells what all of them did on the server.
    async fn settle(&mut self) -> (Result<Reply, Failure>, Effect) {
        let operation = self.request.operation;
        loop {
            let mut result = self.attempt().await;
            let (effect, pause) = match &mut result {
                Ok(reply) => {
                    let effect = Effect::of_status(operation, reply.status);
                    if (200..=299).contains(&reply.status) {
                        return (result, effect);
                    }
                    let policy = self.core.0.settings.api.retry;
                    reply.is_temporary = policy.is_temporary(reply.status, &reply.body);
                    let hint = || retry::retry_after(&reply.headers);
                    (effect, reply.is_temporary.then(hint))
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
                return (result, effect);
            };
            self.earlier = effect;
            tracing::debug!(attempts = self.attempts, pause = ?pause, "sending again");
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

    fn answer(self, reply: Reply, effect: Effect) -> Answer {
        Answer {
            exchange: Exchange {
                operation: self.request.operation,
                status: reply.status,
                headers: reply.headers,
                attempts: self.attempts,
                is_temporary: reply.is_temporary,
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
pub(crate) fn later(from: Instant, by: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_hours(24 * 36_525);
    from + by.min(CENTURY)
}
