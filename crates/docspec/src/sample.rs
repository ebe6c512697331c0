//! The sample calls that pages print: a `curl` command and what it says about the operation.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Span};
use crate::page::{Method, Place, SecurityKind, SecurityScheme, Source};
use crate::text::Text;

/// A `curl` command.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The line on which the command starts.
    pub line: usize,
    /// The line on which it ends.
    pub last_line: usize,
    /// The method: as given, else what `curl` would send.
    pub method: Method,
    /// The URL as printed, placeholders and all.
    pub url: Printed,
    /// The headers in the order of the command.
    pub headers: Vec<Header>,
    /// The body; of a form, each of its parts as `name=value` on a line of its own.
    pub body: Option<Printed>,
    /// Whether the body is a form in several parts.
    pub is_form: bool,
}

/// A text with the line on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The text without its quotes.
    pub text: String,
    /// The line on which it starts.
    pub line: usize,
}

/// A header that the command sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name as printed.
    pub name: String,
    /// The value as printed.
    pub value: String,
    /// The line on which it stands.
    pub line: usize,
}

/// Whether a line starts a `curl` command.
#[must_use]
pub fn starts_here(line: &str) -> bool {
    line.trim_start()
        .strip_prefix("curl")
        .is_some_and(|rest| rest.starts_with([' ', '\\']))
}

/// Reads the `curl` command that starts on a line.
///
/// A `\` before white space continues the command, also where the line break after it was lost in copying.
///
/// # Errors
///
/// When a quote is never closed, an option is unknown or lacks its value, or there is not exactly one URL.
pub fn read(text: &Text, line: usize, page: &str) -> Result<Sample, Box<Diagnostic>> {
    let reader = Reader { text, line, page };
    let (words, last_line) = reader.words()?;
    reader.sample(words, last_line)
}

struct Reader<'a> {
    text: &'a Text,
    line: usize,
    page: &'a str,
}

impl Reader<'_> {
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

