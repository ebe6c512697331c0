//! A proxy of the environment carries HTTPS to other machines, sees nothing of it, and gets nothing else.
//!
//! The environment is read once for the whole process, so each test runs itself once more in one of its own.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::print_stdout,
    reason = "what the inner run prints is read by the outer one"
)]

use client_runtime::CallOptions;
use fault_server::{Behaviour, Exchange, FaultServer, Identity, Protocol, Reply, TlsServer};
use runtime_promises::{API, builder_to, update};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

const URL: &str = "RUNTIME_PROMISES_URL";
const ROOT: &str = "RUNTIME_PROMISES_ROOT";

/// An address of this machine that is not one of the loopback interface, so that it may be behind a proxy.
const ANY: &str = "0.0.0.0";

/// What no proxy and no message may see.
const HIDDEN: [&str; 3] = ["t0ken", "pers0nal", "things"];

async fn done(_: Exchange) -> Reply {
    Reply::new(200).json("{}")
}

/// A proxy that leads every tunnel to the same port, or refuses them all, and keeps what clients send.
struct Proxy {
    port: u16,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    fn start(target: Option<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Vec<u8>>>::default();
        let kept = Arc::clone(&seen);
        thread::spawn(move || {
            for client in listener.incoming() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || tunnel(client.unwrap(), target, &kept));
            }
        });
        Self { port, seen }
    }

    fn seen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }
}

fn tunnel(mut client: TcpStream, target: Option<u16>, seen: &Mutex<Vec<u8>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if client.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
        head.extend(byte);
    }
    seen.lock().unwrap().extend(head);
    let Some(target) = target else {
        let _gone = client.write_all(b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n");
        return;
    };
    let mut server = TcpStream::connect(("127.0.0.1", target)).unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    thread::spawn(move || std::io::copy(&mut answers, &mut back));
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = client.read(&mut buffer) {
        seen.lock().unwrap().extend(&buffer[..read]);
        if server.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _gone = server.shutdown(Shutdown::Both);
}

/// Makes a write and prints whatever can be printed, if this is the process for that.
fn is_the_process_that_calls() -> bool {
    let Ok(url) = std::env::var(URL) else {
        return false;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut builder = builder_to(&API, &url)
        .allow_plain_http_to(ANY)
        .max_attempts(1);
    if let Ok(root) = std::env::var(ROOT) {
        builder = builder.root_certificate(root);
    }
    let core = builder.build().unwrap();
    let result = runtime.block_on(update(&core, "pers0nal", CallOptions::new()));
    let outcome = result.as_ref().map_err(client_runtime::Error::outcome);
    println!("{outcome:?} {core:?} {result:?}");
    true
}

/// What the process prints that calls `url` with this proxy and the other `variables`.
fn calling(test: &str, url: &str, root: &str, proxy: &Proxy, variables: &[(&str, &str)]) -> String {
    let address = format!("http://pr0xy-user:pr0xy-word@127.0.0.1:{}", proxy.port);
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "--nocapture", test])
        .env(URL, url)
        .env(ROOT, root);
    for name in ["NO_PROXY", "REQUEST_METHOD"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        command
            .env(name, &address)
            .env(name.to_lowercase(), &address);
    }
    let child = command.envs(variables.iter().copied()).output().unwrap();
    let printed = [child.stdout, child.stderr].concat();
    let printed = String::from_utf8(printed).unwrap();
    assert!(child.status.success(), "{printed}");
    assert!(printed.contains("Core {"), "{printed}");
    for hidden in ["t0ken", "pers0nal", "pr0xy"] {
        assert!(!printed.contains(hidden), "{printed}");
    }
    printed
}

