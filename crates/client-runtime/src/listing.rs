//! Listings that come in pages, as one stream.

use crate::error::Error;
use crate::items::{Items, RejectedItem};
use crate::limiter::identity;
use bytes::Bytes;
use futures_core::Stream;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How many pages without an item may follow each other.
const MAX_EMPTY_PAGES: u32 = 1000;

/// How many cursors are remembered, in 8 bytes each.
const MAX_REMEMBERED: usize = 1 << 20;

/// One page of a listing, as the API answered.
#[derive(Clone, PartialEq)]
pub struct Page<T> {
    items: Items<T>,
    next: Option<String>,
    is_partial: bool,
    text: Bytes,
}

impl<T> Page<T> {
    /// A page with these items. `next` is what the request for the next page carries, such as a cursor or the next
    /// page's number; `None` at the API's own end mark. A page without items is no end mark.
    #[must_use]
    pub fn new(items: Items<T>, next: Option<String>) -> Self {
        Self {
            items,
            next,
            is_partial: false,
            text: Bytes::new(),
        }
    }

    /// Says whether the API left something out.
    #[must_use]
    pub fn partial(mut self, is_partial: bool) -> Self {
        self.is_partial = is_partial;
        self
    }

    /// Says what the API answered, by which a listing tells whether it got a page once more.
    #[must_use]
    pub fn text(mut self, text: Bytes) -> Self {
        self.text = text;
        self
    }
}

impl<T> fmt::Debug for Page<T> {
    /// Prints how many items there are, and none of them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("items", &self.items)
            .field("has_next", &self.next.is_some())
            .field("is_partial", &self.is_partial)
            .finish_non_exhaustive()
    }
}

/// A place in a listing from which it can be taken up again, also by another run of the program: it can be written
/// down with serde.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// What the request for the page carried; `None` for the first page.
    pub cursor: Option<String>,
    /// How many items of that page were given.
    pub given: usize,
}

impl fmt::Debug for Position {
    /// Prints no cursor: what is in one is the API's own.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Position")
            .field("has_cursor", &self.cursor.is_some())
            .field("given", &self.given)
            .finish()
    }
}

/// A listing as a stream of its items, which takes no more memory than two pages. While the items of one page are
/// given the next page is fetched, and no more than that one. After an error the stream ends, but for
/// [`ListingError::Item`], after which the other items follow; [`Listing::position`] is where to take it up.
///
/// It is a [`Stream`], and has [`Listing::next`] for programs that use no crate for streams.
pub struct Listing<T, E> {
    fetch: Box<dyn FnMut(Option<String>) -> Fetching<T, E> + Send>,
    position: Position,
    current: std::vec::IntoIter<Result<T, RejectedItem>>,
    /// What is said after the items of the current page.
    verdict: Option<Verdict>,
    next: Next<T, E>,
    seen: HashSet<u64>,
    /// Stands for the text of the page that was asked for without a cursor.
    first_page: Option<u64>,
    empty_pages: u32,
    pages: u64,
    max_pages: u64,
    accepts_partial: bool,
}

type Fetching<T, E> = Pin<Box<dyn Future<Output = Result<Page<T>, Error<E>>> + Send>>;

/// The page after the current one.
enum Next<T, E> {
    Unasked(Option<String>),
    Coming(Option<String>, Fetching<T, E>),
    Here(Option<String>, Result<Page<T>, Error<E>>),
    Failed(Option<String>),
    None,
}

#[derive(Clone, Copy)]
enum Verdict {
    RepeatedCursor,
    RepeatedPage,
    Partial,
    TooManyEmptyPages,
    TooManyPages,
}

impl<E> From<Verdict> for ListingError<E> {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::RepeatedCursor => Self::RepeatedCursor,
            Verdict::RepeatedPage => Self::RepeatedPage,
            Verdict::Partial => Self::Partial,
            Verdict::TooManyEmptyPages => Self::TooManyEmptyPages,
            Verdict::TooManyPages => Self::TooManyPages,
        }
    }
}

