//! Contacts in the form that was asked for, one after the other.

use super::cells::ordered;
use super::csv_rows::CsvRows;
use super::table::Table;
use crate::arguments::{Format, FormatArguments};
use crate::failure::Failure;
use serde_json::Value;
use std::io::Write;
use unified_contacts::{Contact, ContactRecord, Time};

/// How many contacts decide how wide columns are.
const LOOKED_AT: usize = 100;

const COLUMNS: [&str; 8] = [
    "id", "name", "email", "phone", "company", "title", "tags", "changed",
];

/// The columns of CSV: the fields of a record, those with parts taken apart.
const CSV_COLUMNS: [&str; 27] = [
    "id",
    "name",
    "first_name",
    "last_name",
    "second_last_name",
    "title",
    "email",
    "other_emails",
    "phone",
    "other_phones",
    "company",
    "company_id",
    "owner_id",
    "street_1",
    "street_2",
    "city",
    "state",
    "postal_code",
    "country",
    "language",
    "tags",
    "links",
    "priority",
    "source",
    "email_marketing",
    "created_at",
    "updated_at",
];

/// Writes contacts as they come.
#[derive(Debug)]
pub(crate) struct ContactWriter {
    format: Format,
    csv: CsvRows,
    width: usize,
    /// The first rows of a table, until its widths are known.
    held: Vec<Vec<String>>,
    table: Option<Table>,
    count: usize,
}

impl ContactWriter {
    pub(crate) fn new(format: FormatArguments, width: usize) -> Self {
        Self {
            format: format.format,
            csv: CsvRows::new(format.raw_cells),
            width,
            held: Vec::new(),
            table: None,
            count: 0,
        }
    }

