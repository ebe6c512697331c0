//! What the operation of a Fumadocs page calls: its method, its path and its server.

use super::super::findings::{Advice, Findings, Line};
use super::super::operation_line::{self, OperationLine, path_parameters};
use super::super::path_template;
use super::field_line::{self, Marks};
use super::section::{Part, Section};
use crate::diagnostic::Span;
use crate::page::{Method, Operation, Place, Server, Shape, Source};
use crate::sample::Sample;

/// The host that stands in a sample while the page does not know its server.
const LOADING: &str = "loading";

/// What is called.
pub(super) struct Call {
    pub(super) line: usize,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) server: Option<Server>,
    pub(super) assumed: Option<String>,
}

/// The server that the sample calls; none when its host is what the page shows while it loads.
fn server(sample: &Sample, path: &str, findings: &mut Findings<'_>) -> Option<Server> {
    let mut whole = sample.clone();
    let relative = whole.url.text.starts_with('/');
    if relative {
        whole.url.text.insert_str(0, &format!("https://{LOADING}"));
    }
    let Some(url) = whole.server(path) else {
        findings.add(
            "sample-path",
            Some(Span {
                line: sample.url.line,
                start: 0,
                end: usize::MAX,
            }),
            "a sample that calls another path",
            Advice::new(
                format!("a URL that ends in `{path}`, as the page says"),
                "find out which of the two is right, and correct the other in the capture",
            ),
        );
        return None;
    };
    (!is_placeholder(&url)).then_some(Server {
        url,
        description: None,
        source: Source {
            line: sample.url.line,
            origin: None,
        },
    })
}

/// Finds out what is called: the line that says so, else the sample.
pub(super) fn read(
    stated: Option<&OperationLine<'_>>,
    sample: Option<&Sample>,
    first: Option<Line<'_>>,
    sections: &[Part<'_>],
    marks: Marks,
    findings: &mut Findings<'_>,
) -> Option<Call> {
    match (stated, sample) {
        (Some(operation), sample) => {
            let server = match sample {
                Some(sample) => server(sample, &operation.path, findings),
                None => operation.server.clone(),
            };
            Some(Call {
                line: operation.line.number,
                method: operation.method,
                path: operation.path.clone(),
                server,
                assumed: None,
            })
        }
        (None, Some(sample)) => of_sample(sample, sections, marks, findings),
        (None, None) => {
            findings.add(
                "missing-operation",
                first.map(Line::span),
                "a page without a method and a path",
                Advice::new(
                    "a method such as `PUT` on one line and the path on the next, or a `curl` sample",
                    "capture the whole page, from its title to its end",
                ),
            );
            None
        }
    }
}

/// The call that the sample makes, for a page whose method and path were lost.
fn of_sample(
    sample: &Sample,
    sections: &[Part<'_>],
    marks: Marks,
    findings: &mut Findings<'_>,
) -> Option<Call> {
    let found = path_template::parse(&sample.url.text)
        .map(|(server, path)| (server, without_dots(&path)))
        .and_then(|(server, path)| Some((server, with_placeholder(path, sections, marks)?)));
    let Some((server, path)) = found else {
        findings.add(
            "missing-operation",
            Some(Span {
                line: sample.url.line,
                start: 0,
                end: usize::MAX,
            }),
            "a page without a method and a path, whose sample does not show where the parameters go",
            Advice::new(
                "a method such as `PUT` on one line and the path on the next",
                "add the two lines above the sections, as the page shows them",
            ),
        );
        return None;
    };
    let server = server.filter(|url| !is_placeholder(url));
    Some(Call {
        line: sample.line,
        method: sample.method,
        path,
        server: server.map(|url| Server {
            url,
            description: None,
            source: Source {
                line: sample.url.line,
                origin: None,
            },
        }),
        assumed: Some(
            "the page states no method and no path: both are the sample's, and the server is taken to end \
             before the path"
                .to_owned(),
        ),
    })
}

/// The path that a browser would call: `.` stays where it is, `..` goes one segment up.
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

/// The sample's path with the page's only path parameter in the place of the only `string`, which is what samples
/// print for a string; `None` when the parameters cannot be placed.
fn with_placeholder(path: String, sections: &[Part<'_>], marks: Marks) -> Option<String> {
    let lines: Vec<&[Line<'_>]> = sections
        .iter()
        .filter(|(section, ..)| *section == Section::Parameters(Place::Path))
        .map(|(.., lines)| lines.as_slice())
        .collect();
    let fields: Vec<_> = lines
        .iter()
        .flat_map(|lines| {
            (0..lines.len()).filter_map(|index| field_line::read(&lines[index..], marks))
        })
        .collect();
    match fields.as_slice() {
        [] if lines.is_empty() => Some(path),
        [only] => {
            let string = only
                .schema
                .as_ref()
                .is_ok_and(|schema| schema.shape == Shape::String);
            let places = path.split('/').filter(|segment| *segment == "string");
            (string && places.count() == 1).then(|| {
                let segments: Vec<String> = path
                    .split('/')
                    .map(|segment| match segment {
                        "string" => format!("{{{}}}", only.name),
                        other => other.to_owned(),
                    })
                    .collect();
                segments.join("/")
            })
        }
        _ => None,
    }
}

/// Whether a URL is on the host that a page shows until it knows the server.
fn is_placeholder(url: &str) -> bool {
    url.split_once("://")
        .is_some_and(|(_, rest)| rest.split('/').next() == Some(LOADING))
}

/// Adds a finding for every path parameter that the path does not have, and the other way round.
pub(super) fn report_path(operation: &Operation, line: Line<'_>, findings: &mut Findings<'_>) {
    let names = path_parameters(&operation.parameters);
    operation_line::report_undocumented(&operation.path, &names, line, findings);
    let placeholders = path_template::placeholders(&operation.path);
    for name in names {
        if !placeholders.contains(&name) {
            findings.add(
                "parameter-without-placeholder",
                Some(line.span()),
                format!("a path without the parameter `{name}`"),
                Advice::new(
                    format!("`{{{name}}}` in the path"),
                    "correct the path or the parameter's name in the capture",
                ),
            );
        }
    }
}