impl Sample {
    /// The first header of this name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&Header> {
        self.headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// The media type of the body, when the command names it.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        if self.is_form {
            return Some("multipart/form-data");
        }
        let value = &self.header("content-type")?.value;
        Some(value.split(';').next().unwrap_or(value).trim())
    }

    /// The URL without the operation's path, when the URL ends in that path. A placeholder of the template stands
    /// for any one segment.
    #[must_use]
    pub fn server(&self, template: &str) -> Option<String> {
        let url = self.url.text.split(['?', '#']).next()?;
        let (scheme, rest) = url.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let segments: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let wanted: Vec<&str> = template.trim_matches('/').split('/').collect();
        let base = segments.len().checked_sub(wanted.len())?;
        let agrees = segments[base..]
            .iter()
            .zip(&wanted)
            .all(|(segment, wanted)| {
                segment == wanted
                    || (wanted.starts_with('{') && wanted.ends_with('}') && !segment.is_empty())
            });
        if !agrees || host.is_empty() {
            return None;
        }
        let mut server = format!("{scheme}://{host}");
        for segment in &segments[..base] {
            server.push('/');
            server.push_str(segment);
        }
        Some(server)
    }

    /// The names of the query parameters that the URL sends, without `[]` and `[key]`.
    #[must_use]
    pub fn query_names(&self) -> Vec<&str> {
        let Some((_, query)) = self.url.text.split_once('?') else {
            return Vec::new();
        };
        query
            .split('&')
            .filter_map(|pair| pair.split(['=', '[']).next())
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// How the command authenticates, when it does.
    #[must_use]
    pub fn security(&self) -> Option<SecurityScheme> {
        let scheme = |name: &str, kind, line| SecurityScheme {
            name: name.to_owned(),
            kind,
            description: None,
            source: Source { line, origin: None },
        };
        if let Some(header) = self.header("authorization") {
            let kind = header.value.split_whitespace().next().unwrap_or_default();
            if kind.eq_ignore_ascii_case("bearer") {
                return Some(scheme("bearerAuth", SecurityKind::Bearer, header.line));
            }
            if kind.eq_ignore_ascii_case("basic") {
                return Some(scheme("basicAuth", SecurityKind::Basic, header.line));
            }
        }
        let header = self.headers.iter().find(|header| {
            let name = header.name.to_ascii_lowercase();
            name == "authorization" || name.ends_with("api-key") || name.ends_with("apikey")
        })?;
        let kind = SecurityKind::ApiKey {
            place: Place::Header,
            parameter: header.name.clone(),
        };
        Some(scheme("apiKey", kind, header.line))
    }

    /// The body as a JSON object, the parts of a form as texts, or `None` when it is no such thing.
    #[must_use]
    pub fn json_object(&self) -> Option<Map<String, Value>> {
        let text = &self.body.as_ref()?.text;
        if self.is_form {
            return text
                .lines()
                .map(|part| part.split_once('='))
                .map(|part| part.map(|(name, value)| (name.to_owned(), value.into())))
                .collect();
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Some(object),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Sample, read, starts_here};
    use crate::page::{Method, SecurityKind};
    use crate::text::Text;

    fn sample(page: &str) -> Result<Sample, String> {
        read(&Text::new(page), 1, "page").map_err(|diagnostic| diagnostic.to_string())
    }

    #[test]
    fn a_command_over_several_lines_is_read_whole() {
        let sample = sample(
            "curl -X PATCH 'https://api.example.test/v2/boats/{id}?fleet_id=<fleet_id>&tags[]=a' \\\n  -H 'Authorization: Bearer <token>' \\\n  -H 'Content-Type: application/json; charset=utf-8' \\\n  -d '{\n  \"name\": \"your_name\",\n  \"crew\": []\n}'\nconst next = 1;",
        )
        .unwrap();
        assert_eq!(sample.method, Method::Patch);
        assert_eq!(sample.last_line, 7);
        assert_eq!(
            sample.server("/boats/{id}").as_deref(),
            Some("https://api.example.test/v2")
        );
        assert_eq!(sample.server("/ships/{id}"), None);
        assert_eq!(sample.query_names(), ["fleet_id", "tags"]);
        assert_eq!(sample.media_type(), Some("application/json"));
        let security = sample.security().unwrap();
        assert_eq!(
            (security.kind, security.source.line),
            (SecurityKind::Bearer, 2)
        );
        let keys: Vec<String> = sample.json_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["name", "crew"]);
    }

    #[test]
    fn a_command_whose_line_breaks_were_lost_is_read_too() {
        let sample = sample(
            r#"curl -X PUT "https://dev.example.test/api/boat/string" \  -H "X-Api-Key: <key>" \  -d '{    "name": "Ada's"  }'"#,
        );
        assert!(sample.is_err(), "the quote in the value closes the body");
        let sample = self::sample(
            r#"curl --request=PUT "https://dev.example.test/api/boat/string" \  --header "X-Api-Key: <key>" \  -d '{    "name": "A \"da\""  }'"#,
        )
        .unwrap();
        assert_eq!(
            sample.server("/boat/{boatId}").as_deref(),
            Some("https://dev.example.test/api")
        );
        assert_eq!(sample.json_object().unwrap()["name"], "A \"da\"");
        assert_eq!(sample.security().unwrap().name, "apiKey");
    }

    #[test]
    fn the_method_is_what_curl_would_send() {
        assert_eq!(sample("curl https://e.test/a").unwrap().method, Method::Get);
        assert_eq!(
            sample("curl https://e.test/a -d x").unwrap().method,
            Method::Post
        );
        assert_eq!(
            sample("curl -G https://e.test/a -d x").unwrap().method,
            Method::Get
        );
    }

    #[test]
    fn the_parts_of_a_form_are_its_fields() {
        let sample =
            sample("curl https://e.test/a \\\n  -F 'file=@boat.pdf' \\\n  --form 'kind=plan=b'")
                .unwrap();
        assert_eq!(sample.method, Method::Post);
        assert_eq!(sample.media_type(), Some("multipart/form-data"));
        let parts = sample.json_object().unwrap();
        assert_eq!(parts["file"], "@boat.pdf");
        assert_eq!(parts["kind"], "plan=b");
    }

    #[test]
    fn a_broken_command_is_refused_with_its_line() {
        for (page, expected) in [
            (
                "curl 'https://e.test",
                "page:1: error[sample-command]: a quote that is never closed: '",
            ),
            (
                "curl https://e.test \\",
                "page:1: error[sample-command]: a command that goes on where the page ends",
            ),
            (
                "curl https://e.test \\\n -H",
                "page:2: error[sample-command]: the option -H without its value",
            ),
            (
                "curl https://e.test \\\n -H x",
                "page:2: error[sample-command]: a header without a colon",
            ),
            (
                "curl -X FETCH https://e.test",
                "page:1: error[sample-command]: the method \"FETCH\"",
            ),
            (
                "curl --teleport https://e.test",
                "page:1: error[sample-command]: an option of curl that is not known here: --teleport",
            ),
            (
                "curl -X GET",
                "page:1: error[sample-command]: 0 URLs in one command",
            ),
            (
                "curl a b",
                "page:1: error[sample-command]: 2 URLs in one command",
            ),
        ] {
            let error = sample(page).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn only_a_command_starts_a_sample() {
        assert!(starts_here("curl -X GET 'x'"));
        assert!(starts_here("  curl \\"));
        assert!(!starts_here("curly hair"));
        assert!(!starts_here("curl"));
    }
}
