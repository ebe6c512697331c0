//! `field=value`, `field=`, `+tag=x`, `-tag=x`.

use crate::failure::Failure;
use crate::suggestion::nearest;
use client_runtime::Json;
use std::ffi::OsString;
use unified_contacts::{
    AddressRecord, CompanyRecord, ContactPatch, EmailRecord, LinkRecord, OwnerRecord, PhoneRecord,
    TagRecord,
};

pub(crate) const HELP: &str = "\
Fields:
  name, first_name, last_name, second_last_name, title, language, country,
  source, priority
  email, phone, tag, link    several may be given; email.work=… gives a kind
  company, company.id, owner.id
  address.street_1, address.street_2, address.city, address.state,
  address.postal_code, address.country
  email_marketing, email_transactional, whatsapp_marketing,
  whatsapp_transactional     true or false
  custom.NAME                JSON, or else text

Example:
  contacts update 7f3a title='Head of Sales' +tag=vip -tag=lead language=";

/// Every name that a change may begin with.
const NAMES: [&str; 27] = [
    "name",
    "first_name",
    "last_name",
    "second_last_name",
    "title",
    "language",
    "country",
    "source",
    "priority",
    "email",
    "phone",
    "tag",
    "link",
    "company",
    "company.id",
    "owner.id",
    "address.street_1",
    "address.street_2",
    "address.city",
    "address.state",
    "address.postal_code",
    "address.country",
    "email_marketing",
    "email_transactional",
    "whatsapp_marketing",
    "whatsapp_transactional",
    "custom.",
];

/// What is done to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Set,
    Add,
    TakeOut,
}

/// Stands for the `-` of a change that takes something out, so that it is not taken for an option.
const TAKE_OUT: char = '\u{2}';

/// An argument as the command line is read: `-tag=x` is a change, where `-f=csv` and `--format=csv` are options.
pub(crate) fn protected(argument: OsString) -> OsString {
    let Some(rest) = argument.to_str().and_then(|text| text.strip_prefix('-')) else {
        return argument;
    };
    let name = rest.split_once('=').map(|(name, _)| name);
    let is_change = name.is_some_and(|name| {
        name.len() > 1 && name.starts_with(|first: char| first.is_ascii_alphabetic())
    });
    if is_change {
        format!("{TAKE_OUT}{rest}").into()
    } else {
        argument
    }
}

/// The patch that changes amount to.
pub(crate) fn patch_of(changes: &[String]) -> Result<ContactPatch, Failure> {
    let mut collected = Collected::default();
    for change in changes {
        collected.take(change)?;
    }
    Ok(collected.into_patch())
}

#[derive(Debug, Default)]
struct Collected {
    patch: ContactPatch,
    emails: Option<Vec<EmailRecord>>,
    phones: Option<Vec<PhoneRecord>>,
    tags: Option<Vec<TagRecord>>,
    links: Option<Vec<LinkRecord>>,
    company: Option<CompanyRecord>,
    owner: Option<OwnerRecord>,
    address: Option<AddressRecord>,
}

impl Collected {
    fn take(&mut self, change: &str) -> Result<(), Failure> {
        let (action, rest) = if let Some(rest) = change.strip_prefix('+') {
            (Action::Add, rest)
        } else if let Some(rest) = change.strip_prefix([TAKE_OUT, '-']) {
            (Action::TakeOut, rest)
        } else {
            (Action::Set, change)
        };
        let Some((name, value)) = rest.split_once('=') else {
            let problem =
                "a change has to be of the form field=value, field=, +field=value or -field=value";
            return Err(Failure::usage(problem).hint("`contacts update --help` lists the fields"));
        };
        if action != Action::Set {
            return self.edit(action, name, value);
        }
        if self.is_entry(name, value) {
            return Ok(());
        }
        self.set(name, value)
    }

    /// Adds or takes out an entry of a list.
    fn edit(&mut self, action: Action, name: &str, value: &str) -> Result<(), Failure> {
        let (list, kind) = name
            .split_once('.')
            .map_or((name, None), |(list, kind)| (list, Some(kind)));
        if value.is_empty() {
            return Err(Failure::usage(format!(
                "`{name}` is added or taken out with a value: +{name}=…"
            )));
        }
        let patch = std::mem::take(&mut self.patch);
        self.patch = match (list, action) {
            ("email", Action::TakeOut) => patch.remove_email(value),
            ("email", _) => patch.add_email(email(value, kind)),
            ("phone", Action::TakeOut) => patch.remove_phone(value),
            ("phone", _) => patch.add_phone(phone(value, kind)),
            ("tag", Action::TakeOut) => patch.remove_tag(value),
            ("tag", _) => patch.add_tag(value),
            _ => {
                let problem = format!(
                    "`{name}` has no entries to add or take out, only email, phone and tag have"
                );
                return Err(Failure::usage(problem).hint(format!("set it: {name}=value")));
            }
        };
        Ok(())
    }

