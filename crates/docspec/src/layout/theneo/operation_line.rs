//! The method and the path of a Theneo page.

use super::super::findings::{Advice, Findings, Line};
use super::super::path_template;
use crate::page::{Method, Server, Source};

/// A method and a path, and where they stand.
pub(super) struct OperationLine<'t> {
    pub(super) line: Line<'t>,
    pub(super) method: Method,
    pub(super) server: Option<Server>,
    pub(super) path: String,
}

/// Takes the method and the path out of the lines; a page without them was cut off, since it prints them last.
pub(super) fn take<'t>(
    lines: &mut Vec<Line<'t>>,
    findings: &mut Findings<'_>,
) -> Option<OperationLine<'t>> {
    let found = (0..lines.len()).find_map(|index| {
        let (operation, count) = at(&lines[index..])?;
        Some((index, count, operation))
    });
    let Some((index, count, operation)) = found else {
        findings.add(
            "cut-off",
            lines.last().map(|line| line.span()),
            "the end of the page without a method and a path",
            Advice::new(
                "a method such as `PUT` on one line and the path on the next, which this layout prints last",
                "capture the whole page, down to its end",
            ),
        );
        return None;
    };
    lines.drain(index..index + count);
    Some(operation)
}

fn at<'t>(lines: &[Line<'t>]) -> Option<(OperationLine<'t>, usize)> {
    let line = *lines.first()?;
    let (method, path, count) = match line.text.split_once(' ') {
        Some((method, path)) => (Method::parse(method)?, path.trim(), 1),
        None => (Method::parse(line.text)?, lines.get(1)?.text, 2),
    };
    let (server, path) = path_template::parse(path)?;
    let server = server.map(|url| Server {
        url,
        description: None,
        source: Source {
            line: line.number + count - 1,
            origin: None,
        },
    });
    let operation = OperationLine {
        line,
        method,
        server,
        path,
    };
    Some((operation, count))
}
