//! `api.toml`: what is known about an API as a whole, its pages in order, and what the runtime must know.

mod table;

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, Span};
use crate::page::Method;
use table::{Problems, Table};

/// What an `api.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// The file's name, for messages.
    pub file: String,
    /// `info.title` of the document.
    pub title: String,
    /// `info.version` of the document: the date of the newest source.
    pub version: String,
    /// `info.description` of the document.
    pub description: Option<String>,
    /// The name of the crate in `generated/`.
    pub crate_name: String,
    /// The version of that crate.
    pub crate_version: String,
    /// The address of the vendor's documentation.
    pub docs: Option<String>,
    /// The pages under `pages/`, in order, each with the line that lists it.
    pub pages: Vec<ListedPage>,
    /// The server, where one is documented.
    pub server: Option<Server>,
    /// Whether every enum is open, since the API does not validate.
    pub all_enums_open: bool,
    /// When a failed call may be repeated.
    pub retry: Option<Retry>,
    /// How many requests the API takes.
    pub quotas: Vec<Quota>,
}

/// A page that `api.toml` lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPage {
    /// The name under `pages/`.
    pub name: String,
    /// The line of `api.toml` that lists it.
    pub line: usize,
}

/// A server of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The URL that paths are appended to.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether a client uses it when the caller names none.
    pub default: bool,
}

/// When a failed call may be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retry {
    /// The statuses after which a call is repeated.
    pub statuses: Vec<u16>,
    /// The statuses after which it never is.
    pub never: Vec<u16>,
    /// The header by which the API recognises a repeated write.
    pub idempotency_header: Option<String>,
    /// The methods that may be repeated without that header.
    pub idempotent_methods: Vec<Method>,
    /// The JSON pointer of a flag, in an error's body, that says that a system behind the API failed.
    pub remote_error_pointer: Option<String>,
}

/// How many requests the API takes in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// What is counted by.
    pub per: QuotaScope,
    /// How many requests.
    pub requests: u64,
    /// In how many seconds.
    pub seconds: u64,
    /// The query or header parameter whose value names the account; without it, requests name none and the runtime
    /// does not count them for a quota per account.
    pub parameter: Option<String>,
    /// Where the figures are from.
    pub source: Option<String>,
}

/// What a quota is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaScope {
    /// Each credential has its own.
    Credential,
    /// Each connected account has its own.
    Account,
}

impl QuotaScope {
    /// `credential` or `account`, as `x-quotas` writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Account => "account",
        }
    }
}

impl Api {
    /// Reads an `api.toml`. `file` is its name in messages.
    ///
    /// # Errors
    ///
    /// All that is wrong with it: invalid TOML, unknown keys, wrong types, missing `title`, `version`, `crate`,
    /// `crate-version` or `pages`, and values that cannot be meant, each with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Problems::new(file, text);
        let (document, syntax) = DeTable::parse_recoverable(text);
        if !syntax.is_empty() {
            for error in syntax {
                problems.add(
                    "api-syntax",
                    error.span(),
                    error.message().trim().replace('\n', ", "),
                    "valid TOML",
                    "correct the line",
                );
            }
            return Err(problems.into_diagnostics());
        }
        let mut root = Table::new("the file", 0..0, document.get_ref());
        let api = read(file, &mut root, &mut problems);
        root.end(&mut problems);
        let problems = problems.into_diagnostics();
        match api {
            Some(api) if problems.is_empty() => Ok(api),
            _ => Err(problems),
        }
    }

    /// Compares the listed pages with the files that stand under `pages/`.
    ///
    /// # Errors
    ///
    /// A page that is listed but not there, and a file that is there but not listed.
    pub fn check_pages(&self, found: &BTreeSet<String>) -> Result<(), Vec<Diagnostic>> {
        let listed: BTreeSet<&str> = self.pages.iter().map(|page| page.name.as_str()).collect();
        let missing = self
            .pages
            .iter()
            .filter(|page| !found.contains(&page.name))
            .map(|page| Diagnostic {
                rule: "page-missing",
                page: self.file.clone(),
                span: Some(whole_line(page.line)),
                found: format!("`pages/{}` does not exist", page.name),
                expected: "a file for each page that `pages` lists".to_owned(),
                fix: "add the file or remove the name from `pages`".to_owned(),
            });
        let unlisted = found
            .iter()
            .filter(|name| !listed.contains(name.as_str()))
            .map(|name| Diagnostic {
                rule: "page-unlisted",
                page: self.file.clone(),
                span: None,
                found: format!("`pages/{name}` is not listed"),
                expected: "every file under `pages/` in `pages`".to_owned(),
                fix: format!("add \"{name}\" to `pages` or remove the file"),
            });
        let problems: Vec<Diagnostic> = missing.chain(unlisted).collect();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }
}

