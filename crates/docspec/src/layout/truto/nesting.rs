//! Which field belongs into which: the pages print all the fields of a section one after the other.
//!
//! What the pages give away:
//! - a field of the resource itself has a support block, a field inside another one has none;
//! - `remote_data` passes data through and stands beside the fields of the resource, without a block;
//! - `N properties` under a field is the number of the fields inside it;
//! - the current layout prints that number under every object that is itself inside another one;
//! - a listing wraps the resource into `result`, which has no block;
//! - the current layout orders the fields of a body, inside an object as well as beside it.
//!
//! Where this does not settle it, the page is refused: an `N properties` line, written in by hand, settles it.

use std::collections::{HashSet, VecDeque};

use crate::layout::truto::report::{Problem, Report};
use crate::page::{Field, Schema, Shape};

/// How deep fields may nest.
const DEEPEST: usize = 64;

/// A field as it stands in the page's flat list.
pub(in crate::layout) struct Flat {
    pub(in crate::layout) field: Field,
    /// Whether the page says which integrations know the field.
    pub(in crate::layout) has_support: bool,
    /// How many fields stand inside this one, and the line that says so.
    pub(in crate::layout) properties: Option<(usize, usize)>,
    /// Whether the field starts a group of its own, so that it is inside nothing before it.
    pub(in crate::layout) starts_group: bool,
}

impl Flat {
    fn passes_through(&self) -> bool {
        let name = self.field.name.as_str();
        self.starts_group
            || name == "remote_data"
            || name == "remote_query"
            || name == "integrated_account_id"
            || name.starts_with("truto_")
    }

    /// Whether the field may stand inside an object of the resource that is above it.
    fn may_be_inside(&self) -> bool {
        !self.has_support && !self.passes_through() && !self.is_beside_result()
    }

    /// By what the current layout orders the fields of an object.
    fn order(&self) -> (bool, &str) {
        (!self.field.required, &self.field.name)
    }

    fn is_container(&self) -> bool {
        holds_fields(&self.field.schema) && !self.passes_through()
    }

    fn is_envelope(&self) -> bool {
        self.field.name == "result"
            && holds_fields(&self.field.schema)
            && !self.has_support
            && self.properties.is_none()
    }

    /// Whether the field stands beside `result` in a listing.
    fn is_beside_result(&self) -> bool {
        !self.has_support
            && matches!(
                self.field.name.as_str(),
                "next_cursor" | "prev_cursor" | "result_count" | "is_partial_response" | "limit"
            )
    }
}

fn holds_fields(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(_) => true,
        Shape::Array(items) => holds_fields(items),
        _ => false,
    }
}

/// Gives an object, or the objects of a list, their fields; gives them back when there is no object.
fn fill(schema: &mut Schema, children: Vec<Field>) -> Result<(), Vec<Field>> {
    match &mut schema.shape {
        Shape::Object(fields) => {
            *fields = children;
            Ok(())
        }
        Shape::Array(items) => fill(items, children),
        _ => Err(children),
    }
}

/// What is true of all pages of a layout.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Rules {
    /// Whether the layout prints `N properties` under every object inside another one.
    pub(in crate::layout) counts_nested: bool,
    /// Whether the layout orders the fields of requests and responses: required ones first, then by name.
    pub(in crate::layout) sorts_bodies: bool,
}

/// Puts the fields of a section into each other.
pub(in crate::layout) fn nest(
    flat: Vec<Flat>,
    rules: Rules,
    in_body: bool,
    report: &mut Report<'_>,
) -> Vec<Field> {
    let envelope = flat
        .iter()
        .position(Flat::is_envelope)
        .filter(|position| position + 1 < flat.len());
    let disciplined = is_disciplined(&flat, envelope);
    let certain = flat.iter().filter(|flat| flat.has_support).map(Flat::order);
    let sorted = rules.sorts_bodies && in_body && certain.is_sorted_by(|a, b| a < b);
    let mut nester = Nester {
        flat: flat.into(),
        rules,
        disciplined,
        sorted,
        report,
    };
    let fields = match envelope {
        Some(position) => nester.enveloped(position),
        None => nester.resource(false),
    };
    nester.refuse_repeats(&fields);
    fields
}

