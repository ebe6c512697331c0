//! What each integration behind an API requires and supports.

use crate::capabilities::Capabilities;
use crate::contact::Contact;
use crate::field::Field;
use crate::operation::Operation;
use crate::patch::ContactPatch;
use client_runtime::{FactPart, IntegrationFact, IntegrationLevel, IntegrationMatrix};
use std::fmt;

/// The integrations of an API, and what its document says of them.
#[derive(Debug, Clone, Copy)]
pub struct IntegrationTable {
    /// Their names, sorted.
    pub names: &'static [&'static str],
    /// What the document says.
    pub matrix: &'static IntegrationMatrix,
    /// Which properties stand for which fields.
    pub capabilities: &'static Capabilities,
}

impl IntegrationTable {
    /// The integrations one by one.
    pub fn iter(&'static self) -> impl Iterator<Item = Integration> {
        let names = self.names.iter();
        names.map(move |name| Integration { name, table: self })
    }
}

/// One integration behind an API, such as HubSpot behind Truto.
///
/// ```
/// # #[cfg(feature = "truto")] {
/// use unified_contacts::{ContactRecord, Operation, truto};
///
/// let close = truto::CONTACTS.integration("Close").unwrap();
/// let draft = ContactRecord::new().with_first_name("Ada");
/// let missing: Vec<_> = close.missing_for(Operation::Create, &draft).collect();
/// assert!(missing.iter().any(|gap| gap.property == "account"));
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Integration {
    name: &'static str,
    table: &'static IntegrationTable,
}

/// Something that stands between a contact and an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The integration's name.
    pub integration: &'static str,
    /// The property of the API's own JSON, or the name of the query parameter.
    pub property: &'static str,
    /// The field of a contact that it stands for, where there is one.
    pub field: Option<Field>,
    /// What is wrong.
    pub problem: GapProblem,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GapProblem {
    /// The integration requires it, and it is not there.
    Missing,
    /// It is there, and the integration is not among those that support it.
    Unsupported,
    /// The integration takes other values only, these.
    Value(&'static [&'static str]),
    /// The integration is not among those that support the operation.
    Operation,
}

impl fmt::Display for Gap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            integration,
            property,
            ..
        } = self;
        match self.field {
            Some(field) if field.name() != *property => {
                write!(formatter, "`{field}` (`{property}`)")?;
            }
            _ if property.is_empty() => formatter.write_str("the operation")?,
            _ => write!(formatter, "`{property}`")?,
        }
        match self.problem {
            GapProblem::Missing => write!(formatter, " is required by {integration} and not set"),
            GapProblem::Unsupported | GapProblem::Operation => {
                write!(formatter, " is not supported by {integration}")
            }
            GapProblem::Value(values) => {
                let values = values.join("`, `");
                write!(formatter, " has to be one of `{values}` for {integration}")
            }
        }
    }
}

impl Integration {
    /// The name, as the API prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Whether the integration supports an operation; `None` where nothing is documented.
    #[must_use]
    pub fn supports(self, operation: Operation) -> Option<bool> {
        let facts = self.operation_facts(operation);
        let mut of_operation = facts
            .iter()
            .filter(|fact| fact.part == FactPart::Operation)
            .peekable();
        if of_operation.peek().is_some() {
            return Some(of_operation.any(|fact| fact.integration == self.name));
        }
        facts
            .iter()
            .any(|fact| fact.integration == self.name)
            .then_some(true)
    }

