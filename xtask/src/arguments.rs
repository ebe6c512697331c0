//! The command line, declared.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use docspec::layout::Layout;

use crate::day::Day;

/// From documentation pages to compiled clients.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 2 the command line is wrong; 4 out of date (--check); \
                  5 a change that --fail-on names; \
                  100 the input is wrong; 1 a fault of this program or of the file system."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Captures(Captures),
    Codegen(Codegen),
    Diff(Diff),
    Generate(Generate),
    Lint(Lint),
    Import(Import),
    Openapi(Openapi),
    Release(Release),
    Review(Review),
    Where(Where),
}

/// Derive every `specs/<api>/openapi.json` from its sources and generate every client crate.
///
/// All APIs are worked out before the first file is written; files that are up to date are not touched; either all
/// files are written or none.
#[derive(Debug, Args)]
pub(crate) struct Codegen {
    /// The APIs, by the names of their folders under specs/; all of them when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Write nothing; print what is out of date as a unified diff and exit with 4.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Say what changed between two documents: on the wire, for Rust callers, for each integration.
///
/// Compares two files, or with --base the documents of the workspace with those of a revision.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The old document, JSON or YAML.
    #[arg(value_name = "OLD", required_unless_present = "base", requires = "new")]
    pub(crate) old: Option<PathBuf>,
    /// The new document, JSON or YAML.
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<PathBuf>,
    /// A revision of git, such as `main`, to compare every `specs/<api>/openapi.json` with.
    #[arg(long, value_name = "REV", conflicts_with = "old")]
    pub(crate) base: Option<String>,
    /// How to write it.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub(crate) format: DiffFormat,
    /// Exit with 5 when a change has this level or a higher one.
    #[arg(long, value_name = "LEVEL", default_value = "never", value_enum)]
    pub(crate) fail_on: DiffLevel,
}

/// Give what has changed since the last release a version and an entry in the changelog of each generated crate.
///
/// Takes the document of today down as that of the release, under `specs/<api>/changelog/`, raises `crate-version` in
/// api.toml and the version in `[workspace.dependencies]`, and generates the crate. Publishes nothing.
#[derive(Debug, Args)]
pub(crate) struct Release {
    /// The APIs, by the names of their folders under specs/; all of them when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// The version, where it is to be higher than the changes need; for one API.
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<semver::Version>,
    /// The day of the release, such as 2026-11-21; today when left out.
    #[arg(long, value_name = "DATE", value_parser = crate::day::parse)]
    pub(crate) date: Option<Day>,
    /// Write nothing; print what would change as a unified diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Regenerate, lint, compile, and say what a change of the sources means for callers: what CI does on a pull request.
///
/// Ends with 100 when something cannot be derived, generated or compiled, or `cargo xtask lint` finds an error; with 4
/// when --check finds files out of date; with 5 when a change is as bad as --fail-on.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// The revision of git that the change is compared with.
    #[arg(long, value_name = "REV", default_value = "main")]
    pub(crate) base: String,
    /// Write nothing but the report, and tell of the files that are out of date.
    #[arg(long)]
    pub(crate) check: bool,
    /// A file for the report in Markdown, short enough for a comment on GitHub.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// How the changes are printed.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub(crate) format: DiffFormat,
    /// Exit with 5 when a change has this level or a higher one.
    #[arg(long, value_name = "LEVEL", default_value = "never", value_enum)]
    pub(crate) fail_on: DiffLevel,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a terminal of 80 columns.
    Text,
    /// For programs; the schema is crates/specdiff/schema/comparison.schema.json.
    Json,
    /// For a pull request.
    Markdown,
    /// Annotations of GitHub's workflows.
    Github,
    /// A report of tests: what breaks is a failure.
    Junit,
}

/// The level from which changes fail a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffLevel {
    /// What breaks callers on the wire.
    Breaking,
    /// What may break callers on the wire.
    Warning,
    /// Any change.
    Info,
    /// What breaks Rust callers of the generated crate.
    Major,
    /// What adds to the generated crate or breaks its callers.
    Minor,
    /// None.
    Never,
}

/// Write a client crate for any OpenAPI 3.0 or 3.1 document.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The document, JSON or YAML; what it refers to in files beside it is read, too.
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: PathBuf,
    /// Overlays that are applied to the document first, one after the other.
    #[arg(long = "overlay", value_name = "FILE", num_args = 1..)]
    pub(crate) overlays: Vec<PathBuf>,
    /// The folder of the crate: a new or empty one, or one that this command has written before.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The crate's name; made from the document's title when left out.
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub(crate) name: Option<String>,
}

/// The crates that every generated one is built on.
const OWN: [&str; 6] = ["alloc", "client-runtime", "core", "sandbox", "serde", "std"];

/// A crate's name as Cargo and Rust take it.
fn crate_name(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    if !is_name {
        return Err("expected letters, digits, `-` and `_`, a letter first".to_owned());
    }
    if syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        return Err(format!(
            "`{name}` is a keyword of Rust, and no crate of that name can be used; expected another, such as \
             `{name}-client`"
        ));
    }
    if OWN.contains(&name) {
        return Err(format!(
            "the crate is built on one of that name; expected another, such as `{name}-client`"
        ));
    }
    Ok(name.to_owned())
}

