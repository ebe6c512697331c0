//! The document as a whole.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aspect::Aspect;
use crate::change::Subject;
use crate::compare::{Comparing, Sides, level};
use crate::document::Located;
use crate::level::RustLevel::{Major, Patch};
use crate::rust::{Levels, client};

/// Keys of a document that are compared on their own.
const COMPARED: [&str; 8] = [
    "paths",
    "components",
    "info",
    "servers",
    "security",
    "x-unvalidated",
    "x-quotas",
    "openapi",
];

/// Kinds of components that are compared where they are used.
const USED: [&str; 6] = [
    "schemas",
    "securitySchemes",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
];

impl<'d> Comparing<'d> {
    pub(crate) fn api(&mut self) {
        let (old, new) = (
            Located::new(self.old.root, ""),
            Located::new(self.new.root, ""),
        );
        let place = Self::at_api(Subject::Api);
        let validation = match (self.old.unvalidated, self.new.unvalidated) {
            (false, true) => Some(Aspect::ValidationDropped),
            (true, false) => Some(Aspect::ValidationStated),
            _ => None,
        };
        if let Some(aspect) = validation {
            let key = "x-unvalidated";
            let sides = Sides::at(&old, &new, key);
            self.note(place, aspect, sides, level(Major));
        }
        self.holder_words(place, &old, &new, &COMPARED);
        self.quotas(&old, &new);
        if old.value.get("openapi") != new.value.get("openapi") {
            let key = "openapi";
            let sides = Sides::at(&old, &new, key);
            self.keyword(place, key, sides, Levels::PATCH);
        }
        if let (Some(old), Some(new)) = (old.get("info"), new.get("info")) {
            self.info(&old, &new);
        }
        self.servers(&old, &new);
        self.api_security();
        if let (Some(old), Some(new)) = (old.get("components"), new.get("components")) {
            self.holder_words(place, &old, &new, &USED);
        }
        self.path_words(&old, &new);
    }

    fn quotas(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let key = "x-quotas";
        let (before, after) = (old.get(key), new.get(key));
        if before.as_ref().map(|found| found.value) != after.as_ref().map(|found| found.value) {
            let rust = client::quotas_level(&self.old, &self.new);
            let sides = Sides::keyword((old, before.as_ref()), (new, after.as_ref()), key);
            self.keyword(Self::at_api(Subject::Api), key, sides, level(rust));
        }
    }

    fn info(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let place = Self::at_api(Subject::Api);
        let key = "version";
        if old.value.get(key) != new.value.get(key) {
            let sides = Sides::at(old, new, key);
            self.note(place, Aspect::VersionChanged, sides, level(Patch));
        }
        self.holder_words(place, old, new, &[key]);
    }

    /// What is said of a path beside its operations.
    fn path_words(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let paths = |at: &Located<'d>| -> BTreeMap<&'d str, Located<'d>> {
            at.get("paths").iter().flat_map(Located::entries).collect()
        };
        let (was, is) = (paths(old), paths(new));
        let operations: Vec<&str> = crate::document::METHODS
            .into_iter()
            .chain(["parameters", "$ref"])
            .collect();
        for (path, before) in &was {
            if let Some(after) = is.get(path) {
                let place = Self::at_api(Subject::Api);
                self.holder_words(place, before, after, &operations);
            }
        }
    }

    fn servers(&mut self, old: &Located<'d>, new: &Located<'d>) {
        let servers = |at: &Located<'d>| -> BTreeMap<&'d str, Located<'d>> {
            at.get("servers")
                .iter()
                .flat_map(Located::items)
                .filter_map(|server| Some((server.text("url")?, server)))
                .collect()
        };
        let (was, is) = (servers(old), servers(new));
        let (default_was, default_is) = (default(old), default(new));
        let lost_default = level(if default_is.is_none() && default_was.is_some() {
            Major
        } else {
            Patch
        });
        let place = Self::at_api(Subject::Api);
        let urls: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
        for url in urls {
            match (was.get(url), is.get(url)) {
                (Some(was), Some(is)) => {
                    self.holder_words(place, was, is, &["url", "x-default"]);
                }
                (was, is) => {
                    let (aspect, levels) = if was.is_none() {
                        (Aspect::ServerAdded, Levels::PATCH)
                    } else {
                        (Aspect::ServerRemoved, lost_default)
                    };
                    let sides = Sides::places(was, is).with(was.map(|_| url), is.map(|_| url));
                    self.note(place, aspect, sides, levels);
                }
            }
        }
        let in_both =
            |url: Option<&str>| url.is_none_or(|url| was.contains_key(url) && is.contains_key(url));
        if default_was != default_is
            && in_both(default_was)
            && in_both(default_is)
            && !was.is_empty()
            && !is.is_empty()
        {
            let sides = Sides::at(old, new, "servers");
            self.note(
                place,
                Aspect::DefaultServerChanged,
                sides.with(default_was, default_is),
                lost_default,
            );
        }
    }
}

/// The server that clients use unless told otherwise.
fn default<'d>(at: &Located<'d>) -> Option<&'d str> {
    let servers = at.value.get("servers")?.as_array()?;
    servers
        .iter()
        .find(|server| server.get("x-default") != Some(&Value::Bool(false)))?
        .get("url")?
        .as_str()
}
