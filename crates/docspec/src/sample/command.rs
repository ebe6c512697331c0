//! A `curl` command taken apart as a shell and `curl` would: its words, its options and their values.

use super::{Header, Printed, Sample};
use crate::diagnostic::{Diagnostic, Span};
use crate::page::Method;
use crate::text::Text;

/// Reads one command of a page.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Text,
    pub(super) line: usize,
    pub(super) page: &'a str,
}

impl Reader<'_> {
    pub(super) fn read(&self) -> Result<Sample, Box<Diagnostic>> {
        let (words, last_line) = self.words()?;
        self.sample(words, last_line)
    }

    fn refuse(&self, line: usize, found: String, expected: &str, fix: &str) -> Box<Diagnostic> {
        let end = self.text.line(line).map_or(0, str::len);
        Box::new(Diagnostic {
            rule: "sample-command",
            page: self.page.to_owned(),
            span: Some(Span {
                line,
                start: 0,
                end,
            }),
            found,
            expected: expected.to_owned(),
            fix: fix.to_owned(),
        })
    }

    /// The words of the command as a shell sees them, and the line on which it ends.
    fn words(&self) -> Result<(Vec<Printed>, usize), Box<Diagnostic>> {
        let mut words = Vec::new();
        let mut word: Option<Printed> = None;
        let mut quote: Option<(char, usize)> = None;
        let mut number = self.line;
        while let Some(line) = self.text.line(number) {
            let mut continued = false;
            let mut characters = line.chars().peekable();
            while let Some(character) = characters.next() {
                let escaped = |word: &mut Option<Printed>, character: char| {
                    word.get_or_insert_with(|| Printed {
                        text: String::new(),
                        line: number,
                    })
                    .text
                    .push(character);
                };
                match (quote, character) {
                    (Some((open, _)), close) if open == close => quote = None,
                    (Some(('"', _)), '\\') => match characters.next() {
                        Some(next @ ('"' | '\\' | '$' | '`')) => escaped(&mut word, next),
                        Some(next) => {
                            escaped(&mut word, '\\');
                            escaped(&mut word, next);
                        }
                        None => continued = true,
                    },
                    (None, '\'' | '"') => {
                        quote = Some((character, number));
                        word.get_or_insert_with(|| Printed {
                            text: String::new(),
                            line: number,
                        });
                    }
                    (None, '\\') => match characters.peek() {
                        None => continued = true,
                        Some(next) if next.is_whitespace() => words.extend(word.take()),
                        Some(_) => {
                            if let Some(next) = characters.next() {
                                escaped(&mut word, next);
                            }
                        }
                    },
                    (None, space) if space.is_whitespace() => words.extend(word.take()),
                    (_, other) => escaped(&mut word, other),
                }
            }
            match quote {
                Some(_) => {
                    if let (Some(word), false) = (&mut word, continued) {
                        word.text.push('\n');
                    }
                }
                None => words.extend(word.take()),
            }
            if quote.is_none() && !continued {
                return Ok((words, number));
            }
            number += 1;
        }
        match quote {
            Some((open, opened)) => Err(self.refuse(
                opened,
                format!("a quote that is never closed: {open}"),
                &format!("the command of line {} up to its last quote", self.line),
                "copy the page again, to its end",
            )),
            None => Err(self.refuse(
                number.saturating_sub(1),
                "a command that goes on where the page ends".to_owned(),
                "the line after the `\\`",
                "copy the page again, to its end",
            )),
        }
    }

    fn sample(&self, words: Vec<Printed>, last_line: usize) -> Result<Sample, Box<Diagnostic>> {
        let mut method = None;
        let mut urls = Vec::new();
        let mut headers = Vec::new();
        let mut body = None;
        let mut is_form = false;
        let mut in_query = false;
        let mut words = words.into_iter().skip(1);
        while let Some(word) = words.next() {
            let (option, attached) = option_of(&word.text);
            if !takes_value(option) {
                match option {
                    "-G" | "--get" => in_query = true,
                    option if changes_nothing(option) => {}
                    option if option.starts_with('-') => {
                        return Err(self.refuse(
                            word.line,
                            format!("an option of curl that is not known here: {option}"),
                            "the method, the URL, headers and data",
                            "check the option on the page; a new one has to be taught to the reader",
                        ));
                    }
                    _ => urls.push(word),
                }
                continue;
            }
            let value = match attached {
                Some(value) => Printed {
                    text: value.to_owned(),
                    line: word.line,
                },
                None => words.next().ok_or_else(|| {
                    self.refuse(
                        word.line,
                        format!("the option {option} without its value"),
                        "a value after it",
                        "copy the page again, to its end",
                    )
                })?,
            };
            match option {
                "-X" | "--request" => method = Some(self.method(&value)?),
                "--url" => urls.push(value),
                "-H" | "--header" => headers.push(self.header(&value)?),
                "-u" | "--user" => headers.push(Header {
                    name: "Authorization".to_owned(),
                    value: "Basic".to_owned(),
                    line: value.line,
                }),
                "-F" | "--form" | "--form-string" => {
                    is_form = true;
                    let parts = body.get_or_insert_with(|| Printed {
                        text: String::new(),
                        line: value.line,
                    });
                    parts.text.push_str(&value.text);
                    parts.text.push('\n');
                }
                _ => {
                    if option == "--json" {
                        headers.push(Header {
                            name: "Content-Type".to_owned(),
                            value: "application/json".to_owned(),
                            line: value.line,
                        });
                    }
                    body = Some(value);
                }
            }
        }
        let url = match <[Printed; 1]>::try_from(urls) {
            Ok([url]) => url,
            Err(urls) => {
                return Err(self.refuse(
                    urls.last().map_or(self.line, |url| url.line),
                    format!("{} URLs in one command", urls.len()),
                    "exactly one",
                    "quote the values that hold blanks, as the vendor's page does",
                ));
            }
        };
        if in_query {
            body = None;
        }
        let method = method.unwrap_or(if body.is_some() {
            Method::Post
        } else {
            Method::Get
        });
        Ok(Sample {
            line: self.line,
            last_line,
            method,
            url,
            headers,
            body,
            is_form,
        })
    }

    fn method(&self, printed: &Printed) -> Result<Method, Box<Diagnostic>> {
        Method::parse(&printed.text).ok_or_else(|| {
            self.refuse(
                printed.line,
                format!("the method {:?}", printed.text),
                "an HTTP method in upper case",
                "correct the method as the vendor's page has it",
            )
        })
    }

    fn header(&self, printed: &Printed) -> Result<Header, Box<Diagnostic>> {
        let Some((name, value)) = printed.text.split_once(':') else {
            return Err(self.refuse(
                printed.line,
                "a header without a colon".to_owned(),
                "`Name: value`",
                "correct the header as the vendor's page has it",
            ));
        };
        Ok(Header {
            name: name.trim().to_owned(),
            value: value.trim().to_owned(),
            line: printed.line,
        })
    }
}

