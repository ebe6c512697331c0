//! Made-up contacts: of every provider, from the schemas of the OpenAPI documents, and of none.

mod document;
mod people;
mod records;

pub use document::{Document, Property};
pub use people::{text, word};
pub use records::{patch, record};

use fastrand::Rng;
use serde_json::Value;

/// The kinds of contacts that answers hold: the document and the operation whose answer is one, and where in the answer.
pub const KINDS: [Kind; 4] = [
    Kind {
        origin: "truto.contact",
        document: include_str!("../../../specs/truto/openapi.json"),
        operation: "contacts_get",
        within: None,
    },
    Kind {
        origin: "truto.lead",
        document: include_str!("../../../specs/truto/openapi.json"),
        operation: "leads_get",
        within: None,
    },
    Kind {
        origin: "thelinks.contact",
        document: include_str!("../../../specs/thelinks/openapi.json"),
        operation: "contacts_update",
        within: Some("data"),
    },
    Kind {
        origin: "contact-update.contact",
        document: include_str!("../../../specs/contact-update/openapi.json"),
        operation: "contacts_update",
        within: None,
    },
];

/// A kind of contact.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What contacts of this kind call themselves.
    pub origin: &'static str,
    document: &'static str,
    operation: &'static str,
    within: Option<&'static str>,
}

impl Kind {
    /// The kind of that origin.
    #[must_use]
    pub fn of(origin: &str) -> Self {
        let found = KINDS.iter().find(|kind| kind.origin == origin);
        found.copied().unwrap_or(KINDS[0])
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> Document {
        Document::parse(self.document)
    }

    /// The schema of a contact.
    #[must_use]
    pub fn schema(&self) -> Value {
        let document = self.document();
        let schema = document.answer(self.operation);
        match self.within {
            Some(name) => document.resolved(&schema["properties"][name]),
            None => schema,
        }
    }

    /// The documented properties of a contact.
    #[must_use]
    pub fn properties(&self) -> Vec<Property> {
        self.document().properties(&self.schema())
    }

    /// What makes up contacts in the API's own JSON. The same number gives the same contact.
    pub fn contacts(&self) -> impl Fn(u64) -> Value + use<> {
        let (document, schema) = (self.document(), self.schema());
        move |seed| document.value(&schema, &mut Rng::with_seed(seed))
    }
}
