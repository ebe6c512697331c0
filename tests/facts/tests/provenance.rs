//! Where every fact comes from, and what is assumed.

use facts::{Api, Document};
use serde_json::Value;

/// Calls `visit` with every operation, parameter, field, body, response, header, component and scheme: the JSON
/// pointer, the name that the page prints for it (if it has one there), and the object.
fn every_fact(document: &Document, visit: &mut dyn FnMut(&str, Option<&str>, &Value)) {
    document.walk(&mut |pointer, value| {
        let parts: Vec<&str> = pointer.split('/').collect();
        let (Some(last), before) = (parts.last(), &parts[..parts.len().saturating_sub(1)]) else {
            return;
        };
        let parent = before.last().copied().unwrap_or_default();
        // `properties` is a keyword unless the segment before it is a map of names itself.
        let in_map_of_names = matches!(
            before.len().checked_sub(2).and_then(|at| before.get(at)),
            Some(&"properties")
        );
        let named = match parent {
            "properties" if !in_map_of_names => Some(Some(*last)),
            "headers" | "schemas" | "securitySchemes" if before.len() >= 3 => Some(Some(*last)),
            "responses" => Some(Some(*last)),
            "parameters" => Some(value["name"].as_str()),
            _ if *last == "requestBody" => Some(None),
            _ if value.get("operationId").is_some() => Some(None),
            _ => None,
        };
        if let Some(name) = named {
            visit(pointer, name, value);
        }
    });
}

#[test]
fn every_fact_names_its_source() {
    for api in Api::ALL {
        let document = Document::read(api);
        let mut seen = 0;
        every_fact(&document, &mut |pointer, name, fact| {
            seen += 1;
            let source = &fact["x-source"];
            let page = source["page"].as_str().unwrap_or_else(|| {
                panic!("{api:?}: {pointer} names no page");
            });
            let file = page.rsplit('/').next().unwrap_or(page);
            let text = api.source(&format!("pages/{file}"));
            let line = source["line"]
                .as_u64()
                .and_then(|line| usize::try_from(line).ok());
            let line = line
                .and_then(|line| text.lines().nth(line.checked_sub(1)?))
                .unwrap_or_else(|| panic!("{api:?}: {pointer} names no line of {page}"));
            if let Some(name) = name {
                let name = name.trim_end_matches("[]");
                assert!(
                    line.contains(&format!("`{name}`")),
                    "{api:?}: {pointer}: {line}"
                );
            }
            assert!(
                source["origin"]
                    .as_str()
                    .is_some_and(|origin| !origin.is_empty()),
                "{api:?}: {pointer} does not say where its page has it from"
            );
        });
        assert!(seen > 40, "{api:?}: {seen} facts seen");
    }
}

#[test]
fn every_page_names_where_its_facts_are_from() {
    for api in Api::ALL {
        for entry in std::fs::read_dir(api.path().join("pages")).expect("pages") {
            let path = entry.expect("page").path();
            let text = std::fs::read_to_string(&path).expect("page");
            let line = text.lines().nth(2).unwrap_or_default();
            assert!(line.starts_with("> Source: "), "{}: {line}", path.display());
        }
    }
}

#[test]
fn whatever_no_page_states_is_marked_assumed() {
    for api in Api::ALL {
        let document = Document::read(api);
        for (method, path, operation) in document.operations() {
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let stated = api == Api::ContactUpdate && status == "200";
                let reason = response["x-assumed"].as_str();
                assert!(
                    stated || reason.is_some_and(|reason| reason.len() > 20),
                    "{api:?}: {method} {path} {status}"
                );
            }
        }
    }
    let update = Document::read(Api::ContactUpdate);
    let operation = update.operation("contacts_update");
    assert!(operation["x-assumed"].is_string(), "the path is assumed");
    assert!(operation["requestBody"]["x-assumed"].is_string());

    let thelinks = Document::read(Api::TheLinks);
    let contact = thelinks.at("/components/schemas/Contact/properties");
    for (name, field) in contact.as_object().into_iter().flatten() {
        assert!(
            field["x-assumed"].is_string(),
            "{name} is typed by an example"
        );
    }
}

#[test]
fn every_assumption_says_why() {
    for api in Api::ALL {
        Document::read(api).walk(&mut |pointer, value| {
            if pointer.ends_with("/x-assumed") {
                let reason = value.as_str().unwrap_or_default();
                assert!(
                    reason.split_whitespace().count() >= 5,
                    "{api:?}: {pointer}: {reason}"
                );
            }
        });
    }
}

#[test]
fn every_fact_is_described() {
    for api in Api::ALL {
        let document = Document::read(api);
        every_fact(&document, &mut |pointer, _, fact| {
            if pointer.ends_with("/requestBody") {
                return;
            }
            assert!(
                fact["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{api:?}: {pointer}"
            );
        });
    }
}

#[test]
fn every_decision_is_used_and_has_a_reason() {
    for (api, decisions) in [(Api::Truto, 2), (Api::TheLinks, 1)] {
        let document = Document::read(api);
        let mut used = std::collections::BTreeSet::new();
        document.walk(&mut |pointer, value| {
            if pointer.ends_with("/x-overlay") {
                used.extend(
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str),
                );
            }
        });
        let mut files = std::collections::BTreeSet::new();
        for entry in std::fs::read_dir(api.path().join("overlays")).expect("overlays") {
            let name = entry.expect("overlay").file_name();
            let name = name.to_string_lossy().into_owned();
            let text = api.source(&format!("overlays/{name}"));
            assert!(text.contains("\n  description: "), "{api:?}: {name}");
            files.insert(name);
        }
        assert_eq!(files.len(), decisions, "{api:?}");
        assert_eq!(used, files.iter().map(String::as_str).collect(), "{api:?}");
    }
}