#[test]
fn https_goes_through_the_proxy_unseen() {
    if is_the_process_that_calls() {
        return;
    }
    let identity = Identity::of(&["api.example.test"]).unwrap();
    let offered = [Protocol::Http2, Protocol::Http1];
    let server = TlsServer::start(&identity, &offered, done).unwrap();
    let proxy = Proxy::start(Some(server.port()));
    // Only the proxy knows where this host is.
    let url = "https://api.example.test/v1";
    let test = "https_goes_through_the_proxy_unseen";
    let printed = calling(test, url, identity.root_pem(), &proxy, &[]);
    assert!(printed.contains("Ok("), "{printed}");
    let exchanges = server.exchanges();
    assert_eq!(exchanges.len(), 1);
    assert_eq!(exchanges[0].headers["authorization"], "Bearer t0ken");
    assert!(!exchanges[0].headers.contains_key("proxy-authorization"));
    let seen = proxy.seen();
    assert!(
        seen.starts_with("CONNECT api.example.test:443 HTTP/1.1\r\n"),
        "{seen}"
    );
    let login = "Proxy-Authorization: Basic cHIweHktdXNlcjpwcjB4eS13b3Jk\r\n";
    assert!(
        seen.to_lowercase().contains(&login.to_lowercase()),
        "{seen}"
    );
    for hidden in HIDDEN {
        assert!(!seen.contains(hidden), "{seen}");
    }
}

#[test]
fn a_proxy_that_refuses_is_no_connection() {
    if is_the_process_that_calls() {
        return;
    }
    let identity = Identity::of(&["api.example.test"]).unwrap();
    let proxy = Proxy::start(None);
    let url = "https://api.example.test/v1";
    let test = "a_proxy_that_refuses_is_no_connection";
    let printed = calling(test, url, identity.root_pem(), &proxy, &[]);
    assert!(printed.contains("Err(NotApplied)"), "{printed}");
    assert!(printed.contains("kind: Connect"), "{printed}");
    for hidden in HIDDEN {
        assert!(!proxy.seen().contains(hidden));
    }
}

#[test]
fn a_host_of_no_proxy_is_reached_without_one() {
    if is_the_process_that_calls() {
        return;
    }
    let test = "a_host_of_no_proxy_is_reached_without_one";
    let identity = Identity::of(&[ANY]).unwrap();
    let server = TlsServer::start(&identity, &[Protocol::Http1], done).unwrap();
    let (url, root) = (server.url(ANY), identity.root_pem());
    let proxy = Proxy::start(Some(server.port()));
    calling(test, &url, root, &proxy, &[]);
    assert!(proxy.seen().starts_with("CONNECT 0.0.0.0:"));
    let proxy = Proxy::start(Some(server.port()));
    calling(
        test,
        &url,
        root,
        &proxy,
        &[("NO_PROXY", "example.com, 0.0.0.0")],
    );
    assert_eq!((proxy.seen().as_str(), server.exchanges().len()), ("", 2));
}

#[test]
fn a_proxy_gets_nothing_that_is_for_this_machine() {
    if is_the_process_that_calls() {
        return;
    }
    let test = "a_proxy_gets_nothing_that_is_for_this_machine";
    let identity = Identity::of(&["localhost", "127.0.0.1"]).unwrap();
    let server = TlsServer::start(&identity, &[Protocol::Http1], done).unwrap();
    let proxy = Proxy::start(Some(server.port()));
    for host in ["localhost", "127.0.0.1"] {
        calling(test, &server.url(host), identity.root_pem(), &proxy, &[]);
    }
    assert_eq!((proxy.seen().as_str(), server.exchanges().len()), ("", 2));
}

#[test]
fn a_proxy_gets_nothing_in_clear() {
    if is_the_process_that_calls() {
        return;
    }
    let test = "a_proxy_gets_nothing_in_clear";
    let reply = Reply::new(200).json("{}");
    let server = FaultServer::start(Behaviour::answer(reply)).unwrap();
    let identity = Identity::of(&[ANY]).unwrap();
    let proxy = Proxy::start(None);
    let url = server.url().replace("127.0.0.1", ANY);
    calling(test, &url, identity.root_pem(), &proxy, &[]);
    assert_eq!((proxy.seen().as_str(), server.requests().len()), ("", 1));
}
