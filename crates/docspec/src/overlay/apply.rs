//! Applying overlays to a document.

use serde_json::{Map, Value, json};
use serde_json_path::{NormalizedPath, PathElement};

use super::merge::{self, kind};
use super::{Action, Change, Overlay, file_name, near};
use crate::diagnostic::{Diagnostic, Span};
use crate::structure::Part;

/// Applies overlays in the order of their files' names, the actions of each in their order, each to the result of
/// the one before.
///
/// # Errors
///
/// Every action whose target selects nothing, with near matches; that changes nothing; whose update does not fit
/// what it meets; that copies from a path that does not select one value; or that would remove the document.
pub fn apply(document: &Value, overlays: &[Overlay]) -> Result<Value, Vec<Diagnostic>> {
    let (changed, problems) = apply_those_that_fit(document, overlays);
    if problems.is_empty() {
        Ok(changed)
    } else {
        Err(problems)
    }
}

/// Applies overlays as [`apply`] does, and leaves out the actions that it would refuse; gives the diagnostics about
/// those beside the document.
#[must_use]
pub fn apply_those_that_fit(document: &Value, overlays: &[Overlay]) -> (Value, Vec<Diagnostic>) {
    let mut ordered: Vec<&Overlay> = overlays.iter().collect();
    ordered.sort_by(|one, other| one.file.cmp(&other.file));
    let mut changed = document.clone();
    let mut problems = Vec::new();
    for overlay in ordered {
        for (index, action) in overlay.actions.iter().enumerate() {
            if let Err(refusal) = act(&mut changed, action, file_name(&overlay.file)) {
                problems.push(refusal.diagnostic(overlay, index, action));
            }
        }
    }
    (changed, problems)
}

/// Why an action was refused.
struct Refusal {
    rule: &'static str,
    found: String,
    expected: String,
    fix: &'static str,
}

impl Refusal {
    fn diagnostic(self, overlay: &Overlay, index: usize, action: &Action) -> Diagnostic {
        Diagnostic {
            rule: self.rule,
            page: overlay.file.clone(),
            span: (action.line > 0).then_some(Span {
                line: action.line,
                start: 0,
                end: usize::MAX,
            }),
            found: format!("action {}: {}", index + 1, self.found),
            expected: self.expected,
            fix: self.fix.to_owned(),
        }
    }
}

fn act(document: &mut Value, action: &Action, file: &str) -> Result<(), Refusal> {
    let targets = select(document, action)?;
    let marks: Vec<String> = targets
        .iter()
        .filter_map(|target| marked(document, target, &action.change))
        .collect();
    for pointer in marks {
        if let Some(Value::Object(object)) = document.pointer_mut(&pointer) {
            mark(object, file);
        }
    }
    let changed = match &action.change {
        Change::Update(update) => update_all(document, &targets, update)?,
        Change::Copy(from) => {
            let found = from.path.query(document).all();
            let [copied] = found.as_slice() else {
                return Err(Refusal {
                    rule: "overlay-copy",
                    found: format!("`{}` selects {} values to copy", from.text, found.len()),
                    expected: "a path that selects one value".to_owned(),
                    fix: "correct `copy`",
                });
            };
            let copied = (*copied).clone();
            update_all(document, &targets, &copied)?
        }
        Change::Remove => remove_all(document, targets)?,
    };
    if !changed {
        return Err(Refusal {
            rule: "overlay-without-effect",
            found: format!(
                "`{}` is already as the action would make it",
                action.target.text
            ),
            expected: "an action that changes something".to_owned(),
            fix: "remove the action: the sources say it themselves by now",
        });
    }
    Ok(())
}

