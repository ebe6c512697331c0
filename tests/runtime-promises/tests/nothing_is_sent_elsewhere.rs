//! No id leaves its path segment, and no redirect is followed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ErrorKind};
use fault_server::{Behaviour, FaultServer, Reply};
use runtime_promises::{API, builder, get, update};

#[tokio::test]
async fn no_id_leaves_its_path_segment() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let core = builder(&API, &server).build().unwrap();
    let mut hostile: Vec<String> = (0..=255_u8)
        .map(|byte| char::from(byte).to_string())
        .collect();
    let specials = [
        "",
        ".",
        "..",
        "/",
        "\\",
        "%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "%5c",
        "?",
        "#",
        ";",
        ":",
        "@",
        "%",
    ];
    for left in specials {
        for right in specials {
            hostile.extend([
                format!("{left}{right}"),
                format!("{left}/{right}"),
                format!("a{left}{right}b"),
            ]);
        }
    }
    hostile.push("a".repeat(1 << 20));
    hostile.push("%25".repeat(2000));
    let mut sent = 0;
    for id in &hostile {
        match get(&core, id, CallOptions::new()).await {
            Ok(answer) => {
                assert_eq!(answer.status(), 204);
                sent += 1;
            }
            Err(failure) => assert_eq!(failure.kind(), ErrorKind::InvalidRequest, "{id:?}"),
        }
    }
    let requests = server.requests();
    assert_eq!(requests.len(), sent);
    assert!(sent > 300, "{sent}");
    for request in requests {
        let segments: Vec<_> = request.target().split('/').collect();
        assert!(
            matches!(segments[..], ["", "things", id] if !id.is_empty()),
            "{}",
            request.target()
        );
        assert!(
            !request.target().contains(['?', '#', '\\']),
            "{}",
            request.target()
        );
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = FaultServer::start(Behaviour::status(204).commits()).unwrap();
    for status in [300, 301, 302, 303, 305, 307, 308] {
        for target in [
            elsewhere.url(),
            "/things/2",
            "https://127.0.0.1:9/",
            "//127.0.0.1:9/",
        ] {
            let reply = Reply::new(status)
                .header("location", target)
                .header("refresh", "0");
            let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
            let core = builder(&API, &server).build().unwrap();
            let error = update(&core, "1", CallOptions::new()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert_eq!(error.status(), Some(status));
            assert_eq!(server.requests().len(), 1);
        }
    }
    assert_eq!(elsewhere.connections(), 0);
}

/// Runs itself once more with a proxy in its environment, since that is read once for the whole process.
#[test]
fn a_proxy_never_sees_what_goes_to_loopback_without_tls() {
    const MARK: &str = "RUNTIME_PROMISES_PROXIED";
    if std::env::var_os(MARK).is_some() {
        let server = FaultServer::start(Behaviour::status(204)).unwrap();
        let core = builder(&API, &server).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(get(&core, "1", CallOptions::new()))
            .unwrap();
        assert_eq!(server.requests().len(), 1);
        return;
    }
    let proxy = FaultServer::start(Behaviour::status(204)).unwrap();
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "a_proxy_never_sees_what_goes_to_loopback_without_tls",
        ])
        .env(MARK, "1")
        .env("HTTP_PROXY", proxy.url())
        .env("http_proxy", proxy.url())
        .env("ALL_PROXY", proxy.url())
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stdout)
    );
    assert_eq!(proxy.connections(), 0);
}
