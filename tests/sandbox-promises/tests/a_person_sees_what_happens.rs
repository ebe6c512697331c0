//! A page shows people what is in the sandbox: the contacts, the last requests with what was wrong in each, the faults.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::{Account, Fault, FaultKind, Sandbox, When};
use sandbox_promises::{Caller, TRUTO, send};
use serde_json::json;

fn busy() -> Sandbox {
    let sandbox = Sandbox::builder()
        .seed(4)
        .account(Sandbox::ACCOUNT, Account::of("Copper"))
        .start()
        .unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 60)
        .unwrap();
    sandbox.seed("thelinks", "contacts", None, 3).unwrap();
    let hostile = json!({ "id": "h", "name": "<script>alert(1)</script>" });
    sandbox
        .put("truto", "leads", Some(Sandbox::ACCOUNT), hostile)
        .unwrap();
    let caller = Caller::new(&sandbox, "truto");
    send(caller.in_account("GET", TRUTO));
    send(
        caller
            .in_account("POST", TRUTO)
            .json(&json!({ "first_name": 7 })),
    );
    send(
        caller
            .in_account("POST", TRUTO)
            .json(&json!({ "first_name": "Ada" })),
    );
    let fault = Fault::new(FaultKind::Delay { milliseconds: 1 })
        .on("contacts_list")
        .when(When::Rate(0.5));
    sandbox.fault(fault).unwrap();
    sandbox
}

fn page(sandbox: &Sandbox, query: &str) -> String {
    let response = reqwest::blocking::get(format!("{}_sandbox{query}", sandbox.page())).unwrap();
    assert_eq!(
        response.headers()["content-type"],
        "text/html; charset=utf-8"
    );
    response.text().unwrap()
}

#[test]
fn everything_is_on_the_page() {
    let sandbox = busy();
    let front = reqwest::blocking::get(sandbox.page())
        .unwrap()
        .text()
        .unwrap();
    for part in [
        "3 requests, 0 writes committed",
        "/thelinks/api/v1",
        "thelinks/contacts <small>3</small>",
        "body /first_name: value is not of type &quot;string&quot;",
        "Copper requires body /name",
        "50% of them",
        "delay milliseconds 1",
        "<td>Copper</td>",
    ] {
        assert!(front.contains(part), "{part}");
    }
    let contacts = format!("?collection=truto/contacts/{}", Sandbox::ACCOUNT);
    assert!(page(&sandbox, &contacts).contains("1 to 50 of 60"));
    assert!(page(&sandbox, &format!("{contacts}&from=50")).contains("51 to 60 of 60"));
    assert!(page(&sandbox, "?collection=unknown&from=7").contains("Last requests"));
}

#[test]
fn no_contact_is_run_by_the_browser() {
    let sandbox = busy();
    let leads = page(
        &sandbox,
        &format!("?collection=truto/leads/{}", Sandbox::ACCOUNT),
    );
    assert!(leads.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(!leads.contains("<script"));
    let response = reqwest::blocking::get(format!("{}_sandbox", sandbox.page())).unwrap();
    assert_eq!(
        response.headers()["content-security-policy"],
        "default-src 'none'; style-src 'unsafe-inline'"
    );
}

/// In the browser itself: the page is laid out, wide tables scroll in a place of their own, and a link leads on.
#[cfg(feature = "browser")]
mod in_the_browser {
    use super::busy;
    use sandbox::Sandbox;
    use std::path::Path;
    use std::process::Command;

    fn chromium(arguments: &[&str], profile: &Path) -> String {
        let output = Command::new(std::env::var("CHROMIUM").unwrap_or("chromium".to_owned()))
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn the_page_is_rendered() {
        let sandbox = busy();
        let folder = tempfile::tempdir().unwrap();
        let dom = chromium(
            &["--dump-dom", &sandbox.page()],
            &folder.path().join("profile"),
        );
        assert!(dom.contains("<h1>Contact sandbox</h1>"), "{dom}");
        let leads = format!(
            "{}_sandbox?collection=truto/leads/{}",
            sandbox.page(),
            Sandbox::ACCOUNT
        );
        let dom = chromium(&["--dump-dom", &leads], &folder.path().join("profile"));
        assert!(
            dom.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{dom}"
        );
        for width in [400, 1280] {
            let picture = folder.path().join(format!("{width}.png"));
            let shot = format!("--screenshot={}", picture.display());
            let size = format!("--window-size={width},1600");
            chromium(
                &[&shot, &size, &sandbox.page()],
                &folder.path().join("profile"),
            );
            // An empty page of that size is less than a tenth of it.
            assert!(
                std::fs::metadata(&picture).unwrap().len() > 40_000,
                "{width}"
            );
            if let Some(kept) = std::env::var_os("SANDBOX_PICTURES") {
                std::fs::copy(
                    &picture,
                    Path::new(&kept).join(format!("sandbox-{width}.png")),
                )
                .unwrap();
            }
        }
    }
}
