//! Lines and quotes of CSV, byte by byte: what a lenient reader does not tell.

/// Follows the bytes of CSV beside the reader, to know on which line a record starts, how long it is, and whether its
/// quotes are as they should be.
#[derive(Debug)]
pub(crate) struct Quotes {
    separator: u8,
    state: State,
    line: u64,
    /// Whether the last byte was a carriage return, which a line feed belongs to.
    after_return: bool,
    record_line: u64,
    record_bytes: usize,
    problem: Option<QuoteProblem>,
}

/// What is wrong with a record's quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteProblem {
    TextAfterQuote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeRecord,
    CellStart,
    Plain,
    Quoted,
    /// A quote inside quotes: their end, or the first half of one that stands for itself.
    AfterQuote,
}

impl Quotes {
    pub(crate) fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::BeforeRecord,
            line: 1,
            after_return: false,
            record_line: 1,
            record_bytes: 0,
            problem: None,
        }
    }

    /// The next bytes are of another record.
    pub(crate) fn start_record(&mut self) {
        self.state = State::BeforeRecord;
        self.record_bytes = 0;
        self.record_line = self.line;
        self.problem = None;
    }

    pub(crate) fn record_line(&self) -> u64 {
        self.record_line
    }

    pub(crate) fn record_bytes(&self) -> usize {
        self.record_bytes
    }

    pub(crate) fn problem(&self) -> Option<QuoteProblem> {
        self.problem
    }

    /// Whether a record was begun.
    pub(crate) fn is_in_record(&self) -> bool {
        self.state != State::BeforeRecord
    }

    /// Follows bytes, none of which belongs to the next record.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.pass_one(*byte);
        }
    }

    fn pass_one(&mut self, byte: u8) {
        let is_break = matches!(byte, b'\r' | b'\n');
        if self.state == State::BeforeRecord && !is_break {
            self.state = State::CellStart;
            self.record_line = self.line;
        }
        if self.state != State::BeforeRecord {
            self.record_bytes += 1;
        }
        if is_break {
            if byte == b'\r' || !self.after_return {
                self.line += 1;
            }
            if self.state == State::BeforeRecord {
                self.record_line = self.line;
            }
        }
        self.after_return = byte == b'\r';
        self.state = match (self.state, byte) {
            (State::BeforeRecord, _) => State::BeforeRecord,
            (State::Quoted, b'"') => State::AfterQuote,
            (State::CellStart | State::AfterQuote, b'"') | (State::Quoted, _) => State::Quoted,
            (_, b'\r' | b'\n') => State::CellStart,
            (_, byte) if byte == self.separator => State::CellStart,
            (State::AfterQuote, _) => {
                self.problem.get_or_insert(QuoteProblem::TextAfterQuote);
                State::Plain
            }
            (State::CellStart | State::Plain, _) => State::Plain,
        };
    }
}