/// Whether every field of the resource has a support block, so that one without is inside the object above it.
fn is_disciplined(flat: &[Flat], envelope: Option<usize>) -> bool {
    let resource = &flat[envelope.map_or(0, |position| position + 1)..];
    let mut inside = false;
    for flat in resource {
        if envelope.is_some() && flat.is_beside_result() {
            break;
        }
        if flat.has_support {
            inside = flat.properties.is_some() || flat.is_container();
        } else if flat.passes_through() {
            inside = false;
        } else if !inside {
            return false;
        }
    }
    resource.iter().any(|flat| flat.has_support)
}

struct Nester<'r, 'p> {
    flat: VecDeque<Flat>,
    rules: Rules,
    disciplined: bool,
    /// Whether the fields that certainly belong to the resource are in the layout's order.
    sorted: bool,
    report: &'r mut Report<'p>,
}

impl Nester<'_, '_> {
    fn enveloped(&mut self, position: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        for _ in 0..position {
            if let Some(flat) = self.flat.pop_front() {
                fields.push(flat.field);
            }
        }
        if let Some(mut result) = self.flat.pop_front() {
            let children = self.resource(true);
            self.put(&mut result.field, children);
            fields.push(result.field);
        }
        fields.extend(self.resource(false));
        fields
    }

    /// The fields of the resource; inside `result`, up to a field that stands beside it.
    fn resource(&mut self, in_result: bool) -> Vec<Field> {
        let mut fields = Vec::new();
        while let Some(mut flat) = self.next_if(|flat| !(in_result && flat.is_beside_result())) {
            if flat.properties.is_some() {
                let children = self.counted(&flat, 1);
                self.put(&mut flat.field, children);
                self.refuse_surplus(&flat);
            } else if flat.is_container() && !(in_result && self.childless_without_count()) {
                let children = self.run(&flat);
                self.put(&mut flat.field, children);
            }
            fields.push(flat.field);
        }
        fields
    }

    /// Whether an object inside `result` that has no count holds nothing, so that what follows stands beside it.
    fn childless_without_count(&self) -> bool {
        self.rules.counts_nested && !self.disciplined
    }

    /// The fields that follow an object of the resource and have no block of their own.
    fn run(&mut self, parent: &Flat) -> Vec<Field> {
        let settled = if self.disciplined {
            None
        } else {
            self.inside_by_order(parent)
        };
        let length = settled.unwrap_or_else(|| {
            self.flat
                .iter()
                .take_while(|flat| flat.may_be_inside())
                .count()
        });
        let mut fields = Vec::new();
        let mut unclear = None;
        let end = self.flat.len() - length;
        while self.flat.len() > end
            && let Some(mut flat) = self.flat.pop_front()
        {
            if flat.properties.is_some() {
                let children = self.counted(&flat, 1);
                self.put(&mut flat.field, children);
            } else if settled.is_none() && (flat.is_container() || !self.disciplined) {
                unclear.get_or_insert(flat.field.source.line);
            }
            fields.push(flat.field);
        }
        if let Some(line) = unclear {
            self.report.line(
                line,
                Problem {
                    rule: "nesting-unknown",
                    found: format!(
                        "a field that may stand inside `{}` or beside it",
                        parent.field.name
                    ),
                    expected: "a support block or a count that tells which".to_owned(),
                    fix: &format!(
                        "write the number of the fields inside `{}` below its type, as `2 properties`, from the vendor's page",
                        parent.field.name
                    ),
                },
            );
        }
        fields
    }