/// Say what is doubtful in the sources of the APIs, or in captured pages.
///
/// Findings go to the standard output, by file and line. What is true and stays is accepted in
/// `specs/<api>/lint.toml`, with a reason. Ends with 100 when a finding that is not accepted is as bad as `--fail-on`.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// The APIs, by the names of their folders under specs/; all of them when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Look at these captured or Markdown pages of one API instead.
    #[arg(long, value_name = "PAGE", num_args = 1.., conflicts_with = "apis")]
    pub(crate) pages: Vec<PathBuf>,
    /// The layout of the pages; recognised when left out.
    #[arg(long, value_name = "NAME", requires = "pages", value_parser = PossibleValuesParser::new(Layout::ALL.map(Layout::name)))]
    pub(crate) layout: Option<String>,
    /// Reviewed splits for the pages; they win over those of specs/*/vocabulary.toml.
    #[arg(long, value_name = "FILE", requires = "pages")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// Show accepted findings, too.
    #[arg(long)]
    pub(crate) accepted: bool,
    /// The mildest level that makes the command fail.
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// How findings are printed.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(crate) format: Form,
    /// Print the table of all rules instead.
    #[arg(long, conflicts_with_all = ["apis", "pages", "explain"])]
    pub(crate) rules: bool,
    /// Print what a rule looks for, why, and how a finding is accepted instead.
    #[arg(long, value_name = "RULE", conflicts_with_all = ["apis", "pages"])]
    pub(crate) explain: Option<String>,
}

/// The mildest level of finding that makes `lint` fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people, at most 80 columns wide where names allow.
    Text,
    /// For programs, as `crates/docspec/src/lint/findings.schema.json` has it.
    Json,
}

/// Print the OpenAPI 3.0 document of documentation pages as JSON.
#[derive(Debug, Args)]
pub(crate) struct Openapi {
    /// Captured or Markdown pages; `-` reads one from the standard input.
    #[arg(value_name = "PAGE", required = true)]
    pub(crate) pages: Vec<PathBuf>,
    /// The layout of the pages; recognised when left out.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Layout::ALL.map(Layout::name)))]
    pub(crate) layout: Option<String>,
    /// Reviewed splits of fused enum values; they win over those of specs/*/vocabulary.toml.
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
}

/// Bring pages under `specs/<api>/pages` up to date with captures of the vendor's pages.
///
/// Facts are taken from the captures; descriptions, examples, assumptions, sources and components of ours stay. The
/// document is derived before the first file is written; either all files are written or none.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Captured pages; `-` reads one from the standard input.
    #[arg(value_name = "PAGE", required = true)]
    pub(crate) pages: Vec<PathBuf>,
    /// The API, by the name of its folder under specs/.
    #[arg(long, value_name = "API")]
    pub(crate) api: String,
    /// The address that the page was captured from.
    #[arg(long, value_name = "URL")]
    pub(crate) source: Option<String>,
    /// The day on which it was captured, such as 2026-11-21; today when left out.
    #[arg(long, value_name = "DATE", value_parser = crate::day::parse)]
    pub(crate) captured: Option<Day>,
    /// The layout of the pages; recognised when left out.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Layout::ALL.map(Layout::name)))]
    pub(crate) layout: Option<String>,
    /// Reviewed splits of fused values in the captures; those that the pages need go into vocabulary.toml.
    #[arg(long, value_name = "FILE")]
    pub(crate) vocabulary: Option<PathBuf>,
    /// The file under pages/ that the capture belongs to, where its path does not tell.
    #[arg(long, value_name = "FILE")]
    pub(crate) page: Option<String>,
    /// Give a page components of its own where it differs from other pages about shared ones.
    #[arg(long)]
    pub(crate) split: bool,
    /// Take a capture that is older than the last one.
    #[arg(long)]
    pub(crate) older: bool,
    /// Write nothing; print what would change as a unified diff.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// List the pages with the days of their captures and their ages.
#[derive(Debug, Args)]
pub(crate) struct Captures {
    /// The APIs, by the names of their folders under specs/; all of them when none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Exit with 4 when a capture is older than this many days.
    #[arg(long, value_name = "DAYS")]
    pub(crate) older_than: Option<u32>,
    /// The day to count from; today when left out.
    #[arg(long, value_name = "DATE", value_parser = crate::day::parse)]
    pub(crate) today: Option<Day>,
    /// How to print the list.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = PossibleValuesParser::new(["text", "markdown"]))]
    pub(crate) format: String,
}

/// Print the way back from an item of a generated crate to the line of the vendor's page that it is from.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The crate in generated/, such as truto-client.
    #[arg(value_name = "CRATE")]
    pub(crate) crate_name: String,
    /// A type, a field, an operation or a parameter: `Contact`, `Contact::title`, `contacts_create`,
    /// `contacts_create::workspace`.
    #[arg(value_name = "PATH")]
    pub(crate) path: String,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = PossibleValuesParser::new(["text", "json"]))]
    pub(crate) format: String,
}
