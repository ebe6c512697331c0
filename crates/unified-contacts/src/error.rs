//! Why a store could not do what it was asked.

use crate::field::Field;
use crate::integration::Gap;
use crate::mapped::Lost;
use crate::operation::Operation;
use client_runtime::{ListingError, RejectedItem, WriteOutcome};
use std::error::Error as StdError;
use std::fmt;

/// Why a store could not do what it was asked, and for which API.
///
/// Neither `Debug` nor `Display` prints a value of a contact, an id or a secret. What the runtime says of a call comes
/// through unchanged: [`StoreError::call`] is its error, [`StoreError::outcome`] what became of a write.
pub struct StoreError(Box<Inner>);

struct Inner {
    provider: &'static str,
    operation: Operation,
    cause: Cause,
}

enum Cause {
    Unsupported { others: Vec<&'static str> },
    UnsupportedFields(Vec<Field>),
    NotClearable(Vec<Field>),
    Missing(Vec<Field>),
    NeedsContact(Vec<Field>),
    Lossy(Vec<Lost>),
    Gaps(Vec<Gap>),
    Invalid(String),
    Call(client_runtime::Error),
    Item(RejectedItem),
    Listing(&'static str),
    NotFound,
}

/// What kind of error ended an operation of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// The API documents no such operation, or not for these fields. Nothing was sent.
    Unsupported,
    /// The change lacks something that every update of the API has to carry, or that only a contact at hand can tell.
    /// Nothing was sent.
    Incomplete,
    /// The API could not hold all of it. Nothing was sent.
    Lossy,
    /// The integration behind the API would refuse it. Nothing was sent.
    Integration,
    /// What was asked cannot be sent. Nothing was.
    Invalid,
    /// The call failed: [`StoreError::call`].
    Call,
    /// An item of a listing is not as documented. The others follow.
    Item,
    /// A listing ended before the API's own end mark.
    Listing,
    /// The store knows no contact under that id. [`StoreError::is_not_found`] is also true of a call that was answered so.
    NotFound,
}

impl StoreError {
    fn new(provider: &'static str, operation: Operation, cause: Cause) -> Self {
        let error = Self(Box::new(Inner {
            provider,
            operation,
            cause,
        }));
        // Of calls the runtime tells; of what never became one, nobody else does.
        if error.call().is_none() {
            tracing::debug!(provider, %operation, kind = ?error.kind(), "no call was made");
        }
        error
    }

    /// Says that an API documents no such operation, and which ones do.
    #[must_use]
    pub fn unsupported(
        provider: &'static str,
        operation: Operation,
        others: Vec<&'static str>,
    ) -> Self {
        Self::new(provider, operation, Cause::Unsupported { others })
    }

    /// Says that an API has no such fields in an operation.
    #[must_use]
    pub fn unsupported_fields(
        provider: &'static str,
        operation: Operation,
        fields: Vec<Field>,
    ) -> Self {
        Self::new(provider, operation, Cause::UnsupportedFields(fields))
    }

    /// Says that an API has these fields and no way to clear them.
    #[must_use]
    pub fn not_clearable(provider: &'static str, fields: Vec<Field>) -> Self {
        Self::new(provider, Operation::Update, Cause::NotClearable(fields))
    }

    /// Says what a request lacks.
    #[must_use]
    pub fn missing(provider: &'static str, operation: Operation, fields: Vec<Field>) -> Self {
        Self::new(provider, operation, Cause::Missing(fields))
    }

    /// Says that lists of which entries are taken out or added need the contact itself.
    #[must_use]
    pub fn needs_contact(provider: &'static str, fields: Vec<Field>) -> Self {
        Self::new(provider, Operation::Update, Cause::NeedsContact(fields))
    }

    /// Says what the API could not hold.
    #[must_use]
    pub fn lossy(provider: &'static str, operation: Operation, lost: Vec<Lost>) -> Self {
        Self::new(provider, operation, Cause::Lossy(lost))
    }

    /// Says what an integration would refuse.
    #[must_use]
    pub fn integration(provider: &'static str, operation: Operation, gaps: Vec<Gap>) -> Self {
        Self::new(provider, operation, Cause::Gaps(gaps))
    }

    /// Says why what was asked cannot be sent. The text must hold nothing personal.
    #[must_use]
    pub fn invalid(
        provider: &'static str,
        operation: Operation,
        problem: impl Into<String>,
    ) -> Self {
        Self::new(provider, operation, Cause::Invalid(problem.into()))
    }

    /// Says that a store knows no contact under that id: for a store that makes no call to learn it.
    #[must_use]
    pub fn not_found(provider: &'static str, operation: Operation) -> Self {
        Self::new(provider, operation, Cause::NotFound)
    }

    /// What the runtime says of a call.
    #[must_use]
    pub fn of_call<E>(
        provider: &'static str,
        operation: Operation,
        error: client_runtime::Error<E>,
    ) -> Self {
        Self::new(provider, operation, Cause::Call(error.into_untyped()))
    }

