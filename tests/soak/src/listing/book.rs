//! A listing as an API that misbehaves gives it, page by page.

use crate::runtime::mixed;
use fastrand::Rng;
use fault_server::{Behaviour, Ending, Reply};
use serde_json::{Value, json};

/// How a listing ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With the API's own end mark.
    Mark,
    /// With a cursor that was given before, right away or after a round.
    Repeated,
    /// With a page that says that it is partial.
    Partial,
    /// With empty pages and new cursors for ever.
    Empty,
    /// In a way that no API has here.
    Other,
}

/// The pages of a listing, and the faults on the way.
#[derive(Debug)]
pub(super) struct Book {
    pages: Vec<Vec<u64>>,
    end: End,
    /// Where a repeated cursor leads to.
    back_to: usize,
    rng: Rng,
    /// Of a hundred answers, how many are broken.
    faults: u8,
}

impl Default for Book {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl Book {
    /// A listing that follows from two numbers.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut rng = Rng::with_seed(mixed(seed, [number, 0]));
        let mut next = 0;
        let pages: Vec<Vec<u64>> = (0..rng.usize(1..12))
            .map(|_| {
                let length = if rng.u8(..4) == 0 { 0 } else { rng.u64(1..20) };
                let page = (next..next + length).collect();
                next += length;
                page
            })
            .collect();
        let end = match rng.u8(..10) {
            0 | 1 => End::Repeated,
            2 => End::Partial,
            3 if rng.u8(..20) == 0 => End::Empty,
            _ => End::Mark,
        };
        Self {
            back_to: rng.usize(..pages.len()),
            pages,
            end,
            faults: if rng.bool() { 0 } else { 30 },
            rng,
        }
    }

    /// How it ends.
    pub(super) fn end(&self) -> End {
        self.end
    }

    /// Every item that a caller must see once.
    pub(super) fn expected(&self) -> Vec<u64> {
        self.pages.iter().flatten().copied().collect()
    }

    /// What the server does when it is asked for the page of `cursor`.
    pub(super) fn page(&mut self, cursor: Option<&str>) -> Behaviour {
        let number: usize = cursor
            .and_then(|cursor| cursor.strip_prefix('p')?.parse().ok())
            .unwrap_or(0);
        let reply = Reply::new(200).json(&self.body(number).to_string());
        if self.rng.u8(..100) >= self.faults {
            return Behaviour::answer(reply);
        }
        match self.rng.u8(..6) {
            0 => Behaviour::drop(),
            1 => Behaviour::new(Ending::Reset),
            2 => Behaviour::new(Ending::Truncate(reply, 20)),
            3 => Behaviour::answer(Reply::new(200).json(r#"{"result":"#)),
            4 => Behaviour::answer(Reply::new(200).json(r#"{"next_cursor":null}"#)),
            _ => Behaviour::status(503),
        }
    }

    fn body(&self, number: usize) -> Value {
        let items: Vec<Value> = self
            .pages
            .get(number)
            .into_iter()
            .flatten()
            .map(|id| item(*id))
            .collect();
        let is_last = number + 1 >= self.pages.len();
        let next = match self.end {
            _ if !is_last => Some(number + 1),
            End::Repeated => Some(self.back_to),
            End::Empty => Some(number + 1),
            _ => None,
        };
        json!({
            "result": items,
            "next_cursor": next.map(|next| format!("p{next}")),
            "is_partial_response": is_last && self.end == End::Partial,
        })
    }
}

/// An item; one in thirteen is not as documented.
fn item(id: u64) -> Value {
    if id % 13 == 5 {
        json!({"id": id, "first_name": ["odd"]})
    } else {
        json!({"id": id.to_string(), "first_name": "Ada"})
    }
}

/// The id of an item that is not as documented.
pub(super) fn rejected_id(text: &str) -> Option<u64> {
    serde_json::from_str::<Value>(text)
        .ok()?
        .get("id")?
        .as_u64()
}

/// The value of a parameter of a query.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}
