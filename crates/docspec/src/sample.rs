//! The sample calls that pages print: a `curl` command and what it says about the operation.

mod command;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostic;
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
    command::Reader { text, line, page }.read()
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
