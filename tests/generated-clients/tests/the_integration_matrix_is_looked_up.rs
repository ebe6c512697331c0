//! The matrix says which integration requires or supports which field.

use client_runtime::{FactPart, IntegrationLevel};
use parcels_client::integrations::{INTEGRATIONS, MATRIX};

#[test]
fn by_operation_part_field_and_integration() {
    let level = |integration| {
        MATRIX
            .lookup("parcels_get", FactPart::Response, "id", integration)
            .map(|fact| fact.level)
    };
    assert_eq!(level("Snail"), Some(IntegrationLevel::Required));
    assert_eq!(level("Heron"), Some(IntegrationLevel::Supported));
    assert_eq!(level("Turtle"), None);
    let nick = MATRIX.field("parcels_update", FactPart::Request, "nick-name");
    assert_eq!(
        nick.iter().map(|fact| fact.integration).collect::<Vec<_>>(),
        ["Snail"]
    );
    assert_eq!(MATRIX.operation("parcels_list").len(), 3);
    assert_eq!(INTEGRATIONS, ["Heron", "Snail"]);
}

#[test]
fn the_tables_are_sorted() {
    assert!(MATRIX.facts().is_sorted());
    assert!(INTEGRATIONS.is_sorted());
}
