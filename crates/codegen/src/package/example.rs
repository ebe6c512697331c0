//! The example in a crate's README: one call, compiled as a doctest.

use std::fmt::Write as _;

use crate::{
    finish::{Example, Finished, StructExample, credential_methods, method_name},
    generate::Settings,
    plan::{Operation, Plan, SecurityScheme},
};

/// The example's code.
pub(super) fn example(finished: &Finished, plan: &Plan, settings: &Settings) -> String {
    let crate_name = settings.name.replace('-', "_");
    let mut code = format!(
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\nuse {crate_name}::prelude::*;\n\nlet client = \
         Client::builder()\n"
    );
    if plan.default_server.is_none() {
        let server = plan
            .servers
            .first()
            .map_or("https://api.example.com", String::as_str);
        let _ = writeln!(code, "    .base_url({server:?})");
    }
    if let Some((method, _, kind)) = credential_methods(plan).first() {
        let arguments = match kind {
            SecurityScheme::Basic => "\"user\", std::env::var(\"API_PASSWORD\")?",
            _ => "std::env::var(\"API_TOKEN\")?",
        };
        let _ = writeln!(code, "    .{method}({arguments})");
    }
    code.push_str("    .build()?;\n");
    let chosen = plan
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
        .filter_map(|operation| Some((operation, finished.examples.get(&operation.id)?)))
        .min_by_key(|(operation, example)| (rank(operation, example), example.calls.len()));
    if let Some((operation, example)) = chosen {
        call(&mut code, operation, example);
    }
    code.push_str("# Ok(())\n# }\n");
    code
}

fn call(code: &mut String, operation: &Operation, example: &Example) {
    if let Some((name, made)) = &example.body {
        body(code, name, made);
    }
    let _ = write!(
        code,
        "let sent = client\n    .{}()\n",
        method_name(operation)
    );
    for call in &example.calls {
        let _ = writeln!(code, "    .{call}");
    }
    if example.body.is_some() {
        code.push_str("    .body(body)\n");
    }
    code.push_str(
        "    .send()\n    .await;\nmatch sent {\n    Ok(answer) => println!(\"status {}\", answer.status()),\n    \
         Err(error) if error.is_not_found() => println!(\"there is none\"),\n    Err(error) => return \
         Err(error.into()),\n}\n",
    );
}

fn body(code: &mut String, name: &str, made: &StructExample) {
    let StructExample {
        arguments,
        set,
        cleared,
    } = made;
    if cleared.is_some() {
        code.push_str("\n// What is not named is not sent; `Nullable::Null` is sent as null.\n");
    }
    let _ = write!(
        code,
        "let body = types::{name}::new({})",
        arguments.join(", ")
    );
    if let Some(method) = set {
        let _ = write!(code, "\n    .{method}(\"…\")");
    }
    if let Some(method) = cleared {
        let _ = write!(code, "\n    .{method}(Nullable::Null)");
    }
    code.push_str(";\n");
}

/// An update that shows all three states of a field comes first, then reading, and last what deletes.
fn rank(operation: &Operation, example: &Example) -> u8 {
    let clears = example
        .body
        .as_ref()
        .is_some_and(|(_, made)| made.cleared.is_some());
    match operation.method.as_str() {
        "PATCH" | "PUT" if clears => 0,
        "GET" => 1,
        "POST" | "PUT" | "PATCH" => 2,
        _ => 3,
    }
}
