//! Operations, and what goes in against what comes out.

use serde_json::json;

use super::{BOAT, Case, GET, INPUT, PATCH, POST, change, field};

pub(super) const CASES: &[Case] = &[
    (
        "answer-type-differs",
        |document| change(document, &format!("{BOAT}/skipper/type"), json!("string")),
        // Anything is no other type.
        |document| change(document, &format!("{INPUT}/rigging/type"), None),
    ),
    (
        "operation-type-differs",
        |document| change(document, &format!("{INPUT}/draught/type"), json!("string")),
        |document| change(document, &format!("{INPUT}/draught/nullable"), json!(true)),
    ),
    (
        "answer-only-field",
        |document| {
            let properties =
                format!("{PATCH}/requestBody/content/application~1json/schema/properties");
            change(document, &format!("{properties}/rigging"), None);
        },
        // An id that no request takes is the server's.
        |document| {
            change(
                document,
                &format!("{BOAT}/id"),
                json!({ "type": "string", "description": "The id." }),
            );
        },
    ),
    (
        "request-only-field",
        |document| field(document, "password", json!({ "type": "string" })),
        |document| {
            change(
                document,
                &format!("{BOAT}/id"),
                json!({ "type": "string", "description": "The id." }),
            );
        },
    ),
    (
        "duplicate-summary",
        |document| change(document, &format!("{POST}/summary"), json!("Change a Boat")),
        |document| {
            change(
                document,
                &format!("{POST}/summary"),
                json!("Change a boat's name"),
            );
        },
    ),
    (
        "body-of-reading",
        |document| {
            change(
                document,
                &format!("{GET}/requestBody"),
                json!({ "content": {} }),
            );
        },
        |document| {
            change(
                document,
                &format!("{POST}/requestBody"),
                json!({ "content": {} }),
            );
        },
    ),
    (
        "trailing-slash",
        |document| {
            let item = document["paths"]["/boats"].clone();
            change(document, "/paths/~1boats~1", item);
        },
        |document| {
            let item = document["paths"]["/boats"].clone();
            change(document, "/paths/~1", item);
        },
    ),
    (
        "ambiguous-paths",
        |document| {
            let item = document["paths"]["/boats/{id}"].clone();
            change(document, "/paths/~1{kind}~1new", item);
        },
        |document| {
            let item = document["paths"]["/boats/{id}"].clone();
            change(document, "/paths/~1boats~1new", item);
        },
    ),
    (
        "pagination-undocumented",
        |document| change(document, &format!("{GET}/x-pagination"), None),
        |document| {
            change(document, &format!("{GET}/x-pagination"), None);
            change(
                document,
                &format!("{GET}/parameters/0/name"),
                json!("colour"),
            );
        },
    ),
    (
        "pagination-misses",
        |document| {
            change(
                document,
                &format!("{GET}/x-pagination/next"),
                json!("/next"),
            );
        },
        |document| {
            change(
                document,
                &format!("{GET}/x-pagination/next"),
                json!("/result"),
            );
        },
    ),
];
