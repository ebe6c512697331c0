//! What every command says when it is refused.

use std::fs;

use crate::workspace::Workspace;

/// Whether a text is refusals of one grammar: on one line `error: found; expected …; to fix: …`, or a diagnostic with
/// its rule, its place, and the same three parts on lines of their own.
fn is_grammatical(said: &str) -> bool {
    let said = said.trim_end();
    if said.starts_with("error[") {
        // Blank lines stand between diagnostics, and their count comes last.
        let mut parts: Vec<&str> = said.split("\n\n").collect();
        let count = parts.pop().unwrap_or_default();
        return count.starts_with("error: ")
            && count.contains(" error")
            && parts.iter().all(|part| {
                part.starts_with("error[")
                    && part.contains("--> ")
                    && part.contains("note: expected ")
                    && part.contains("help: to fix: ")
            });
    }
    said.lines().all(|line| {
        let expected = line.find("; expected ");
        let fix = line.find("; to fix: ");
        line.starts_with("error: ")
            && expected
                .zip(fix)
                .is_some_and(|(expected, fix)| expected < fix)
            && !line.ends_with('.')
    })
}

/// A workspace, and files to be refused in it.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    assert_eq!(workspace.run(&["codegen"]).code, Some(0));
    workspace.write("broken.json", "{\"openapi\": ");
    workspace.write("swagger.json", "{\"swagger\": \"2.0\", \"paths\": {}}");
    workspace.write(
        "reference.json",
        "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {\"/a\": {\"get\": \
         {\"responses\": {\"200\": {\"$ref\": \"#/components/responses/Gone\"}}}}}}",
    );
    workspace.write(
        "page.md",
        "# List\n\n`GET /a`\n\n## Query parameters\n\n- **`limit`** _(wibble)_\n",
    );
    workspace.write("empty.md", "");
    fs::write(workspace.root().join("binary.md"), [0xff, 0xfe, 0x00]).expect("a file");
    workspace.write("taken/file.txt", "mine");
    workspace.write("overlay.yaml", "overlay: 1.1.0\n");
    workspace
}

#[test]
fn every_refusal_says_what_was_found_what_was_expected_and_how_to_mend_it() {
    let workspace = workspace();
    let refused: &[&[&str]] = &[
        &["codegen", "nowhere"],
        &["lint", "nowhere"],
        &["lint", "--explain", "nothing"],
        &["lint", "--pages", "absent.md"],
        &["lint", "--pages", "page.md"],
        &["openapi", "absent.md"],
        &["openapi", "binary.md"],
        &["openapi", "empty.md"],
        &["openapi", "page.md"],
        &["diff", "absent.json", "broken.json"],
        &["diff", "broken.json", "broken.json"],
        &["diff", "--base", "nowhere"],
        &["review", "--base", "nowhere"],
        &["release", "--version", "1.0.0"],
        &["release", "nowhere"],
        &["generate", "absent.json", "--out", "out"],
        &["generate", "broken.json", "--out", "out"],
        &["generate", "swagger.json", "--out", "out"],
        &["generate", "reference.json", "--out", "out"],
        &["generate", "specs/orchard/openapi.json", "--out", "taken"],
        &[
            "generate",
            "specs/orchard/openapi.json",
            "--out",
            "out",
            "--overlay",
            "overlay.yaml",
        ],
        &["import", "--api", "nowhere", "page.md"],
        &["import", "--api", "orchard", "absent.md"],
        &["import", "--api", "orchard", "binary.md"],
        &["import", "--api", "orchard", "empty.md"],
        &["import", "--api", "orchard", "page.md"],
        &["import", "--api", "orchard", "page.md", "page.md"],
        &[
            "import",
            "--api",
            "orchard",
            "--source",
            "https://orchard.example",
            "page.md",
            "empty.md",
        ],
        &[
            "import",
            "--api",
            "orchard",
            "--captured",
            "2999-01-01",
            "page.md",
        ],
        &[
            "import",
            "--api",
            "orchard",
            "--vocabulary",
            "absent.toml",
            "page.md",
        ],
        &[
            "import",
            "--api",
            "orchard",
            "--page",
            "../list.md",
            "specs/orchard/pages/list.md",
        ],
        &["captures", "nowhere"],
        &["where", "nowhere-client", "Contact"],
        &["where", "orchard-client", "Nothing::at_all"],
    ];
    for arguments in refused {
        let run = workspace.run(arguments);
        assert_eq!(run.code, Some(100), "{arguments:?}: {}{}", run.out, run.err);
        assert!(is_grammatical(&run.err), "{arguments:?}:\n{}", run.err);
    }
}

#[test]
fn sources_that_are_broken_are_refused_in_the_same_grammar() {
    let broken: &[(&str, &str)] = &[
        ("specs/orchard/api.toml", "[api\n"),
        ("specs/orchard/api.toml", "[api]\ntitle = 7\n"),
        ("specs/orchard/pages/list.md", "# List\n"),
        ("specs/orchard/vocabulary.toml", "wrong"),
        ("specs/orchard/overlays/01-wrong.yaml", "overlay: 1.1.0\n"),
        ("specs/orchard/captures.lock", "wrong"),
        ("specs/orchard/changelog/release.toml", "wrong"),
        ("specs/orchard/openapi.yaml", "swagger: 2.0\n"),
        ("Cargo.toml", "[workspace]\nmembers = [\n"),
    ];
    for (path, text) in broken {
        let workspace = Workspace::new();
        workspace.write(path, text);
        let run = workspace.run(&["codegen"]);
        assert_eq!(run.code, Some(100), "{path}: {}", run.err);
        assert!(is_grammatical(&run.err), "{path}:\n{}", run.err);
    }
}
