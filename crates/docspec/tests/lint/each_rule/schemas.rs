//! Schemas, enums, samples and examples that contradict themselves.

use serde_json::json;

use super::{Case, GET, INPUT, POST, change, field};

pub(super) const CASES: &[Case] = &[
    (
        "required-undefined",
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["colour"]),
            );
        },
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["rigging"]),
            );
        },
    ),
    (
        "bounds-contradict",
        |document| change(document, &format!("{INPUT}/draught/maximum"), json!(-1)),
        |document| change(document, &format!("{INPUT}/draught/maximum"), json!(0)),
    ),
    (
        "default-on-required",
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["rigging"]),
            );
            change(
                document,
                &format!("{INPUT}/rigging/default"),
                json!("sloop"),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/default"),
                json!("sloop"),
            );
        },
    ),
    (
        "unused-component",
        |document| {
            change(
                document,
                "/components/schemas/Pier",
                json!({ "type": "string", "description": "A pier." }),
            );
        },
        |document| {
            change(
                document,
                "/components/schemas/Pier",
                json!({ "type": "string", "description": "A pier." }),
            );
            field(
                document,
                "pier",
                json!({ "allOf": [{ "$ref": "#/components/schemas/Pier" }] }),
            );
        },
    ),
    (
        "enum-repeats",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", "ketch", "sloop"]),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", "ketch", "yawl"]),
            );
        },
    ),
    (
        "enum-twins",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["gaff cutter", "Gaff-Cutter"]),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["cutter", "cutters", "+", "-"]),
            );
        },
    ),
    (
        "enum-type",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", 2]),
            );
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", null]),
            );
            change(document, &format!("{INPUT}/rigging/nullable"), json!(true));
        },
    ),
    (
        "sample-contradicts-schema",
        |document| {
            let media = format!("{POST}/requestBody/content/application~1json");
            change(
                document,
                &format!("{media}/example"),
                json!({ "skipper": "Ann" }),
            );
        },
        |document| {
            let media = format!("{POST}/requestBody/content/application~1json");
            change(
                document,
                &format!("{media}/example"),
                json!({ "skipper": "<skipper>", "draught": 2 }),
            );
        },
    ),
    (
        "example-contradicts-schema",
        |document| {
            change(
                document,
                &format!("{INPUT}/draught/example"),
                json!("2 metres"),
            );
        },
        |document| {
            change(document, &format!("{INPUT}/draught/example"), json!(1.5));
            change(
                document,
                &format!("{INPUT}/skipper/example"),
                json!("{{skipper}}"),
            );
            change(
                document,
                &format!("{INPUT}/rigging/x-open-enum"),
                json!(true),
            );
            change(document, &format!("{INPUT}/rigging/example"), json!("yawl"));
        },
    ),
    (
        "example-contradicts-schema",
        |document| change(document, &format!("{GET}/parameters/0/example"), json!(3)),
        |document| {
            change(
                document,
                &format!("{GET}/parameters/0/schema"),
                json!({ "type": "array", "items": {} }),
            );
            change(
                document,
                &format!("{GET}/parameters/0/example"),
                json!("cursor[]=1&cursor[]=2"),
            );
        },
    ),
    (
        "default-contradicts-schema",
        |document| change(document, &format!("{INPUT}/rigging/default"), json!("yawl")),
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/default"),
                json!("ketch"),
            );
        },
    ),
];