/// The span of a whole line.
fn whole_line(line: usize) -> Span {
    Span {
        line,
        start: 0,
        end: usize::MAX,
    }
}

/// Reads the file; `None` only when a problem was noted.
fn read(file: &str, root: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Api> {
    let api = root.table("api", problems);
    let server = root
        .table("server", problems)
        .and_then(|table| read_server(table, problems));
    let all_enums_open = root.table("open-enums", problems).is_some_and(|mut table| {
        let all = table.boolean("all", problems).unwrap_or(false);
        table.end(problems);
        all
    });
    let retry = root
        .table("retry", problems)
        .map(|table| read_retry(table, problems));
    let quotas = root
        .tables("quota", problems)
        .into_iter()
        .filter_map(|table| read_quota(table, problems))
        .collect();

    let Some(mut api) = api else {
        root.missing_table("[api]", problems);
        return None;
    };
    let title = api.required_text("title", problems);
    let version = api.required_text("version", problems);
    let description = api.text("description", problems);
    let crate_name = api
        .required_text("crate", problems)
        .filter(|(name, at)| check_crate_name(name, at, problems));
    let crate_version = api
        .required_text("crate-version", problems)
        .filter(|(version, at)| check_crate_version(version, at, problems));
    let docs = api
        .text("docs", problems)
        .filter(|(url, at)| check_url("docs", url, at, problems));
    let pages = read_pages(&mut api, problems);
    api.end(problems);
    Some(Api {
        file: file.to_owned(),
        title: title?.0,
        version: version?.0,
        description: description.map(|(text, _)| text),
        crate_name: crate_name?.0,
        crate_version: crate_version?.0,
        docs: docs.map(|(url, _)| url),
        pages: pages?,
        server,
        all_enums_open,
        retry,
        quotas,
    })
}

fn read_pages(api: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Vec<ListedPage>> {
    let Some(names) = api.texts("pages", problems) else {
        api.missing("pages", problems);
        return None;
    };
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    for (name, at) in names {
        let line = problems.line(at.start);
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', '\0']) {
            problems.add(
                "page-name",
                Some(at),
                format!("`{name}` names no file under `pages/`"),
                "a file's name without a folder",
                "write the name alone, such as \"contacts-list.md\"",
            );
        } else if !seen.insert(name.clone()) {
            problems.add(
                "page-twice",
                Some(at),
                format!("`{name}` is listed twice"),
                "each page once",
                "remove one of the two",
            );
        } else {
            pages.push(ListedPage { name, line });
        }
    }
    Some(pages)
}

fn read_server(mut table: Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Server> {
    let url = table
        .required_text("url", problems)
        .filter(|(url, at)| check_url("url", url, at, problems));
    let description = table.text("description", problems);
    let default = table.boolean("default", problems).unwrap_or(true);
    table.end(problems);
    Some(Server {
        url: url?.0,
        description: description.map(|(text, _)| text),
        default,
    })
}

fn read_retry(mut table: Table<'_, '_>, problems: &mut Problems<'_>) -> Retry {
    let statuses = read_statuses(&mut table, "statuses", problems);
    let never = read_statuses(&mut table, "never", problems);
    if let Some(both) = statuses.iter().find(|status| never.contains(status)) {
        problems.add(
            "api-retry",
            Some(table.at()),
            format!("{both} stands in `statuses` and in `never`"),
            "each status in one of the two",
            "remove it from one of the two",
        );
    }
    let idempotency_header = table
        .text("idempotency-header", problems)
        .filter(|(name, at)| {
            let is_token = name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            if !is_token {
                problems.add(
                    "api-header",
                    Some(at.clone()),
                    format!("{name:?} is no header's name"),
                    "letters, digits and `-`",
                    "correct the name",
                );
            }
            is_token
        });
    let mut idempotent_methods = Vec::new();
    for (method, at) in table
        .texts("idempotent-methods", problems)
        .unwrap_or_default()
    {
        if let Some(method) = Method::parse(&method) {
            idempotent_methods.push(method);
        } else {
            problems.add(
                "api-method",
                Some(at),
                format!("{method:?} is no method"),
                format!("one of {}", Method::ALL.map(Method::as_str).join(", ")),
                "correct the method",
            );
        }
    }
    let remote_error_pointer =
        table
            .text("remote-error-pointer", problems)
            .filter(|(pointer, at)| {
                let is_pointer = pointer.starts_with('/');
                if !is_pointer {
                    problems.add(
                        "api-pointer",
                        Some(at.clone()),
                        format!("{pointer:?} is no JSON pointer"),
                        "a pointer that starts with `/`",
                        format!("write \"/{pointer}\""),
                    );
                }
                is_pointer
            });
    table.end(problems);
    Retry {
        statuses,
        never,
        idempotency_header: idempotency_header.map(|(name, _)| name),
        idempotent_methods,
        remote_error_pointer: remote_error_pointer.map(|(pointer, _)| pointer),
    }
}

fn read_statuses(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Vec<u16> {
    let mut statuses = Vec::new();
    for (status, at) in table.numbers(key, problems).unwrap_or_default() {
        match u16::try_from(status) {
            Ok(status) if (100..=599).contains(&status) => statuses.push(status),
            _ => problems.add(
                "api-status",
                Some(at),
                format!("{status} is no status of HTTP"),
                "a number from 100 to 599",
                "correct the status",
            ),
        }
    }
    statuses
}

fn read_quota(mut table: Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Quota> {
    let per = table
        .required_text("per", problems)
        .and_then(|(per, at)| match per.as_str() {
            "credential" => Some(QuotaScope::Credential),
            "account" => Some(QuotaScope::Account),
            _ => {
                problems.add(
                    "api-quota",
                    Some(at),
                    format!("a quota per {per:?}"),
                    "`credential` or `account`",
                    "correct `per`",
                );
                None
            }
        });
    let requests = table.count("requests", problems);
    let seconds = table.count("seconds", problems);
    let parameter = table.text("parameter", problems);
    let source = table.text("source", problems);
    table.end(problems);
    if let (Some(QuotaScope::Credential), Some((_, at))) = (per, &parameter) {
        problems.add(
            "api-quota",
            Some(at.clone()),
            "a parameter for a quota per credential".to_owned(),
            "a parameter only where what it names is counted",
            "remove `parameter`, or write `per = \"account\"`",
        );
    }
    Some(Quota {
        per: per?,
        requests: requests?,
        seconds: seconds?,
        parameter: parameter.map(|(text, _)| text),
        source: source.map(|(text, _)| text),
    })
}

fn check_crate_name(name: &str, at: &Range<usize>, problems: &mut Problems<'_>) -> bool {
    let valid = name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !valid {
        problems.add(
            "api-crate",
            Some(at.clone()),
            format!("{name:?} is no name for a crate"),
            "lower-case letters, digits and `-`, a letter first",
            "correct `crate`",
        );
    }
    valid
}

fn check_crate_version(version: &str, at: &Range<usize>, problems: &mut Problems<'_>) -> bool {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = release.split('.').collect();
    let valid = numbers.len() == 3 && numbers.iter().all(|part| part.parse::<u64>().is_ok());
    if !valid {
        problems.add(
            "api-crate-version",
            Some(at.clone()),
            format!("{version:?} is no version"),
            "three numbers, as in \"0.1.0\"",
            "correct `crate-version`",
        );
    }
    valid
}

fn check_url(key: &str, url: &str, at: &Range<usize>, problems: &mut Problems<'_>) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let valid = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
        && !url.contains(char::is_whitespace);
    if !valid {
        problems.add(
            "api-url",
            Some(at.clone()),
            format!("{url:?} is no address"),
            "an address that starts with `https://` or `http://`",
            format!("correct `{key}`"),
        );
    }
    valid
}
