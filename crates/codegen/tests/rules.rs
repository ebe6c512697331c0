//! Every rule of normalising is documented, and shown by a file of its own or beside others in `tests/normalise`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Expr, Item, Lit,
    visit::{self, Visit},
};

/// Each rule, and the document under `tests/normalise` whose report, next to it, shows what the rule does.
const SHOWN: [(&str, &str); 46] = [
    ("additional-properties", "composition"),
    ("aliases", "composition"),
    ("all-of", "composition"),
    ("body-media-type", "parameters"),
    ("boolean-schemas", "newer"),
    ("bounds", "newer"),
    ("component-names", "names"),
    ("conditions", "newer"),
    ("constants", "newer"),
    ("constraints", "composition"),
    ("definitions", "newer"),
    ("directions", "composition"),
    ("encodings", "newer"),
    ("enumerations", "names"),
    ("formats", "composition"),
    ("free-form", "crm"),
    ("info-version", "names"),
    ("inline-schemas", "composition"),
    ("lenient-responses", "composition"),
    ("listings", "crm"),
    ("not", "composition"),
    ("nullability", "parameters"),
    ("open-enums", "composition"),
    ("operation-names", "composition"),
    ("parameter-encodings", "repairs"),
    ("parameters", "names"),
    ("path-parameters", "names"),
    ("paths", "repairs"),
    ("pattern-properties", "newer"),
    ("property-names", "names"),
    ("reference-siblings", "references"),
    ("references", "references"),
    ("repairs", "repairs"),
    ("required-names", "composition"),
    ("response-unions", "composition"),
    ("responses", "crm"),
    ("rust-types", "references"),
    ("security", "parameters"),
    ("tags", "large"),
    ("three-state", "crm"),
    ("tuples", "newer"),
    ("types", "newer"),
    ("unions", "composition"),
    ("unknown-keywords", "references"),
    ("unused-components", "composition"),
    ("webhooks", "newer"),
];

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The rules that the sources name when they report a change.
fn reported() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder("src/normalise")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
        let mut notes = Notes {
            constants: constants(&file.items),
            found: &mut found,
        };
        notes.visit_file(&file);
    }
    found
}

/// The constants of a file that are text.
fn constants(items: &[Item]) -> BTreeMap<String, String> {
    let text = |item: &Item| match item {
        Item::Const(constant) => Some((constant.ident.to_string(), literal(&constant.expr)?)),
        _ => None,
    };
    items.iter().filter_map(text).collect()
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The calls of `Report::note`.
struct Notes<'a> {
    constants: BTreeMap<String, String>,
    found: &'a mut BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Notes<'_> {
    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "note" {
            let rule = match &call.args[0] {
                Expr::Path(path) => {
                    let name = path.path.get_ident().unwrap().to_string();
                    self.constants[&name].clone()
                }
                other => literal(other).unwrap(),
            };
            self.found.insert(rule);
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn names() -> BTreeSet<String> {
    SHOWN.iter().map(|(rule, _)| (*rule).to_owned()).collect()
}

#[test]
fn every_rule_that_a_report_can_hold_is_shown() {
    assert_eq!(reported(), names());
    assert_eq!(names().len(), SHOWN.len());
    for (rule, document) in SHOWN {
        let path = folder("tests/normalise").join(format!("{document}.report.txt"));
        let report = fs::read_to_string(path).unwrap();
        let start = format!("{rule} /");
        assert!(
            report.lines().any(|line| line.starts_with(&start)),
            "{document} does not show {rule}"
        );
    }
}

#[test]
fn every_rule_is_documented_and_no_other() {
    let text = fs::read_to_string(folder("src/normalise.rs")).unwrap();
    let documented: BTreeSet<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .filter_map(|line| line.split_once('`'))
        .map(|(rule, _)| rule.to_owned())
        .collect();
    assert_eq!(documented, names());
}
