//! Records of made-up people, in the form that a document gives a record.

use crate::document::{Document, Resource, properties_of, resolved, schema};
use crate::instance;
use crate::people::Person;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The properties of a record of that person, as far as their names tell what they hold.
pub(crate) fn record_of(document: &Document, resource: &Resource, person: &Person) -> Value {
    object(&document.json, &resource.properties, person, 0)
}

fn object(
    document: &Value,
    properties: &Map<String, Value>,
    person: &Person,
    depth: usize,
) -> Value {
    let known = properties.iter().filter_map(|(name, schema)| {
        let value = value_of(document, name, schema, person, depth)?;
        Some((name.clone(), value))
    });
    Value::Object(known.collect())
}

fn value_of(
    document: &Value,
    name: &str,
    schema: &Value,
    person: &Person,
    depth: usize,
) -> Option<Value> {
    let kind = schema::type_of(document, schema)?;
    let plain = plain(name);
    match kind {
        "string" => text_of(document, &plain, schema, person),
        "boolean" => plain
            .contains("optin")
            .then(|| json!(person.created % 2 == 0)),
        "array" if depth < 3 => {
            let items = &resolved(document, schema)["items"];
            let entries = entries_of(&plain, person);
            if entries.is_empty() {
                return None;
            }
            let inner = properties_of(document, items);
            let made = entries.iter().filter_map(|(word, part)| {
                if schema::type_of(document, items) == Some("object") {
                    let value = object(document, &inner, part, depth + 2);
                    let required = resolved(document, items)["required"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str);
                    let is_whole = required.into_iter().all(|name| value.get(name).is_some());
                    (is_whole && value.as_object().is_some_and(|fields| !fields.is_empty()))
                        .then_some(value)
                } else {
                    Some(Value::from(word.as_str()))
                }
            });
            let made: Vec<Value> = made.collect();
            (!made.is_empty()).then(|| made.into())
        }
        "object" if depth < 2 => {
            let is_company = ["account", "company", "organization"].contains(&plain.as_str());
            if !is_company || person.company.is_empty() {
                return None;
            }
            let mut named = Person::default();
            named.company.clone_from(&person.company);
            named.first_name.clone_from(&person.company);
            let mut value = object(
                document,
                &properties_of(document, schema),
                &named,
                depth + 2,
            );
            let required = resolved(document, schema)["required"]
                .as_array()
                .into_iter()
                .flatten();
            for name in required.filter_map(Value::as_str) {
                if value.get(name).is_none() {
                    let properties = properties_of(document, schema);
                    value[name] = if plain_id(name) {
                        id_of(&person.company).into()
                    } else {
                        instance::of(document, properties.get(name)?)
                    };
                }
            }
            Some(value)
        }
        _ => None,
    }
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn plain_id(name: &str) -> bool {
    plain(name) == "id"
}

/// An id of its own for each company.
fn id_of(company: &str) -> String {
    let sum = company.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    format!("org-{sum:08x}")
}

/// What a list of that name has of a person: a text for each entry, and the person as the entry shows them.
fn entries_of(plain: &str, person: &Person) -> Vec<(String, Person)> {
    let of_text = |texts: &[&String]| -> Vec<(String, Person)> {
        let there = texts.iter().filter(|text| !text.is_empty());
        there
            .map(|text| {
                let mut part = person.clone();
                part.email.clone_from(text);
                part.phone.clone_from(text);
                ((*text).clone(), part)
            })
            .collect()
    };
    match plain {
        "emailaddresses" | "emails" => of_text(&[&person.email, &person.other_email]),
        "additionalemails" => of_text(&[&person.other_email]),
        "phonenumbers" | "phones" => of_text(&[&person.phone, &person.mobile]),
        "additionalphones" => of_text(&[&person.mobile]),
        "addresses" if !person.city.is_empty() => vec![(person.city.clone(), person.clone())],
        "tags" if !person.tag.is_empty() => {
            let mut named = Person::default();
            person.tag.clone_into(&mut named.first_name);
            vec![(person.tag.to_owned(), named)]
        }
        _ => Vec::new(),
    }
}

fn text_of(document: &Value, plain: &str, schema: &Value, person: &Person) -> Option<Value> {
    let name;
    let text: &str = match plain {
        "firstname" | "givenname" => &person.first_name,
        "lastname" | "familyname" | "surname" => &person.last_name,
        "secondlastname" => &person.second_last_name,
        "name" | "fullname" | "displayname" => {
            name = person.name();
            &name
        }
        "email" | "emailaddress" => &person.email,
        "phone" | "number" | "phonenumber" => &person.phone,
        "mobile" | "mobilephone" => &person.mobile,
        "company" | "companyname" | "organization" => &person.company,
        "title" | "jobtitle" | "position" => &person.title,
        "street" | "street1" | "address" | "addressline1" => &person.street,
        "city" => &person.city,
        "zip" | "postalcode" | "zipcode" => &person.zip,
        "country" => person.country,
        "countrycode" => person.country_code,
        "language" => person.language,
        "createdat" | "updatedat" | "sourcedatacreatedat" => {
            let time = OffsetDateTime::from_unix_timestamp(person.created).ok()?;
            return Some(time.format(&Rfc3339).ok()?.into());
        }
        _ => return listed(document, schema, person),
    };
    (!text.is_empty()).then(|| text.into())
}

/// One of the values that a schema lists, if it lists some.
fn listed(document: &Value, schema: &Value, person: &Person) -> Option<Value> {
    let values = resolved(document, schema)["enum"].as_array()?;
    let at = usize::try_from(person.created).unwrap_or_default() % values.len().max(1);
    values.get(at).filter(|value| value.is_string()).cloned()
}
