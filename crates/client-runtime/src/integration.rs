//! What each integration behind an API supports, as constants in a generated crate.

/// One row of an integration matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntegrationFact {
    /// The operation's id.
    pub operation: &'static str,
    /// Which part of the operation the field is in.
    pub part: FactPart,
    /// The field's path, such as `email_addresses/email`; empty for the operation itself.
    pub field: &'static str,
    /// The integration's name as the vendor prints it.
    pub integration: &'static str,
    /// Whether the integration requires the field or only supports it.
    pub level: IntegrationLevel,
    /// The values that the integration takes, where they are documented; empty where they are not.
    pub values: &'static [&'static str],
}

/// The part of an operation that a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FactPart {
    /// The operation as a whole.
    Operation,
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header parameter.
    Header,
    /// A field of the request body.
    Request,
    /// A field of an answer.
    Response,
}

/// What an integration does with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntegrationLevel {
    /// A request without it is refused.
    Required,
    /// It is taken or given.
    Supported,
}

/// The integration matrix of an API: a table that is looked up by binary search, without allocation.
#[derive(Debug, Clone, Copy)]
pub struct IntegrationMatrix(&'static [IntegrationFact]);

impl IntegrationMatrix {
    /// The matrix of these rows, which must be sorted as [`IntegrationFact`] orders itself.
    #[must_use]
    pub const fn new(sorted: &'static [IntegrationFact]) -> Self {
        Self(sorted)
    }

    /// Every row.
    #[must_use]
    pub const fn facts(&self) -> &'static [IntegrationFact] {
        self.0
    }

    /// The rows of one operation.
    #[must_use]
    pub fn operation(&self, operation: &str) -> &'static [IntegrationFact] {
        equal_range(self.0, |fact| fact.operation.cmp(operation))
    }

    /// The rows of one field, one for each integration.
    #[must_use]
    pub fn field(
        &self,
        operation: &str,
        part: FactPart,
        field: &str,
    ) -> &'static [IntegrationFact] {
        equal_range(self.0, |fact| {
            fact.operation
                .cmp(operation)
                .then_with(|| fact.part.cmp(&part))
                .then_with(|| fact.field.cmp(field))
        })
    }

    /// What one integration says of one field; `None` where the vendor documents nothing.
    #[must_use]
    pub fn lookup(
        &self,
        operation: &str,
        part: FactPart,
        field: &str,
        integration: &str,
    ) -> Option<&'static IntegrationFact> {
        let rows = self.field(operation, part, field);
        let row = rows.partition_point(|fact| fact.integration < integration);
        rows.get(row).filter(|fact| fact.integration == integration)
    }
}

fn equal_range(
    rows: &'static [IntegrationFact],
    compare: impl Fn(&IntegrationFact) -> std::cmp::Ordering,
) -> &'static [IntegrationFact] {
    let start = rows.partition_point(|fact| compare(fact).is_lt());
    let rows = rows.get(start..).unwrap_or_default();
    let end = rows.partition_point(|fact| compare(fact).is_le());
    rows.get(..end).unwrap_or_default()
}
