//! A field's support block: how many integrations know the field, then each with its status, and what this
//! integration accepts or what there is to say about it.

use std::collections::HashSet;

use super::lines::{self, Lines, SupportHeader};
use crate::layout::Context;
use crate::layout::printed_value::without_repeats;
use crate::layout::truto;
use crate::layout::truto::report::{Problem, Report};
use crate::layout::truto::values;
use crate::page::{Level, Support};

/// Reads the block whose header stands on `start`; gives the entries and the line after the block.
pub(super) fn read(
    lines: Lines<'_>,
    start: usize,
    header: SupportHeader,
    has_enum: bool,
    context: Context<'_>,
    report: &mut Report<'_>,
) -> (Vec<Support>, usize) {
    let mut block = Block {
        lines,
        start,
        header,
        has_enum,
        context,
        report,
        entries: Vec::new(),
        noted: HashSet::new(),
    };
    let end = block.read();
    (block.entries, end)
}

struct Block<'a, 'r, 'p> {
    lines: Lines<'a>,
    start: usize,
    header: SupportHeader,
    has_enum: bool,
    context: Context<'a>,
    report: &'r mut Report<'p>,
    entries: Vec<Support>,
    /// The lines of the entries that have a note.
    noted: HashSet<usize>,
}

impl Block<'_, '_, '_> {
    fn read(&mut self) -> usize {
        let mut line = self.start + 1;
        let mut complete = true;
        while self.entries.len() < self.header.supported {
            if !self.is_entry(line) || self.is_typed_field(line) {
                complete = false;
                break;
            }
            line = self.entry(line);
        }
        if !complete {
            self.refuse_count();
        } else if self.is_surplus(line) {
            while self.is_surplus(line) {
                line = self.entry(line);
            }
            self.refuse_count();
        } else {
            self.check();
        }
        line
    }

    /// Whether the line is a name with its type: no integration, even where `required` stands below.
    fn is_typed_field(&self, line: usize) -> bool {
        self.lines.get(line).starts_with(char::is_lowercase)
            && self
                .lines
                .field_start(line)
                .is_some_and(|field| field.notation.is_some())
    }

    fn is_surplus(&self, line: usize) -> bool {
        self.is_entry(line) && self.lines.field_start(line).is_none()
    }

    /// Whether an integration's entry starts on this line, and no values do.
    fn is_entry(&self, line: usize) -> bool {
        let name = values::fused(self.lines.get(line)).text;
        self.lines.is_entry(line) && !values::is_reviewed(name, self.context)
    }

    /// Reads an entry; gives the line after it.
    fn entry(&mut self, line: usize) -> usize {
        let level = if self.lines.get(line + 1) == "required" {
            Level::Required
        } else {
            Level::Supported
        };
        self.entries
            .push(truto::support(self.lines.get(line), level, line));
        let after = self.values(line + 2);
        self.notes(after)
    }

    /// The values that the entry above accepts, without separators, right below its status.
    fn values(&mut self, line: usize) -> usize {
        let printed = self.lines.get(line);
        if printed.is_empty()
            || lines::section(printed).is_some()
            || lines::is_status(printed)
            || printed == lines::GROUP
            || lines::property_count(printed).is_some()
        {
            return line;
        }
        let values::Fused { text, hidden } = values::fused(printed);
        let known = self.context.vocabulary.split(text).is_some();
        let last = self.entries.len() >= self.header.supported;
        let is_values = if self.lines.is_entry(line) {
            values::is_reviewed(text, self.context)
        } else if last {
            self.has_enum && (known || self.lines.field_start(line).is_none())
        } else {
            (self.has_enum || known) && self.continues(line + 1)
        };
        if !is_values {
            return line;
        }
        let values = values::split(
            text,
            line,
            values::Told::default(),
            self.context,
            self.report,
        );
        if let (Some(values), Some(entry)) = (values, self.entries.last_mut()) {
            entry.values = without_repeats(values);
            if hidden > 0 {
                entry.notes.push(format!(
                    "accepts {hidden} more values that the page does not show"
                ));
            }
        }
        line + 1
    }

    /// Whether the block goes on on this line: with an entry, or with the blank line above a note.
    fn continues(&self, line: usize) -> bool {
        self.lines.is_entry(line) || self.lines.get(line).is_empty()
    }

    /// The paragraphs about the entry above, each between blank lines.
    fn notes(&mut self, mut line: usize) -> usize {
        if self.header.notes == 0 {
            return line;
        }
        let last = self.entries.len() >= self.header.supported;
        loop {
            let first = self.lines.skip_blank(line);
            let printed = self.lines.get(first);
            if first == line
                || printed.is_empty()
                || lines::section(printed).is_some()
                || printed == lines::GROUP
                || self.lines.is_entry(first)
                || (last && self.lines.field_start(first).is_some())
            {
                return if self.lines.get(line).is_empty() && self.lines.is_entry(first) {
                    first
                } else {
                    line
                };
            }
            let mut paragraph = Vec::new();
            let mut next = first;
            while !self.lines.get(next).is_empty() && !self.lines.is_entry(next) {
                paragraph.push(self.lines.get(next));
                next += 1;
            }
            if let Some(entry) = self.entries.last_mut() {
                entry.notes.push(paragraph.join("\n"));
                self.noted.insert(entry.source.line);
            }
            line = next;
        }
    }

    fn refuse_count(&mut self) {
        let SupportHeader { supported, .. } = self.header;
        let listed = self.entries.len();
        let found = format!("a list that declares {supported} integrations and holds {listed}");
        let fix = if listed < supported {
            "copy the page again: after the last integration listed stands no name with `supported` or `required` below it"
        } else {
            "copy the page again, or correct the count as the vendor's page has it"
        };
        let expected =
            "as many names as declared, each with `supported` or `required` on the next line"
                .to_owned();
        self.report.line(
            self.start,
            Problem {
                rule: "support-count",
                found,
                expected,
                fix,
            },
        );
    }

    /// Compares the entries with what the header declares of them.
    fn check(&mut self) {
        let required = self
            .entries
            .iter()
            .filter(|entry| entry.level == Level::Required)
            .count();
        for (declared, listed, what) in [
            (self.header.required, required, "required"),
            (self.header.notes, self.noted.len(), "with a note"),
        ] {
            if declared != listed {
                self.report.line(
                    self.start,
                    Problem {
                        rule: "support-count",
                        found: format!(
                            "a list that declares {declared} integrations {what} and holds {listed}"
                        ),
                        expected: "the list to agree with its own count".to_owned(),
                        fix: "copy the page again, or correct the count as the vendor's page has it",
                    },
                );
            }
        }
        let mut names = HashSet::new();
        for entry in &self.entries {
            if !names.insert(entry.integration.as_str()) {
                self.report.line(
                    entry.source.line,
                    Problem {
                        rule: "repeated-integration",
                        found: "an integration that this list already holds".to_owned(),
                        expected: "every integration once".to_owned(),
                        fix: "copy the page again, or remove the entry that the vendor's page does not have",
                    },
                );
            }
        }
    }
}
