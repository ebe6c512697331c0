//! Every rule finds what it is for, and leaves alone what only looks like it.

use std::collections::BTreeSet;

use docspec::lint;
use serde_json::{Value, json};

use crate::harbour::{clean, in_document, in_page, of, put};

/// What is done to the clean document.
type Change = fn(&mut Value);

const INPUT: &str = "/components/schemas/BoatInput/properties";
const BOAT: &str = "/components/schemas/Boat/properties";
const POST: &str = "/paths/~1boats/post";
const PATCH: &str = "/paths/~1boats~1{id}/patch";
const GET: &str = "/paths/~1boats/get";

fn field(document: &mut Value, name: &str, value: Value) {
    let mut value = value;
    value["description"] = json!("A field.");
    put(document, &format!("{INPUT}/{name}"), value);
}

fn change(document: &mut Value, pointer: &str, value: impl Into<Option<Value>>) {
    put(document, pointer, value);
}

/// Rule by rule: what it finds, and what it does not.
const CASES: &[(&str, Change, Change)] = &[
    (
        "near-twin",
        |document| field(document, "harbuor_name", json!({ "type": "string" })),
        |document| {
            for name in [
                "harbour_names",
                "street_1",
                "street_2",
                "created_at",
                "updated_at",
                "first_name",
                "last_name",
                "county",
                "country",
                "height",
                "weight",
                "contact_id",
                "contract_id",
                "owner",
                "owned",
                "to",
                "no",
            ] {
                field(
                    document,
                    name,
                    json!({ "type": "string", "format": "date-time" }),
                );
            }
        },
    ),
    (
        "near-twin",
        |document| field(document, "harbourName", json!({ "type": "string" })),
        |document| field(document, "harbour", json!({ "type": "string" })),
    ),
    (
        "near-twin",
        |document| {
            let twin = json!({ "type": "object", "properties": {} });
            change(document, "/components/schemas/BoatInptu", twin);
        },
        |document| {
            let twin = json!({ "type": "string", "x-misspelling-of": "harbour_name" });
            field(document, "harbuor_name", twin);
        },
    ),
    (
        "declared-misspelling",
        |document| {
            field(
                document,
                "harbuor_name",
                json!({ "type": "string", "x-misspelling-of": "harbour_name" }),
            )
        },
        |document| field(document, "harbuor_name", json!({ "type": "string" })),
    ),
    (
        "mixed-naming",
        |document| {
            for name in ["mast_height", "sail_area", "homePort"] {
                field(document, name, json!({ "type": "string" }));
            }
        },
        |document| {
            for name in ["mast_height", "sail_area", "port", "flag"] {
                field(document, name, json!({ "type": "string" }));
            }
        },
    ),
    (
        "near-twin",
        |document| {
            let item = document["paths"]["/boats"].clone();
            change(document, "/paths/~1baots", item);
        },
        |document| {
            let item = document["paths"]["/boats"].clone();
            change(document, "/paths/~1boat~1{boots}", item);
        },
    ),
    (
        "untyped-field",
        |document| field(document, "crew", json!({ "type": "array", "items": {} })),
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "x-hidden": true } }),
            )
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
            )
        },
    ),
    (
        "hidden-children",
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "x-hidden": true } }),
            )
        },
        |document| {
            field(
                document,
                "crew",
                json!({ "type": "array", "items": { "type": "string" } }),
            )
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
            )
        },
    ),
    (
        "unknown-format",
        |document| {
            field(
                document,
                "flag",
                json!({ "type": "string", "format": "datetime" }),
            )
        },
        |document| {
            field(
                document,
                "flag",
                json!({ "type": "string", "format": "date-time" }),
            )
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
    (
        "required-undefined",
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["colour"]),
            )
        },
        |document| {
            change(
                document,
                "/components/schemas/BoatInput/required",
                json!(["rigging"]),
            )
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
            )
        },
    ),
    (
        "unused-component",
        |document| {
            change(
                document,
                "/components/schemas/Pier",
                json!({ "type": "string", "description": "A pier." }),
            )
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
            )
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
            )
        },
    ),
    (
        "enum-repeats",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", "ketch", "sloop"]),
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", "ketch", "yawl"]),
            )
        },
    ),
    (
        "enum-twins",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["gaff cutter", "Gaff-Cutter"]),
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["cutter", "cutters", "+", "-"]),
            )
        },
    ),
    (
        "enum-type",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/enum"),
                json!(["sloop", 2]),
            )
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
            )
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
            )
        },
    ),
    (
        "integration-spelling",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "NorthQuay": "supported" }),
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Northquay Sales": "supported", "Dock 8": "supported", "Dock 9": "supported" }),
            )
        },
    ),
    (
        "integration-spelling",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Nortqhuay": "supported" }),
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integrations"),
                json!({ "Eastquay": "supported" }),
            )
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
            )
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
            )
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
            )
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
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/x-integration-values"),
                json!({ "Northquay": ["ketch"] }),
            )
        },
    ),
    (
        "prose-only-requirement",
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("The rig must be given."),
            )
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
            )
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
            )
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
            )
        },
        |document| {
            change(
                document,
                &format!("{INPUT}/rigging/description"),
                json!("What the todo list of the crew says."),
            )
        },
    ),
    (
        "assumed",
        |document| {
            change(
                document,
                &format!("{POST}/responses/200/x-assumed"),
                json!("no page says it"),
            )
        },
        |document| {
            change(
                document,
                &format!("{POST}/x-assumed"),
                json!("the page prints `/`"),
            )
        },
    ),
    (
        "path-assumed",
        |document| {
            change(
                document,
                &format!("{POST}/x-assumed"),
                json!("the page prints `/`"),
            )
        },
        |document| {
            change(
                document,
                &format!("{POST}/responses/200/x-assumed"),
                json!("no page says it"),
            )
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
            )
        },
    ),
    (
        "body-of-reading",
        |document| {
            change(
                document,
                &format!("{GET}/requestBody"),
                json!({ "content": {} }),
            )
        },
        |document| {
            change(
                document,
                &format!("{POST}/requestBody"),
                json!({ "content": {} }),
            )
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
            )
        },
        |document| {
            change(
                document,
                &format!("{GET}/x-pagination/next"),
                json!("/result"),
            )
        },
    ),
    (
        "answer-without-status",
        |document| {
            change(
                document,
                &format!("{POST}/x-responses-without-status"),
                json!([{ "description": "Empty" }]),
            )
        },
        |document| {
            change(
                document,
                &format!("{POST}/x-responses-without-status"),
                json!([]),
            )
        },
    ),
    (
        "no-success-answer",
        |document| change(document, &format!("{POST}/responses/200"), None),
        |document| {
            let answer = document["paths"]["/boats"]["post"]["responses"]["200"].clone();
            change(document, &format!("{POST}/responses/200"), None);
            change(document, &format!("{POST}/responses/2XX"), answer);
        },
    ),
    (
        "no-error-answer",
        |document| change(document, &format!("{POST}/responses/400"), None),
        |document| {
            change(document, &format!("{POST}/responses/400"), None);
            change(
                document,
                &format!("{POST}/responses/default"),
                json!({ "description": "Else." }),
            );
        },
    ),
    (
        "answer-without-body",
        |document| change(document, &format!("{POST}/responses/400/content"), None),
        |document| {
            change(
                document,
                &format!("{POST}/responses/204"),
                json!({ "description": "Nothing to say." }),
            )
        },
    ),
    (
        "quota-without-429",
        |document| {
            change(
                document,
                "/x-quotas",
                json!([{ "per": "credential", "requests": 1, "seconds": 1 }]),
            )
        },
        |document| {
            change(
                document,
                "/x-quotas",
                json!([{ "per": "credential", "requests": 1, "seconds": 1 }]),
            );
            for operation in [GET, POST, PATCH] {
                change(
                    document,
                    &format!("{operation}/responses/429"),
                    json!({ "description": "Too many." }),
                );
            }
        },
    ),
    (
        "retry-status-undocumented",
        |document| change(document, "/x-retry", json!({ "statuses": [503] })),
        |document| change(document, "/x-retry", json!({ "statuses": [400] })),
    ),
    (
        "no-server",
        |document| change(document, "/servers", None),
        |document| {
            let servers = document["servers"].clone();
            change(document, "/servers", None);
            for operation in [GET, POST, PATCH] {
                change(document, &format!("{operation}/servers"), servers.clone());
            }
        },
    ),
    (
        "server-not-for-production",
        |document| {
            change(
                document,
                "/servers/0/url",
                json!("https://dev-api.harbour.org/v1"),
            )
        },
        |document| {
            change(
                document,
                "/servers/0/url",
                json!("https://api.devon-harbour.org/dev"),
            );
            let declared = json!([{ "url": "https://dev.harbour.org", "x-default": false }]);
            change(document, &format!("{POST}/servers"), declared);
        },
    ),
    (
        "server-without-tls",
        |document| change(document, "/servers/0/url", json!("http://api.harbour.org")),
        |document| change(document, "/servers/0/url", json!("http://localhost:8080")),
    ),
    (
        "server-trailing-slash",
        |document| {
            change(
                document,
                "/servers/0/url",
                json!("https://api.harbour.org/"),
            )
        },
        |document| change(document, "/servers/0/url", json!("/")),
    ),
    (
        "no-authentication",
        |document| change(document, &format!("{POST}/security"), None),
        |document| change(document, &format!("{POST}/security"), json!([])),
    ),
    (
        "credential-as-parameter",
        |document| {
            change(
                document,
                &format!("{GET}/parameters/0/name"),
                json!("X-Api-Key"),
            );
            change(document, &format!("{GET}/parameters/0/in"), json!("header"));
        },
        |document| {
            change(
                document,
                &format!("{GET}/parameters/0/name"),
                json!("Idempotency-Key"),
            );
            change(document, &format!("{GET}/parameters/0/in"), json!("header"));
        },
    ),
    (
        "credential-in-query",
        |document| {
            change(
                document,
                "/components/securitySchemes/key",
                json!({ "type": "apiKey", "in": "query", "name": "key" }),
            )
        },
        |document| {
            change(
                document,
                "/components/securitySchemes/key",
                json!({ "type": "apiKey", "in": "header", "name": "key" }),
            )
        },
    ),
];

