//! The way back, as text and as JSON.

use serde_json::{Value, json};

use super::Way;
use crate::wrapped::wrapped;

/// How wide the words before each step are.
const LEAD: usize = 12;

/// The steps, from the code to the vendor's page, in 80 columns.
pub(super) fn text(way: &Way) -> String {
    let mut steps = Steps(format!("{} {}\n", way.crate_name, way.item.path));
    match &way.definition {
        Some(definition) => {
            let place = format!("{}:{}", file(way, &definition.file), definition.line);
            steps.step(way.item.kind, &place);
            steps.more(&definition.text);
        }
        None => steps.step(
            way.item.kind,
            "not in the crate: it is left out, or has no line of its own",
        ),
    }
    steps.step("document", &format!("specs/{}/openapi.json", way.api));
    steps.more(&format!("#{}", way.item.pointer));
    for change in &way.item.rules {
        steps.step("rule", &format!("{}: {}", change.rule, change.detail));
    }
    for overlay in &way.overlays {
        steps.step("overlay", &format!("specs/{}/overlays/{overlay}", way.api));
    }
    if let Some(assumed) = &way.assumed {
        steps.step("assumed", assumed);
    }
    let Some(source) = &way.source else {
        steps.step("page", "none: the document does not say");
        return steps.0;
    };
    steps.step(
        "page",
        &format!("specs/{}/{}:{}", way.api, source.page, source.line),
    );
    steps.more(&source.text);
    if let Some(origin) = &source.origin {
        steps.step("source", origin);
    }
    match &source.capture {
        Some((read, capture)) => {
            steps.step(
                "capture",
                &format!("line {}, captured {}", read.line, capture.captured),
            );
            steps.more(&format!("{} of pages/{}", read.key, read.file));
            if let Some(address) = capture
                .source
                .as_ref()
                .filter(|it| source.origin.as_ref() != Some(it))
            {
                steps.more(address);
            }
            steps.step("sha256", &capture.sha256);
        }
        None => steps.step("capture", "none"),
    }
    steps.0
}

fn file(way: &Way, file: &str) -> String {
    format!("generated/{}/src/{file}", way.crate_name)
}

struct Steps(String);

impl Steps {
    fn step(&mut self, word: &str, text: &str) {
        let lead = format!("  {word:<width$}", width = LEAD - 2);
        self.0.push_str(&wrapped(&lead, text, LEAD));
    }

    fn more(&mut self, text: &str) {
        self.step("", text);
    }
}

/// The same as JSON, for programs.
pub(super) fn json(way: &Way) -> String {
    let definition = way.definition.as_ref().map(|definition| {
        json!({ "file": file(way, &definition.file), "line": definition.line, "text": definition.text })
    });
    let rules: Vec<Value> = way
        .item
        .rules
        .iter()
        .map(|change| json!({ "rule": change.rule, "pointer": change.pointer, "detail": change.detail }))
        .collect();
    let page = way.source.as_ref().map(|source| {
        json!({
            "file": format!("specs/{}/{}", way.api, source.page),
            "line": source.line,
            "text": source.text,
            "source": source.origin,
        })
    });
    let capture = way
        .source
        .as_ref()
        .and_then(|source| source.capture.as_ref())
        .map(|(read, capture)| {
            json!({
                "page": format!("specs/{}/pages/{}", way.api, read.file),
                "key": read.key,
                "line": read.line,
                "captured": capture.captured,
                "sha256": capture.sha256,
                "source": capture.source,
            })
        });
    let value = json!({
        "crate": way.crate_name,
        "path": way.item.path,
        "kind": way.item.kind,
        "definition": definition,
        "document": format!("specs/{}/openapi.json", way.api),
        "pointer": way.item.pointer,
        "rules": rules,
        "overlays": way.overlays,
        "assumed": way.assumed,
        "page": page,
        "capture": capture,
    });
    format!("{value:#}\n")
}
