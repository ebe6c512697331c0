//! What a journal says of one record.

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// It was going to be sent at this time (seconds since 1970), and nothing else is known.
    Intended {
        at: u64,
    },
    Created {
        id: Option<String>,
    },
    Updated {
        id: String,
    },
    Unchanged {
        id: String,
    },
    Refused {
        reason: String,
    },
    /// A person has to say what became of it.
    Undecided {
        reason: String,
        candidates: Vec<String>,
    },
    /// A person said that it is left out.
    Skipped,
}

/// What a journal says of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The line on which the record starts; for a contact of a store, its place in the listing.
    pub(crate) line: u64,
    pub(crate) state: State,
}

impl Entry {
    pub(crate) fn new(line: u64, state: State) -> Self {
        Self { line, state }
    }

    /// One byte for the state, eight for the line, and the rest as text.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let (tag, rest): (u8, String) = match &self.state {
            State::Intended { at } => (1, at.to_string()),
            State::Created { id: Some(id) } => (2, id.clone()),
            State::Created { id: None } => (3, String::new()),
            State::Updated { id } => (4, id.clone()),
            State::Unchanged { id } => (5, id.clone()),
            State::Refused { reason } => (6, reason.clone()),
            State::Undecided { reason, candidates } => {
                (7, serde_json::json!([reason, candidates]).to_string())
            }
            State::Skipped => (8, String::new()),
        };
        let mut bytes = Vec::with_capacity(9 + rest.len());
        bytes.push(tag);
        bytes.extend(self.line.to_le_bytes());
        bytes.extend(rest.into_bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (tag, rest) = bytes.split_first()?;
        let (line, rest) = rest.split_first_chunk()?;
        let text = || std::str::from_utf8(rest).ok().map(str::to_owned);
        let state = match tag {
            1 => State::Intended {
                at: text()?.parse().ok()?,
            },
            2 => State::Created { id: Some(text()?) },
            3 => State::Created { id: None },
            4 => State::Updated { id: text()? },
            5 => State::Unchanged { id: text()? },
            6 => State::Refused { reason: text()? },
            7 => {
                let (reason, candidates) = serde_json::from_slice(rest).ok()?;
                State::Undecided { reason, candidates }
            }
            8 => State::Skipped,
            _ => return None,
        };
        Some(Self::new(u64::from_le_bytes(*line), state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_as_it_was_written() {
        let text = || "a \"text\" with\nlines".to_owned();
        for state in [
            State::Intended { at: 1_700_000_000 },
            State::Created { id: Some(text()) },
            State::Created {
                id: Some(String::new()),
            },
            State::Created { id: None },
            State::Updated { id: text() },
            State::Unchanged { id: text() },
            State::Refused { reason: text() },
            State::Undecided {
                reason: text(),
                candidates: vec![text(), String::new()],
            },
            State::Skipped,
        ] {
            let entry = Entry::new(u64::MAX, state);
            assert_eq!(Entry::from_bytes(&entry.to_bytes()), Some(entry));
        }
        assert_eq!(Entry::from_bytes(b""), None);
        assert_eq!(Entry::from_bytes(&[9; 20]), None);
    }
}
