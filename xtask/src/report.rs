//! Diagnostics as text for a terminal or a log.

use std::collections::BTreeMap;

use docspec::diagnostic::Diagnostic;
use docspec::text::Text;

use crate::exit::Failure;

/// The texts that diagnostics speak of, by the name that a diagnostic gives the page.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    by_page: BTreeMap<String, Text>,
}

impl Texts {
    pub(crate) fn add(&mut self, page: &str, text: Text) {
        self.by_page.insert(page.to_owned(), text);
    }

    /// All diagnostics, rendered, as the failure that they are. `folder` stands before each page's name.
    pub(crate) fn failure(&self, folder: &str, diagnostics: Vec<Diagnostic>) -> Failure {
        let count = diagnostics.len();
        let empty = Text::new("");
        let mut report = String::new();
        for mut diagnostic in diagnostics {
            let text = self.by_page.get(&diagnostic.page).unwrap_or(&empty);
            diagnostic.page.insert_str(0, folder);
            report.push_str(&diagnostic.render(text));
            report.push_str("\n\n");
        }
        let errors = if count == 1 {
            "1 error"
        } else {
            &format!("{count} errors")
        };
        report.push_str("error: ");
        report.push_str(errors);
        Failure::Input(report)
    }
}
