//! Lists, page by page.

use super::Call;
use crate::answer::Answer;
use crate::document::{ListShape, PageFacts, Paging, Resource, Style, refusal};
use crate::state::{Collection, Record, State};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use serde_json::Value;
use std::cmp::Ordering;

/// How many records a page has where neither the request nor the document says it.
const USUAL: usize = 50;

/// How many records a page has at most where the document says no maximum.
const MOST: usize = 1000;

pub(super) fn list(
    state: &State,
    call: &Call<'_>,
    resource: &Resource,
    collection: &str,
) -> Answer {
    let operation = call.operation;
    let Some(shape) = &operation.list else {
        return Answer::record(operation, &Bytes::new());
    };
    let empty = Collection::default();
    let records = state.collection(collection).unwrap_or(&empty);
    let limit = limit(call, shape);
    let filters = filters(call, resource);
    let page = match page(records, call, shape, limit, &filters) {
        Ok(page) => page,
        Err(problem) => return Answer::error(operation, refusal::PARAMETERS, problem),
    };
    let items: Vec<Bytes> = page
        .records
        .iter()
        .map(|record| record.json.clone())
        .collect();
    let facts = PageFacts {
        count: items.len(),
        total: page.total,
        page: page.number,
        limit,
        next: page.next,
    };
    Answer::json(operation.success, shape.text(&items, &facts))
}

struct Page<'a> {
    records: Vec<&'a Record>,
    number: usize,
    total: usize,
    next: Option<String>,
}

fn page<'a>(
    records: &'a Collection,
    call: &Call<'_>,
    shape: &ListShape,
    limit: usize,
    filters: &[Filter<'_>],
) -> Result<Page<'a>, &'static str> {
    let fits = |record: &Record| is_chosen(filters, record);
    let number_of = |parameter: &str, usual: usize| call.query.get(parameter).map_or(usual, number);
    if let Paging::Cursor { parameter, .. } = &shape.paging {
        let after = match call.query.get(parameter) {
            Some(cursor) => {
                read_cursor(cursor).ok_or("the cursor was not given out by this server")?
            }
            None => 0,
        };
        let mut rest = records
            .after(after)
            .filter(|(_, record)| fits(record))
            .peekable();
        let mut given = Vec::new();
        let mut last = after;
        while given.len() < limit
            && let Some((sequence, record)) = rest.next()
        {
            last = sequence;
            given.push(record);
        }
        let more = rest.peek().is_some();
        let next = match (more, call.is_endless) {
            (true, _) => Some(cursor(last)),
            (false, true) => Some(cursor(0)),
            (false, false) => None,
        };
        return Ok(Page {
            total: records.len(),
            records: given,
            number: 1,
            next,
        });
    }
    let (number, skipped) = match &shape.paging {
        Paging::Page { parameter } => {
            let number = number_of(parameter, 1).max(1);
            (number, (number - 1).saturating_mul(limit))
        }
        Paging::Offset { parameter } => (1, number_of(parameter, 0)),
        Paging::Cursor { .. } | Paging::None => (1, 0),
    };
    let (given, mut total): (Vec<&Record>, usize) = if filters.is_empty() {
        (
            records
                .numbered(skipped)
                .take(limit)
                .map(|(_, record)| record)
                .collect(),
            records.len(),
        )
    } else {
        let chosen = || {
            records
                .numbered(0)
                .map(|(_, record)| record)
                .filter(|record| fits(record))
        };
        (
            chosen().skip(skipped).take(limit).collect(),
            chosen().count(),
        )
    };
    let mut given = given;
    if call.is_endless {
        total = total.saturating_add(number.saturating_add(1).saturating_mul(limit));
        if given.is_empty() {
            given = records
                .numbered(0)
                .take(limit)
                .map(|(_, record)| record)
                .collect();
        }
    }
    Ok(Page {
        records: given,
        number,
        total,
        next: None,
    })
}

/// The number that a parameter says, which was checked to be one: none below 0, and none beyond what there can be.
fn number(text: &str) -> usize {
    let is_negative = text.starts_with('-');
    text.parse()
        .unwrap_or(if is_negative { 0 } else { usize::MAX })
}

fn limit(call: &Call<'_>, shape: &ListShape) -> usize {
    let Some(name) = &shape.limit else {
        return USUAL;
    };
    let asked = call.query.get(name).map(number);
    let usual = shape.usual_limit.unwrap_or(USUAL);
    asked.unwrap_or(usual).clamp(1, MOST)
}

fn cursor(after: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("after {after}"))
}

fn read_cursor(cursor: &str) -> Option<u64> {
    let text = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    std::str::from_utf8(&text)
        .ok()?
        .strip_prefix("after ")?
        .parse()
        .ok()
}

/// A property that has to be so: a parameter of its name says how.
struct Filter<'a> {
    property: &'a str,
    operator: &'a str,
    value: &'a str,
}

fn filters<'a>(call: &'a Call<'_>, resource: &'a Resource) -> Vec<Filter<'a>> {
    let mut filters = Vec::new();
    for parameter in &call.operation.parameters {
        let name = parameter.name.as_str();
        if !resource.properties.contains_key(name) {
            continue;
        }
        if parameter.style == Style::DeepObject {
            let each = call.query.keys(name);
            filters.extend(each.map(|(operator, value)| Filter {
                property: name,
                operator,
                value,
            }));
        } else if let Some(value) = call.query.get(name) {
            filters.push(Filter {
                property: name,
                operator: "eq",
                value,
            });
        }
    }
    filters
}

fn is_chosen(filters: &[Filter<'_>], record: &Record) -> bool {
    if filters.is_empty() {
        return true;
    }
    let record: Value = serde_json::from_slice(&record.json).unwrap_or_default();
    filters.iter().all(|filter| {
        let order = match &record[filter.property] {
            Value::String(text) => text.as_str().cmp(filter.value),
            Value::Number(number) => {
                let asked = filter.value.parse::<f64>().ok();
                match asked
                    .zip(number.as_f64())
                    .and_then(|(asked, found)| found.partial_cmp(&asked))
                {
                    Some(order) => order,
                    None => return false,
                }
            }
            Value::Bool(value) => value.to_string().as_str().cmp(filter.value),
            _ => return false,
        };
        match filter.operator {
            "gt" => order == Ordering::Greater,
            "gte" => order != Ordering::Less,
            "lt" => order == Ordering::Less,
            "lte" => order != Ordering::Greater,
            "ne" | "neq" => order != Ordering::Equal,
            _ => order == Ordering::Equal,
        }
    })
}
