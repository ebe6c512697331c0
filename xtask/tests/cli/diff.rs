//! `cargo xtask diff`, run as a process.

use serde_json::Value;

use crate::workspace::Workspace;

const OLD: &str = r#"{
  "openapi": "3.0.3",
  "info": {"title": "Parcels", "version": "1"},
  "paths": {"/parcels": {"post": {
    "operationId": "parcels_create",
    "requestBody": {"required": true, "content": {"application/json": {"schema": {
      "type": "object",
      "properties": {"sender": {"type": "string", "x-integrations": {"Snail": "supported"}}}
    }}}},
    "responses": {"204": {"description": "Done."}}
  }}}
}"#;

fn new() -> String {
    OLD.replace("\"supported\"", "\"required\"")
}

fn compared(arguments: &[&str]) -> crate::workspace::Run {
    let workspace = Workspace::new();
    workspace.write("old.json", OLD);
    workspace.write("new.json", &new());
    let mut all = vec!["diff", "old.json", "new.json"];
    all.extend(arguments);
    workspace.run(&all)
}

#[test]
fn an_integration_that_newly_requires_a_field_is_told_with_both_levels() {
    let run = compared(&[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        run.out,
        "new.json: 1 change: 1 breaking\n\
         \n\
         breaking, patch in Rust: request-property-integration-now-requires\n\
         \x20 POST /parcels › request body › sender\n\
         \x20 Snail: an integration that supports it requires it now: supported → required\n\
         \x20 in parcels_create\n\
         \x20 at\n\
         \x20   /paths/~1parcels/post/requestBody/content/application~1json/schema\n\
         \x20   /properties/sender/x-integrations\n"
    );
    assert!(run.out.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn a_change_of_the_level_that_fail_on_names_exits_with_5() {
    for (level, code) in [
        ("breaking", 5),
        ("warning", 5),
        ("info", 5),
        ("major", 0),
        ("never", 0),
    ] {
        let run = compared(&["--fail-on", level]);
        assert_eq!(run.code, Some(code), "{level}: {}", run.err);
    }
}

#[test]
fn every_format_tells_the_change() {
    let json: Value = serde_json::from_str(&compared(&["--format", "json"]).out).expect("JSON");
    assert_eq!(
        json["documents"][0]["changes"][0]["rule"],
        "request-property-integration-now-requires"
    );
    for (format, word) in [
        ("markdown", "#### Breaking (1)"),
        ("github", "::error file=new.json,title=request-property"),
        ("junit", "<failure type=\"request-property"),
    ] {
        let run = compared(&["--format", format]);
        assert!(run.out.contains(word), "{}", run.out);
    }
}

#[test]
fn what_is_no_document_is_refused_by_its_name_and_line() {
    let workspace = Workspace::new();
    workspace.write("old.json", OLD);
    workspace.write("new.json", "{\"openapi\": ");
    let run = workspace.run(&["diff", "old.json", "new.json"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("new.json"), "{}", run.err);
    assert_eq!(run.out, "");
    let run = workspace.run(&["diff", "old.json", "absent.json"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(run.err.contains("absent.json"), "{}", run.err);
}

#[test]
fn the_work_tree_is_compared_with_a_revision() {
    let workspace = Workspace::new();
    workspace.write("specs/orchard/openapi.json", OLD);
    workspace.commit();
    let run = workspace.run(&["diff", "--base", "HEAD"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("no change"), "{}", run.out);
    assert!(
        run.out.contains("orchard-client 0.1.0 stays"),
        "{}",
        run.out
    );

    workspace.write("specs/orchard/openapi.json", &new());
    let run = workspace.run(&["diff", "--base", "HEAD", "--fail-on", "breaking"]);
    assert_eq!(run.code, Some(5), "{}", run.err);
    assert!(
        run.out.contains("orchard-client 0.1.0 needs 0.1.1 (patch)"),
        "{}",
        run.out
    );

    let run = workspace.run(&["diff", "--base", "--output=stolen"]);
    assert_ne!(run.code, Some(0));
    let run = workspace.run(&["diff", "--base", "nowhere"]);
    assert_eq!(run.code, Some(100), "{}", run.err);
    assert!(
        run.err.contains("git knows no revision `nowhere`"),
        "{}",
        run.err
    );
}
