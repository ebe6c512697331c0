//! Which field belongs into which: the pages print all the fields of a section one after the other.
//!
//! What the pages give away:
//! - a field of the resource itself has a support block, a field inside another one has none;
//! - `remote_data` passes data through and stands beside the fields of the resource, without a block;
//! - `N properties` under a field is the number of the fields inside it;
//! - the current layout prints that number under every object that is itself inside another one;
//! - a listing wraps the resource into `result`, which has no block;
//!
//! Where this does not settle it, [`evidence`] looks for the one answer that agrees with all that the page shows;
//! where there are several, the page is refused: an `N properties` line, written in by hand, settles it.

mod evidence;
mod flat;

use std::collections::{HashSet, VecDeque};

use evidence::Evidence;
use flat::fill;
pub(in crate::layout) use flat::{Flat, Standing};

use crate::layout::truto::report::{Problem, Report};
use crate::page::Field;

/// How deep fields may nest.
const DEEPEST: usize = 64;

/// What is true of all pages of a layout.
#[derive(Clone, Copy)]
pub(in crate::layout) struct Rules {
    /// Whether the layout prints `N properties` under every object inside another one.
    pub(in crate::layout) counts_nested: bool,
    /// Whether the layout orders the fields of requests and responses: required ones first, then by name.
    pub(in crate::layout) sorts_bodies: bool,
}

/// Which section of the page the fields are of.
pub(in crate::layout) enum Place {
    Parameters,
    /// A body, with the keys of its sample where there is one.
    Body(Option<HashSet<String>>),
}

/// Puts the fields of a section into each other.
pub(in crate::layout) fn nest(
    mut flat: Vec<Flat>,
    rules: Rules,
    place: Place,
    report: &mut Report<'_>,
) -> Vec<Field> {
    refuse_bare_names(&mut flat, &place, report);
    let envelope = flat
        .iter()
        .position(Flat::is_envelope)
        .filter(|position| position + 1 < flat.len());
    if envelope.is_some() {
        for flat in &mut flat {
            if flat.may_stand_beside_result() {
                flat.standing = Standing::BesideResult;
            }
        }
    }
    let certain = flat.iter().filter(|flat| flat.has_support).map(Flat::order);
    let (in_body, keys) = match place {
        Place::Parameters => (false, None),
        Place::Body(keys) => (true, keys),
    };
    let sorted = rules.sorts_bodies && in_body && certain.is_sorted_by(|a, b| a < b);
    let resource = &flat[envelope.map_or(0, |position| position + 1)..];
    let disciplined = is_disciplined(resource, sorted);
    let evidence = Evidence::of(resource, sorted, keys);
    let mut nester = Nester {
        flat: flat.into(),
        rules,
        disciplined,
        evidence,
        report,
    };
    let fields = match envelope {
        Some(position) => nester.enveloped(position),
        None => nester.resource(false),
    };
    nester.refuse_repeats(&fields);
    fields
}

/// Refuses a name alone, whose type or block is missing. A field may have neither where an object counts it as its
/// own, and in a body none of whose fields has a block.
fn refuse_bare_names(flat: &mut [Flat], place: &Place, report: &mut Report<'_>) {
    let has_blocks = flat.iter().any(|flat| flat.has_support);
    if !has_blocks && matches!(place, Place::Body(_)) {
        return;
    }
    let mut left = 0;
    for flat in flat {
        if left > 0 && !flat.has_support {
            left = left - 1 + flat.properties.map_or(0, |(count, _)| count);
            continue;
        }
        left = flat.properties.map_or(0, |(count, _)| count);
        if flat.is_bare {
            report.line(
                flat.field.source.line,
                Problem {
                    rule: "field-without-type",
                    found: "a name with neither a type nor a support block".to_owned(),
                    expected: "the type right behind the name, or `N supported` below it"
                        .to_owned(),
                    fix: "copy the page again: a line of this field is missing",
                },
            );
            // Taken as a field of the resource, so that it does not put its neighbours in doubt.
            flat.has_support = true;
        }
    }
}

/// Whether every field of the resource has a support block, so that one without is inside the object above it.
fn is_disciplined(resource: &[Flat], sorted: bool) -> bool {
    let mut parent: Option<&Flat> = None;
    let mut left = 0;
    let mut last: Option<&Flat> = None;
    for flat in resource.iter().take_while(|flat| !flat.is_beside_result()) {
        if left > 0 {
            left = left - 1 + flat.properties.map_or(0, |(count, _)| count);
        } else if flat.has_support || flat.passes_through() {
            let holds = flat.properties.is_some() || flat.is_container();
            parent = Some(flat).filter(|flat| flat.has_support && holds);
            left = flat.properties.map_or(0, |(count, _)| count);
        } else if let Some(parent) = parent {
            // Below a counted object, its order may show that the field is one of the resource.
            if sorted
                && parent.properties.is_some()
                && parent.order() < flat.order()
                && last.is_some_and(|last| flat.order() < last.order())
            {
                return false;
            }
        } else {
            return false;
        }
        last = Some(flat);
    }
    resource.iter().any(|flat| flat.has_support)
}

struct Nester<'r, 'p> {
    flat: VecDeque<Flat>,
    rules: Rules,
    disciplined: bool,
    evidence: Evidence,
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
            } else if flat.is_container() && !(in_result && self.is_childless(&flat)) {
                let children = self.run(&flat, in_result);
                self.put(&mut flat.field, children);
            }
            self.evidence.is_beside(&flat);
            fields.push(flat.field);
        }
        fields
    }

    /// Whether an object inside `result` that has no count holds nothing, so that what follows stands beside it.
    fn is_childless(&self, flat: &Flat) -> bool {
        self.rules.counts_nested
            && !self.disciplined
            && self
                .flat
                .front()
                .is_none_or(|next| !next.may_be_inside() || self.evidence.in_order(flat, next))
    }

    /// The fields that follow an object of the resource and have no block of their own.
    fn run(&mut self, parent: &Flat, in_result: bool) -> Vec<Field> {
        // Inside `result` such a layout counts the fields of every object: here a count is missing.
        let uncounted = in_result && self.rules.counts_nested;
        let settled = if self.disciplined || uncounted {
            None
        } else {
            self.evidence
                .inside(parent, &self.flat, self.rules.counts_nested)
        };
        let length = settled.unwrap_or_else(|| {
            self.flat
                .iter()
                .take_while(|flat| flat.may_be_inside())
                .count()
        });
        let mut run: VecDeque<Flat> = self.flat.drain(..length).collect();
        if settled.is_none() && !self.disciplined {
            if let Some(first) = run.iter().find(|flat| flat.properties.is_none()) {
                self.refuse_unclear(parent, first.field.source.line);
            }
            let mut names = HashSet::new();
            return run
                .into_iter()
                .map(|flat| flat.field)
                .filter(|field| names.insert(field.name.clone()))
                .collect();
        }
        // What is inside for certain is an object of its own, whose fields are told from each other in the same way.
        let evidence = Evidence::of(run.make_contiguous(), self.evidence.sorted, None);
        let mut inner = Nester {
            flat: run,
            rules: self.rules,
            disciplined: false,
            evidence,
            report: self.report,
        };
        inner.resource(false)
    }

    fn refuse_unclear(&mut self, parent: &Flat, line: usize) {
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
                flat.standing != Standing::InGroup
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
