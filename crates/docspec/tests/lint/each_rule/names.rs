//! Names that are likely slips.

use serde_json::json;

use super::{Case, change, field};

pub(super) const CASES: &[Case] = &[
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
                "stage",
                "state",
                "portal_code",
                "postal_code",
                "roles",
                "rules",
                "user",
                "users",
                "payer_name",
                "payee_name",
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
            );
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
];