/// A page with a line in place of `HERE`.
const PAGE: &str = "# Add a boat\n\n> Source: https://harbour.org/docs\n\n`POST /boats`\n\n## Request body\n\n\
    `application/json`\n\n- **`rig`** _(string)_\n  The rig.\nHERE\n## Response `200`\n\nDone.\n";

/// A page in the layout that prints its method last; `HERE` stands before its end.
const CAPTURE: &str = "Add a boat\n\nBody Parameters\n\nrigstring\n\nHow it is rigged\n\nResponse\n\n200\nObject\ndone\nHERE\n\
    Was this section helpful?\n\nPOST\n\n/boats\n";

/// Rule by rule: a page, what it finds there, and what it does not.
const PAGES: &[(&str, &str, &str, &str)] = &[
    (
        "enum-repeats",
        PAGE,
        "  Allowed: `sloop`, `ketch`, `sloop`\n",
        "  Allowed: `sloop`, `ketch`\n",
    ),
    (
        "enum-repeats",
        PAGE,
        "  Fused: `sloopketchsloop`\n",
        "  Fused: `sloopketch`\n",
    ),
    (
        "enum-split",
        PAGE,
        "  Fused: `sloopketch`\n",
        "  Allowed: `sloop`, `ketch`\n",
    ),
    (
        "sample-contradicts-schema",
        PAGE,
        "- **`papers`** _(map<any>)_\n  Papers.\n\n## Code examples\n\n```sh\ncurl -X POST 'https://harbour.org/boats' -d '{ \"papers\": \"{}\" }'\n```\n",
        "- **`papers`** _(map<any>)_\n  Papers.\n\n## Code examples\n\n```sh\ncurl -X POST 'https://harbour.org/boats' -d '{ \"papers\": \"your_papers\", \"rig\": \"{}\" }'\n```\n",
    ),
    (
        "repeated-heading",
        CAPTURE,
        "Was this section helpful?\n\nSelect\nResponse\n\n",
        "Was this section helpful?\n\nSelect\n\n",
    ),
];

