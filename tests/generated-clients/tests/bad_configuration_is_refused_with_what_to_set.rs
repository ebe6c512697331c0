//! A client that is put together wrongly is refused when it is built, with a message that names the setting, says
//! what was found and what to set, and holds no secret and nothing of a URL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ConfigError, CoreBuilder, ErrorKind};
use generated_clients::answering;
use std::time::Duration;

/// What no message may hold.
const HIDDEN: [&str; 4] = ["s3cret", "tenant", "example.org", "PRIVATE"];

const URL: &str = "https://api.example.org/tenant";

/// One of the published clients, put together.
type Build = fn(Option<&str>, &str, fn(CoreBuilder) -> CoreBuilder) -> Result<(), ConfigError>;

fn truto(
    url: Option<&str>,
    token: &str,
    set: fn(CoreBuilder) -> CoreBuilder,
) -> Result<(), ConfigError> {
    let mut builder = truto_client::Client::builder().bearer_token(token);
    if let Some(url) = url {
        builder = builder.base_url(url);
    }
    builder.configure(set).build().map(drop)
}

fn thelinks(
    url: Option<&str>,
    token: &str,
    set: fn(CoreBuilder) -> CoreBuilder,
) -> Result<(), ConfigError> {
    let mut builder = thelinks_client::Client::builder().bearer_token(token);
    if let Some(url) = url {
        builder = builder.base_url(url);
    }
    builder.configure(set).build().map(drop)
}

fn contact_update(
    url: Option<&str>,
    key: &str,
    set: fn(CoreBuilder) -> CoreBuilder,
) -> Result<(), ConfigError> {
    let mut builder = contact_update_client::Client::builder().api_key(key);
    if let Some(url) = url {
        builder = builder.base_url(url);
    }
    builder.configure(set).build().map(drop)
}

const CLIENTS: [Build; 3] = [truto, thelinks, contact_update];

