//! The command line, declared.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use docspec::layout::Layout;

/// From documentation pages to compiled clients.
#[derive(Debug, Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 2 the command line is wrong; 4 out of date (--check); \
                  100 the input is wrong; 1 a fault of this program or of the file system."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Codegen(Codegen),
    Generate(Generate),
    Openapi(Openapi),
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

/// Write a client crate for any OpenAPI 3.0 or 3.1 document.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The document, JSON or YAML.
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: PathBuf,
    /// The folder of the crate: a new or empty one, or one that this command has written before.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The crate's name; made from the document's title when left out.
    #[arg(long, value_name = "CRATE", value_parser = crate_name)]
    pub(crate) name: Option<String>,
}

/// A crate's name as Cargo takes it.
fn crate_name(name: &str) -> Result<String, String> {
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    if is_name {
        Ok(name.to_owned())
    } else {
        Err("expected letters, digits, `-` and `_`, a letter first".to_owned())
    }
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
