//! A mapping as TOML, which a person edits.

use super::{ColumnMapping, Mapping, Target};
use std::fmt::{self, Write as _};
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the file says to who opens it.
const PREAMBLE: &str = "\
# What becomes of each column of the file.
#
# Fields:  name, first_name, last_name, second_last_name, title, language,
#          country, priority, source, company.name, company.id, owner.id,
#          email_marketing, email_transactional, whatsapp_marketing,
#          whatsapp_transactional
# Lists:   emails.1.address, phones.1.number, phones.1.extension,
#          addresses.1.street_1, street_2, city, state, postal_code, country,
#          links.1.url, external_references.1.system, id, url; each but the
#          last also has a kind. The second entry is number 2, and so on.
# Labels:  tags, several in one cell
# Others:  custom.NAME for a field of the account's own, or ignore
#
# An entry whose kind no column holds: { to = \"phones.1.number\", kind = \"mobile\" }
";

/// Why a mapping cannot be read or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingError {
    file: String,
    line: Option<usize>,
    problem: String,
}

impl MappingError {
    fn new(file: &str, line: Option<usize>, problem: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            problem: problem.into(),
        }
    }

    /// The line of the mapping file, where it is about one.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for MappingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}", self.problem)
    }
}

impl std::error::Error for MappingError {}

impl Mapping {
    /// The mapping as TOML with a comment that explains it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "{PREAMBLE}\nversion = 1\ntag_separator = {}\n\n[columns]\n",
            quoted(&self.tag_separator.to_string())
        );
        for column in &self.columns {
            let name = quoted(&column.column);
            let target = quoted(&column.target.to_string());
            let line = match &column.kind {
                None => format!("{name} = {target}\n"),
                Some(kind) => format!("{name} = {{ to = {target}, kind = {} }}\n", quoted(kind)),
            };
            text.push_str(&line);
        }
        text
    }

    /// Reads a mapping from TOML. `file` is the name that errors say.
    ///
    /// # Errors
    /// When the text is no TOML, when it names a field that there is not, and when two columns become the same value.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, MappingError> {
        let fail = |span: Option<std::ops::Range<usize>>, problem: String| {
            Err(MappingError::new(
                file,
                span.map(|span| line_of(text, span.start)),
                problem,
            ))
        };
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let problem = format!("not TOML: {}", error.message());
                return fail(error.span(), problem);
            }
        };
        let mut columns = Vec::new();
        let mut tag_separator = ';';
        for (key, value) in &table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("version", DeValue::Integer(number)) if number.as_str() == "1" => {}
                ("version", _) => {
                    return fail(Some(value.span()), "expected `version = 1`".to_owned());
                }
                ("tag_separator", DeValue::String(separator)) if separator.chars().count() == 1 => {
                    tag_separator = separator.chars().next().unwrap_or(';');
                }
                ("tag_separator", _) => {
                    let problem = "expected one character in quotes as `tag_separator`";
                    return fail(Some(value.span()), problem.to_owned());
                }
                ("columns", DeValue::Table(table)) => columns = columns_of(table, &fail)?,
                ("columns", _) => {
                    return fail(
                        Some(value.span()),
                        "expected a table `[columns]`".to_owned(),
                    );
                }
                (other, _) => {
                    let problem = format!(
                        "unknown key `{}`, expected `version`, `tag_separator` or `[columns]`",
                        other.escape_debug()
                    );
                    return fail(Some(key.span()), problem);
                }
            }
        }
        columns.sort_by_key(|(start, _)| *start);
        let starts: Vec<usize> = columns.iter().map(|(start, _)| *start).collect();
        let mut mapping = Self::new(columns.into_iter().map(|(_, column)| column).collect());
        mapping.tag_separator = tag_separator;
        if let Some((first, second)) = mapping.clash() {
            let names = [first, second].map(|index| &mapping.columns[index]);
            let problem = format!(
                "the columns `{}` and `{}` both become `{}`, which holds one value; give one of them another field, \
                 the next number of its list, or `ignore`",
                names[0].column.escape_debug(),
                names[1].column.escape_debug(),
                names[0].target
            );
            return fail(Some(starts[second]..starts[second]), problem);
        }
        Ok(mapping)
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// When the file cannot be read, and as those of [`Mapping::from_toml`].
    pub fn load(path: &Path) -> Result<Self, MappingError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| MappingError::new(&file, None, format!("cannot be read: {error}")))?;
        Self::from_toml(&text, &file)
    }

    /// Writes a mapping file, in place of one that is there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), MappingError> {
        let write = || {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            std::fs::write(file.path(), self.to_toml())?;
            file.persist(path).map_err(|error| error.error)
        };
        let file = path.display().to_string();
        match write() {
            Ok(_) => Ok(()),
            Err(error) => Err(MappingError::new(
                &file,
                None,
                format!("cannot be written: {error}"),
            )),
        }
    }

    /// The same for the columns of a header, in its order.
    ///
    /// # Errors
    /// When the mapping names a column that the header has not, or leaves one out.
    pub fn for_header<T: AsRef<str>>(
        &self,
        header: &[T],
        file: &str,
    ) -> Result<Self, MappingError> {
        let has = |name: &str| header.iter().any(|known| known.as_ref() == name);
        if let Some(unknown) = self.columns.iter().find(|column| !has(&column.column)) {
            let problem = format!(
                "the mapping names a column `{}` that the header has not; write it as the header does, or take it out",
                unknown.column.escape_debug()
            );
            return Err(MappingError::new(file, None, problem));
        }
        let columns = header.iter().enumerate().map(|(index, name)| {
            let name = name.as_ref();
            let known = self.columns.iter().find(|column| column.column == name);
            known.cloned().ok_or_else(|| {
                let problem = format!(
                    "the mapping leaves out column {} of the header; add it, with `ignore` if it is not wanted",
                    index + 1
                );
                MappingError::new(file, None, problem)
            })
        });
        let mut mapping = Self::new(columns.collect::<Result<_, _>>()?);
        mapping.tag_separator = self.tag_separator;
        Ok(mapping)
    }
}

