//! `contacts diff`.

use crate::exit;
use crate::failure::Failure;
use crate::output::{Output, full_name, ordered, shown};
use crate::store::open_named;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use unified_contacts::{Contact, ContactPatch, ContactRecord, ListQuery};

pub(super) async fn run(
    a: &str,
    b: &str,
    no_rate_limit: bool,
    output: &mut Output,
) -> Result<u8, Failure> {
    let before = matched(read(a, no_rate_limit).await?);
    let mut after = matched(read(b, no_rate_limit).await?);
    let (mut gone, mut changed, mut same) = (0, 0, 0);
    for (key, old) in &before {
        let Some(new) = after.remove(key) else {
            gone += 1;
            output.line(format!("- {}", named(old)))?;
            continue;
        };
        let patch = ContactPatch::between(old, &new);
        if patch.is_empty() {
            same += 1;
            continue;
        }
        changed += 1;
        output.line(format!("~ {}", named(old)))?;
        for field in patch.fields() {
            output.line(format!(
                "    {field}: {} → {}",
                field_text(old, field.name()),
                field_text(&new, field.name())
            ))?;
        }
    }
    for new in after.values() {
        output.line(format!("+ {}", named(new)))?;
    }
    let added = after.len();
    output.tell(format!(
        "{added} only in {b}, {gone} only in {a}, {changed} different, {same} the same"
    ));
    Ok(if added + gone + changed == 0 {
        exit::DONE
    } else {
        exit::DIFFERENT
    })
}

/// The contacts of a store, or of a file of JSON lines.
async fn read(name: &str, no_rate_limit: bool) -> Result<Vec<ContactRecord>, Failure> {
    if Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "jsonl" || ending == "ndjson")
    {
        return read_file(Path::new(name));
    }
    let opened = open_named(name, no_rate_limit)?;
    let mut listing = opened.store.list(ListQuery::new().page_size(100))?;
    let mut contacts = Vec::new();
    while let Some(contact) = listing.next().await {
        contacts.push(ContactRecord::of(&*contact?));
    }
    Ok(contacts)
}

fn read_file(path: &Path) -> Result<Vec<ContactRecord>, Failure> {
    let shown = path.display();
    let fault =
        |error: std::io::Error| Failure::configuration(format!("cannot read {shown}: {error}"));
    let lines = BufReader::new(std::fs::File::open(path).map_err(fault)?).lines();
    let mut contacts = Vec::new();
    for (index, line) in lines.enumerate() {
        let line = line.map_err(fault)?;
        if line.trim().is_empty() {
            continue;
        }
        let contact = serde_json::from_str(&line).map_err(|error| {
            let place = format!("{shown}, line {}, column {}", index + 1, error.column());
            Failure::configuration(format!(
                "{place}: not a contact record, such as `contacts export` writes"
            ))
        });
        contacts.push(contact?);
    }
    Ok(contacts)
}

/// Contacts by what they are matched by: an e-mail address, or else the name. Where several have the same, by their
/// number among those.
fn matched(contacts: Vec<ContactRecord>) -> BTreeMap<(String, usize), ContactRecord> {
    let mut counts = HashMap::<String, usize>::new();
    let mut matched = BTreeMap::new();
    for contact in contacts {
        let email = contact
            .emails()
            .find_map(|email| email.address)
            .map(|address| address.to_lowercase());
        let key = email.unwrap_or_else(|| full_name(&contact));
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        matched.insert((key, *count), contact);
    }
    matched
}

fn named(contact: &ContactRecord) -> String {
    let email = contact
        .emails()
        .find_map(|email| email.address)
        .map(|email| format!(" <{email}>"));
    shown(&format!(
        "{}{}",
        full_name(contact),
        email.unwrap_or_default()
    ))
}

/// A field in one line.
fn field_text(contact: &ContactRecord, field: &str) -> String {
    let record = ordered(serde_json::to_value(contact).unwrap_or_default());
    match &record[field] {
        serde_json::Value::Null => "(none)".to_owned(),
        serde_json::Value::String(text) => shown(text),
        value => shown(&value.to_string()),
    }
}
