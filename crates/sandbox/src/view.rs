//! A page for people: what is in the sandbox, what was asked of it, and what is set.

use crate::engine::{Engine, locked};
use crate::fault::When;
use crate::seen::Seen;
use crate::state::Collection;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use std::time::SystemTime;

/// How many records of a collection are shown at once.
const SHOWN: usize = 50;

const STYLE: &str = include_str!("view.css");

#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    collection: Option<String>,
    #[serde(default)]
    from: usize,
}

pub(crate) async fn page(
    State(engine): State<Arc<Engine>>,
    Query(chosen): Query<Chosen>,
) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Contact sandbox" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Contact sandbox" }
                    p { (engine.seen.count()) " requests, " (locked(&engine.state).ledger.len()) " writes committed" }
                }
                main {
                    (apis(&engine))
                    (records(&engine, &chosen))
                    (requests(&engine.seen.newest()))
                    (faults(&engine))
                    (accounts(&engine))
                }
            }
        }
    };
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    (
        [("content-security-policy", policy)],
        Html(page.into_string()),
    )
        .into_response()
}

fn apis(engine: &Engine) -> Markup {
    html! {
        section {
            h2 { "APIs" }
            table {
                thead { tr { th { "API" } th { "Base path" } th { "Operations" } th { "Document" } } }
                tbody {
                    @for document in &engine.documents {
                        tr {
                            td { (document.name) }
                            td { code { (document.base) } }
                            td { (document.operations.len()) }
                            td { a href={ "/" (document.name) "/openapi.json" } { "openapi.json" } }
                        }
                    }
                }
            }
        }
    }
}

fn records(engine: &Engine, chosen: &Chosen) -> Markup {
    let state = locked(&engine.state);
    let mut names: Vec<(&str, &Collection)> = state
        .names()
        .map(|(name, collection)| (&**name, collection))
        .collect();
    names.sort_unstable_by_key(|(name, _)| *name);
    let shown = chosen
        .collection
        .as_deref()
        .or(names.first().map(|(name, _)| *name));
    let collection = shown.and_then(|name| Some((name, state.collection(name)?)));
    html! {
        section {
            h2 { "Records" }
            @if names.is_empty() {
                p.empty { "None yet. Create one through an API, or have people made up: POST /_sandbox/seed" }
            }
            nav {
                @for (name, collection) in &names {
                    a.current[Some(*name) == shown] href={ "?collection=" (query(name)) } { (name) " " small { (collection.len()) } }
                }
            }
            @if let Some((name, collection)) = collection { (rows(name, collection, chosen.from)) }
        }
    }
}

fn rows(name: &str, collection: &Collection, from: usize) -> Markup {
    let rows: Vec<Value> = collection
        .numbered(from)
        .take(SHOWN)
        .filter_map(|(_, record)| serde_json::from_slice(&record.json).ok())
        .collect();
    let columns = columns(&rows);
    let end = from.saturating_add(rows.len());
    html! {
        div.wide {
            table {
                thead { tr { @for column in &columns { th { (column) } } } }
                tbody {
                    @for row in &rows {
                        tr { @for column in &columns {
                            @let text = cell(&row[column]);
                            td dir="auto" title=(text) { (text) }
                        } }
                    }
                }
            }
        }
        p.pages {
            @if from > 0 { a href={ "?collection=" (query(name)) "&from=" (from.saturating_sub(SHOWN)) } { "Previous" } " " }
            @if rows.is_empty() { "None" } @else { (from + 1) " to " (end) }
            " of " (collection.len())
            @if end < collection.len() { " " a href={ "?collection=" (query(name)) "&from=" (end) } { "Next" } }
        }
    }
}

/// The properties that records have, those that tell most about a person first.
fn columns(rows: &[Value]) -> Vec<String> {
    const FIRST: [&str; 8] = [
        "id",
        "name",
        "first_name",
        "last_name",
        "email",
        "email_addresses",
        "phone",
        "phone_numbers",
    ];
    let mut columns: Vec<String> = FIRST.iter().map(|name| (*name).to_owned()).collect();
    for name in rows
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|row| row.keys())
    {
        if !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    columns.retain(|name| rows.iter().any(|row| !row[name].is_null()));
    columns
}

/// A value in few words.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let telling = ["email", "number", "name", "city", "url"]
                .iter()
                .find_map(|name| fields.get(*name));
            telling.map_or_else(|| value.to_string(), cell)
        }
        other => other.to_string(),
    }
}

fn requests(newest: &[Seen]) -> Markup {
    html! {
        section {
            h2 { "Last requests" }
            @if newest.is_empty() { p.empty { "None yet." } }
            @else {
                div.wide {
                    table {
                        thead { tr { th { "#" } th { "When" } th { "Request" } th { "Status" } th { "What was wrong" } } }
                        tbody {
                            @for seen in newest {
                                tr.wrong[seen.status >= 400] {
                                    td { (seen.number) }
                                    td { (ago(seen.at)) }
                                    td.text { code { (seen.method) " " (seen.target) } }
                                    td { (seen.status) }
                                    td.text {
                                        ul {
                                            @for problem in &seen.problems { li.problem { (problem) } }
                                            @for note in &seen.notes { li { (note) } }
                                            @for fault in &seen.faults { li.fault { "fault: " (described(fault)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn faults(engine: &Engine) -> Markup {
    let faults = engine.faults.list();
    html! {
        section {
            h2 { "Faults" }
            @if faults.is_empty() { p.empty { "None is set. Set one: POST /_sandbox/faults" } }
            @else {
                table {
                    thead { tr { th { "Requests" } th { "When" } th { "What" } th { "Asked" } } }
                    tbody {
                        @for (fault, asked) in &faults {
                            tr {
                                td { (fault.route.as_deref().unwrap_or("all")) }
                                td { (when(&fault.when)) }
                                td { (described(&fault.kind)) }
                                td { (asked) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn accounts(engine: &Engine) -> Markup {
    let accounts = &locked(&engine.accounts).0;
    let mut accounts: Vec<_> = accounts.iter().collect();
    accounts.sort_unstable_by_key(|(id, _)| *id);
    html! {
        section {
            h2 { "Connected accounts" }
            @if accounts.is_empty() { p.empty { "None is set up: every id is taken. Set one up: PUT /_sandbox/accounts/ID" } }
            @else {
                table {
                    thead { tr { th { "Id" } th { "Integration" } th { "Access" } } }
                    tbody {
                        @for (id, account) in accounts {
                            tr {
                                td { (id) }
                                td { (account.integration.as_deref().unwrap_or("none")) }
                                td { (text_of(&account.access)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn when(when: &When) -> String {
    match when {
        When::Always => "always".to_owned(),
        When::Rate(rate) => format!("{}% of them", rate * 100.0),
        When::Next(count) => format!("the next {count}"),
        When::Calls(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            format!("number {}", numbers.join(", "))
        }
    }
}

fn described(kind: &impl serde::Serialize) -> String {
    serde_json::to_string(kind)
        .unwrap_or_default()
        .replace(['"', '{', '}'], "")
        .replace('_', " ")
        .replace([':', ','], " ")
}

fn text_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn query(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// How long ago something was.
fn ago(at: SystemTime) -> String {
    let seconds = at.elapsed().unwrap_or_default().as_secs();
    match seconds {
        0 => "now".to_owned(),
        1..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        _ => format!("{} h ago", seconds / 3600),
    }
}