/// The JSON pointers of what an action's target selects.
fn select(document: &Value, action: &Action) -> Result<Vec<String>, Refusal> {
    let mut targets: Vec<String> = action
        .target
        .path
        .query_located(document)
        .locations()
        .map(pointer_to)
        .collect();
    targets.dedup();
    if targets.is_empty() {
        return Err(Refusal {
            rule: "overlay-target",
            found: format!("`{}` selects nothing", action.target.text),
            expected: near::suggestion(document, &action.target.text),
            fix: "correct the target; or remove the action, if what it was for is gone",
        });
    }
    let kinds = |target: &String| document.pointer(target).map(kind);
    if !matches!(action.change, Change::Remove)
        && let Some(other) = targets
            .iter()
            .find(|target| kinds(target) != kinds(&targets[0]))
    {
        return Err(Refusal {
            rule: "overlay-mixed-targets",
            found: format!(
                "`{}` selects {} at {} and {} at {other}",
                action.target.text,
                kinds(&targets[0]).unwrap_or("nothing"),
                targets[0],
                kinds(other).unwrap_or("nothing"),
            ),
            expected: "only objects, only lists or only scalars".to_owned(),
            fix: "narrow the target, or make an action of its own for each kind",
        });
    }
    Ok(targets)
}

/// Updates every target; whether that changed anything.
fn update_all(document: &mut Value, targets: &[String], update: &Value) -> Result<bool, Refusal> {
    let mut changed = false;
    for pointer in targets {
        let Some(target) = document.pointer_mut(pointer) else {
            continue;
        };
        let mut updated = target.clone();
        merge::update(&mut updated, update).map_err(|misfit| {
            let below = if misfit.keys.is_empty() {
                String::new()
            } else {
                format!("/{}", misfit.keys.join("/"))
            };
            Refusal {
                rule: "overlay-misfit",
                found: format!(
                    "{} stands at {pointer}{below}, and the update is {}",
                    misfit.found, misfit.update
                ),
                expected: "an object for an object, a scalar for a scalar, anything for a list"
                    .to_owned(),
                fix: "correct the update, or remove what stands there in an action before",
            }
        })?;
        changed |= updated != *target;
        *target = updated;
    }
    Ok(changed)
}

/// Removes every target, the last items of a list first, so that the places of the others stay.
fn remove_all(document: &mut Value, mut targets: Vec<String>) -> Result<bool, Refusal> {
    targets.sort_by_key(|pointer| {
        let index = split(pointer).and_then(|(_, key)| key.parse::<usize>().ok());
        std::cmp::Reverse((pointer.matches('/').count(), index))
    });
    for pointer in &targets {
        let Some((parent, key)) = split(pointer) else {
            return Err(Refusal {
                rule: "overlay-removes-all",
                found: "the whole document is removed".to_owned(),
                expected: "a part of the document".to_owned(),
                fix: "narrow the target",
            });
        };
        match document.pointer_mut(parent) {
            Some(Value::Object(object)) => {
                object.shift_remove(&key);
            }
            Some(Value::Array(list)) => {
                if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                    list.remove(index);
                }
            }
            _ => {}
        }
    }
    Ok(true)
}

/// The JSON pointer of a place.
fn pointer_to(location: &NormalizedPath<'_>) -> String {
    let mut pointer = String::new();
    for element in location.iter() {
        pointer.push('/');
        match element {
            PathElement::Name(name) => {
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            PathElement::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

/// The parent's pointer and the key, unescaped.
fn split(pointer: &str) -> Option<(&str, String)> {
    let (parent, key) = pointer.rsplit_once('/')?;
    Some((parent, key.replace("~1", "/").replace("~0", "~")))
}

/// The pointer of the object that carries the mark of a change: the target itself when it is an object that may
/// have extensions and is updated, else the nearest one around it.
fn marked(document: &Value, target: &str, change: &Change) -> Option<String> {
    let mut carrier = None;
    let mut part = Part::Document;
    let mut value = document;
    let mut end = 0;
    loop {
        let is_target = end == target.len();
        let may_carry = part.takes_extensions()
            && value.is_object()
            && value.get("$ref").is_none()
            && !(is_target && matches!(change, Change::Remove));
        if may_carry {
            carrier = Some(target[..end].to_owned());
        }
        if is_target {
            return carrier;
        }
        let next = target[end + 1..]
            .find('/')
            .map_or(target.len(), |at| end + 1 + at);
        let (_, key) = split(&target[..next])?;
        part = part.child(&key);
        value = document.pointer(&target[..next])?;
        end = next;
    }
}

/// Adds a file's name to the overlays that changed an object.
fn mark(object: &mut Map<String, Value>, file: &str) {
    let files = object.entry("x-overlay").or_insert_with(|| json!([]));
    if let Value::Array(files) = files
        && !files.iter().any(|present| present == file)
    {
        files.push(json!(file));
    }
}
