//! What descriptions say, and what is assumed.

use serde_json::json;

use super::{BOAT, Case, GET, INPUT, PATCH, POST, change};

pub(super) const CASES: &[Case] = &[
    (
        "prose-only-requirement",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("The rig must be given."),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("The rig; it is not required."),
            );
            change(
                document,
                &format!("{INPUT}/draught/description"),
                json!("Required by the harbour master."),
            );
            change(
                document,
                &format!("{BOAT}/draught/description"),
                json!("It must be below the keel."),
            );
            change(
                document,
                &format!("{INPUT}/harbour_name/description"),
                json!("It must be given at Southpier."),
            );
        },
    ),
    (
        "prose-only-requirement",
        |document| {
            change(
                document,
                &format!("{POST}/description"),
                json!("At least one of rig and draught is needed."),
            );
        },
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["rigging"]),
            );
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("The rig must be given."),
            );
        },
    ),
    (
        "prose-only-range",
        |document| {
            change(
                document,
                &format!("{INPUT}/harbour_name/description"),
                json!("A rank (1-5)."),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/draught/description"),
                json!("From 0 to 20 metres."),
            );
            change(
                document,
                &format!("{INPUT}/harbour_name/description"),
                json!("As of ISO 3166-1, in 2024-01."),
            );
        },
    ),
    (
        "missing-description",
        |document| change(document, &format!("{INPUT}/rigging/description"), None),
        |document| {
            change(
                document,
                "/components/schemas/Failure/description",
                json!("What went wrong."),
            );
            let reference = json!({ "$ref": "#/components/schemas/Failure" });
            change(document, &format!("{INPUT}/failure"), reference);
        },
    ),
    (
        "copied-description",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("How tall it is."),
            );
            change(
                document,
                &format!("{INPUT}/draught/description"),
                json!("How tall it is"),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("The rig."),
            );
            change(
                document,
                &format!("{INPUT}/draught/description"),
                json!("The rig."),
            );
            change(
                document,
                &format!("{BOAT}/skipper/description"),
                json!("The rig of it."),
            );
        },
    ),
    (
        "path-parameter-description",
        |document| change(document, &format!("{PATCH}/parameters/0/description"), None),
        |document| change(document, &format!("{GET}/parameters/0/description"), None),
    ),
    (
        "unfinished-text",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("TODO: say what it is."),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("What the todo list of the crew says."),
            );
        },
    ),
    (
        "assumed",
        |document| {
            change(
                document,
                &format!("{POST}/responses/200/x-assumed"),
                json!("no page says it"),
            );
        },
        |document| {
            change(
                document,
                &format!("{POST}/x-assumed"),
                json!("the page prints `/`"),
            );
        },
    ),
    (
        "path-assumed",
        |document| {
            change(
                document,
                &format!("{POST}/x-assumed"),
                json!("the page prints `/`"),
            );
        },
        |document| {
            change(
                document,
                &format!("{POST}/responses/200/x-assumed"),
                json!("no page says it"),
            );
        },
    ),
];
