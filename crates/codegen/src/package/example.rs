//! The example in a crate's README: one call, compiled as a doctest.

use std::fmt::Write as _;

use crate::{
    finish::{Finished, credential_methods, method_name},
    generate::Settings,
    plan::{Operation, Plan, SecurityScheme},
};

/// The example's code.
pub(super) fn example(finished: &Finished, plan: &Plan, settings: &Settings) -> String {
    let crate_name = settings.name.replace('-', "_");
    let chosen = plan
        .operations
        .iter()
        .filter(|operation| !operation.deprecated)
        .filter_map(|operation| Some((operation, finished.example_calls.get(&operation.id)?)))
        .min_by_key(|(operation, arguments)| (rank(operation), arguments.len()));
    let types = chosen.as_ref().is_some_and(|(_, arguments)| {
        arguments
            .iter()
            .any(|argument| argument.contains("types::"))
    });
    let imports = if types { "{Client, types}" } else { "Client" };
    let mut code = format!(
        "# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\nuse {crate_name}::{imports};\n\nlet client = \
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
    if let Some((operation, arguments)) = chosen {
        let _ = write!(
            code,
            "let answer = client\n    .{}()\n",
            method_name(operation)
        );
        for argument in arguments {
            let _ = writeln!(code, "    .{argument}");
        }
        code.push_str(
            "    .send()\n    .await?;\nprintln!(\"{} {:?}\", answer.status(), *answer);\n",
        );
    }
    code.push_str("# Ok(())\n# }\n");
    code
}

/// Reading comes first, and an operation that shows a body before one that deletes.
fn rank(operation: &Operation) -> u8 {
    match operation.method.as_str() {
        "GET" => 0,
        "POST" | "PUT" | "PATCH" => 1,
        _ => 2,
    }
}
