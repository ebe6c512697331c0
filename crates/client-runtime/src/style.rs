//! Lists and objects in a path, a header or a cookie, in the style that the document names for each (OpenAPI 3.1, "Style
//! Values"; RFC 6570).

use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// How a value is written in a path, a header or a cookie when it is, or may be, a list or an object. What stands before
/// all of it, as `.` with `label` and `;` with `matrix`, is for the path template to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// `a,b`, and an object as `key,a,other,b`: any style that does not explode.
    Comma,
    /// `a,b`, and an object as `key=a,other=b`: `simple`, exploded.
    CommaPairs,
    /// `a.b`, and an object as `key=a.other=b`: `label`, exploded.
    Dot,
    /// `name=a;name=b`, and an object as `key=a;other=b`: `matrix`, exploded. In cookies each is a cookie of its own:
    /// `form`, exploded.
    Semicolon,
    /// The value as JSON text.
    Json,
}

/// Says why a value does not fit its parameter's style, without the value.
#[derive(Debug)]
pub(crate) struct StyleProblem(&'static str);

impl fmt::Display for StyleProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// One of the values of a parameter, and the name before it where it has one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) name: Option<String>,
    pub(crate) text: String,
}

impl Style {
    /// What stands between two values.
    pub(crate) const fn between(self) -> &'static str {
        match self {
            Self::Comma | Self::CommaPairs | Self::Json => ",",
            Self::Dot => ".",
            Self::Semicolon => ";",
        }
    }

    /// The values of the parameter `name`, in order; none for null, and for an empty list or object, which is text as JSON.
    ///
    /// # Errors
    /// When a list or object is within another, which no style but JSON writes, or the value is none that JSON can hold.
    pub(crate) fn pieces<T: Serialize + ?Sized>(
        self,
        name: &str,
        value: &T,
    ) -> Result<Vec<Piece>, StyleProblem> {
        // The text of a type's own error may quote its value.
        let unwritten = |_| StyleProblem("its type cannot be serialised");
        if self == Self::Json {
            let text = serde_json::to_string(value).map_err(unwritten)?;
            let piece = (text != "null").then_some(Piece { name: None, text });
            return Ok(piece.into_iter().collect());
        }
        let value = serde_json::to_value(value).map_err(unwritten)?;
        let own = (self == Self::Semicolon).then(|| name.to_owned());
        let mut pieces = Vec::new();
        match value {
            Value::Array(items) => {
                for item in items {
                    pieces.extend(piece(own.clone(), item)?);
                }
            }
            Value::Object(fields) => {
                for (name, field) in fields {
                    let Some(field) = piece(None, field)? else {
                        continue;
                    };
                    if self == Self::Comma {
                        pieces.push(Piece {
                            name: None,
                            text: name,
                        });
                        pieces.push(field);
                    } else {
                        pieces.push(Piece {
                            name: Some(name),
                            ..field
                        });
                    }
                }
            }
            single => pieces.extend(piece(own, single)?),
        }
        Ok(pieces)
    }
}

fn piece(name: Option<String>, value: Value) -> Result<Option<Piece>, StyleProblem> {
    let text = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        Value::Array(_) | Value::Object(_) => {
            return Err(StyleProblem(
                "found a list or object in a list or object, expected a flat one",
            ));
        }
        other => other.to_string(),
    };
    Ok(Some(Piece { name, text }))
}
