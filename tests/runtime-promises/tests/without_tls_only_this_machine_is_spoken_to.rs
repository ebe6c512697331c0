//! Without TLS nothing leaves this machine, unless the caller allowed the other one by its name.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use client_runtime::{CallOptions, ConfigError, Core};
use fault_server::{Behaviour, FaultServer};
use runtime_promises::{API, builder_to, get};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

fn build(url: &str, allowed: &[&str]) -> Result<Core, ConfigError> {
    allowed
        .iter()
        .fold(builder_to(&API, url), |builder, host| {
            builder.allow_plain_http_to(host)
        })
        .build()
}

#[test]
fn whatever_is_not_this_machine_beyond_doubt_is_refused() {
    for url in [
        "http://api.example.com",
        "http://api.example.com:80/v1",
        // Names that only look like this machine.
        "http://localhost.evil.example",
        "http://localhost.evil.com",
        "http://evil-localhost",
        "http://127.0.0.1.nip.io",
        "http://127.0.0.1.evil.example:8080",
        "http://loopback",
        "http://ip6-localhost",
        // Names that a name server is asked for.
        "http://localhost.",
        "http://api.localhost",
        "http://localhost.localdomain",
        // The user name looks like this machine.
        "http://127.0.0.1@evil.example",
        "http://localhost:80@evil.example/",
        "http://localhost%40evil.example",
        // Addresses that are not loopback, or not beyond doubt.
        "http://0.0.0.0",
        "http://0",
        "http://10.0.0.1",
        "http://169.254.169.254",
        "http://128.0.0.1",
        "http://126.255.255.255",
        "http://[::]",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "http://[::127.0.0.1]",
        "http://[fe80::1]",
        // Letters that look like others.
        "http://lоcalhost",
        "http://xn--lcalhost-55g",
        "http://bücher.example",
        "HTTP://API.EXAMPLE.COM",
        "http:\\\\api.example.com",
        "http:api.example.com",
        " http://api.example.com",
        "ht\ntp://api.example.com",
    ] {
        assert!(build(url, &[]).is_err(), "{url}");
        assert!(build(url, &["localhost", "127.0.0.1"]).is_err(), "{url}");
    }
}

#[tokio::test]
async fn every_way_to_write_a_loopback_address_reaches_this_machine() {
    let server = FaultServer::start(Behaviour::status(204)).unwrap();
    let port = server.url().rsplit(':').next().unwrap();
    let hosts = [
        "localhost",
        "LocalHost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "ⓛocalhost",
        "127。0。0。1",
    ];
    for host in hosts {
        for url in [
            format!("http://{host}:{port}"),
            format!("HTTP://{host}:{port}/v1/"),
        ] {
            let core = build(&url, &[]).unwrap();
            get(&core, "1", CallOptions::new()).await.unwrap();
        }
    }
    // A backslash ends the host, here and when the request is sent.
    let core = build(&format!("http://127.0.0.1:{port}\\@evil.example"), &[]).unwrap();
    get(&core, "1", CallOptions::new()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2 * hosts.len() + 1);
    // What was checked is what is sent to: the host in its one form.
    let named = [format!("localhost:{port}"), format!("127.0.0.1:{port}")];
    for request in requests {
        let host = request.header("host").unwrap();
        assert!(named.iter().any(|name| name == host), "{host}");
    }
}

#[tokio::test]
async fn a_host_that_was_allowed_by_name_may_be_written_in_any_form() {
    for (url, allowed) in [
        ("http://Intranet:8080", "intranet"),
        ("http://intranet/v1", "INTRANET"),
        ("http://bücher.example", "bücher.example"),
        ("http://bücher.example", "xn--bcher-kva.example"),
        ("http://xn--bcher-kva.example", "BÜCHER.example"),
        ("http://10.0.0.1", "10.0.0.1"),
        ("http://[fd00::1]:8080", "fd00::1"),
        ("http://[fd00:0::1]", "[fd00::1]"),
    ] {
        build(url, &[allowed]).unwrap();
        assert!(
            build(url, &["example", "intranet.example"]).is_err(),
            "{url}"
        );
    }
}

/// The name is not looked up: both of its addresses are tried, whatever the machine says about it.
#[tokio::test]
async fn localhost_is_both_loopback_addresses() {
    let mut served = 0;
    for address in [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] {
        let Ok(listener) = TcpListener::bind(SocketAddr::new(address, 0)).await else {
            // A machine without IPv6.
            continue;
        };
        let port = listener.local_addr().unwrap().port();
        let serve = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
            stream.write_all(b"HTTP/1.1 204 No\r\n\r\n").await.unwrap();
        });
        let core = build(&format!("http://localhost:{port}"), &[]).unwrap();
        let answer = get(&core, "1", CallOptions::new()).await.unwrap();
        assert_eq!(answer.status(), 204);
        serve.await.unwrap();
        served += 1;
    }
    assert!(served > 0);
}
