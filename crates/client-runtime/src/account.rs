//! The connected account that calls act for.

use crate::secret::Secret;

/// The connected account that a client's calls act for, where the call itself names none.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectedAccount {
    /// The account of this id: every call names it.
    Named(Secret),
    /// The one account that the credential belongs to: no call names it.
    OfCredential,
}

impl<T: Into<Secret>> From<T> for ConnectedAccount {
    fn from(id: T) -> Self {
        Self::Named(id.into())
    }
}

/// Where a request names the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountPlace {
    /// In the query.
    Query,
    /// In a header.
    Header,
}