/// Checks that `build` refuses with this text and that nothing hidden is in it.
fn refused(built: Result<(), ConfigError>, expected: &str) {
    let error = built.unwrap_err();
    assert_eq!(error.to_string(), expected);
    for text in [error.to_string(), format!("{error:?}")] {
        for hidden in HIDDEN {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}

/// What a caller does to a builder.
type Change = fn(CoreBuilder) -> CoreBuilder;

#[test]
fn a_base_url_that_is_missing() {
    let expected = "`base_url` is not set and the API has no server that is used by default, set it to the URL that \
                    every path is appended to, such as https://api.example.com/v1";
    for build in [thelinks, contact_update] {
        refused(build(None, "s3cret", |core| core), expected);
    }
    truto(None, "s3cret", |core| core).unwrap();
}

#[test]
fn a_base_url_that_is_wrong() {
    let plain = "`base_url` is plain `http` to another machine, set it to `https` or allow the host by its name with \
                 `allow_plain_http_to`";
    let credentials = "`base_url` holds credentials, leave out user name and password and set a credential with the \
                       client's builder";
    let no_url = |what: &str| {
        format!("`base_url` is not a URL ({what}), set it to one like https://api.example.com/v1")
    };
    let cases = [
        ("", no_url("relative URL without a base")),
        ("api.example.org/tenant", no_url("relative URL without a base")),
        ("https://api.example.org:tenant", no_url("invalid port number")),
        ("https://exa mple.org", no_url("invalid international domain name")),
        ("https://", no_url("empty host")),
        (
            "s3cret:tenant",
            "`base_url` names no host, set it to one like https://api.example.com/v1".to_owned(),
        ),
        ("https://user:s3cret@api.example.org/tenant", credentials.to_owned()),
        ("https://s3cret@api.example.org/tenant", credentials.to_owned()),
        // What looks like loopback is the user name.
        ("http://127.0.0.1@api.example.org/tenant", credentials.to_owned()),
        (
            "https://api.example.org/tenant?key=s3cret",
            "`base_url` holds a query, leave out `?` and what follows; parameters are given with each call".to_owned(),
        ),
        (
            "https://api.example.org/tenant#s3cret",
            "`base_url` holds a fragment, leave out `#` and what follows".to_owned(),
        ),
        (
            "ftp://api.example.org/tenant",
            "`base_url` has the scheme `ftp`, set it to one that begins with `https://`".to_owned(),
        ),
        ("http://api.example.org/tenant", plain.to_owned()),
        ("HTTP://API.EXAMPLE.ORG", plain.to_owned()),
    ];
    for build in CLIENTS {
        for (url, expected) in &cases {
            refused(build(Some(url), "s3cret", |core| core), expected);
        }
    }
}

#[test]
fn a_credential_that_cannot_be_sent() {
    let schemes: [(Build, &str); 3] = [
        (truto, "bearerAuth"),
        (thelinks, "bearerAuth"),
        (contact_update, "apiKey"),
    ];
    for (build, scheme) in schemes {
        let name = format!("the credential for the security scheme `{scheme}`");
        let empty = format!("{name} is empty, set it to the token or key that the API gave you");
        let control = format!(
            "{name} holds a line end or another control character, set it without, such as by trimming what was read \
             from a file"
        );
        for (token, expected) in [
            ("", &empty),
            (" ", &empty),
            ("\n", &empty),
            ("s3cret\n", &control),
            ("s3cret\r\nHost: example.org", &control),
            ("s3cret\0", &control),
        ] {
            refused(build(Some(URL), token, |core| core), expected);
        }
    }
}

#[test]
fn a_limit_of_zero() {
    let cases: [(Change, &str); 5] = [
        (
            |core| core.connect_timeout(Duration::ZERO),
            "`connect_timeout` is zero, set it to the time that a connection needs",
        ),
        (
            |core| core.attempt_timeout(Duration::ZERO),
            "`attempt_timeout` is zero, set it to the time that one answer needs",
        ),
        (
            |core| core.timeout(Duration::ZERO),
            "`timeout` is zero, set it to the time that a call needs with its retries",
        ),
        (
            |core| core.max_body_bytes(0),
            "`max_body_bytes` is zero, set it to the size of the largest answer to take",
        ),
        (
            |core| core.max_attempts(0),
            "`max_attempts` is zero, set it to 1 for no retries, or to more",
        ),
    ];
    for build in CLIENTS {
        for (set, expected) in cases {
            refused(build(Some(URL), "s3cret", set), expected);
        }
    }
}

#[test]
fn a_root_certificate_or_a_host_that_is_none() {
    let none = "`root_certificate` holds no certificate, set it to PEM text that begins with \
                `-----BEGIN CERTIFICATE-----`";
    let damaged = "`root_certificate` is damaged PEM, set it to the whole text from `-----BEGIN CERTIFICATE-----` to \
                   `-----END CERTIFICATE-----`";
    let host = "`allow_plain_http_to` was given what is no host, set it to a name or an address alone, without scheme, \
                port and path";
    let cases: [(Change, &str); 7] = [
        (|core| core.root_certificate(""), none),
        (|core| core.root_certificate("/etc/tenant/s3cret.pem"), none),
        (
            |core| {
                core.root_certificate(
                    "-----BEGIN PRIVATE KEY-----\nczNjcmV0\n-----END PRIVATE KEY-----\n",
                )
            },
            none,
        ),
        (
            |core| core.root_certificate("-----BEGIN CERTIFICATE-----\ns3cret"),
            damaged,
        ),
        (
            |core| {
                core.root_certificate(
                    "-----BEGIN CERTIFICATE-----\n!s3cret!\n-----END CERTIFICATE-----\n",
                )
            },
            damaged,
        ),
        (|core| core.allow_plain_http_to("http://tenant"), host),
        (|core| core.allow_plain_http_to("tenant:8080"), host),
    ];
    for build in CLIENTS {
        for (set, expected) in cases {
            refused(build(Some(URL), "s3cret", set), expected);
        }
        let error = build(Some(URL), "s3cret", |core| {
            core.root_certificate(
                "-----BEGIN CERTIFICATE-----\nczNjcmV0\n-----END CERTIFICATE-----\n",
            )
        });
        let said = error.unwrap_err().to_string();
        assert!(
            said.starts_with("`root_certificate` is not taken: "),
            "{said}"
        );
        let advice = "; set it to the X.509 certificate of an authority, in PEM";
        assert!(said.ends_with(advice) && !said.contains("s3cret"), "{said}");
    }
}

#[test]
fn limits_that_fit_together_by_being_cut_are_taken() {
    for build in CLIENTS {
        build(Some(URL), "s3cret", |core| {
            core.timeout(Duration::from_secs(1))
                .attempt_timeout(Duration::from_mins(1))
        })
        .unwrap();
        build(Some(URL), "s3cret", |core| {
            core.timeout(Duration::MAX)
                .attempt_timeout(Duration::MAX)
                .connect_timeout(Duration::MAX)
                .max_body_bytes(usize::MAX)
                .max_attempts(u32::MAX)
        })
        .unwrap();
    }
}

#[tokio::test]
async fn an_option_of_a_call_that_is_zero() {
    let server = answering(200, "{}").unwrap();
    let cases = [
        (
            CallOptions::new().timeout(Duration::ZERO),
            "`timeout` of the call's options is zero, set it to the time that the call needs",
        ),
        (
            CallOptions::new().attempt_timeout(Duration::ZERO),
            "`attempt_timeout` of the call's options is zero, set it to the time that one answer needs",
        ),
    ];
    for (options, expected) in cases {
        let client = contact_update_client::Client::builder()
            .base_url(server.url())
            .api_key("s3cret")
            .build()
            .unwrap();
        let update = contact_update_client::types::ContactsUpdateRequest::new();
        let call = client.contacts_update().id("tenant").body(update);
        let error = call.options(options).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        let said = format!("contacts_update: the request cannot be sent: {expected}");
        assert_eq!(error.to_string(), said);
    }
    assert_eq!(server.connections(), 0);
}
