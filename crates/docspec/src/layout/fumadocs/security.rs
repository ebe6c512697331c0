//! How a caller authenticates, as a Fumadocs page prints it below `Authorization`.

use super::super::findings::{Advice, Findings, Line};
use crate::page::{Place, SecurityKind, SecurityScheme, Source};
use crate::type_notation;

/// What stands for the secret.
const TOKEN: &str = "<token>";

/// Whether the line names a header, a query parameter or a cookie that takes the secret.
pub(super) fn is_property(text: &str) -> bool {
    text.ends_with(TOKEN)
}

/// Reads the lines below the heading.
pub(super) fn read(
    heading: Line<'_>,
    lines: &[Line<'_>],
    findings: &mut Findings<'_>,
) -> Vec<SecurityScheme> {
    let mut names: Vec<&str> = Vec::new();
    let mut schemes: Vec<Scheme<'_>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let names_the_next = lines.get(index + 1).is_some_and(|next| {
            is_property(next.text) || schemes.is_empty() && !next.text.contains(' ')
        });
        if is_property(line.text) {
            schemes.push(Scheme::of(*line, &mut names));
        } else if names_the_next && type_notation::is_name(line.text) {
            names.push(line.text);
        } else if let Some(scheme) = schemes.last_mut() {
            match line.text.strip_prefix("In: ") {
                Some(place) => scheme.place = Some(place),
                None => scheme.description.push(line.text),
            }
        } else {
            findings.unknown_line(*line, "a scheme's name, or a header with `<token>`");
        }
    }
    if schemes.is_empty() {
        findings.add(
            "empty-section",
            Some(heading.span()),
            "the section `Authorization` without a scheme",
            Advice::new(
                "a line such as `AuthorizationBearer <token>` below the heading",
                "capture the page again with the section open",
            ),
        );
    }
    if !names.is_empty() && names.len() != schemes.len() {
        findings.add(
            "security-names",
            Some(heading.span()),
            format!(
                "{} names of schemes and {} schemes",
                names.len(),
                schemes.len()
            ),
            Advice::new(
                "a name for each scheme",
                "complete the section in the capture",
            ),
        );
        return Vec::new();
    }
    schemes
        .iter()
        .enumerate()
        .filter_map(|(index, scheme)| scheme.finish(names.get(index).copied(), findings))
        .collect()
}

struct Scheme<'t> {
    line: Line<'t>,
    parameter: &'t str,
    word: &'t str,
    place: Option<&'t str>,
    description: Vec<&'t str>,
}

impl<'t> Scheme<'t> {
    /// Reads `AuthorizationBearer <token>` or `X-Api-Key<token>`, with the scheme's name before it where copying
    /// lost the line break between them.
    fn of(line: Line<'t>, names: &mut Vec<&'t str>) -> Self {
        let text = line
            .text
            .strip_suffix(TOKEN)
            .unwrap_or(line.text)
            .trim_end();
        let (rest, word) = ["Bearer", "Basic"]
            .iter()
            .find_map(|word| Some((text.strip_suffix(word)?, *word)))
            .unwrap_or((text, ""));
        let parameter = match rest.trim_end().rsplit_once(' ') {
            Some((name, parameter)) => {
                names.push(name.trim());
                parameter
            }
            None => rest.trim_end(),
        };
        Self {
            line,
            parameter,
            word,
            place: None,
            description: Vec::new(),
        }
    }

    fn finish(&self, name: Option<&str>, findings: &mut Findings<'_>) -> Option<SecurityScheme> {
        let Some(place) = self.place.and_then(super::place_named) else {
            findings.add(
                "security-place",
                Some(self.line.span()),
                "a scheme without the place of its secret",
                Advice::new(
                    "`In: header`, `In: query` or `In: cookie` below it",
                    "complete the section in the capture",
                ),
            );
            return None;
        };
        let (kind, usual_name) = match self.word {
            "Bearer" => (SecurityKind::Bearer, "bearerAuth"),
            "Basic" => (SecurityKind::Basic, "basicAuth"),
            _ => (
                SecurityKind::ApiKey {
                    place,
                    parameter: self.parameter.to_owned(),
                },
                "apiKey",
            ),
        };
        let in_header = place == Place::Header && self.parameter == "Authorization";
        if place == Place::Path || !self.word.is_empty() && !in_header {
            findings.add(
                "security-place",
                Some(self.line.span()),
                format!("a secret of this kind in `{}`", self.place.unwrap_or("")),
                Advice::new(
                    "the header `Authorization` for a bearer token or a password",
                    "correct the section in the capture",
                ),
            );
        }
        Some(SecurityScheme {
            name: name.unwrap_or(usual_name).to_owned(),
            kind,
            description: (!self.description.is_empty()).then(|| self.description.join("\n\n")),
            source: Source {
                line: self.line.number,
                origin: None,
            },
        })
    }
}
