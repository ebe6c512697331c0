//! A root certificate of the caller's is trusted beside the platform's, not in their place.
//!
//! On Linux the environment says where the platform's are. Each test runs itself once more in a process with such an
//! environment, since that is read for the whole process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, Core};
use fault_server::{Exchange, Identity, Protocol, Reply, TlsServer};
use runtime_promises::{API, builder_to, get};
use std::io::Write as _;
use std::process::Command;

const URLS: &str = "RUNTIME_PROMISES_URLS";
const ROOT: &str = "RUNTIME_PROMISES_ROOT";

async fn done(_: Exchange) -> Reply {
    Reply::new(204)
}

/// Runs `test` in a process whose platform trusts what `platform` holds.
fn run(test: &str, platform: &str, variables: &[(&str, &str)]) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(platform.as_bytes()).unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("SSL_CERT_FILE", file.path())
        .env_remove("SSL_CERT_DIR")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8(child.stdout).unwrap();
    assert!(child.status.success(), "{said}");
}

#[tokio::test]
async fn both_are_trusted() {
    if let (Ok(urls), Ok(root)) = (std::env::var(URLS), std::env::var(ROOT)) {
        for url in urls.split(' ') {
            let core = builder_to(&API, url)
                .root_certificate(&root)
                .build()
                .unwrap();
            get(&core, "1", CallOptions::new()).await.unwrap();
        }
        return;
    }
    let [platform, own] = [(); 2].map(|()| Identity::of(&["localhost"]).unwrap());
    let [public, private] = [&platform, &own]
        .map(|identity| TlsServer::start(identity, &[Protocol::Http1], done).unwrap());
    let urls = [&public, &private].map(|server| server.url("localhost"));
    let variables = [(URLS, &*urls.join(" ")), (ROOT, own.root_pem())];
    run("both_are_trusted", platform.root_pem(), &variables);
    for server in [public, private] {
        assert_eq!(server.exchanges().len(), 1);
    }
}

#[test]
fn a_platform_without_any_is_told() {
    let test = "a_platform_without_any_is_told";
    if let Ok(root) = std::env::var(ROOT) {
        let builder = || Core::builder(&API).base_url("https://api.example.com");
        let said = builder().build().unwrap_err().to_string();
        assert!(said.contains("root_certificate"), "{said}");
        builder().root_certificate(root).build().unwrap();
        // Without TLS none is needed.
        let plain = Core::builder(&API).base_url("http://localhost:8080");
        plain.build().unwrap();
        return;
    }
    let own = Identity::of(&["localhost"]).unwrap();
    run(test, "", &[(ROOT, own.root_pem())]);
}
