//! JSON pointers, and what a reader calls the place that one names.

/// One step further, escaped.
pub(crate) fn step(pointer: &str, key: &str) -> String {
    let mut next = String::with_capacity(pointer.len() + key.len() + 1);
    next.push_str(pointer);
    next.push('/');
    for character in key.chars() {
        match character {
            '~' => next.push_str("~0"),
            '/' => next.push_str("~1"),
            other => next.push(other),
        }
    }
    next
}

pub(crate) fn steps(pointer: &str) -> Vec<String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// The way to a place below a schema as a reader follows it: `Contact › phone_numbers › items › type`.
pub(crate) fn trail(below: &[String], head: String) -> Vec<String> {
    let mut trail = Vec::new();
    if !head.is_empty() {
        trail.push(head);
    }
    let mut steps = below.iter();
    while let Some(step) = steps.next() {
        match step.as_str() {
            "properties" => trail.extend(steps.next().cloned()),
            "items" => trail.push("items".to_owned()),
            "additionalProperties" => trail.push("further fields".to_owned()),
            "oneOf" | "anyOf" => {
                if let Some(index) = steps.next() {
                    trail.push(format!("form {}", ordinal(index)));
                }
            }
            "allOf" => {
                steps.next();
            }
            _ => {}
        }
    }
    trail
}

fn ordinal(index: &str) -> String {
    index
        .parse::<usize>()
        .map_or_else(|_| index.to_owned(), |index| (index + 1).to_string())
}
