//! A listing of contacts of whatever API.

use crate::contact::Contact;
use crate::error::StoreError;
use client_runtime::{Listing, Position};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A listing as a stream of its contacts. It holds two pages at most, however many there are.
///
/// An item that is not as documented is an error of its own ([`StoreErrorKind::Item`](crate::StoreErrorKind::Item)),
/// after which the others follow; after any other error the stream ends, and [`ContactListing::position`] is where to
/// take it up.
pub struct ContactListing(Box<dyn Pages>);

trait Pages: Stream<Item = Result<Box<dyn Contact>, StoreError>> + Send + Unpin {
    fn position(&self) -> &Position;
    fn try_again(&mut self);
}

struct Of<T, E, F> {
    provider: &'static str,
    listing: Listing<T, E>,
    contact: F,
}

impl ContactListing {
    /// The listing of a generated client whose items are contacts.
    #[must_use]
    pub fn of<T: Contact, E: Send + 'static>(
        provider: &'static str,
        listing: Listing<T, E>,
    ) -> Self {
        Self::of_each(provider, listing, |contact| contact)
    }

    /// The listing of a generated client, each of whose items is made a contact.
    #[must_use]
    pub fn of_each<T: Send + 'static, C: Contact, E: Send + 'static>(
        provider: &'static str,
        listing: Listing<T, E>,
        contact: impl Fn(T) -> C + Send + 'static,
    ) -> Self {
        Self(Box::new(Of {
            provider,
            listing,
            contact,
        }))
    }

    /// The next contact; `None` at the end.
    ///
    /// # Errors
    /// As the stream's.
    pub async fn next(&mut self) -> Option<Result<Box<dyn Contact>, StoreError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Where the listing is: after the contact that was given last. It can be written down with serde, and
    /// [`ListQuery::resume`](crate::ListQuery::resume) goes on from there.
    #[must_use]
    pub fn position(&self) -> &Position {
        self.0.position()
    }

    /// Goes on after a call that failed, by asking for the page again.
    pub fn try_again(&mut self) {
        self.0.try_again();
    }
}

impl Stream for ContactListing {
    type Item = Result<Box<dyn Contact>, StoreError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(context)
    }
}

impl<T: Send + 'static, E: Send + 'static, C: Contact, F: Fn(T) -> C + Send> Pages for Of<T, E, F> {
    fn position(&self) -> &Position {
        self.listing.position()
    }

    fn try_again(&mut self) {
        self.listing.try_again();
    }
}

/// Nothing in it is pinned in place.
impl<T, E, F> Unpin for Of<T, E, F> {}

impl<T, E, C: Contact, F: Fn(T) -> C> Stream for Of<T, E, F> {
    type Item = Result<Box<dyn Contact>, StoreError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let polled = Pin::new(&mut this.listing).poll_next(context);
        polled.map(|item| {
            item.map(|item| match item {
                Ok(item) => Ok(Box::new((this.contact)(item)) as Box<dyn Contact>),
                Err(error) => Err(StoreError::of_listing(this.provider, error)),
            })
        })
    }
}

impl fmt::Debug for ContactListing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ContactListing")
            .field("position", self.position())
            .finish()
    }
}
