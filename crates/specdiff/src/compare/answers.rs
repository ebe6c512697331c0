//! The answers of an operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::aspect::Aspect;
use crate::change::Subject;
use crate::compare::body::payload;
use crate::compare::{Comparing, Place, Sides, level};
use crate::document::{Document, Located, Operation};
use crate::level::RustLevel::{self, Major, Minor, Patch};
use crate::rust::types::Way;
use crate::rust::{Levels, Visible};

/// The answers by their status.
type Answers<'d> = BTreeMap<String, Located<'d>>;

impl<'d> Comparing<'d> {
    pub(crate) fn answers(&mut self, label: usize, was: &Operation<'d>, is: &Operation<'d>) {
        let answers = |document: &Document<'d>, operation: &Operation<'d>| -> Answers<'d> {
            operation
                .at
                .get("responses")
                .iter()
                .flat_map(Located::entries)
                .filter(|(status, _)| !status.starts_with("x-"))
                .map(|(status, answer)| (status.to_ascii_uppercase(), document.resolved(answer)))
                .collect()
        };
        let (old, new) = (answers(&self.old, was), answers(&self.new, is));
        let before = Outcome::of(&self.old, &old);
        let after = Outcome::of(&self.new, &new);
        let statuses: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for status in statuses {
            match (old.get(status), new.get(status)) {
                (Some(old), Some(new)) => self.answer(label, old, new),
                (old, new) => {
                    let is_added = old.is_none();
                    let (added, removed) = aspects(status);
                    let rust = before.level(&after, status, is_added);
                    let sides = Sides::places(old, new);
                    let sides =
                        sides.with(old.map(|_| status.clone()), new.map(|_| status.clone()));
                    let place = Self::at_operation(label, Subject::Response);
                    let aspect = if is_added { added } else { removed };
                    self.note(place, aspect, sides, level(rust));
                }
            }
        }
    }

    /// An answer that both operations have.
    fn answer(&mut self, label: usize, old: &Located<'d>, new: &Located<'d>) {
        let place = Self::at_operation(label, Subject::Response);
        self.holder_words(place, old, new, &["headers", "content", "links"]);
        let body = self.at_answer(label, Subject::ResponseBody, Visible::ALL);
        self.contents(body, Way::Answered, old, new);
        let headers =
            |document: &Document<'d>, at: &Located<'d>| -> BTreeMap<String, Located<'d>> {
                at.get("headers")
                    .iter()
                    .flat_map(Located::entries)
                    .map(|(name, header)| (name.to_ascii_lowercase(), document.resolved(header)))
                    .collect()
            };
        let (was, is) = (headers(&self.old, old), headers(&self.new, new));
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for name in names {
            let place = self.at_answer(label, Subject::ResponseHeader, Visible::NONE);
            self.header(place, was.get(name), is.get(name));
        }
        if old.value.get("links") != new.value.get("links") {
            let sides = Sides::at(old, new, "links");
            let place = Self::at_operation(label, Subject::Response);
            self.keyword(place, "links", sides, Levels::PATCH);
        }
    }

    /// A header of an answer. The generated crate gives headers as they came.
    fn header(&mut self, place: Place, was: Option<&Located<'d>>, is: Option<&Located<'d>>) {
        let (was, is) = match (was, is) {
            (Some(was), Some(is)) => (was, is),
            (was, is) => {
                let required = was.or(is).is_some_and(|header| header.is("required"));
                let aspect = match (was.is_none(), required) {
                    (true, false) => Aspect::OptionalHeaderAdded,
                    (false, false) => Aspect::OptionalHeaderRemoved,
                    (true, true) => Aspect::RequiredHeaderAdded,
                    (false, true) => Aspect::RequiredHeaderRemoved,
                };
                return self.note(place, aspect, Sides::places(was, is), Levels::PATCH);
            }
        };
        let aspect = match (was.is("required"), is.is("required")) {
            (false, true) => Some(Aspect::BecameRequired),
            (true, false) => Some(Aspect::BecameOptional),
            _ => None,
        };
        if let Some(aspect) = aspect {
            let sides = Sides::places(Some(was), Some(is));
            self.note(place, aspect, sides, Levels::PATCH);
        }
        self.holder_words(place, was, is, &["schema", "required"]);
        if let (Some(old), Some(new)) = (was.get("schema"), is.get("schema")) {
            self.schemas(place, old, new);
        }
    }
}

fn aspects(status: &str) -> (Aspect, Aspect) {
    if status == "DEFAULT" {
        (Aspect::OtherAnswerAdded, Aspect::OtherAnswerRemoved)
    } else if status.starts_with('2') {
        (Aspect::SuccessAdded, Aspect::SuccessRemoved)
    } else {
        (Aspect::FailureAdded, Aspect::FailureRemoved)
    }
}

/// What an operation's answers are in Rust: one type for success, an enum by status for failure.
struct Outcome {
    /// The type of a success, or `enum` where there are several.
    success: String,
    has_failures: bool,
}

impl Outcome {
    fn of(document: &Document<'_>, answers: &Answers<'_>) -> Self {
        let mut kinds: Vec<(&String, String)> = answers
            .iter()
            .filter(|(status, _)| status.starts_with('2'))
            .map(|(status, answer)| (status, payload(document, answer, Way::Answered).kind))
            .collect();
        if kinds.is_empty()
            && let Some((status, answer)) = answers.get_key_value("DEFAULT")
        {
            kinds.push((status, payload(document, answer, Way::Answered).kind));
        }
        // What stands inline has a name of its own at each status.
        let several = kinds.len() > 1;
        let kinds: BTreeSet<String> = kinds
            .into_iter()
            .map(|(status, kind)| {
                if several && kind.ends_with('@') {
                    format!("{kind}{status}")
                } else {
                    kind
                }
            })
            .collect();
        let mut kinds = kinds.into_iter();
        let success = match (kinds.next(), kinds.next()) {
            (None, _) => "Bytes".to_owned(),
            (Some(one), None) => one,
            _ => "enum".to_owned(),
        };
        Self {
            success,
            has_failures: answers.keys().any(|status| !status.starts_with('2')),
        }
    }

    /// What it means for callers that an answer came or went.
    fn level(&self, after: &Self, status: &str, is_added: bool) -> RustLevel {
        let success = if self.success == after.success {
            if self.success != "enum" || !status.starts_with('2') {
                Patch
            } else if is_added {
                Minor
            } else {
                Major
            }
        } else {
            Major
        };
        let failure = if status.starts_with('2') {
            Patch
        } else if self.has_failures != after.has_failures || !is_added {
            Major
        } else {
            Minor
        };
        success.max(failure)
    }
}
