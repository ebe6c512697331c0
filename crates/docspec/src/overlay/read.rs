//! Reading an overlay file, strictly.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use serde_json_path::JsonPath;
use serde_saphyr::Spanned;

use super::{Action, Change, Overlay, Selector};
use crate::description;
use crate::diagnostic::{Diagnostic, Span};

impl Overlay {
    /// Reads an overlay from YAML or JSON. `file` is its name in messages.
    ///
    /// # Errors
    ///
    /// All that is wrong with it: invalid YAML, another version of the specification, unknown keys (extensions
    /// aside), missing title, version, description or actions, targets that are no `JSONPath`, actions that do not
    /// say exactly one of `update`, `copy` and `remove: true`.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let document = description::parse(file, text)?;
        let mut reader = Reader {
            file,
            lines: action_lines(text),
            problems: Vec::new(),
        };
        let overlay = reader.overlay(document);
        match overlay {
            Some(overlay) if reader.problems.is_empty() => Ok(overlay),
            _ => Err(reader.problems),
        }
    }
}

/// The lines where the actions start; fewer than there are actions when they are not known.
fn action_lines(text: &str) -> Vec<usize> {
    #[derive(Deserialize)]
    struct Lines {
        actions: Vec<Spanned<IgnoredAny>>,
    }
    let lines: Result<Lines, _> = serde_saphyr::from_str(text);
    lines.map_or_else(
        |_| Vec::new(),
        |lines| {
            let line = |action: &Spanned<IgnoredAny>| action.referenced.line();
            lines
                .actions
                .iter()
                .map(|action| usize::try_from(line(action)).unwrap_or(0))
                .collect()
        },
    )
}

