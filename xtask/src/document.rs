//! Reading OpenAPI documents.

use docspec::description;
use docspec::text::Text;
use serde_json::Value;

use crate::exit::Failure;
use crate::report::Texts;

/// Reads a document, JSON or YAML.
pub(crate) fn document(text: &str, name: &str) -> Result<Value, Failure> {
    description::parse(name, text).map_err(|diagnostics| {
        let mut texts = Texts::default();
        texts.add(name, Text::new(text));
        texts.failure("", diagnostics)
    })
}
