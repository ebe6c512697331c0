//! What became of the documents, as text.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{check::Checked, generate::Measured, list::Document};

/// One line for each document, the sums, the rules, and what went wrong.
pub(crate) fn table(documents: &[Document], measured: &[Measured], checked: &Checked) -> String {
    let mut text = format!(
        "{:<24}{:>6}{:>7}{:>6}{:>6}{:>8}{:>7}{:>6}{:>6}{:>8}\n",
        "document", "format", "MB", "ops", "types", "fields", "full %", "s", "MB", "check s"
    );
    for (document, one) in documents.iter().zip(measured) {
        let check = match (&one.problem, checked.get(&one.name)) {
            (Some(_), _) => "refused".to_owned(),
            (None, None) => "-".to_owned(),
            (None, Some(Ok(seconds))) => format!("{seconds:.1}"),
            (None, Some(Err(_))) => "fails".to_owned(),
        };
        let version: String = document.openapi.chars().take(3).collect();
        let format = format!("{version}{}", document.format.chars().next().unwrap_or(' '));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:<24}{format:>6}{:>7.2}{:>6}{:>6}{:>8}{:>7.2}{:>6.2}{:>6}{check:>8}",
            document.name,
            megabytes(one.bytes),
            one.operations,
            one.schemas,
            one.fields,
            100.0 * share(one.weakened.len(), one.fields),
            one.seconds,
            one.peak_megabytes,
        );
    }
    let fields: usize = measured.iter().map(|one| one.fields).sum();
    let weakened: usize = measured.iter().map(|one| one.weakened.len()).sum();
    let _ = writeln!(
        text,
        "\n{} documents, {} with a crate, {} operations, {fields} fields of which {:.2} % keep their full type",
        measured.len(),
        measured.iter().filter(|one| one.problem.is_none()).count(),
        measured.iter().map(|one| one.operations).sum::<usize>(),
        100.0 * share(weakened, fields),
    );
    text.push_str(&rules(measured));
    for one in measured {
        let problem = one.problem.as_ref().or_else(|| {
            checked
                .get(&one.name)
                .and_then(|result| result.as_ref().err())
        });
        if let Some(problem) = problem {
            let _ = writeln!(text, "\n{}:\n{problem}", one.name);
        }
    }
    text
}

/// Every rule with how many documents it changed, how often, and how many fields lost their type by it.
fn rules(measured: &[Measured]) -> String {
    let mut sums: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for one in measured {
        for (rule, count) in &one.rules {
            let sum = sums.entry(rule).or_default();
            sum.0 += 1;
            sum.1 += count;
        }
        for (rule, _) in &one.weakened {
            sums.entry(rule).or_default().2 += 1;
        }
    }
    let mut text = format!(
        "\n{:<24}{:>10}{:>10}{:>10}\n",
        "rule", "documents", "changes", "weakened"
    );
    for (rule, (documents, changes, weakened)) in sums {
        let _ = writeln!(text, "{rule:<24}{documents:>10}{changes:>10}{weakened:>10}");
    }
    text
}

/// The fields that lost their type.
pub(crate) fn weakened(measured: &[Measured]) -> String {
    let mut text = String::new();
    for one in measured {
        for (rule, pointer) in &one.weakened {
            let _ = writeln!(text, "{} {rule} {pointer}", one.name);
        }
    }
    text
}

#[expect(clippy::cast_precision_loss, reason = "no document has so many fields")]
fn share(weakened: usize, fields: usize) -> f64 {
    if fields == 0 {
        1.0
    } else {
        1.0 - weakened as f64 / fields as f64
    }
}

#[expect(clippy::cast_precision_loss, reason = "no document is so large")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
