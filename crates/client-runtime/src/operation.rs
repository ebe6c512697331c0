//! What an operation is, as a constant in a generated crate.

/// An operation as the document describes it.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) accept: Option<&'static str>,
}

impl Operation {
    /// An operation: its id, its method in upper case, and its path template such as `/contacts/{id}`.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            security: &[],
            accept: None,
        }
    }

    /// Any one of these sets of schemes authenticates a request. An empty slice means that none is needed, and an
    /// empty set that none is needed either, unless a set before it can be met.
    #[must_use]
    pub const fn security(mut self, sets: &'static [&'static [&'static str]]) -> Self {
        self.security = sets;
        self
    }

    /// The `Accept` header.
    #[must_use]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// The operation's id.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method in upper case.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path template.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Whether the operation only reads, as HTTP defines its method.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "OPTIONS" | "TRACE")
    }
}
