//! Types that say too little, or another thing than the name.

use serde_json::json;

use super::{Case, field};

pub(super) const CASES: &[Case] = &[
    (
        "untyped-field",
        |document| field(document, "crew", json!({ "type": "array", "items": {} })),
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "x-hidden": true } }),
            );
        },
    ),
    (
        "untyped-field",
        |document| field(document, "flag", json!({})),
        |document| {
            field(
                document,
                "flag",
                json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
            );
        },
    ),
    (
        "hidden-children",
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "x-hidden": true } }),
            );
        },
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "type": "string" } }),
            );
        },
    ),
    (
        "empty-object",
        |document| field(document, "papers", json!({ "type": "object" })),
        |document| {
            field(
                document,
                "papers",
                json!({ "type": "object", "additionalProperties": {} }),
            );
        },
    ),
    (
        "unknown-format",
        |document| {
            field(
                document,
                "flag",
                json!({ "type": "string", "format": "datetime" }),
            );
        },
        |document| {
            field(
                document,
                "flag",
                json!({ "type": "string", "format": "date-time" }),
            );
        },
    ),
    (
        "date-without-format",
        |document| field(document, "launched_at", json!({ "type": "string" })),
        |document| {
            field(document, "moored_at", json!({ "type": "integer" }));
            field(document, "what", json!({ "type": "string" }));
            field(document, "format", json!({ "type": "string" }));
        },
    ),
    (
        "id-not-string",
        |document| field(document, "pier_id", json!({ "type": "integer" })),
        |document| {
            field(document, "grid", json!({ "type": "integer" }));
            field(document, "owner_id", json!({ "type": "string" }));
        },
    ),
    (
        "flag-not-boolean",
        |document| field(document, "is_moored", json!({ "type": "string" })),
        |document| {
            field(document, "island", json!({ "type": "string" }));
            field(document, "is_afloat", json!({ "type": "boolean" }));
            field(
                document,
                "has_mast",
                json!({ "type": "string", "enum": ["yes", "no"] }),
            );
        },
    ),
];
