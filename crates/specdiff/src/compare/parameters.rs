//! Parameters.

use crate::aspect::Aspect;
use crate::change::{Directions, Subject};
use crate::compare::properties::{is_telling, same};
use crate::compare::{Comparing, Owner, Place, Position, Sides, level};
use crate::document::{Located, Operation, Parameter};
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::rust::Visible;

/// Keywords of a parameter that are compared on their own.
const COMPARED: [&str; 9] = [
    "name",
    "in",
    "required",
    "schema",
    "content",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
];

/// Headers that the transport writes, so that the generated crate has no parameter for them.
const TRANSPORT: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Comparing<'d> {
    pub(crate) fn parameters(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let mut removed = Vec::new();
        let mut added: Vec<Parameter<'d>> = is.parameters.clone();
        let place_of = |parameter: &Parameter<'_>, path: &str| {
            path.split('/')
                .position(|segment| segment.contains(&format!("{{{}}}", parameter.name)))
        };
        for parameter in &was.parameters {
            let same = added.iter().position(|other| {
                other.place == parameter.place
                    && if parameter.place == "path" {
                        place_of(other, is.path) == place_of(parameter, was.path)
                    } else if parameter.place == "header" {
                        other.name.eq_ignore_ascii_case(parameter.name)
                    } else {
                        other.name == parameter.name
                    }
            });
            match same {
                Some(index) => {
                    let other = added.remove(index);
                    self.parameter(label, parameter, &other);
                }
                None => removed.push(parameter.clone()),
            }
        }
        for (was, is) in renamed(&mut removed, &mut added) {
            let aspect = if was.at.is("required") {
                Aspect::RequiredParameterRenamed
            } else {
                Aspect::OptionalParameterRenamed
            };
            let sides =
                Sides::places(Some(&was.at), Some(&is.at)).with(Some(was.name), Some(is.name));
            let place = at(label, &was);
            self.note(place, aspect, sides, level(Major));
            self.moved_within(&was.at, &is.at);
            self.parameter_schema(label, &was, &is);
        }
        for parameter in removed {
            let demanded = self.demanded_by(&parameter.at);
            let aspect = match (parameter.at.is("required"), &demanded) {
                (true, _) => Aspect::RequiredParameterRemoved,
                (false, Some(_)) => Aspect::DemandedParameterRemoved,
                (false, None) => Aspect::OptionalParameterRemoved,
            };
            let sides = Sides::places(Some(&parameter.at), None);
            self.note_about(at(label, &parameter), aspect, sides, level(Major), demanded);
        }
        for parameter in added {
            let demanded = self.demanded_by(&parameter.at);
            let (aspect, rust) = match (parameter.at.is("required"), &demanded) {
                (true, _) => (Aspect::RequiredParameterAdded, Major),
                (false, Some(_)) => (Aspect::DemandedParameterAdded, Minor),
                (false, None) => (Aspect::OptionalParameterAdded, Minor),
            };
            let sides = Sides::places(None, Some(&parameter.at));
            self.note_about(at(label, &parameter), aspect, sides, level(rust), demanded);
        }
    }

    /// A parameter that both operations have.
    fn parameter(&mut self, label: usize, was: &Parameter<'d>, is: &Parameter<'d>) {
        let node = self.root(label, Directions::REQUEST);
        let place = Place {
            owner: Owner::Node(node),
            ..at(label, is)
        };
        let both = || Sides::places(Some(&was.at), Some(&is.at));
        if was.name != is.name && was.place == "path" {
            let sides = both().with(Some(was.name), Some(is.name));
            self.note(place, Aspect::PathParameterRenamed, sides, level(Major));
        }
        let required = match (was.at.is("required"), is.at.is("required")) {
            (false, true) => Some((Aspect::BecameRequired, Major)),
            (true, false) => Some((Aspect::BecameOptional, Patch)),
            _ => None,
        };
        if let Some((aspect, rust)) = required {
            self.note(place, aspect, both(), level(rust));
        }
        if let (Some(before), Some(after)) = (encoding(was), encoding(is))
            && before != after
        {
            let sides = both().with(Some(before), Some(after));
            self.note(place, Aspect::EncodingChanged, sides, level(Patch));
        }
        let key = "allowEmptyValue";
        let empty = match (was.at.is(key), is.at.is(key)) {
            (false, true) => Some(Aspect::EmptyValueAllowed),
            (true, false) => Some(Aspect::EmptyValueRefused),
            _ => None,
        };
        if let Some(aspect) = empty {
            self.note(place, aspect, both(), level(Patch));
        }
        self.holder_words(place, &was.at, &is.at, &COMPARED);
        self.compare_parameter_schema(place, was, is);
    }

    /// The schema of a parameter that is the same under another name.
    fn parameter_schema(&mut self, label: usize, was: &Parameter<'d>, is: &Parameter<'d>) {
        let node = self.root(label, Directions::REQUEST);
        let place = Place {
            owner: Owner::Node(node),
            ..at(label, is)
        };
        self.compare_parameter_schema(place, was, is);
    }

    fn compare_parameter_schema(&mut self, place: Place, was: &Parameter<'d>, is: &Parameter<'d>) {
        match (schema(was), schema(is)) {
            (Some(old), Some(new)) => self.schemas(place, old, new),
            (None, None) => {}
            (before, after) => {
                let aspect = if before.is_none() {
                    Aspect::TypeStated
                } else {
                    Aspect::TypeDropped
                };
                let sides = Sides::keyword(
                    (&was.at, before.as_ref()),
                    (&is.at, after.as_ref()),
                    "schema",
                );
                self.note(place, aspect, sides, level(Major));
            }
        }
    }
}

