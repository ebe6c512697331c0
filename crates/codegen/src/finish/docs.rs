//! Doc comments of generated code.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, Lit, Meta};

/// `text` as doc attributes, one for each line; of several empty lines one stays.
pub(super) fn attributes(text: &str) -> TokenStream {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if !line.is_empty() {
            lines.push(format!(" {line}"));
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    quote! { #(#[doc = #lines])* }
}

/// The doc comment that `attributes` make, without the copy of the schema that typify appends; `None` where it says
/// nothing but the item's name.
pub(super) fn written(attributes: &[Attribute], name: &str) -> Option<String> {
    let lines: Vec<String> = attributes.iter().filter_map(line).collect();
    let text = lines.join("\n");
    let text = text.split("<details>").next().unwrap_or_default().trim();
    (!text.is_empty() && text.trim_matches('`') != name).then(|| {
        text.lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    })
}

fn line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    if !pair.path.is_ident("doc") {
        return None;
    }
    match &pair.value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// `text` on one line, without Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for character in word.chars().filter(|character| !character.is_control()) {
            if character.is_ascii_punctuation()
                && !matches!(
                    character,
                    '.' | ',' | ';' | ':' | '-' | '\'' | '"' | '/' | '(' | ')'
                )
            {
                plain.push('\\');
            }
            plain.push(character);
        }
    }
    plain
}
