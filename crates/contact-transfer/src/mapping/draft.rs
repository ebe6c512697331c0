//! A contact from the cells of a record.

use super::{ColumnMapping, Mapping, Part, Target};
use crate::problem::ProblemKind;
use crate::source::cell::CellProblem;
use std::collections::BTreeMap;
use unified_contacts::{
    AddressRecord, ContactRecord, EmailRecord, ExternalReferenceRecord, Field, Json, JsonObject,
    LinkRecord, PhoneRecord, TagRecord,
};

/// A contact that is put together cell by cell.
#[derive(Default)]
pub(crate) struct Draft {
    record: ContactRecord,
    custom: BTreeMap<String, Json>,
}

impl Draft {
    /// Takes a cell, which is not empty.
    pub(crate) fn take(
        &mut self,
        mapping: &Mapping,
        column: &ColumnMapping,
        text: &str,
    ) -> Result<(), CellProblem> {
        if !column.target.takes_lines() && text.contains(['\n', '\r']) {
            return Err((
                ProblemKind::LineBreak,
                "a line break",
                "one line",
                "take the line break out; a quote that is not closed takes up the lines after it",
            ));
        }
        let record = &mut self.record;
        match &column.target {
            Target::Ignore => {}
            Target::Value(field) => set(record, *field, text)?,
            Target::CompanyName => {
                record.company.get_or_insert_default().name = Some(text.to_owned());
            }
            Target::CompanyId => record.company.get_or_insert_default().id = Some(text.to_owned()),
            Target::OwnerId => record.owner.get_or_insert_default().id = Some(text.to_owned()),
            Target::Tags => {
                let tags = record.tags.get_or_insert_default();
                for tag in text.split(mapping.tag_separator).map(str::trim) {
                    let is_known = tags.iter().any(|known| known.name.as_deref() == Some(tag));
                    if !tag.is_empty() && !is_known {
                        tags.push(TagRecord::from(tag));
                    }
                }
            }
            Target::Entry { list, number, part } => {
                check_part(*list, *part, text)?;
                *place_of(record, *list, number - 1, *part) = Some(text.to_owned());
                // A kind that a column says counts more than the one that comes with the column.
                if let Some(kind) = &column.kind {
                    let place = place_of(record, *list, number - 1, Part::Kind);
                    place.get_or_insert_with(|| kind.clone());
                }
            }
            Target::Custom(name) => {
                self.custom
                    .insert(name.clone(), Json::from(serde_json::Value::from(text)));
            }
        }
        Ok(())
    }

    /// The contact, without entries that hold nothing but their kind. `None` where nothing is set.
    pub(crate) fn finish(mut self) -> Option<ContactRecord> {
        let record = &mut self.record;
        keep(&mut record.emails, |email| email.address.is_some());
        keep(&mut record.phones, |phone| phone.number.is_some());
        keep(&mut record.links, |link| link.url.is_some());
        keep(&mut record.tags, |tag| tag.name.is_some());
        keep(&mut record.addresses, |address| {
            let mut bare = address.clone();
            bare.kind = None;
            bare != AddressRecord::new()
        });
        keep(&mut record.external_references, |reference| {
            *reference != ExternalReferenceRecord::new()
        });
        if !self.custom.is_empty() {
            let object = Json::from_value(&self.custom).ok();
            record.custom_fields = object.and_then(|json| json.to_value::<JsonObject>().ok());
        }
        (*record != ContactRecord::new()).then_some(self.record)
    }
}

fn keep<T>(list: &mut Option<Vec<T>>, is_kept: impl Fn(&T) -> bool) {
    if let Some(entries) = list {
        entries.retain(is_kept);
        if entries.is_empty() {
            *list = None;
        }
    }
}

