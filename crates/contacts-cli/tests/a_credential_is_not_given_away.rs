//! A credential is never taken from an argument, never read from a file that others can read, and never printed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sandbox::Sandbox;
use std::path::Path;
use support::{Ran, command, ran, run, store};

const SECRET: &str = "s3cret-token";

#[test]
fn an_argument_is_no_place_for_a_credential() {
    for url in [
        format!("truto:?account=acc&token={SECRET}"),
        format!("thelinks://user:{SECRET}@example.org/api"),
    ] {
        let refused = run(&["list", "--store", &url]);
        assert_eq!(refused.code, 2, "{}", refused.error);
        assert!(
            refused.error.contains("put it into the environment"),
            "{}",
            refused.error
        );
        assert!(!refused.error.contains(SECRET), "{}", refused.error);
    }
}

fn with_profile(config: &Path, arguments: &[&str]) -> Ran {
    let mut command = command(arguments);
    command
        .env("CONTACTS_CONFIG", config)
        .env("WORK_TOKEN", SECRET);
    ran(command.output().unwrap())
}

#[test]
fn a_profile_names_where_the_credential_is() {
    let sandbox = Sandbox::builder().credential(SECRET).start().unwrap();
    sandbox.seed("thelinks", "contacts", None, 3).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let url = sandbox.url("thelinks");
    let profile = |credential: &str| {
        let text = format!(
            "[profiles.work]\nprovider = \"thelinks\"\nbase_url = \"{url}\"\n{credential}\n"
        );
        std::fs::write(&config, text).unwrap();
        with_profile(&config, &["list", "--profile", "work", "--format", "jsonl"])
    };
    assert_eq!(
        profile("credential_env = \"WORK_TOKEN\"")
            .out
            .lines()
            .count(),
        3
    );
    let missing = profile("credential_env = \"NO_SUCH_VARIABLE\"");
    assert_eq!(missing.code, 7);
    assert!(
        missing.error.contains("NO_SUCH_VARIABLE is not set"),
        "{}",
        missing.error
    );

    std::fs::write(folder.path().join("token"), format!("{SECRET}\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |mode| {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path().join("token"), permissions).unwrap();
        };
        for open in [0o644, 0o640, 0o604] {
            mode(open);
            let refused = profile("credential_file = \"token\"");
            assert_eq!(refused.code, 7, "{open:o}");
            assert!(
                refused.error.contains("hint: chmod 600 "),
                "{}",
                refused.error
            );
            assert!(!refused.error.contains(SECRET));
        }
        mode(0o600);
    }
    let listed = profile("credential_file = \"token\"");
    assert_eq!(
        (listed.code, listed.out.lines().count()),
        (0, 3),
        "{}",
        listed.error
    );

    let two = profile("credential_file = \"token\"\ncredential_env = \"WORK_TOKEN\"");
    assert_eq!(two.code, 7);
    let unknown = profile("token = \"in the file\"");
    assert!(
        unknown.error.contains("line 4") && unknown.code == 7,
        "{}",
        unknown.error
    );
    assert!(!unknown.error.contains("in the file"), "{}", unknown.error);
    let other = with_profile(&config, &["list", "--profile", "home"]);
    assert!(other.code == 7, "{}", other.error);
}

#[test]
fn nothing_that_is_printed_holds_it() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed("truto", "contacts", Some(Sandbox::ACCOUNT), 2)
        .unwrap();
    let url = store(&sandbox, "truto");
    let ids: Vec<String> = sandbox
        .records("truto", "contacts", Some(Sandbox::ACCOUNT))
        .iter()
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    let mut printed = String::new();
    for arguments in [
        vec!["list", "--store", &url],
        vec!["get", &ids[0], "--store", &url],
        vec!["update", &ids[0], "title=x", "--dry-run", "--store", &url],
        vec!["update", &ids[0], "language=x", "--store", &url],
        vec!["doctor", "--store", &url],
        vec!["get", "nobody", "--store", &url],
    ] {
        let ran = ran(command(&arguments)
            .env("TRUTO_TOKEN", SECRET)
            .output()
            .unwrap());
        printed.extend([ran.out, ran.error]);
    }
    assert!(printed.len() > 500);
    assert!(!printed.contains(SECRET));
}
