//! `README.md`, which is also the crate's documentation.

use std::fmt::Write as _;

use super::example;
use crate::{
    finish::{Finished, method_name},
    generate::Settings,
    plan::Plan,
};

/// The README.
pub(super) fn readme(finished: &Finished, plan: &Plan, settings: &Settings, note: &str) -> String {
    let title = plan.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("<!-- {note} -->\n\n# {}\n\n", settings.name);
    let _ = writeln!(
        text,
        "A typed client for {} (version {} of its document).",
        escape(&title),
        escape(&plan.version)
    );
    if let Some(documentation) = &settings.documentation {
        let _ = writeln!(text, "The vendor's documentation: <{documentation}>.");
    }
    let _ = write!(
        text,
        "\n## Use\n\n```rust,no_run\n{}```\n",
        example::example(finished, plan, settings)
    );
    text.push_str(
        "\nEvery operation has a builder in `builder`, every schema a type in `types`, and every documented status of \
         an operation a variant of its own. `client_runtime::Error` carries whatever else came back: status, headers \
         and the bounded body.\n\n\
         - A field that can be absent, null or a value is an `Option` of `client_runtime::Nullable`.\n\
         - An enum that the API may extend is a `client_runtime::Open`: other values are kept and sent back as they came.\n\
         - Fields of an answer that the document does not name are kept too, and sent back as they came.\n\
         - `Debug` prints which fields are set, never a value.\n",
    );
    if !plan.features.is_empty() {
        let _ = writeln!(
            text,
            "\n## Features\n\nEach of the {} tags of the document is a feature, and by default all of them are on. To compile \
             less, name the ones that are used, as `Cargo.toml` lists them:\n\n```toml\n{} = {{ version = \"{}\", \
             default-features = false, features = [{:?}] }}\n```",
            plan.features.len(),
            settings.name,
            settings.version,
            plan.features.keys().next().map_or("", String::as_str),
        );
    }
    text.push_str("\n## Operations\n\n| method | request |\n|---|---|\n");
    for operation in &plan.operations {
        let _ = writeln!(
            text,
            "| [`{0}`](https://docs.rs/{1}/latest/{2}/struct.Client.html#method.{0}) | `{3} {4}` |",
            method_name(operation),
            settings.name,
            settings.name.replace('-', "_"),
            operation.method,
            operation.path.replace('|', "\\|").replace('`', "'"),
        );
    }
    if plan
        .operations
        .iter()
        .any(|operation| !operation.integrations.is_empty())
    {
        text.push_str(
            "\n## Integrations\n\n`integrations::MATRIX` says which integration requires or supports which field; \
             looking something up allocates nothing.\n",
        );
    }
    if let Some(license) = &settings.license {
        let _ = write!(text, "\n## Licence\n\n{}.\n", license.expression);
    }
    text
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '<' | '>' | '[' | ']' | '`' | '*' | '_' | '\\' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