fn takes_value(option: &str) -> bool {
    matches!(
        option,
        "-X" | "--request"
            | "--url"
            | "-H"
            | "--header"
            | "-d"
            | "--data"
            | "--data-raw"
            | "--data-binary"
            | "--data-ascii"
            | "--json"
            | "-u"
            | "--user"
            | "-F"
            | "--form"
            | "--form-string"
    )
}

/// Whether an option says nothing about the operation.
fn changes_nothing(option: &str) -> bool {
    matches!(
        option,
        "-L" | "--location"
            | "-s"
            | "--silent"
            | "-S"
            | "--show-error"
            | "-i"
            | "--include"
            | "--compressed"
            | "-k"
            | "--insecure"
            | "-f"
            | "--fail"
            | "-v"
            | "--verbose"
            | "-N"
            | "--no-buffer"
    )
}

/// An option and the value that is attached to it, as in `-XPOST` or `--request=POST`.
fn option_of(word: &str) -> (&str, Option<&str>) {
    if word.starts_with("--") {
        return match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (word, None),
        };
    }
    for option in ["-X", "-H", "-d", "-u", "-F"] {
        if let Some(value) = word.strip_prefix(option)
            && !value.is_empty()
        {
            return (option, Some(value));
        }
    }
    (word, None)
}
