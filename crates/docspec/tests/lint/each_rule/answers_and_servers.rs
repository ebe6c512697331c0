//! Answers, servers and authentication.

use serde_json::json;

use super::{Case, GET, PATCH, POST, change};

pub(super) const CASES: &[Case] = &[
    (
        "answer-without-status",
        |document| {
            change(
                document,
                &format!("{POST}/x-responses-without-status"),
                json!([{ "description": "Empty" }]),
            );
        },
        |document| {
            change(
                document,
                &format!("{POST}/x-responses-without-status"),
                json!([]),
            );
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
            );
        },
    ),
    (
        "quota-without-429",
        |document| {
            change(
                document,
                "/x-quotas",
                json!([{ "per": "credential", "requests": 1, "seconds": 1 }]),
            );
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
            );
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
            );
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
            );
        },
        |document| {
            change(
                document,
                "/components/securitySchemes/key",
                json!({ "type": "apiKey", "in": "header", "name": "key" }),
            );
        },
    ),
];
