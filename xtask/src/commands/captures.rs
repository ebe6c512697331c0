//! `cargo xtask captures`: how old the captures are.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use docspec::api::Api;
use docspec::captures::{self, Lock};
use docspec::diagnostic::Diagnostic;
use docspec::text::Text;
use unicode_width::UnicodeWidthStr as _;

use crate::arguments::Captures;
use crate::day::{self, Day};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::report::Texts;
use crate::workspace::{Workspace, read, read_if_there};
use crate::wrapped::wrapped;

/// A page, and when it was captured.
struct Row {
    api: String,
    page: String,
    /// The day and how many days ago it was; none where the page has no capture.
    captured: Option<(Day, i64)>,
}

pub(crate) fn run(arguments: &Captures) -> Result<Exit, Failure> {
    let workspace = Workspace::find()?;
    let today = arguments.today.unwrap_or_else(Day::today);
    let mut rows = Vec::new();
    for api in workspace.chosen(&arguments.apis)? {
        rows.extend(rows_of(&workspace, &api, today)?);
    }
    let limit = arguments.older_than.map(i64::from);
    let is_old = |row: &Row| {
        row.captured
            .zip(limit)
            .is_some_and(|((_, age), limit)| age > limit)
    };
    let list = match arguments.format.as_str() {
        "markdown" => markdown(&rows, is_old),
        _ => text(&rows, is_old),
    };
    output::print(&list)?;
    let old = rows.iter().filter(|row| is_old(row)).count();
    let Some(limit) = limit.filter(|_| old > 0) else {
        return Ok(Exit::Done);
    };
    let pages = if old == 1 {
        "1 capture is"
    } else {
        &format!("{old} captures are")
    };
    output::note(&format!(
        "{pages} older than {limit} days; to fix: capture the page again and run\n  \
         cargo xtask import --api API PAGE"
    ));
    Ok(Exit::OutOfDate)
}

/// The pages of an API in the order of api.toml; pages of components are never captured.
fn rows_of(workspace: &Workspace, api: &str, today: Day) -> Result<Vec<Row>, Failure> {
    let folder = workspace.root().join("specs").join(api);
    let failure = |name: &str, text: &str, diagnostics: Vec<Diagnostic>| {
        let mut texts = Texts::default();
        texts.add(name, Text::new(text));
        texts.failure(&format!("specs/{api}/"), diagnostics)
    };
    let text = read(&folder.join("api.toml"))?;
    let pages = Api::parse("api.toml", &text)
        .map_err(|found| failure("api.toml", &text, found))?
        .pages;
    let text = read_if_there(&folder.join(captures::FILE))?.unwrap_or_default();
    let lock = Lock::parse(&text).map_err(|found| failure(captures::FILE, &text, found))?;
    let listed: BTreeSet<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    let stray = captures::unlisted(&lock, &listed);
    if !stray.is_empty() {
        return Err(failure(captures::FILE, &text, stray));
    }
    let mut rows = Vec::new();
    for page in pages {
        let page = page.name;
        let is_components = read_if_there(&folder.join("pages").join(&page))?
            .is_some_and(|text| text.starts_with("# Components"));
        let captured = lock
            .pages
            .get(&page)
            .and_then(|capture| day::parse(&capture.captured).ok())
            .map(|day| (day, today.days_since(day)));
        if captured.is_some() || !is_components {
            rows.push(Row {
                api: api.to_owned(),
                page,
                captured,
            });
        }
    }
    Ok(rows)
}

/// The widest name that has its day beside it, so that a line fits into 80 columns.
const WIDEST: usize = 48;

fn text(rows: &[Row], is_old: impl Fn(&Row) -> bool) -> String {
    let name = |row: &Row| format!("{}/pages/{}", row.api, row.page);
    let widths = rows.iter().map(|row| name(row).width());
    let width = widths.filter(|width| *width <= WIDEST).max().unwrap_or(0);
    let mut list = String::new();
    for row in rows {
        let said = match row.captured {
            Some((day, age)) => format!("{day}  {}", days(age)),
            None => "no capture".to_owned(),
        };
        let mark = if is_old(row) { "  too old" } else { "" };
        let mut name = name(row);
        if name.width() > WIDEST {
            list.push_str(&wrapped("", &name, 2));
            name = String::new();
        }
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{name:<width$}  {said}{mark}");
    }
    list
}

fn markdown(rows: &[Row], is_old: impl Fn(&Row) -> bool) -> String {
    let mut list = String::from("| API | page | captured | age |\n|---|---|---|---|\n");
    for row in rows {
        let (day, age) = match row.captured {
            Some((day, age)) => (day.to_string(), days(age)),
            None => ("none".to_owned(), String::new()),
        };
        let mark = if is_old(row) { "**" } else { "" };
        let _ = writeln!(
            list,
            "| {} | `{}` | {day} | {mark}{age}{mark} |",
            row.api, row.page
        );
    }
    list
}

fn days(age: i64) -> String {
    if age == 1 {
        "1 day".to_owned()
    } else {
        format!("{age} days")
    }
}
