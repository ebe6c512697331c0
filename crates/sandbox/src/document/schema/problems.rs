//! What is wrong with a value.

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

/// What is wrong with a value, but for that more than one alternative of `oneOf` takes it: alternatives that overlap are
/// the document's doing, and nothing that who sends the value could mend.
pub(crate) fn errors<'i>(
    validator: &'i jsonschema::Validator,
    value: &'i Value,
) -> impl Iterator<Item = jsonschema::ValidationError<'i>> {
    validator
        .iter_errors(value)
        .filter(|error| !is_ambiguity(error))
}

fn is_ambiguity(error: &jsonschema::ValidationError<'_>) -> bool {
    match error.kind() {
        ValidationErrorKind::OneOfMultipleValid { .. } => true,
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context
                .iter()
                .any(|branch| !branch.is_empty() && branch.iter().all(is_ambiguity))
        }
        _ => false,
    }
}
