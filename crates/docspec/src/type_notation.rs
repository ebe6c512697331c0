//! The notations in which documentation pages print a type, and names printed together with their type.
//!
//! | printed | read as |
//! |---|---|
//! | `string`, `integer`, `number`, `boolean` | the scalar |
//! | `string · uuid`, `string<date-time>`, `integer<int32>` | the scalar with a format |
//! | `date`, `date-time`, `datetime` | a string of that format |
//! | `object`, `any`, `unknown`, `file`, `binary` | any object, any JSON, bytes |
//! | `array`, `array<T>`, `T[]`, `T[][]` | a list |
//! | `Record<string, T>`, `map<T>` | an object with free keys |
//! | `A \| B`, `(A \| B)[]` | one of several |
//! | `T \| null`, `null` | nullable |

use crate::page::{Schema, Shape};

/// How deep a notation may nest before it is taken for no notation at all.
const DEEPEST: usize = 32;

/// Reads a type, or `None` when the text is in no known notation.
#[must_use]
pub fn parse(text: &str) -> Option<Schema> {
    Parser::new(text, false).whole()
}

/// Reads a type in which a name in Pascal case stands for a component, as in `array<Address>`.
#[must_use]
pub fn parse_with_components(text: &str) -> Option<Schema> {
    Parser::new(text, true).whole()
}

/// One reading of a line that prints a name and a type without a separator.
#[derive(Debug, Clone, PartialEq)]
pub struct Fused<'a> {
    /// The field's name.
    pub name: &'a str,
    /// The type as printed, or `None` when the line is a name alone.
    pub notation: Option<&'a str>,
    /// The type; any JSON when the line is a name alone.
    pub schema: Schema,
}

/// The words that start a type and hardly ever end a name.
const STARTS: [&str; 7] = [
    "string", "integer", "number", "boolean", "object", "array", "Record",
];

/// The words that start a type and end ordinary names as well: company, profile, update, …
const WEAK_STARTS: [&str; 10] = [
    "date-time",
    "datetime",
    "date",
    "any",
    "unknown",
    "file",
    "binary",
    "Array",
    "map",
    "null",
];

/// The readings of a line such as `first_namestring`, the likeliest first; none when no name can be made out.
///
/// A name never ends in `_`: `phone_number` is a field without a type, and so is `number` alone. Where the type
/// would be a word that ends ordinary names too (`company`, `profile`), the name without a type comes first.
#[must_use]
pub fn split_fused(line: &str) -> Vec<Fused<'_>> {
    let run = line
        .find(|character| !is_name_character(character))
        .unwrap_or(line.len());
    let mut readings = Vec::new();
    if let Some('(') = line[run..].chars().next() {
        readings.extend(reading(line, run));
    }
    let starting = |words: &[&str]| -> Vec<Fused<'_>> {
        words
            .iter()
            .filter(|word| line[..run].ends_with(**word))
            .filter_map(|word| reading(line, run - word.len()))
            .collect()
    };
    readings.extend(starting(&STARTS));
    if run == line.len() && is_name(line) {
        readings.push(Fused {
            name: line,
            notation: None,
            schema: Schema::new(Shape::Any),
        });
    }
    readings.extend(starting(&WEAK_STARTS));
    readings
}

fn reading(line: &str, end_of_name: usize) -> Option<Fused<'_>> {
    let (name, notation) = line.split_at(end_of_name);
    if !is_name(name) || name.ends_with('_') {
        return None;
    }
    Some(Fused {
        name,
        notation: Some(notation),
        schema: parse(notation)?,
    })
}

/// Whether the text can be a field's name on its own.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.chars().all(is_name_character) && text.contains(char::is_alphanumeric)
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '$' | '@')
}