/// The schema of a parameter's value, also of one that is written as JSON.
fn schema<'d>(parameter: &Parameter<'d>) -> Option<Located<'d>> {
    parameter.at.get("schema").or_else(|| {
        let content = parameter.at.get("content")?;
        let (_, media) = content.entries().next()?;
        media.get("schema")
    })
}

/// How a value is written: where nothing is said, as OpenAPI says.
fn encoding(parameter: &Parameter<'_>) -> Option<String> {
    if let Some(content) = parameter.at.get("content") {
        return content.entries().next().map(|(media, _)| media.to_owned());
    }
    let default = match parameter.place {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let style = parameter.at.text("style").unwrap_or(default);
    let explode = parameter
        .at
        .value
        .get("explode")
        .and_then(serde_json::Value::as_bool)
        .unwrap_or(style == "form");
    let reserved = if parameter.at.is("allowReserved") {
        ", reserved characters as they are"
    } else {
        ""
    };
    Some(format!(
        "{style}{}{reserved}",
        if explode { ", exploded" } else { "" }
    ))
}

fn at(label: usize, parameter: &Parameter<'_>) -> Place {
    let subject = match parameter.place {
        "path" => Subject::PathParameter,
        "header" => Subject::HeaderParameter,
        "cookie" => Subject::CookieParameter,
        _ => Subject::QueryParameter,
    };
    let is_transport = parameter.place == "header"
        && TRANSPORT
            .iter()
            .any(|name| name.eq_ignore_ascii_case(parameter.name));
    Place {
        owner: Owner::Operation(label),
        subject,
        position: Position::Root,
        visible: Visible {
            sent: !is_transport,
            answered: !is_transport,
        },
    }
}

/// Takes out the pairs that are one parameter under two names: described alike, and nothing else is.
fn renamed<'d>(
    removed: &mut Vec<Parameter<'d>>,
    added: &mut Vec<Parameter<'d>>,
) -> Vec<(Parameter<'d>, Parameter<'d>)> {
    let mut pairs = Vec::new();
    for was in removed.clone() {
        let alike = |parameters: &[Parameter<'d>]| -> Vec<usize> {
            let mut found = Vec::new();
            for (index, parameter) in parameters.iter().enumerate() {
                if parameter.place == was.place && same_but_name(&parameter.at, &was.at) {
                    found.push(index);
                }
            }
            found
        };
        if !is_telling(was.at.value) {
            continue;
        }
        if let ([there], [here]) = (alike(removed).as_slice(), alike(added).as_slice()) {
            pairs.push((removed.remove(*there), added.remove(*here)));
        }
    }
    pairs
}

fn same_but_name(one: &Located<'_>, other: &Located<'_>) -> bool {
    let nameless = |at: &Located<'_>| {
        let mut value = at.value.clone();
        if let Some(object) = value.as_object_mut() {
            object.remove("name");
        }
        value
    };
    same(&nameless(one), &nameless(other))
}