struct Reader<'f> {
    file: &'f str,
    lines: Vec<usize>,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(
        &mut self,
        rule: &'static str,
        line: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.problems.push(Diagnostic {
            rule,
            page: self.file.to_owned(),
            span: (line > 0).then_some(Span {
                line,
                start: 0,
                end: usize::MAX,
            }),
            found: found.into(),
            expected: expected.into(),
            fix: fix.into(),
        });
    }

    fn overlay(&mut self, document: Value) -> Option<Overlay> {
        let mut root = self.object(document, "the overlay", 0)?;
        let overlay = self.text(&mut root, "overlay", "the overlay", 0);
        if let Some(version) = &overlay
            && version != "1.1"
            && !version.starts_with("1.1.")
        {
            self.problem(
                "overlay-version",
                0,
                format!("the overlay follows version {version} of the specification"),
                "version 1.1.0",
                "write `overlay: 1.1.0`",
            );
        }
        let extends = match root.remove("extends") {
            None => None,
            Some(Value::String(extends)) => Some(extends),
            Some(_) => {
                self.wrong_type("`extends`", "a string", 0);
                None
            }
        };
        let info = root.remove("info").unwrap_or_default();
        let info = self.object(info, "`info`", 0).map(|mut info| {
            let title = self.text(&mut info, "title", "`info`", 0);
            let version = self.text(&mut info, "version", "`info`", 0);
            let description = self.text(&mut info, "description", "`info`", 0);
            self.nothing_else(&info, "`info`", "`title`, `version`, `description`", 0);
            (title, version, description)
        });
        let actions = match root.remove("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => actions,
            _ => {
                self.problem(
                    "overlay-actions",
                    0,
                    "the overlay has no list of actions",
                    "`actions` with at least one action",
                    "add an action, or remove the file",
                );
                Vec::new()
            }
        };
        let expected = "`overlay`, `info`, `extends`, `actions`";
        self.nothing_else(&root, "the overlay", expected, 0);
        let actions = self.actions(actions);
        let (title, version, description) = info?;
        Some(Overlay {
            file: self.file.to_owned(),
            title: title?,
            version: version?,
            description: description?,
            extends,
            actions,
        })
    }

    fn actions(&mut self, actions: Vec<Value>) -> Vec<Action> {
        for (index, action) in actions.iter().enumerate() {
            if actions[..index].contains(action) {
                let line = self.line(index);
                self.problem(
                    "overlay-action-twice",
                    line,
                    format!("action {} stands twice", index + 1),
                    "each action once",
                    "remove one of the two",
                );
            }
        }
        actions
            .into_iter()
            .enumerate()
            .filter_map(|(index, action)| self.action(index, action))
            .collect()
    }

    fn line(&self, action: usize) -> usize {
        self.lines.get(action).copied().unwrap_or(0)
    }

    fn action(&mut self, index: usize, action: Value) -> Option<Action> {
        let line = self.line(index);
        let what = format!("action {}", index + 1);
        let mut action = self.object(action, &what, line)?;
        let target = self
            .text(&mut action, "target", &what, line)
            .and_then(|target| self.selector(target, line));
        let description = match action.remove("description") {
            None => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.wrong_type(&format!("`description` of {what}"), "a string", line);
                None
            }
        };
        let changes = (
            action.remove("update"),
            action.remove("copy"),
            action.remove("remove"),
        );
        let expected = "`target`, `description`, `update`, `copy`, `remove`";
        self.nothing_else(&action, &what, expected, line);
        let change = match changes {
            (Some(update), None, None) => Some(Change::Update(update)),
            (None, Some(Value::String(from)), None) => self.selector(from, line).map(Change::Copy),
            (None, None, Some(Value::Bool(true))) => Some(Change::Remove),
            _ => {
                self.problem(
                    "overlay-change",
                    line,
                    format!("{what} does not say one thing to do"),
                    "exactly one of `update` with a value, `copy` with a path, and `remove: true`",
                    "keep one of the three, and make an action of its own of each other",
                );
                None
            }
        };
        Some(Action {
            line,
            target: target?,
            description,
            change: change?,
        })
    }

    fn selector(&mut self, text: String, line: usize) -> Option<Selector> {
        match JsonPath::parse(&text) {
            Ok(path) => Some(Selector { text, path }),
            Err(error) => {
                self.problem(
                    "overlay-path",
                    line,
                    format!("`{text}` is no JSONPath: {error}"),
                    "a JSONPath of RFC 9535, such as `$.paths['/contacts'].get`",
                    "correct the path; names with other characters than letters, digits and `_` go into `['…']`",
                );
                None
            }
        }
    }

    fn object(&mut self, value: Value, what: &str, line: usize) -> Option<Map<String, Value>> {
        if let Value::Object(object) = value {
            return Some(object);
        }
        self.wrong_type(what, "an object", line);
        None
    }

    /// A text that must be there and not be empty.
    fn text(
        &mut self,
        object: &mut Map<String, Value>,
        key: &str,
        what: &str,
        line: usize,
    ) -> Option<String> {
        match object.remove(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
            None | Some(Value::String(_)) => {
                self.problem(
                    "overlay-missing",
                    line,
                    format!("{what} has no `{key}`"),
                    format!("`{key}` with a text"),
                    format!("fill in `{key}`"),
                );
                None
            }
            Some(_) => {
                self.wrong_type(&format!("`{key}` of {what}"), "a string", line);
                None
            }
        }
    }

    fn wrong_type(&mut self, what: &str, expected: &str, line: usize) {
        self.problem(
            "overlay-type",
            line,
            format!("{what} is not {expected}"),
            expected,
            "correct the value; a version goes into quotes",
        );
    }

    fn nothing_else(
        &mut self,
        object: &Map<String, Value>,
        what: &str,
        expected: &str,
        line: usize,
    ) {
        for key in object.keys().filter(|key| !key.starts_with("x-")) {
            self.problem(
                "overlay-unknown-key",
                line,
                format!("{what} has the unknown key `{key}`"),
                format!("one of {expected}"),
                "correct the key or remove it",
            );
        }
    }
}
