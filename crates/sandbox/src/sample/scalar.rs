//! Texts and numbers within the bounds of a schema.

use serde_json::{Map, Value};

/// A text of the schema's format and length.
pub(super) fn text(schema: &Map<String, Value>, number: usize) -> String {
    let day = number % 28 + 1;
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => format!("2024-01-{day:02}T03:04:05Z"),
        Some("date") => format!("2024-01-{day:02}"),
        Some("time") => format!("03:04:{:02}Z", number % 60),
        Some("duration") => format!("P{day}D"),
        Some("email" | "idn-email") => format!("nobody{number}@example.org"),
        Some("uri" | "url" | "uri-reference" | "iri" | "iri-reference") => {
            format!("https://example.org/{number}")
        }
        Some("uuid") => format!("00000000-0000-4000-8000-{number:012}"),
        Some("ipv4" | "ip") => format!("192.0.2.{}", number % 255),
        Some("ipv6") => format!("2001:db8::{number:x}"),
        Some("hostname" | "idn-hostname") => format!("host{number}.example.org"),
        Some("byte" | "base64") => ["c2FuZA==", "Ym94", "c2FuZGJveA=="][number % 3].to_owned(),
        Some("json-pointer") => format!("/{number}"),
        Some("regex") => "a".to_owned(),
        Some(
            "int64" | "int32" | "integer" | "uint64" | "decimal" | "number" | "double" | "float",
        ) => (number + 1).to_string(),
        _ => match number {
            0 => "sample".to_owned(),
            number => format!("sample{number}"),
        },
    };
    fitted(text, schema)
}

/// The text with the length that the schema wants.
fn fitted(mut text: String, schema: &Map<String, Value>) -> String {
    let (least, most) = lengths(schema);
    if text.chars().count() > most && !schema.contains_key("format") {
        // The end tells the items of a list apart.
        let skipped = text.chars().count() - most;
        text = text.chars().skip(skipped).collect();
    }
    while text.chars().count() < least {
        text.insert(0, 'x');
    }
    text
}

/// The least and the greatest length.
pub(super) fn lengths(schema: &Map<String, Value>) -> (usize, usize) {
    let length = |keyword: &str| {
        let length = schema.get(keyword).and_then(Value::as_u64)?;
        usize::try_from(length).ok()
    };
    (
        length("minLength").unwrap_or(0).min(100_000),
        length("maxLength").unwrap_or(usize::MAX),
    )
}

/// An integer within the bounds.
pub(super) fn integer(schema: &Map<String, Value>, number: usize) -> Value {
    let number = i64::try_from(number).unwrap_or_default();
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let (least, most) = bounds(schema, 1.0);
    let step = bound("multipleOf")
        .filter(|step| *step >= 1.0)
        .map_or(1, whole);
    let least = least.map(|least| whole(least.ceil()));
    let most = most.map(|most| whole(most.floor()));
    let start = match (least, most) {
        (Some(least), _) => least.max(if most.is_none_or(|most| most >= 1) {
            1
        } else {
            least
        }),
        (None, Some(most)) => most
            .min(1)
            .saturating_sub(if most < 1 { number } else { 0 }),
        (None, None) => 1,
    };
    let first = start.div_euclid(step) + i64::from(start.rem_euclid(step) != 0);
    let made = first.saturating_mul(step);
    let further = made.saturating_add(number.saturating_mul(step));
    let fits = most.is_none_or(|most| further <= most);
    Value::from(if fits { further } else { made })
}

/// A number within the bounds.
pub(super) fn number(schema: &Map<String, Value>, number: usize) -> Value {
    let step = schema.get("multipleOf").and_then(Value::as_f64);
    let (least, most) = bounds(schema, step.unwrap_or(0.25));
    #[expect(clippy::cast_precision_loss, reason = "lists are short")]
    let offset = number as f64;
    let mut made = match (least, most) {
        (Some(least), Some(most)) if least > 1.5 || most < 1.5 => f64::midpoint(least, most),
        (Some(least), None) if least > 1.5 => least,
        (None, Some(most)) if most < 1.5 => most,
        _ => 1.5,
    };
    if most.is_none_or(|most| made + offset <= most) {
        made += offset;
    }
    if let Some(step) = step {
        made = (made / step).ceil() * step;
    }
    if made.fract() == 0.0 && made.abs() < 9e15 {
        return Value::from(whole(made));
    }
    Value::from(made)
}

/// The bounds with exclusive ones moved inside by a step.
fn bounds(schema: &Map<String, Value>, step: f64) -> (Option<f64>, Option<f64>) {
    let one = |bound: &str, exclusive: &str, step: f64| {
        let value = schema.get(bound).and_then(Value::as_f64);
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => value.map(|value| value + step),
            Some(Value::Number(bound)) => bound.as_f64().map(|bound| bound + step),
            _ => value,
        }
    };
    (
        one("minimum", "exclusiveMinimum", step),
        one("maximum", "exclusiveMaximum", -step),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the bounds of 64 bits is cut to them"
)]
fn whole(number: f64) -> i64 {
    number as i64
}