    /// How many of the fields that follow an object are inside it, where the order leaves only one answer: required
    /// fields come first, and both kinds go by name, inside an object as well as beside it.
    fn inside_by_order(&self, parent: &Flat) -> Option<usize> {
        if !self.sorted {
            return None;
        }
        // How many of them are in order, and how many there are up to the next object.
        let mut sorted = 0;
        let mut beside = None;
        let mut in_order = true;
        let mut length = 0;
        for flat in self.flat.iter().take_while(|flat| flat.may_be_inside()) {
            if flat.properties.is_some() {
                return None;
            }
            in_order &= length == 0 || self.flat[length - 1].order() < flat.order();
            length += 1;
            if in_order {
                sorted = length;
            }
            if flat.is_container() {
                beside.get_or_insert(length);
            }
            if !in_order && beside.is_some() {
                break;
            }
        }
        let beside = beside.unwrap_or(length);
        // Beside the object stand the last fields up to the next object, each after the one before it.
        let mut first_beside = beside;
        while first_beside > 0
            && (first_beside == beside
                || self.flat[first_beside - 1].order() < self.flat[first_beside].order())
        {
            first_beside -= 1;
        }
        let mut possible = (0..=sorted).filter(|inside| {
            *inside >= beside
                || (*inside >= first_beside && parent.order() < self.flat[*inside].order())
        });
        let inside = possible.next()?;
        possible.next().is_none().then_some(inside)
    }

    fn next_if(&mut self, is_wanted: impl Fn(&Flat) -> bool) -> Option<Flat> {
        if self.flat.front().is_some_and(is_wanted) {
            self.flat.pop_front()
        } else {
            None
        }
    }

    /// As many fields as an object says it has.
    fn counted(&mut self, parent: &Flat, depth: usize) -> Vec<Field> {
        let Some((count, line)) = parent.properties else {
            return Vec::new();
        };
        let mut fields = Vec::new();
        if depth > DEEPEST {
            self.report.line(
                line,
                Problem {
                    rule: "property-count",
                    found: format!("fields inside each other more than {DEEPEST} deep"),
                    expected: "the nesting of a real schema".to_owned(),
                    fix: "copy the page again",
                },
            );
            return fields;
        }
        while fields.len() < count {
            let next = self.next_if(|flat| {
                !flat.starts_group
                    && flat.field.name != "remote_data"
                    && !(flat.has_support && parent.field.name != "result")
            });
            let Some(mut flat) = next else {
                self.report.line(
                    line,
                    Problem {
                        rule: "property-count",
                        found: format!(
                            "`{}`, which declares {count} properties and holds {}",
                            parent.field.name,
                            fields.len()
                        ),
                        expected: "as many fields as declared".to_owned(),
                        fix: "copy the page again, with every field unfolded, or correct the count as the vendor's page has it",
                    },
                );
                break;
            };
            let children = self.counted(&flat, depth + 1);
            if flat.properties.is_some() {
                self.put(&mut flat.field, children);
            }
            fields.push(flat.field);
        }
        fields
    }

    /// Refuses a field without a block that follows a counted object of the resource: the count is too small.
    fn refuse_surplus(&mut self, parent: &Flat) {
        if let (Some(next), Some((count, _))) = (self.flat.front(), parent.properties)
            && self.disciplined
            && parent.has_support
            && !next.has_support
            && !next.passes_through()
            && !next.is_beside_result()
        {
            self.report.line(
                next.field.source.line,
                Problem {
                    rule: "property-count",
                    found: format!(
                        "a field more than the {count} that `{}` declares",
                        parent.field.name
                    ),
                    expected: "a field with a support block of its own".to_owned(),
                    fix: "copy the page again, or correct the count as the vendor's page has it",
                },
            );
        }
    }

    fn put(&mut self, field: &mut Field, children: Vec<Field>) {
        self.refuse_repeats(&children);
        if let Err(children) = fill(&mut field.schema, children)
            && let Some(child) = children.first()
        {
            self.report.line(
                child.source.line,
                Problem {
                    rule: "property-count",
                    found: format!("a field inside `{}`, which is no object", field.name),
                    expected: "an object above it".to_owned(),
                    fix: "correct the count or the type as the vendor's page has it",
                },
            );
        }
    }

    fn refuse_repeats(&mut self, fields: &[Field]) {
        let mut names = HashSet::new();
        for field in fields {
            if !names.insert(field.name.as_str()) {
                self.report.line(
                    field.source.line,
                    Problem {
                        rule: "repeated-field",
                        found: format!("the field `{}` a second time", field.name),
                        expected: "every name once among the fields of one object".to_owned(),
                        fix: "check on the vendor's page into which object the field belongs, and copy the page again",
                    },
                );
            }
        }
    }
}