    /// How many contacts were written.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn write(
        &mut self,
        out: &mut impl Write,
        contact: &dyn Contact,
    ) -> Result<(), Failure> {
        let is_first = self.count == 0;
        self.count += 1;
        match self.format {
            Format::Jsonl => {
                serde_json::to_writer(&mut *out, &ContactRecord::of(contact))
                    .map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Json => {
                out.write_all(if is_first { b"[\n  " } else { b",\n  " })?;
                serde_json::to_writer(&mut *out, &ContactRecord::of(contact))
                    .map_err(std::io::Error::from)?;
            }
            Format::Csv => {
                if is_first {
                    self.csv.write(out, &CSV_COLUMNS.map(str::to_owned))?;
                }
                self.csv.write(out, &csv_row(contact))?;
            }
            Format::Table => self.table_row(out, row(contact))?,
        }
        Ok(())
    }

    fn table_row(&mut self, out: &mut impl Write, row: Vec<String>) -> Result<(), Failure> {
        if let Some(table) = &self.table {
            writeln!(out, "{}", table.row(&row))?;
            return Ok(());
        }
        if self.held.is_empty() {
            self.held.push(COLUMNS.map(str::to_owned).to_vec());
        }
        self.held.push(row);
        if self.held.len() > LOOKED_AT {
            self.release(out)?;
        }
        Ok(())
    }

    fn release(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        let held = std::mem::take(&mut self.held);
        let table = Table::fit(&held, self.width);
        for (index, row) in held.iter().enumerate() {
            writeln!(out, "{}", table.row(row))?;
            if index == 0 {
                writeln!(out, "{}", table.rule())?;
            }
        }
        self.table = Some(table);
        Ok(())
    }

    /// Writes what has to stand after the last contact.
    pub(crate) fn finish(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        match self.format {
            Format::Table if !self.held.is_empty() => self.release(out)?,
            Format::Json if self.count == 0 => writeln!(out, "[]")?,
            Format::Json => writeln!(out, "\n]")?,
            Format::Csv if self.count == 0 => {
                self.csv.write(out, &CSV_COLUMNS.map(str::to_owned))?;
            }
            _ => {}
        }
        Ok(())
    }
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

/// The name of a contact, in one piece.
pub(crate) fn full_name(contact: &dyn Contact) -> String {
    if let Some(name) = contact.name() {
        return name.to_owned();
    }
    let parts = [
        contact.first_name(),
        contact.last_name(),
        contact.second_last_name(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn row(contact: &dyn Contact) -> Vec<String> {
    let tags: Vec<&str> = contact.tags().filter_map(|tag| tag.name).collect();
    let changed = time_of(contact.updated_at());
    vec![
        text(contact.id()),
        full_name(contact),
        text(contact.emails().find_map(|email| email.address).as_deref()),
        text(contact.phones().find_map(|phone| phone.number).as_deref()),
        text(contact.company().and_then(|company| company.name)),
        text(contact.title()),
        tags.join(", "),
        changed.split('T').next().unwrap_or_default().to_owned(),
    ]
}

fn csv_row(contact: &dyn Contact) -> Vec<String> {
    let record = ContactRecord::of(contact);
    let emails: Vec<String> = contact
        .emails()
        .filter_map(|email| Some(email.address?.into_owned()))
        .collect();
    let phones: Vec<String> = contact
        .phones()
        .filter_map(|phone| Some(phone.number?.into_owned()))
        .collect();
    let tags: Vec<&str> = contact.tags().filter_map(|tag| tag.name).collect();
    let links: Vec<&str> = contact.links().filter_map(|link| link.url).collect();
    let address = record
        .addresses
        .as_ref()
        .and_then(|addresses| addresses.first())
        .cloned()
        .unwrap_or_default();
    let company = record.company.clone().unwrap_or_default();
    let owner = record.owner.clone().unwrap_or_default();
    let rest = |values: &[String]| values.get(1..).unwrap_or_default().join("; ");
    let own = |value: Option<String>| value.unwrap_or_default();
    vec![
        own(record.id),
        own(record.name),
        own(record.first_name),
        own(record.last_name),
        own(record.second_last_name),
        own(record.title),
        text(emails.first().map(String::as_str)),
        rest(&emails),
        text(phones.first().map(String::as_str)),
        rest(&phones),
        own(company.name),
        own(company.id),
        own(owner.id),
        own(address.street_1),
        own(address.street_2),
        own(address.city),
        own(address.state),
        own(address.postal_code),
        own(address.country.or(record.country)),
        own(record.language),
        tags.join("; "),
        links.join("; "),
        own(record.priority.map(|priority| priority.to_string())),
        own(record.source),
        own(record.email_marketing.map(|is_on| is_on.to_string())),
        time_of(contact.created_at()),
        time_of(contact.updated_at()),
    ]
}

/// Every field of one contact, a line each.
pub(crate) fn rows_of(contact: &dyn Contact) -> Vec<(String, String)> {
    let record = ordered(serde_json::to_value(ContactRecord::of(contact)).unwrap_or_default());
    let mut rows = Vec::new();
    for field in unified_contacts::Field::ALL {
        flatten(field.name(), &record[field.name()], &mut rows);
    }
    rows
}

fn flatten(name: &str, value: &Value, rows: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Array(values) => {
            for value in values {
                rows.push((name.to_owned(), in_one_line(value)));
            }
        }
        Value::Object(fields) => {
            for (part, value) in fields {
                rows.push((format!("{name}.{part}"), in_one_line(value)));
            }
        }
        value => rows.push((name.to_owned(), in_one_line(value))),
    }
}

/// The parts of an entry that tell most first, then the others.
fn in_one_line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => {
            let (telling, others): (Vec<_>, Vec<_>) = fields.iter().partition(|(name, _)| {
                ["address", "number", "name", "url"].contains(&name.as_str())
            });
            let parts = telling.iter().map(|(_, value)| in_one_line(value));
            let others: Vec<String> = others
                .iter()
                .map(|(name, value)| format!("{name} {}", in_one_line(value)))
                .collect();
            let mut line = parts.collect::<Vec<_>>().join(" ");
            if !others.is_empty() && line.is_empty() {
                line = others.join(", ");
            } else if !others.is_empty() {
                line = format!("{line} ({})", others.join(", "));
            }
            line
        }
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn time_of(time: Option<Time<'_>>) -> String {
    text(time.map(Time::as_str))
}
