//! Connected accounts: which CRM lies behind one, and what may be done with it.

use crate::SandboxError;
use crate::document::Document;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What may be done with a connected account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Access {
    /// Everything.
    #[default]
    Full,
    /// Reading; a write is refused with 405, or the nearest status that the document has.
    ReadOnly,
    /// Nothing; every request is refused with 503, or the nearest status that the document has.
    Blocked,
}

/// A connected account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The CRM behind it, as the document names integrations, such as `HubSpot`. Without one nothing is demanded.
    #[serde(default)]
    pub integration: Option<String>,
    /// What may be done with it.
    #[serde(default)]
    pub access: Access,
}

impl Account {
    /// An account without a CRM of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An account at a CRM, as the document names it.
    #[must_use]
    pub fn of(integration: impl Into<String>) -> Self {
        Self {
            integration: Some(integration.into()),
            access: Access::Full,
        }
    }

    /// Whether some document names its integration.
    pub(crate) fn check(&self, documents: &[Document]) -> Result<(), SandboxError> {
        let Some(name) = &self.integration else {
            return Ok(());
        };
        let known: BTreeSet<&String> = documents
            .iter()
            .flat_map(|document| &document.integrations)
            .collect();
        if known.contains(name) {
            return Ok(());
        }
        let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
        let known = if known.is_empty() {
            "none at all".to_owned()
        } else {
            known.join(", ")
        };
        Err(SandboxError::new(format!(
            "no document names the integration `{name}`, they name {known}"
        )))
    }

    /// The same, for reading only.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.access = Access::ReadOnly;
        self
    }

    /// The same, blocked.
    #[must_use]
    pub fn blocked(mut self) -> Self {
        self.access = Access::Blocked;
        self
    }
}

/// Accounts by id. While there is none, each id is taken, and stands for an account of its own without a CRM.
#[derive(Debug, Default)]
pub(crate) struct Accounts(pub HashMap<String, Account>);

impl Accounts {
    pub(crate) fn find(&self, id: &str) -> Option<Account> {
        if self.0.is_empty() {
            return Some(Account::new());
        }
        self.0.get(id).cloned()
    }
}