/// Why a listing ended before the API's own end mark.
#[non_exhaustive]
pub enum ListingError<E> {
    /// A page could not be had.
    Call(Error<E>),
    /// An item is not as documented. The stream goes on with the next one.
    Item(RejectedItem),
    /// The API gave a cursor that it gave before: it would go round for ever.
    RepeatedCursor,
    /// The API gave the same page under another number. It is not given again.
    RepeatedPage,
    /// The API says that it left something out of a page. What it gave was given. [`Listing::accept_partial`] goes on
    /// instead.
    Partial,
    /// A thousand pages without an item followed each other.
    TooManyEmptyPages,
    /// There are more pages than [`Listing::max_pages`] allows.
    TooManyPages,
}

impl<E> fmt::Display for ListingError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(formatter),
            Self::Item(rejected) => rejected.fmt(formatter),
            Self::RepeatedCursor => {
                formatter.write_str("the API gave a cursor that it gave before")
            }
            Self::RepeatedPage => {
                formatter.write_str("the API gave the same page under another number")
            }
            Self::Partial => formatter.write_str(
                "the API says that it left something out of a page, call `accept_partial` to go on",
            ),
            Self::TooManyEmptyPages => {
                write!(
                    formatter,
                    "more than {MAX_EMPTY_PAGES} pages without an item followed each other"
                )
            }
            Self::TooManyPages => formatter
                .write_str("there are more pages than the listing's maximum, raise `max_pages`"),
        }
    }
}

impl<E> fmt::Debug for ListingError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => formatter.debug_tuple("Call").field(error).finish(),
            other => write!(formatter, "ListingError({other})"),
        }
    }
}

impl<E> StdError for ListingError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

fn is_number(cursor: &str) -> bool {
    cursor.bytes().all(|byte| byte.is_ascii_digit())
}

impl<T, E> Listing<T, E> {
    /// A listing from its start. `fetch` asks for the page of a cursor, and for the first page without one.
    pub fn new<F, R>(fetch: F) -> Self
    where
        F: FnMut(Option<String>) -> R + Send + 'static,
        R: Future<Output = Result<Page<T>, Error<E>>> + Send + 'static,
    {
        Self::resume(Position::default(), fetch)
    }

    /// A listing from where another one got to. Items that were given are left out.
    pub fn resume<F, R>(position: Position, mut fetch: F) -> Self
    where
        F: FnMut(Option<String>) -> R + Send + 'static,
        R: Future<Output = Result<Page<T>, Error<E>>> + Send + 'static,
    {
        // A cursor without text would ask for the first page again.
        let first = position.cursor.as_deref().unwrap_or_default();
        Self {
            seen: HashSet::from([identity(""), identity(first)]),
            fetch: Box::new(move |cursor| Box::pin(fetch(cursor))),
            current: Vec::new().into_iter(),
            verdict: None,
            next: Next::Unasked(position.cursor.clone()),
            position,
            first_page: None,
            empty_pages: 0,
            pages: 0,
            max_pages: u64::MAX,
            accepts_partial: false,
        }
    }

