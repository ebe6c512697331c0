//! Bodies: media types and their schemas.

use std::collections::{BTreeMap, BTreeSet};

use crate::aspect::Aspect;
use crate::change::{Directions, Subject};
use crate::compare::{Comparing, Owner, Place, Position, Sides, level};
use crate::document::{Document, Located, Operation};
use crate::level::RustLevel::{Major, Minor, Patch};
use crate::rust::types::{self, Way};
use crate::rust::{Levels, Visible};

impl<'d> Comparing<'d> {
    pub(crate) fn request_body(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let body = |document: &Document<'d>, operation: &Operation<'d>| {
            operation
                .at
                .get("requestBody")
                .map(|body| document.resolved(body))
        };
        let (old, new) = (body(&self.old, was), body(&self.new, is));
        let place = Self::at_operation(label, Subject::RequestBody);
        match (old, new) {
            (None, None) => {}
            (Some(old), None) => {
                let aspect = if old.is("required") {
                    Aspect::RequiredBodyRemoved
                } else {
                    Aspect::OptionalBodyRemoved
                };
                self.note(place, aspect, Sides::places(Some(&old), None), level(Major));
            }
            (None, Some(new)) => {
                let (aspect, rust) = if new.is("required") {
                    (Aspect::RequiredBodyAdded, Major)
                } else {
                    (Aspect::OptionalBodyAdded, Minor)
                };
                self.note(place, aspect, Sides::places(None, Some(&new)), level(rust));
            }
            (Some(old), Some(new)) => {
                let node = self.root(label, Directions::REQUEST);
                let place = Place {
                    owner: Owner::Node(node),
                    ..place
                };
                let required = match (old.is("required"), new.is("required")) {
                    (false, true) => Some((Aspect::BecameRequired, Major)),
                    (true, false) => Some((Aspect::BecameOptional, Patch)),
                    _ => None,
                };
                if let Some((aspect, rust)) = required {
                    let sides = Sides::places(Some(&old), Some(&new));
                    self.note(place, aspect, sides, level(rust));
                }
                self.holder_words(place, &old, &new, &["required", "content"]);
                self.contents(place, Way::Sent, &old, &new);
            }
        }
    }

    /// Compares what is said of a body, an answer or a header beside what is in it.
    pub(crate) fn holder_words(
        &mut self,
        place: Place,
        old: &Located<'d>,
        new: &Located<'d>,
        compared: &[&str],
    ) {
        let keywords = |at: &Located<'d>| -> BTreeMap<&'d str, Located<'d>> {
            at.entries()
                .filter(|(key, _)| !compared.contains(key))
                .collect()
        };
        self.words(place, (old, &keywords(old)), (new, &keywords(new)));
    }

    /// Compares the media types of two bodies.
    pub(crate) fn contents(
        &mut self,
        place: Place,
        way: Way,
        old: &Located<'d>,
        new: &Located<'d>,
    ) {
        let media = |at: &Located<'d>| -> BTreeMap<String, Located<'d>> {
            at.get("content")
                .iter()
                .flat_map(Located::entries)
                .map(|(name, found)| (name.to_ascii_lowercase(), found))
                .collect()
        };
        let (was, is) = (media(old), media(new));
        let before = payload(&self.old, old, way);
        let after = payload(&self.new, new, way);
        let levels = level(if before.kind == after.kind {
            Patch
        } else {
            Major
        });
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for name in names {
            let is_chosen =
                before.media.as_ref() == Some(name) && after.media.as_ref() == Some(name);
            let inner = Place {
                visible: if is_chosen {
                    Visible::ALL
                } else {
                    Visible::NONE
                },
                ..place
            };
            match (was.get(name), is.get(name)) {
                (Some(was), Some(is)) => self.media(inner, was, is, levels),
                (was, is) => {
                    let aspect = if was.is_none() {
                        Aspect::MediaTypeAdded
                    } else {
                        Aspect::MediaTypeRemoved
                    };
                    let sides = Sides {
                        old: Some(
                            was.map_or_else(|| old.pointer.clone(), |was| was.pointer.clone()),
                        ),
                        new: Some(is.map_or_else(|| new.pointer.clone(), |is| is.pointer.clone())),
                        ..Sides::default()
                    };
                    let sides = sides.with(was.map(|_| name.clone()), is.map(|_| name.clone()));
                    self.note(place, aspect, sides, levels);
                }
            }
        }
    }

    fn media(&mut self, place: Place, old: &Located<'d>, new: &Located<'d>, levels: Levels) {
        self.holder_words(place, old, new, &["schema", "encoding"]);
        let key = "encoding";
        if old.value.get(key) != new.value.get(key) {
            let sides = Sides::at(old, new, key);
            self.note(place, Aspect::EncodingChanged, sides, Levels::PATCH);
        }
        match (old.get("schema"), new.get("schema")) {
            (Some(was), Some(is)) => self.schemas(place, was, is),
            (None, None) => {}
            (was, is) => {
                let aspect = if was.is_none() {
                    Aspect::BodySchemaStated
                } else {
                    Aspect::BodySchemaDropped
                };
                let sides = Sides::keyword((old, was.as_ref()), (new, is.as_ref()), "schema");
                let sides = Sides {
                    before: None,
                    after: None,
                    ..sides
                };
                self.note(place, aspect, sides, levels);
            }
        }
    }

    /// A place for the parts of an answer.
    pub(crate) fn at_answer(&mut self, label: usize, subject: Subject, visible: Visible) -> Place {
        let node = self.root(label, Directions::RESPONSE);
        Place {
            owner: Owner::Node(node),
            subject,
            position: Position::Root,
            visible,
        }
    }
}

/// What the generated crate sends or reads of a body.
pub(crate) struct Payload {
    /// The media type that it chooses.
    pub(crate) media: Option<String>,
    /// The type of it in Rust.
    pub(crate) kind: String,
}

/// Of several media types the first of these is chosen: JSON, a form, text, anything else.
pub(crate) fn payload(document: &Document<'_>, holder: &Located<'_>, way: Way) -> Payload {
    let mut media: Vec<(u8, String, Located<'_>)> = holder
        .get("content")
        .iter()
        .flat_map(Located::entries)
        .map(|(name, found)| {
            let name = name.to_ascii_lowercase();
            (rank(&name), name, found)
        })
        .collect();
    media.sort_by_key(|(rank, ..)| *rank);
    let Some((rank, name, found)) = media.into_iter().next() else {
        return Payload {
            media: None,
            kind: "()".to_owned(),
        };
    };
    let is_typed = rank == 0 || rank == 1 && way == Way::Sent;
    let kind = match found.get("schema") {
        Some(schema) if is_typed => types::of(document, &schema, way),
        None if is_typed => "Json".to_owned(),
        _ if rank == 2 => "String".to_owned(),
        _ => "Bytes".to_owned(),
    };
    Payload {
        media: Some(name),
        kind,
    }
}

fn rank(media: &str) -> u8 {
    let bare = media.split(';').next().unwrap_or_default().trim();
    if bare == "application/json" || bare.ends_with("+json") || bare.ends_with("/json") {
        0
    } else if bare == "application/x-www-form-urlencoded" {
        1
    } else if bare.starts_with("text/") {
        2
    } else {
        3
    }
}