const SPLITS: &str = "[[split]]\ntext = \"sloopketchsloop\"\nvalues = [\"sloop\", \"ketch\", \"sloop\"]\nreason = \"words\"\n\n\
    [[split]]\ntext = \"sloopketch\"\nvalues = [\"sloop\", \"ketch\"]\nreason = \"words\"\n";

/// Rules about decisions, which the tests of sources and acceptances show.
const ELSEWHERE: [&str; 4] = [
    "vocabulary-unused",
    "overlay-without-effect",
    "overlay-target",
    "unused-acceptance",
];

#[test]
fn a_clean_document_has_no_finding() {
    let findings = in_document(&clean());
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn every_rule_finds_what_it_is_for_and_leaves_alone_what_looks_like_it() {
    for (rule, doubtful, near) in CASES {
        let mut document = clean();
        doubtful(&mut document);
        let findings = in_document(&document);
        assert!(
            !of(&findings, rule).is_empty(),
            "{rule} finds nothing in {findings:#?}"
        );
        let mut document = clean();
        near(&mut document);
        let findings = in_document(&document);
        assert!(of(&findings, rule).is_empty(), "{rule}: {findings:#?}");
    }
}

#[test]
fn every_rule_about_pages_finds_what_it_is_for_and_leaves_alone_what_looks_like_it() {
    for (rule, page, doubtful, near) in PAGES {
        let findings = in_page(&page.replace("HERE\n", doubtful), SPLITS);
        assert!(
            !of(&findings, rule).is_empty(),
            "{rule} finds nothing in {findings:#?}"
        );
        let findings = in_page(&page.replace("HERE\n", near), SPLITS);
        assert!(of(&findings, rule).is_empty(), "{rule}: {findings:#?}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let shown: BTreeSet<&str> = CASES
        .iter()
        .map(|(rule, ..)| *rule)
        .chain(PAGES.iter().map(|(rule, ..)| *rule))
        .chain(ELSEWHERE)
        .collect();
    let rules: BTreeSet<&str> = lint::all().map(|rule| rule.name).collect();
    assert_eq!(shown, rules);
}

#[test]
fn names_and_texts_of_rules_follow_one_form() {
    let mut names = BTreeSet::new();
    for rule in lint::all() {
        assert!(names.insert(rule.name), "{} stands twice", rule.name);
        let is_kebab = rule
            .name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit());
        assert!(is_kebab, "{}", rule.name);
        assert!(!rule.summary.ends_with('.'), "{}", rule.name);
        assert!(rule.why.ends_with(['.', ')']), "{}", rule.name);
    }
}