    /// What the runtime says of a listing.
    #[must_use]
    pub fn of_listing<E>(provider: &'static str, error: ListingError<E>) -> Self {
        let cause = match error {
            ListingError::Call(error) => Cause::Call(error.into_untyped()),
            ListingError::Item(item) => Cause::Item(item),
            ListingError::RepeatedCursor => {
                Cause::Listing("the API gave a cursor that it gave before")
            }
            ListingError::RepeatedPage => {
                Cause::Listing("the API gave the same page under another number")
            }
            ListingError::Partial => Cause::Listing(
                "the API says that it left something out of a page, ask for the list with `accept_partial` to go on",
            ),
            ListingError::TooManyEmptyPages => {
                Cause::Listing("too many pages without a contact followed each other")
            }
            _ => Cause::Listing("the listing ended early"),
        };
        Self::new(provider, Operation::List, cause)
    }

    /// The API, as the registry names it.
    #[must_use]
    pub fn provider(&self) -> &'static str {
        self.0.provider
    }

    /// What the store was asked to do.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.0.operation
    }

    /// What kind of error this is.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        match &self.0.cause {
            Cause::Unsupported { .. } | Cause::UnsupportedFields(_) | Cause::NotClearable(_) => {
                StoreErrorKind::Unsupported
            }
            Cause::Missing(_) | Cause::NeedsContact(_) => StoreErrorKind::Incomplete,
            Cause::Lossy(_) => StoreErrorKind::Lossy,
            Cause::Gaps(_) => StoreErrorKind::Integration,
            Cause::Invalid(_) => StoreErrorKind::Invalid,
            Cause::Call(_) => StoreErrorKind::Call,
            Cause::Item(_) => StoreErrorKind::Item,
            Cause::Listing(_) => StoreErrorKind::Listing,
            Cause::NotFound => StoreErrorKind::NotFound,
        }
    }

    /// What the runtime says of the call, if one was made.
    #[must_use]
    pub fn call(&self) -> Option<&client_runtime::Error> {
        match &self.0.cause {
            Cause::Call(error) => Some(error),
            _ => None,
        }
    }

    /// The fields that the error is about.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.0.cause {
            Cause::UnsupportedFields(fields)
            | Cause::NotClearable(fields)
            | Cause::Missing(fields)
            | Cause::NeedsContact(fields) => fields,
            _ => &[],
        }
    }

    /// What the API could not hold.
    #[must_use]
    pub fn lost(&self) -> &[Lost] {
        match &self.0.cause {
            Cause::Lossy(lost) => lost,
            _ => &[],
        }
    }

    /// What the integration would refuse.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        match &self.0.cause {
            Cause::Gaps(gaps) => gaps,
            _ => &[],
        }
    }

    /// What became of a write, as far as it can be told.
    #[must_use]
    pub fn outcome(&self) -> WriteOutcome<'_> {
        self.call()
            .map_or(WriteOutcome::NotApplied, client_runtime::Error::outcome)
    }

    /// Whether the call may have changed something.
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.call()
            .is_some_and(client_runtime::Error::may_have_been_applied)
    }

    /// Whether the same call may succeed later without a change.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.call().is_some_and(client_runtime::Error::is_retryable)
    }

    /// Whether the API knows no contact under that id.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let of_call = self.call().is_some_and(client_runtime::Error::is_not_found);
        of_call || matches!(self.0.cause, Cause::NotFound)
    }

    /// Whether the API, or the document, has no such operation or field.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        self.kind() == StoreErrorKind::Unsupported
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            provider,
            operation,
            cause,
        } = &*self.0;
        let cannot = operation.phrase();
        write!(formatter, "{provider}: cannot {cannot}: ")?;
        match cause {
            Cause::Unsupported { others } if others.is_empty() => {
                formatter.write_str("the API documents no such operation")
            }
            Cause::Unsupported { others } => {
                let others = others.join(", ");
                write!(
                    formatter,
                    "the API documents no such operation, {others} can"
                )
            }
            Cause::UnsupportedFields(fields) => {
                write!(formatter, "the API has no {} there", names(fields))
            }
            Cause::NotClearable(fields) => write!(
                formatter,
                "the API documents no way to clear {}, set a value instead",
                names(fields)
            ),
            Cause::Missing(fields) if *operation == Operation::Update => write!(
                formatter,
                "every update has to carry {}, set them or put the patch onto a contact that you hold with `onto`",
                names(fields)
            ),
            Cause::Missing(fields) => {
                write!(formatter, "the API requires {}, set them", names(fields))
            }
            Cause::NeedsContact(fields) => write!(
                formatter,
                "the API replaces {} as a whole, put the patch onto a contact that you hold with `onto`",
                names(fields)
            ),
            Cause::Lossy(lost) => {
                formatter
                    .write_str("the API cannot hold all of it, accept that with `accept_loss`: ")?;
                joined(formatter, lost)
            }
            Cause::Gaps(gaps) => joined(formatter, gaps),
            Cause::Invalid(problem) => formatter.write_str(problem),
            Cause::Call(error) => error.fmt(formatter),
            Cause::Item(item) => item.fmt(formatter),
            Cause::Listing(problem) => formatter.write_str(problem),
            Cause::NotFound => formatter.write_str("no contact has that id"),
        }
    }
}

fn names(fields: &[Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

fn joined<T: fmt::Display>(formatter: &mut fmt::Formatter<'_>, parts: &[T]) -> fmt::Result {
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            formatter.write_str("; ")?;
        }
        part.fmt(formatter)?;
    }
    Ok(())
}

impl fmt::Debug for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoreError")
            .field("provider", &self.0.provider)
            .field("operation", &self.0.operation)
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .finish_non_exhaustive()
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.call().and_then(StdError::source)
    }
}
