//! What integrations are said to do.

use serde_json::json;

use super::{BOAT, Case, INPUT, PATCH, POST, change};

pub(super) const CASES: &[Case] = &[
    (
        "integration-spelling",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "NorthQuay": "supported" }),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Northquay Sales": "supported", "Dock 8": "supported", "Dock 9": "supported" }),
            );
        },
    ),
    (
        "integration-spelling",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Nortqhuay": "supported" }),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Eastquay": "supported" }),
            );
        },
    ),
    (
        "integration-without-answer",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
            change(
                document,
                &format!("{POST}/x-integrations/Dock 9"),
                json!("supported"),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
            change(
                document,
                &format!("{BOAT}/draught/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
        },
    ),
    (
        "integration-not-on-operation",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
            change(document, &format!("{POST}/x-integrations"), None);
        },
    ),
    (
        "integration-without-field",
        |document| {
            change(
                document,
                &format!("{POST}/x-integrations/Dock 9"),
                json!("supported"),
            );
        },
        |document| {
            change(
                document,
                &format!("{POST}/x-integrations/Dock 9"),
                json!("supported"),
            );
            change(
                document,
                &format!("{BOAT}/draught/x-integrations"),
                json!({ "Dock 9": "supported" }),
            );
        },
    ),
    (
        "integration-of-child-only",
        |document| {
            change(
                document,
                &format!("{INPUT}/skipper/properties/id/x-integrations"),
                json!({ "Dock 9": "required" }),
            );
        },
        |document| {
            let both = json!({ "Dock 9": "supported", "Southpier": "required" });
            change(
                document,
                &format!("{INPUT}/skipper/properties/id/x-integrations"),
                both,
            );
        },
    ),
    (
        "update-requires-more",
        |document| {
            let properties =
                format!("{PATCH}/requestBody/content/application~1json/schema/properties");
            change(
                document,
                &format!("{properties}/rigging/x-integrations"),
                json!({ "Northquay": "required" }),
            );
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Northquay": "supported" }),
            );
        },
        |document| {
            let properties =
                format!("{PATCH}/requestBody/content/application~1json/schema/properties");
            change(
                document,
                &format!("{properties}/rigging/x-integrations"),
                json!({ "Northquay": "required" }),
            );
        },
    ),
    (
        "integration-value-unknown",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integration-values"),
                json!({ "Northquay": ["yawl"] }),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integration-values"),
                json!({ "Northquay": ["ketch"] }),
            );
        },
    ),
];
