//! Which column of a file becomes what of a contact.

mod draft;

mod file;
mod target;
mod words;

pub(crate) use draft::Draft;
pub use file::MappingError;
pub use target::{Part, Target, UnknownTarget};

use std::collections::BTreeMap;
use std::fmt;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use unified_contacts::Field;

/// What one column becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMapping {
    /// The column's name, as the header has it.
    pub column: String,
    /// What it becomes.
    pub target: Target,
    /// What the entry is for that the column's cells become, where no other column says so.
    pub kind: Option<String>,
}

/// Which column of a file becomes what of a contact. It is guessed from the header, shown with `Display`, written as
/// TOML for a person to edit ([`Mapping::to_toml`]) and read again ([`Mapping::from_toml`]).
///
/// ```
/// use contact_transfer::Mapping;
///
/// let mapping = Mapping::guess(&["First Name", "E-mail 1 - Value", "Mobile", "Shoe size"]);
/// assert_eq!(
///     mapping.to_string(),
///     "column            becomes\n\
///      First Name        first_name\n\
///      E-mail 1 - Value  emails.1.address\n\
///      Mobile            phones.1.number (mobile)\n\
///      Shoe size         ignored: not known\n"
/// );
/// # Ok::<(), contact_transfer::MappingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mapping {
    /// The columns, in the header's order.
    pub columns: Vec<ColumnMapping>,
    /// What stands between the labels of a cell.
    pub tag_separator: char,
}

/// What becomes of columns whose names say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownColumns {
    /// They are left out.
    #[default]
    Ignore,
    /// They become custom fields of the same name.
    Custom,
}

impl Mapping {
    /// A mapping of these columns.
    #[must_use]
    pub fn new(columns: Vec<ColumnMapping>) -> Self {
        Self {
            columns,
            tag_separator: ';',
        }
    }

    /// Guesses what each column becomes by its name. Columns that are not known are ignored.
    #[must_use]
    pub fn guess<T: AsRef<str>>(header: &[T]) -> Self {
        Self::guess_with(header, UnknownColumns::Ignore)
    }

    /// The same, with a choice for columns that are not known.
    #[must_use]
    pub fn guess_with<T: AsRef<str>>(header: &[T], unknown: UnknownColumns) -> Self {
        let mut entries = Entries::default();
        let mut taken: Vec<Target> = Vec::new();
        let columns = header.iter().map(|column| {
            let column = column.as_ref();
            let reading = words::read(column);
            let target = reading.map(|reading| match reading.meaning.list() {
                Some(list) => reading.meaning.target(entries.number(list, &reading)),
                None => reading.meaning.target(1),
            });
            let is_free =
                |target: &Target| target.takes_several_columns() || !taken.contains(target);
            let fits = |target: &Target| match target {
                Target::Entry { number, .. } => *number <= Target::MAX_ENTRIES,
                _ => true,
            };
            let known = target.filter(|target| is_free(target) && fits(target));
            let kind = reading
                .filter(|_| known.is_some())
                .and_then(|reading| reading.kind);
            let target = known.unwrap_or_else(|| match unknown {
                UnknownColumns::Custom if !column.is_empty() => Target::Custom(column.to_owned()),
                _ => Target::Ignore,
            });
            taken.push(target.clone());
            ColumnMapping {
                column: column.to_owned(),
                target,
                kind: kind.map(str::to_owned),
            }
        });
        Self::new(columns.collect())
    }

    /// Whether no column becomes anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns
            .iter()
            .all(|column| column.target == Target::Ignore)
    }

    /// Checks that no two columns become the same value.
    ///
    /// # Errors
    /// The first column for which another one stands before it.
    pub(crate) fn clash(&self) -> Option<(usize, usize)> {
        let mut seen: BTreeMap<&Target, usize> = BTreeMap::new();
        for (index, column) in self.columns.iter().enumerate() {
            if column.target.takes_several_columns() {
                continue;
            }
            if let Some(first) = seen.insert(&column.target, index) {
                return Some((first, index));
            }
        }
        None
    }
}

/// Which entry of a list a column belongs to: columns of one kind and number belong to the same entry.
#[derive(Default)]
struct Entries(BTreeMap<Field, Vec<EntryName>>);

/// The kind, the number, and whether the kind is that of a telephone itself.
type EntryName = (Option<&'static str>, Option<usize>, bool);

impl Entries {
    fn number(&mut self, list: Field, reading: &words::Reading) -> usize {
        let known = self.0.entry(list).or_default();
        let is_telephone = matches!(reading.meaning, words::Meaning::Phone(_));
        let entry = (
            reading.kind,
            reading.number.filter(|number| *number != 1),
            is_telephone,
        );
        let index = known.iter().position(|known| *known == entry);
        index.unwrap_or_else(|| {
            known.push(entry);
            known.len() - 1
        }) + 1
    }
}

/// How wide a terminal is that the guess is shown on.
const WIDTH: usize = 80;

impl fmt::Display for Mapping {
    /// One line for each column, 80 columns wide at most: what it becomes, or that it is ignored.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|column| shown(&column.column))
            .collect();
        let widest = names
            .iter()
            .map(|name| name.width())
            .max()
            .unwrap_or_default();
        let width = widest.clamp("column".len(), WIDTH / 2 - 2);
        row(formatter, "column", width, "becomes")?;
        for (name, column) in names.iter().zip(&self.columns) {
            let becomes = match (&column.target, &column.kind) {
                (Target::Ignore, _) if words::read(&column.column).is_none() => {
                    "ignored: not known".to_owned()
                }
                (Target::Ignore, _) => "ignored".to_owned(),
                (target, Some(kind)) => format!("{target} ({kind})"),
                (target, None) => target.to_string(),
            };
            row(formatter, name, width, &shown(&becomes))?;
        }
        Ok(())
    }
}

fn row(formatter: &mut fmt::Formatter<'_>, name: &str, width: usize, becomes: &str) -> fmt::Result {
    let name = cut(name, width);
    let padding = width.saturating_sub(name.width());
    let becomes = cut(becomes, WIDTH - width - 2);
    writeln!(formatter, "{name}{:padding$}  {becomes}", "")
}

/// A name without anything that would move the cursor.
fn shown(name: &str) -> String {
    name.chars()
        .map(|char| if char.is_control() { '\u{fffd}' } else { char })
        .collect()
}

/// A text that is no wider than that.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for char in text.chars() {
        used += char.width().unwrap_or_default();
        if used > width {
            break;
        }
        cut.push(char);
    }
    cut.push('…');
    cut
}
