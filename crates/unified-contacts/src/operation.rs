//! What a store can be asked to do.

use std::fmt;

/// What a store can be asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Get one contact.
    Get,
    /// List contacts.
    List,
    /// Create a contact.
    Create,
    /// Change a contact.
    Update,
    /// Delete a contact.
    Delete,
    /// Delete several contacts in one call.
    DeleteMany,
}

impl Operation {
    /// Every operation.
    pub const ALL: &'static [Self] = &[
        Self::Get,
        Self::List,
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::DeleteMany,
    ];

    /// What it does, as a phrase that follows "cannot".
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Get => "get a contact",
            Self::List => "list contacts",
            Self::Create => "create a contact",
            Self::Update => "update a contact",
            Self::Delete => "delete a contact",
            Self::DeleteMany => "delete several contacts in one call",
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::DeleteMany => "delete_many",
        })
    }
}
