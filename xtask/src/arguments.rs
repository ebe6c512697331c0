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
    Openapi(Openapi),
}

/// Derive every specs/<api>/openapi.json from its sources.
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
