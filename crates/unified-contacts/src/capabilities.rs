//! What an API can do, as its document says.

use crate::field::Field;
use crate::integration::{Integration, IntegrationTable};
use crate::operation::Operation;

/// The properties of the API's own JSON that stand for a field of a contact.
pub type FieldMap = &'static [(Field, &'static [&'static str])];

/// What an API can do, as its document says. Every field is a constant, so that asking costs nothing.
///
/// A store of a user's own fills one in; what is left out is not supported.
#[derive(Debug, Clone, Copy)]
pub struct Capabilities {
    /// What is documented, each with the id that it has in the OpenAPI document.
    pub operations: &'static [(Operation, &'static str)],
    /// The fields that answers hold.
    pub reads: FieldMap,
    /// The fields that a new contact can have.
    pub creates: FieldMap,
    /// The fields that can be changed.
    pub updates: FieldMap,
    /// The fields without which every create is refused.
    pub create_requires: &'static [Field],
    /// The fields that every update has to carry, whether they change or not.
    pub update_requires: &'static [Field],
    /// The fields that can be changed, but not cleared.
    pub keeps: &'static [Field],
    /// Whether a write can carry a key by which the API recognises it when it is sent again.
    pub idempotency_keys: bool,
    /// The operations that can name the version of the contact that they are for.
    pub etags: &'static [Operation],
    /// Whether a listing can be limited to contacts that were created at some time.
    pub filters_created_at: bool,
    /// What each integration behind the API requires and supports, where that is documented.
    pub integrations: Option<&'static IntegrationTable>,
}

/// What an API does with a field in an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldSupport {
    /// The API has no such field there.
    Unsupported,
    /// The field is taken or given.
    Supported,
    /// A request without it is refused.
    Required,
}

impl Capabilities {
    /// An API that can do nothing.
    pub const NONE: Self = Self {
        operations: &[],
        reads: &[],
        creates: &[],
        updates: &[],
        create_requires: &[],
        update_requires: &[],
        keeps: &[],
        idempotency_keys: false,
        etags: &[],
        filters_created_at: false,
        integrations: None,
    };

    /// Whether the API documents an operation.
    #[must_use]
    pub fn supports(&self, operation: Operation) -> bool {
        self.operation_id(operation).is_some()
    }

    /// The id of an operation in the OpenAPI document.
    #[must_use]
    pub fn operation_id(&self, operation: Operation) -> Option<&'static str> {
        let mut operations = self.operations.iter();
        operations
            .find(|(known, _)| *known == operation)
            .map(|(_, id)| *id)
    }

    /// The properties of the API's own JSON that stand for a field in an operation; empty where it has none.
    #[must_use]
    pub fn properties(&self, operation: Operation, field: Field) -> &'static [&'static str] {
        let map = match operation {
            _ if !self.supports(operation) => return &[],
            Operation::Get | Operation::List => self.reads,
            Operation::Create => self.creates,
            Operation::Update => self.updates,
            Operation::Delete | Operation::DeleteMany => return &[],
        };
        let mut fields = map.iter();
        fields
            .find(|(known, _)| *known == field)
            .map_or(&[], |(_, properties)| properties)
    }

    /// What the API does with a field in an operation.
    #[must_use]
    pub fn field(&self, operation: Operation, field: Field) -> FieldSupport {
        let required = match operation {
            Operation::Create => self.create_requires,
            Operation::Update => self.update_requires,
            _ => &[],
        };
        if self.properties(operation, field).is_empty() {
            FieldSupport::Unsupported
        } else if required.contains(&field) {
            FieldSupport::Required
        } else {
            FieldSupport::Supported
        }
    }

    /// Whether a field can be cleared by an update.
    #[must_use]
    pub fn can_clear(&self, field: Field) -> bool {
        self.field(Operation::Update, field) == FieldSupport::Supported
            && !self.keeps.contains(&field)
    }

    /// The integrations behind the API, where it documents them one by one.
    pub fn integrations(&self) -> impl Iterator<Item = Integration> {
        self.integrations
            .into_iter()
            .flat_map(IntegrationTable::iter)
    }

    /// The integration of that name, in upper or lower case.
    #[must_use]
    pub fn integration(&self, name: &str) -> Option<Integration> {
        self.integrations()
            .find(|integration| integration.name().eq_ignore_ascii_case(name))
    }
}