type Columns = Vec<(usize, ColumnMapping)>;

/// The columns with the places at which their names stand.
fn columns_of(
    table: &DeTable<'_>,
    fail: &impl Fn(Option<std::ops::Range<usize>>, String) -> Result<Mapping, MappingError>,
) -> Result<Columns, MappingError> {
    let fail = |span, problem: String| fail(Some(span), problem).map(|_| Columns::new());
    let mut columns = Columns::new();
    for (name, value) in table {
        let mut kind = None;
        let mut to = Some(value);
        if let DeValue::Table(entry) = value.get_ref() {
            to = None;
            for (key, value) in entry {
                match (key.get_ref().as_ref(), value.get_ref()) {
                    ("to", _) => to = Some(value),
                    ("kind", DeValue::String(text)) => kind = Some(text.to_string()),
                    _ => {
                        let problem = "expected `to` and `kind` in quotes, such as `{ to = \"phones.1.number\", kind = \"mobile\" }`";
                        return fail(key.span(), problem.to_owned());
                    }
                }
            }
        }
        let Some(DeValue::String(target)) = to.map(Spanned::get_ref) else {
            let problem = "expected what the column becomes in quotes, such as `\"first_name\"`";
            return fail(value.span(), problem.to_owned());
        };
        let target: Target = match target.parse() {
            Ok(target) => target,
            Err(error) => {
                let problem = format!("unknown field `{}`, {error}", target.escape_debug());
                return fail(value.span(), problem);
            }
        };
        if kind.is_some() && !matches!(target, Target::Entry { .. }) {
            let problem = format!("`{target}` has no kind, leave `kind` out");
            return fail(value.span(), problem);
        }
        let column = name.get_ref().to_string();
        columns.push((
            name.span().start,
            ColumnMapping {
                column,
                target,
                kind,
            },
        ));
    }
    Ok(columns)
}

fn line_of(text: &str, position: usize) -> usize {
    let before = text.as_bytes().iter().take(position);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// A text as a basic string of TOML, which is also a key.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            char if char.is_control() => {
                // Writing into a text never fails.
                let _ = write!(quoted, "\\u{:04X}", u32::from(char));
            }
            char => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}
