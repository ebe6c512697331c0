//! What an update does to the value that it meets, by the rules of the specification.

use serde_json::Value;

/// Why an update does not fit, with the keys from the target to the place.
pub(super) struct Misfit {
    pub(super) keys: Vec<String>,
    pub(super) found: &'static str,
    pub(super) update: &'static str,
}

/// Updates a target: objects are merged, lists get what they are given at their end, scalars are replaced.
pub(super) fn update(target: &mut Value, update: &Value) -> Result<(), Misfit> {
    match (target, update) {
        (Value::Array(list), Value::Array(items)) => {
            list.extend(items.iter().cloned());
            Ok(())
        }
        (Value::Array(list), item) => {
            list.push(item.clone());
            Ok(())
        }
        (target, update) => merge(target, update, &mut Vec::new()),
    }
}

fn merge(target: &mut Value, update: &Value, keys: &mut Vec<String>) -> Result<(), Misfit> {
    match (target, update) {
        (Value::Object(object), Value::Object(changes)) => {
            for (key, change) in changes {
                match object.get_mut(key) {
                    Some(present) => {
                        keys.push(key.clone());
                        merge(present, change, keys)?;
                        keys.pop();
                    }
                    None => {
                        object.insert(key.clone(), change.clone());
                    }
                }
            }
            Ok(())
        }
        (Value::Array(list), Value::Array(items)) => {
            list.extend(items.iter().cloned());
            Ok(())
        }
        (target, update) if is_scalar(target) && is_scalar(update) => {
            target.clone_from(update);
            Ok(())
        }
        (target, update) => Err(Misfit {
            keys: std::mem::take(keys),
            found: kind(target),
            update: kind(update),
        }),
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// What a value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        _ => "a scalar",
    }
}