    /// Takes a value of a list or of something that has parts.
    fn is_entry(&mut self, name: &str, value: &str) -> bool {
        let (field, part) = name
            .split_once('.')
            .map_or((name, None), |(field, part)| (field, Some(part)));
        let text = || value.to_owned();
        match (field, part) {
            ("email", kind) => entry(&mut self.emails, value, |value| email(value, kind)),
            ("phone", kind) => entry(&mut self.phones, value, |value| phone(value, kind)),
            ("tag", None) => entry(&mut self.tags, value, |value| value.into()),
            ("link", None) => entry(&mut self.links, value, |value| value.into()),
            ("company", Some("id")) if !value.is_empty() => {
                self.company.get_or_insert_default().id = Some(text());
            }
            ("company", None) if !value.is_empty() => {
                self.company.get_or_insert_default().name = Some(text());
            }
            ("owner", Some("id")) if !value.is_empty() => {
                self.owner.get_or_insert_default().id = Some(text());
            }
            ("address", Some("street_1")) if !value.is_empty() => {
                self.address.get_or_insert_default().street_1 = Some(text());
            }
            ("address", Some("street_2")) if !value.is_empty() => {
                self.address.get_or_insert_default().street_2 = Some(text());
            }
            ("address", Some("city")) if !value.is_empty() => {
                self.address.get_or_insert_default().city = Some(text());
            }
            ("address", Some("state")) if !value.is_empty() => {
                self.address.get_or_insert_default().state = Some(text());
            }
            ("address", Some("postal_code")) if !value.is_empty() => {
                self.address.get_or_insert_default().postal_code = Some(text());
            }
            ("address", Some("country")) if !value.is_empty() => {
                self.address.get_or_insert_default().country = Some(text());
            }
            _ => return false,
        }
        true
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Failure> {
        if let Some(custom) = name
            .strip_prefix("custom.")
            .filter(|custom| !custom.is_empty())
        {
            let patch = std::mem::take(&mut self.patch);
            self.patch = if value.is_empty() {
                patch.clear_custom_field(custom)
            } else {
                let json =
                    serde_json::from_str(value).unwrap_or_else(|_| serde_json::Value::from(value));
                patch.set_custom_field(custom, Json::from(json))
            };
            return Ok(());
        }
        let patch = std::mem::take(&mut self.patch);
        macro_rules! text {
            ($set:ident, $clear:ident) => {
                if value.is_empty() {
                    patch.$clear()
                } else {
                    patch.$set(value)
                }
            };
        }
        macro_rules! flag {
            ($set:ident, $clear:ident) => {
                match value {
                    "" => patch.$clear(),
                    "true" => patch.$set(true),
                    "false" => patch.$set(false),
                    _ => {
                        return Err(Failure::usage(format!(
                            "`{name}` has to be true or false, or empty to clear it"
                        )))
                    }
                }
            };
        }
        self.patch = match name {
            "name" => text!(set_name, clear_name),
            "first_name" => text!(set_first_name, clear_first_name),
            "last_name" => text!(set_last_name, clear_last_name),
            "second_last_name" => text!(set_second_last_name, clear_second_last_name),
            "title" => text!(set_title, clear_title),
            "language" => text!(set_language, clear_language),
            "country" => text!(set_country, clear_country),
            "source" => text!(set_source, clear_source),
            "email_marketing" => flag!(set_email_marketing, clear_email_marketing),
            "email_transactional" => flag!(set_email_transactional, clear_email_transactional),
            "whatsapp_marketing" => flag!(set_whatsapp_marketing, clear_whatsapp_marketing),
            "whatsapp_transactional" => {
                flag!(set_whatsapp_transactional, clear_whatsapp_transactional)
            }
            "company" | "company.id" => patch.clear_company(),
            "owner.id" => patch.clear_owner(),
            "priority" if value.is_empty() => patch.clear_priority(),
            "priority" => match value.parse::<i64>() {
                Ok(priority) => patch.set_priority(priority),
                Err(_) => {
                    return Err(Failure::usage(
                        "`priority` has to be a whole number, or empty to clear it",
                    ));
                }
            },
            _ if name.starts_with("address.") && NAMES.contains(&name) => {
                let failure = Failure::usage("the parts of an address are set, not cleared");
                return Err(
                    failure.hint("give those that it has: the address is replaced as a whole")
                );
            }
            _ => return Err(unknown(name)),
        };
        Ok(())
    }

    fn into_patch(self) -> ContactPatch {
        let mut patch = self.patch;
        if let Some(emails) = self.emails {
            patch = patch.replace_emails(emails);
        }
        if let Some(phones) = self.phones {
            patch = patch.replace_phones(phones);
        }
        if let Some(tags) = self.tags {
            patch = patch.replace_tags(tags);
        }
        if let Some(links) = self.links {
            patch = patch.replace_links(links);
        }
        if let Some(company) = self.company {
            patch = patch.set_company(company);
        }
        if let Some(owner) = self.owner {
            patch = patch.set_owner(owner);
        }
        if let Some(address) = self.address {
            patch = patch.replace_addresses([address]);
        }
        patch
    }
}

/// Puts a value into a list; an empty one leaves the list empty.
fn entry<T>(list: &mut Option<Vec<T>>, value: &str, of: impl FnOnce(&str) -> T) {
    let list = list.get_or_insert_default();
    if !value.is_empty() {
        list.push(of(value));
    }
}

fn email(address: &str, kind: Option<&str>) -> EmailRecord {
    let email = EmailRecord::from(address);
    match kind {
        Some(kind) => email.with_kind(kind),
        None => email,
    }
}

fn phone(number: &str, kind: Option<&str>) -> PhoneRecord {
    let phone = PhoneRecord::from(number);
    match kind {
        Some(kind) => phone.with_kind(kind),
        None => phone,
    }
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(format!("there is no field `{name}`"));
    match nearest(name, NAMES) {
        Some(known) => failure.hint(format!("did you mean `{known}`?")),
        None => failure.hint("`contacts update --help` lists the fields"),
    }
}