struct Parser<'a> {
    rest: &'a str,
    components: bool,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, components: bool) -> Self {
        Self {
            rest: text.trim(),
            components,
            depth: 0,
        }
    }

    fn whole(mut self) -> Option<Schema> {
        let mut schema = self.union()?;
        if schema.format.is_none() && self.eat("·") {
            schema.format = Some(self.format_of(&schema)?);
        }
        self.rest.is_empty().then_some(schema)
    }

    fn union(&mut self) -> Option<Schema> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut alternatives = Vec::new();
        let mut nullable = false;
        loop {
            if self.eat_word("null") {
                nullable = true;
            } else {
                let schema = self.postfix()?;
                if !alternatives.contains(&schema) {
                    alternatives.push(schema);
                }
            }
            if !self.eat("|") {
                break;
            }
        }
        self.depth -= 1;
        let mut schema = match alternatives.len() {
            0 => Schema::new(Shape::Any),
            1 => alternatives.remove(0),
            _ => Schema::new(Shape::OneOf(alternatives)),
        };
        schema.nullable |= nullable;
        Some(schema)
    }

    fn postfix(&mut self) -> Option<Schema> {
        let mut schema = if self.eat("(") {
            let inner = self.union()?;
            self.expect(")")?;
            inner
        } else {
            self.primary()?
        };
        let mut lists = 0;
        while self.eat("[]") {
            lists += 1;
            if self.depth + lists > DEEPEST {
                return None;
            }
            schema = Schema::new(Shape::Array(Box::new(schema)));
        }
        Some(schema)
    }

    fn primary(&mut self) -> Option<Schema> {
        let word = self.word()?;
        let shape = match word {
            "string" => Shape::String,
            "integer" => Shape::Integer,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "object" => Shape::Object(Vec::new()),
            "any" | "unknown" => Shape::Any,
            "file" | "binary" => Shape::Binary,
            "date" | "date-time" | "datetime" => {
                let mut schema = Schema::new(Shape::String);
                let format = if word == "date" { "date" } else { "date-time" };
                schema.format = Some(format.to_owned());
                return Some(schema);
            }
            "array" | "Array" => {
                let items = self.argument()?;
                Shape::Array(Box::new(items.unwrap_or(Schema::new(Shape::Any))))
            }
            "map" => Shape::Map(Box::new(self.argument()??)),
            "Record" => {
                self.expect("<")?;
                if !self.eat_word("string") {
                    return None;
                }
                self.expect(",")?;
                let values = self.union()?;
                self.expect(">")?;
                Shape::Map(Box::new(values))
            }
            name if self.components && is_component_name(name) => Shape::Component(name.to_owned()),
            _ => return None,
        };
        let mut schema = Schema::new(shape);
        if is_scalar(&schema.shape) {
            if self.eat("<") {
                schema.format = Some(self.format_of(&schema)?);
                self.expect(">")?;
            } else if self.eat("·") {
                schema.format = Some(self.format_of(&schema)?);
            }
        }
        Some(schema)
    }

    /// `<T>`, when it is there: the inner `None` is its absence, the outer one what is no notation.
    #[expect(
        clippy::option_option,
        reason = "absent and wrong are two answers, and only the caller knows whether absent is wrong"
    )]
    fn argument(&mut self) -> Option<Option<Schema>> {
        if !self.eat("<") {
            return Some(None);
        }
        let schema = self.union()?;
        self.expect(">")?;
        Some(Some(schema))
    }

    fn format_of(&mut self, schema: &Schema) -> Option<String> {
        if !is_scalar(&schema.shape) {
            return None;
        }
        let word = self.word()?;
        word.chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
            .then(|| word.to_owned())
    }

    fn word(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start();
        let end = text
            .find(|character| !is_name_character(character))
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest.trim_start();
        (!word.is_empty()).then_some(word)
    }

    fn eat_word(&mut self, wanted: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(wanted) else {
            return false;
        };
        if rest.starts_with(is_name_character) || rest.trim_start().starts_with("[]") {
            return false;
        }
        self.rest = rest.trim_start();
        true
    }

    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        self.eat(token).then_some(())
    }
}

fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::String | Shape::Integer | Shape::Number | Shape::Boolean
    )
}

fn is_component_name(name: &str) -> bool {
    name.starts_with(|character: char| character.is_ascii_uppercase())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
}