    /// What is documented of the integration in an operation: every property and parameter that it requires or
    /// supports.
    pub fn facts(self, operation: Operation) -> impl Iterator<Item = &'static IntegrationFact> {
        let facts = self.operation_facts(operation).iter();
        facts.filter(move |fact| fact.integration == self.name)
    }

    /// What the integration does with a field of a contact in an operation; `None` where nothing is documented.
    #[must_use]
    pub fn field(self, operation: Operation, field: Field) -> Option<IntegrationLevel> {
        let levels = self.field_facts(operation, field).map(|fact| fact.level);
        levels.min()
    }

    /// The values that the integration takes for a field in an operation; empty where none are documented.
    #[must_use]
    pub fn accepted_values(self, operation: Operation, field: Field) -> &'static [&'static str] {
        let mut facts = self.field_facts(operation, field);
        facts
            .find(|fact| !fact.values.is_empty())
            .map_or(&[], |fact| fact.values)
    }

    /// What the integration requires of a new or changed contact and `draft` does not have.
    pub fn missing_for(
        self,
        operation: Operation,
        draft: &dyn Contact,
    ) -> impl Iterator<Item = Gap> {
        self.missing(operation, move |fact, field| {
            field.is_some_and(|field| field.has_content(draft))
                || draft
                    .raw()
                    .any(|raw| raw.pointer().strip_prefix('/') == Some(fact.field))
        })
    }

    /// What `draft` has and the integration does not support, though others do, and values that it does not take.
    pub fn unsupported_by(
        self,
        operation: Operation,
        draft: &dyn Contact,
    ) -> impl Iterator<Item = Gap> {
        let operation_gap = self.operation_gap(operation).into_iter();
        let fields = Field::ALL.iter().copied();
        operation_gap.chain(fields.filter(move |field| field.is_set(draft)).filter_map(
            move |field| {
                let text = match field {
                    Field::Source => draft.source(),
                    _ => None,
                };
                self.unsupported(operation, field, text)
            },
        ))
    }

    /// Everything that stands between a new contact and the integration.
    #[must_use]
    pub fn gaps_of_draft(self, draft: &dyn Contact) -> Vec<Gap> {
        let missing = self.missing_for(Operation::Create, draft);
        missing
            .chain(self.unsupported_by(Operation::Create, draft))
            .collect()
    }

    /// Everything that stands between a change and the integration.
    #[must_use]
    pub fn gaps_of_patch(self, patch: &ContactPatch) -> Vec<Gap> {
        let missing = self.missing(Operation::Update, |_, field| {
            field.is_some_and(|field| patch.changes(field))
        });
        let unsupported = patch.fields().filter_map(|field| {
            let text = match field {
                Field::Source => patch.source.set_value().map(String::as_str),
                _ => None,
            };
            self.unsupported(Operation::Update, field, text)
        });
        let operation_gap = self.operation_gap(Operation::Update).into_iter();
        missing.chain(operation_gap).chain(unsupported).collect()
    }

    fn operation_facts(self, operation: Operation) -> &'static [IntegrationFact] {
        let id = self.table.capabilities.operation_id(operation);
        id.map_or(&[], |id| self.table.matrix.operation(id))
    }

    fn operation_gap(self, operation: Operation) -> Option<Gap> {
        (self.supports(operation) == Some(false)).then(|| self.gap("", None, GapProblem::Operation))
    }

    fn field_facts(
        self,
        operation: Operation,
        field: Field,
    ) -> impl Iterator<Item = &'static IntegrationFact> {
        let properties = self.table.capabilities.properties(operation, field);
        self.facts(operation).filter(move |fact| {
            let (part, name) = match fact.part {
                FactPart::Response => (true, fact.field.strip_prefix("result/")),
                FactPart::Request => (true, None),
                _ => (false, None),
            };
            part && properties.contains(&name.unwrap_or(fact.field))
        })
    }

    fn missing(
        self,
        operation: Operation,
        has: impl Fn(&IntegrationFact, Option<Field>) -> bool,
    ) -> impl Iterator<Item = Gap> {
        self.facts(operation)
            .filter(|fact| {
                fact.level == IntegrationLevel::Required
                    && matches!(fact.part, FactPart::Request | FactPart::Query)
                    && !fact.field.contains('/')
            })
            .filter_map(move |fact| {
                let field = match fact.part {
                    FactPart::Request => self.field_of(operation, fact.field),
                    _ => None,
                };
                (!has(fact, field)).then(|| self.gap(fact.field, field, GapProblem::Missing))
            })
    }

    /// The field of a contact that a property stands for.
    fn field_of(self, operation: Operation, property: &str) -> Option<Field> {
        let mut fields = Field::ALL.iter().copied();
        fields.find(|field| {
            let properties = self.table.capabilities.properties(operation, *field);
            properties.contains(&property)
        })
    }

    fn unsupported(self, operation: Operation, field: Field, text: Option<&str>) -> Option<Gap> {
        let properties = self.table.capabilities.properties(operation, field);
        let (property, others) = properties.iter().copied().find_map(|property| {
            let id = self.table.capabilities.operation_id(operation)?;
            let facts = self.table.matrix.field(id, FactPart::Request, property);
            (!facts.is_empty()).then_some((property, facts))
        })?;
        let Some(fact) = others.iter().find(|fact| fact.integration == self.name) else {
            return Some(self.gap(property, Some(field), GapProblem::Unsupported));
        };
        let is_accepted = |text: &str| fact.values.is_empty() || fact.values.contains(&text);
        let refused = text.is_some_and(|text| !is_accepted(text));
        refused.then(|| self.gap(property, Some(field), GapProblem::Value(fact.values)))
    }

    fn gap(self, property: &'static str, field: Option<Field>, problem: GapProblem) -> Gap {
        Gap {
            integration: self.name,
            property,
            field,
            problem,
        }
    }
}

impl PartialEq for Integration {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && std::ptr::eq(self.table, other.table)
    }
}

impl Eq for Integration {}

impl fmt::Debug for Integration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Integration({})", self.name)
    }
}

impl fmt::Display for Integration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}
