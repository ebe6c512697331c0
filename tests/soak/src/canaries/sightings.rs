//! Looks for canaries in whatever a program can print.

use crate::Error;
use std::fmt::{Debug, Write as _};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// What stands for everything personal.
pub(super) const CANARY: &str = "cAnArY";

/// The canary as it is, percent-encoded, and within base64 at each of the three places where it can begin.
const FORMS: [&str; 5] = [
    CANARY,
    "%63%41%6e%41%72%59",
    "Y0FuQXJZ",
    "NBbkFyW",
    "jQW5Bcl",
];

/// Everything that was printed, traced and logged so far, as far as canaries go.
#[derive(Debug, Clone, Default)]
pub(super) struct Sightings(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    printed: usize,
    traced: usize,
    found: Vec<String>,
}

impl Sightings {
    /// Watches all that is traced, logged and said by panics in this process from now on.
    pub(super) fn watch() -> Result<Self, Error> {
        let sightings = Self::default();
        log::set_boxed_logger(Box::new(sightings.clone()))?;
        log::set_max_level(log::LevelFilter::Trace);
        let writer = sightings.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::set_global_default(subscriber)?;
        let hook = sightings.clone();
        std::panic::set_hook(Box::new(move |panic| {
            let payload = panic.payload();
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            hook.note_printed(&format!("{panic} {}", text.unwrap_or_default()));
        }));
        Ok(sightings)
    }

    /// Looks at what `Debug` prints.
    pub(super) fn look(&self, value: &dyn Debug) {
        self.note_printed(&format!("{value:?} {value:#?}"));
    }

    /// Looks at all that an error prints, its sources included.
    pub(super) fn look_at_error(&self, error: &(dyn std::error::Error + 'static)) {
        let mut text = String::new();
        let mut next = Some(error);
        while let Some(error) = next {
            _ = write!(text, "{error} {error:?} {error:#?}; ");
            next = error.source();
        }
        self.note_printed(&text);
    }

    pub(super) fn printed_bytes(&self) -> usize {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .printed
    }

    pub(super) fn traced_bytes(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).traced
    }

    /// What was printed around each canary.
    pub(super) fn found(&self) -> Vec<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .found
            .clone()
    }

    fn note_printed(&self, text: &str) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.printed += text.len();
        seen.note(text);
    }

    fn note_traced(&self, text: &str) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.traced += text.len();
        seen.note(text);
    }
}

impl Seen {
    fn note(&mut self, text: &str) {
        for at in FORMS.iter().filter_map(|form| text.find(form)) {
            let from = text.floor_char_boundary(at.saturating_sub(200));
            let to = text.ceil_char_boundary((at + 50).min(text.len()));
            self.found
                .push(text.get(from..to).unwrap_or_default().to_owned());
        }
    }
}

impl io::Write for Sightings {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.note_traced(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl log::Log for Sightings {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.note_traced(&format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_seen_in_each_form() {
        let sightings = Sightings::default();
        for printed in [
            "name: cAnArY!",
            "id=%63%41%6e%41%72%59",
            // `cAnArY`, `xcAnArY` and `xxcAnArYx` in base64.
            "Y0FuQXJZ",
            "eGNBbkFyWQ==",
            "eHhjQW5Bclk=",
        ] {
            let before = sightings.found().len();
            sightings.look(&printed);
            assert!(sightings.found().len() > before, "{printed}");
        }
    }
}