    /// Ends the listing with an error when the API has more pages than this.
    #[must_use]
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.max_pages = pages;
        self
    }

    /// Goes on after a page of which the API says that it left something out, such as some fields of every item.
    #[must_use]
    pub fn accept_partial(mut self) -> Self {
        self.accepts_partial = true;
        self
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    /// As the stream's.
    pub async fn next(&mut self) -> Option<Result<T, ListingError<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Goes on after [`ListingError::Call`], by asking for the page again that could not be had. After anything else it
    /// does nothing.
    pub fn try_again(&mut self) {
        if let Next::Failed(cursor) = &mut self.next {
            self.next = Next::Unasked(cursor.take());
        }
    }

    /// Where the listing is: after the item that was given last.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Asks for the next page if that was not done, and sees whether it came. Says whether it is still to come.
    fn fetch_ahead(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Next::Unasked(cursor) = &mut self.next {
            let cursor = cursor.take();
            let coming = (self.fetch)(cursor.clone());
            self.next = Next::Coming(cursor, coming);
        }
        if let Next::Coming(cursor, coming) = &mut self.next {
            let page = ready!(coming.as_mut().poll(context));
            self.next = Next::Here(cursor.take(), page);
        }
        Poll::Ready(())
    }

    fn enter(&mut self, cursor: Option<String>, page: Page<T>) {
        let given = if self.pages == 0 {
            self.position.given
        } else {
            0
        };
        let is_first_again = self.is_first_again(cursor.as_deref(), &page.text);
        self.pages += 1;
        let is_empty = page.items.is_empty() && page.items.rejected().is_empty();
        self.empty_pages = if is_empty { self.empty_pages + 1 } else { 0 };
        self.position = Position { cursor, given };
        self.current = page.items.into_each().collect::<Vec<_>>().into_iter();
        if let Some(last) = given.checked_sub(1) {
            // What was given before; where the page has fewer items now, there is nothing to leave out.
            let _given = self.current.nth(last);
        }
        let is_numbered = page.next.as_deref().is_some_and(is_number);
        if is_numbered && !is_empty && !page.text.is_empty() && !self.remember(&page.text) {
            // Numbers go on for ever; an API that does not know the number gives what it has.
            self.current = Vec::new().into_iter();
            self.verdict = Some(Verdict::RepeatedPage);
            return;
        }
        if page.is_partial && !self.accepts_partial {
            self.verdict = Some(Verdict::Partial);
            return;
        }
        let Some(next) = page.next else { return };
        if !self.remember(next.as_bytes()) {
            if is_first_again {
                self.current = Vec::new().into_iter();
            }
            self.verdict = Some(Verdict::RepeatedCursor);
        } else if self.empty_pages > MAX_EMPTY_PAGES {
            self.verdict = Some(Verdict::TooManyEmptyPages);
        } else if self.pages >= self.max_pages {
            self.verdict = Some(Verdict::TooManyPages);
        } else {
            self.next = Next::Unasked(Some(next));
        }
    }

    /// Remembers a cursor or a page, and says whether it is a new one.
    fn remember(&mut self, text: &[u8]) -> bool {
        if self.seen.len() == MAX_REMEMBERED {
            self.seen.clear();
        }
        self.seen.insert(identity(text))
    }

    /// Whether the page is the first one once more, under a cursor: the one page whose cursor was not seen before it.
    fn is_first_again(&mut self, cursor: Option<&str>, text: &[u8]) -> bool {
        if cursor.is_none() {
            self.first_page = (!text.is_empty()).then(|| identity(text));
            return false;
        }
        self.first_page.is_some_and(|first| first == identity(text))
    }
}

/// Nothing in a listing is pinned in place: what is being fetched has a box of its own.
impl<T, E> Unpin for Listing<T, E> {}

impl<T, E> Stream for Listing<T, E> {
    type Item = Result<T, ListingError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            let coming = this.fetch_ahead(context);
            if let Some(item) = this.current.next() {
                this.position.given += 1;
                return Poll::Ready(Some(item.map_err(ListingError::Item)));
            }
            if let Some(verdict) = this.verdict.take() {
                return Poll::Ready(Some(Err(verdict.into())));
            }
            ready!(coming);
            match std::mem::replace(&mut this.next, Next::None) {
                Next::Here(cursor, Ok(page)) => this.enter(cursor, page),
                Next::Here(cursor, Err(error)) => {
                    this.next = Next::Failed(cursor);
                    return Poll::Ready(Some(Err(ListingError::Call(error))));
                }
                ended => {
                    this.next = ended;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

impl<T, E> fmt::Debug for Listing<T, E> {
    /// Prints how far the listing is, and no cursor: what is in one is the API's own.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Listing")
            .field("pages", &self.pages)
            .field("given", &self.position.given)
            .finish_non_exhaustive()
    }
}