fn set(record: &mut ContactRecord, field: Field, text: &str) -> Result<(), CellProblem> {
    let place = match field {
        Field::Priority => return priority(&mut record.priority, text),
        Field::EmailMarketing => return consent(&mut record.email_marketing, text),
        Field::EmailTransactional => return consent(&mut record.email_transactional, text),
        Field::WhatsappMarketing => return consent(&mut record.whatsapp_marketing, text),
        Field::WhatsappTransactional => return consent(&mut record.whatsapp_transactional, text),
        Field::FirstName => &mut record.first_name,
        Field::LastName => &mut record.last_name,
        Field::SecondLastName => &mut record.second_last_name,
        Field::Title => &mut record.title,
        Field::Language => &mut record.language,
        Field::Country => &mut record.country,
        Field::Source => &mut record.source,
        _ => &mut record.name,
    };
    *place = Some(text.to_owned());
    Ok(())
}

fn priority(place: &mut Option<i64>, text: &str) -> Result<(), CellProblem> {
    let Ok(number) = text.parse() else {
        return Err((
            ProblemKind::Value,
            "text that is no number",
            "a whole number",
            "write a whole number, or leave the cell empty",
        ));
    };
    *place = Some(number);
    Ok(())
}

fn consent(place: &mut Option<bool>, text: &str) -> Result<(), CellProblem> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    *place = match () {
        () if is(&["yes", "true", "1", "y"]) => Some(true),
        () if is(&["no", "false", "0", "n"]) => Some(false),
        () => {
            return Err((
                ProblemKind::Value,
                "text that is neither yes nor no",
                "`yes` or `no`, `true` or `false`, `1` or `0`",
                "write one of these, or leave the cell empty",
            ));
        }
    };
    Ok(())
}

fn at<T: Default>(list: &mut Option<Vec<T>>, index: usize) -> &mut T {
    let entries = list.get_or_insert_default();
    while entries.len() <= index {
        entries.push(T::default());
    }
    &mut entries[index]
}

fn check_part(list: Field, part: Part, text: &str) -> Result<(), CellProblem> {
    match (list, part) {
        (Field::Emails, Part::Address) if !is_email(text) => {
            return Err((
                ProblemKind::Value,
                "text that is no e-mail address",
                "one address such as `name@example.org`",
                "correct it, or leave the cell empty; a second address needs a column of its own",
            ));
        }
        (Field::Phones, Part::Number) if !text.chars().any(char::is_numeric) => {
            return Err((
                ProblemKind::Value,
                "text without a digit",
                "a telephone number",
                "correct it, or leave the cell empty",
            ));
        }
        _ => {}
    }
    Ok(())
}

fn place_of(
    record: &mut ContactRecord,
    list: Field,
    index: usize,
    part: Part,
) -> &mut Option<String> {
    match list {
        Field::Emails => {
            let email: &mut EmailRecord = at(&mut record.emails, index);
            match part {
                Part::Kind => &mut email.kind,
                _ => &mut email.address,
            }
        }
        Field::Phones => {
            let phone: &mut PhoneRecord = at(&mut record.phones, index);
            match part {
                Part::Kind => &mut phone.kind,
                Part::Extension => &mut phone.extension,
                _ => &mut phone.number,
            }
        }
        Field::Addresses => {
            let address: &mut AddressRecord = at(&mut record.addresses, index);
            match part {
                Part::Street2 => &mut address.street_2,
                Part::City => &mut address.city,
                Part::State => &mut address.state,
                Part::PostalCode => &mut address.postal_code,
                Part::Country => &mut address.country,
                Part::Kind => &mut address.kind,
                _ => &mut address.street_1,
            }
        }
        Field::Links => {
            let link: &mut LinkRecord = at(&mut record.links, index);
            match part {
                Part::Kind => &mut link.kind,
                _ => &mut link.url,
            }
        }
        _ => {
            let reference: &mut ExternalReferenceRecord =
                at(&mut record.external_references, index);
            match part {
                Part::Id => &mut reference.id,
                Part::Url => &mut reference.url,
                _ => &mut reference.system,
            }
        }
    }
}

/// Whether a text looks like one e-mail address.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_bare = |text: &str| {
        !text.is_empty()
            && !text.contains(|char: char| char.is_whitespace() || ",;<>\"@".contains(char))
    };
    is_bare(local) && is_bare(domain)
}
