//! The command line.

use crate::exit;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::net::SocketAddr;
use std::path::PathBuf;

const CREDENTIALS: &str = "\
Credentials are never taken from an argument, where every user of the machine
could read them. They come from the environment (TRUTO_TOKEN, THELINKS_TOKEN,
CONTACT_UPDATE_TOKEN), or as a profile says: from another variable, from a file
that only you can read, or from the system's keyring.";

/// Read, change, compare and move contacts of any API that is known here.
///
/// The API is chosen by --store (`truto`, `truto-leads`, `thelinks`,
/// `contact-update`, or a URL such as `thelinks://host/base/path`), or by a
/// profile. `contacts demo` shows what it can do, without an account.
#[derive(Debug, Parser)]
#[command(name = "contacts", version, max_term_width = 100, after_help = exit::HELP, after_long_help = long_help())]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub shown: Shown,
}

fn long_help() -> String {
    format!("{CREDENTIALS}\n\n{}", exit::HELP)
}

/// How things are shown.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Shown {
    /// Say nothing but results and errors.
    #[arg(long, short, global = true, help_heading = "Output")]
    pub quiet: bool,
    /// Print without colours; the variable `NO_COLOR` does the same.
    #[arg(long, global = true, help_heading = "Output")]
    pub no_color: bool,
}

/// Which store.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StoreArguments {
    /// The API, or a URL of it: `truto`, `truto:?account=ID`, `thelinks://host/base`.
    #[arg(
        long,
        short,
        value_name = "NAME|URL",
        env = "CONTACTS_STORE",
        hide_env_values = true,
        help_heading = "Store"
    )]
    pub store: Option<String>,
    /// A profile of the configuration file, in place of --store.
    #[arg(
        long,
        short,
        value_name = "NAME",
        env = "CONTACTS_PROFILE",
        hide_env_values = true,
        help_heading = "Store"
    )]
    pub profile: Option<String>,
    /// Do not keep to the API's documented quotas; for a sandbox.
    #[arg(long, help_heading = "Store")]
    pub no_rate_limit: bool,
}

/// In which form contacts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Format {
    /// Columns that fit the terminal.
    #[default]
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values, with a header.
    Csv,
}

/// How contacts are printed.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct FormatArguments {
    /// In which form contacts are printed.
    #[arg(long, short, value_enum, default_value_t, help_heading = "Output")]
    pub format: Format,
    /// CSV: print cells that a spreadsheet would take for a formula as they are.
    #[arg(long, help_heading = "Output")]
    pub raw_cells: bool,
}

/// How a write is done.
#[derive(Debug, Clone, Args)]
pub(crate) struct WriteArguments {
    /// Show the request, without secrets, and send nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Check first that this integration behind the API would take it.
    #[arg(long, value_name = "NAME")]
    pub integration: Option<String>,
    /// Go on though the API cannot hold all of it.
    #[arg(long)]
    pub accept_loss: bool,
}

/// How contacts are moved.
#[derive(Debug, Clone, Args)]
pub(crate) struct TransferArguments {
    /// Check everything, and write nothing.
    #[arg(long)]
    pub check: bool,
    /// Leave out what is wrong, and go on with the rest.
    #[arg(long)]
    pub keep_going: bool,
    /// Go on though the API cannot hold all of it.
    #[arg(long)]
    pub accept_loss: bool,
    /// Check first that this integration behind the API would take each.
    #[arg(long, value_name = "NAME")]
    pub integration: Option<String>,
    /// How many writes are in flight at most, 1 to 256.
    #[arg(long, default_value_t = 16, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub concurrency: u16,
    /// How long a write of which nobody knows what became of it is left alone before the target is listed to find out.
    #[arg(long, default_value_t = 30, value_name = "SECONDS")]
    pub settle: u64,
    /// Where the journal is; `FILE.journal`, or `FROM-TO.journal`, unless it is said.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub journal: Option<PathBuf>,
    /// Write the report to a file, as JSON.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
}

/// What became of a contact, as a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Outcome {
    /// It was created, under the id that follows.
    CreatedAs,
    /// It was not created: the next run sends it.
    SendAgain,
    /// It is left out.
    Skip,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print one contact.
    #[command(after_help = "Example:\n  contacts get --store truto 7f3a")]
    Get {
        /// The id under which the API knows the contact.
        id: String,
        #[command(flatten)]
        store: StoreArguments,
        #[command(flatten)]
        format: FormatArguments,
    },
    /// Print all contacts, or those of some time.
    #[command(
        after_help = "Example:\n  contacts list --store truto --created-after 2024-01-01T00:00:00Z --format csv"
    )]
    List {
        /// Print so many at most.
        #[arg(long, value_name = "COUNT")]
        limit: Option<usize>,
        /// Only contacts that were created after this time (RFC 3339).
        #[arg(long, value_name = "TIME")]
        created_after: Option<String>,
        /// Only contacts that were created before this time (RFC 3339).
        #[arg(long, value_name = "TIME")]
        created_before: Option<String>,
        #[command(flatten)]
        store: StoreArguments,
        #[command(flatten)]
        format: FormatArguments,
    },
    /// Create a contact.
    #[command(after_help = crate::changes::HELP)]
    Create {
        /// What it has: `field=value`.
        #[arg(required = true, value_name = "FIELD=VALUE")]
        values: Vec<String>,
        #[command(flatten)]
        write: WriteArguments,
        #[command(flatten)]
        store: StoreArguments,
        #[command(flatten)]
        format: FormatArguments,
    },
    /// Change a contact.
    #[command(after_help = crate::changes::HELP)]
    Update {
        /// The id under which the API knows the contact.
        id: String,
        /// What changes: `field=value`, `field=` to clear, `+tag=x` to add, `-tag=x` to take out.
        #[arg(required = true, value_name = "CHANGE")]
        changes: Vec<String>,
        #[command(flatten)]
        write: WriteArguments,
        #[command(flatten)]
        store: StoreArguments,
        #[command(flatten)]
        format: FormatArguments,
    },
    /// Delete contacts.
    Delete {
        /// The ids under which the API knows the contacts.
        #[arg(required = true)]
        ids: Vec<String>,
        /// Do not ask.
        #[arg(long, short)]
        yes: bool,
        /// Show the requests, without secrets, and send nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Write all contacts to a file, as JSON lines or CSV.
    #[command(after_help = "Example:\n  contacts export --store thelinks people.jsonl")]
    Export {
        /// The file; its ending tells the form: `.jsonl`, `.json` or `.csv`. It must not be there yet.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Write over a file that is there.
        #[arg(long)]
        overwrite: bool,
        /// CSV: write cells that a spreadsheet would take for a formula as they are.
        #[arg(long)]
        raw_cells: bool,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Compare the contacts of two stores or exports.
    ///
    /// Contacts are matched by e-mail address, or by name where there is none.
    /// What each API does by itself (ids, times, versions) is left out.
    #[command(after_help = "Example:\n  contacts diff truto people.jsonl")]
    Diff {
        /// A store, a profile (`@NAME`), or a file of JSON lines.
        a: String,
        /// Another one.
        b: String,
        /// Do not keep to the APIs' documented quotas; for a sandbox.
        #[arg(long)]
        no_rate_limit: bool,
    },
    /// Bring the contacts of a file (CSV or JSON lines) into a store.
    ///
    /// Everything is checked first: each line, against the API and the
    /// integration behind it. Nothing is written while something is wrong.
    /// A journal beside the file knows what became of each line: after a kill,
    /// a lost network or Ctrl-C, the same command goes on, and no contact is
    /// created twice or left out.
    #[command(
        after_help = "Examples:\n  contacts import people.csv --store truto --check\n  contacts import people.csv --store truto --save-mapping people.toml\n  contacts import people.csv --store truto --mapping people.toml"
    )]
    Import {
        /// The file.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Which column becomes which field, as --save-mapping wrote it and a person edited it.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        mapping: Option<PathBuf>,
        /// Write the mapping that is guessed from the header to a file, and do nothing else.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "mapping")]
        save_mapping: Option<PathBuf>,
        /// Make custom fields of columns that nothing is known of.
        #[arg(long, conflicts_with = "mapping")]
        custom_fields: bool,
        /// How many bytes a record may have.
        #[arg(long, default_value_t = 1 << 20, value_name = "COUNT")]
        max_record_bytes: usize,
        /// Take cells that a spreadsheet would take for formulas as text.
        #[arg(long)]
        allow_formulas: bool,
        #[command(flatten)]
        transfer: TransferArguments,
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Copy the contacts of one store into another.
    ///
    /// Contacts are matched by what an earlier run made of them, or else by
    /// e-mail address. Nothing is deleted. As with import, everything is
    /// checked first, and a journal knows what became of each.
    #[command(after_help = "Example:\n  contacts sync --from thelinks --to @work --check")]
    Sync {
        /// The store that contacts come from: a name, a URL, or a profile as `@NAME`.
        #[arg(long, value_name = "STORE")]
        from: String,
        /// The store that they go into.
        #[arg(long, value_name = "STORE")]
        to: String,
        /// Do not keep to the APIs' documented quotas; for a sandbox.
        #[arg(long)]
        no_rate_limit: bool,
        #[command(flatten)]
        transfer: TransferArguments,
    },
    /// Decide what became of a contact that an import or a sync lost sight of.
    #[command(
        after_help = "Example:\n  contacts decide people.csv.journal            lists them\n  contacts decide people.csv.journal 7 skip\n  contacts decide people.csv.journal 7 created-as 7f3a"
    )]
    Decide {
        /// The journal.
        #[arg(value_hint = ValueHint::FilePath)]
        journal: PathBuf,
        /// The line; without it, everything that is to decide is listed.
        line: Option<u64>,
        /// What became of it.
        #[arg(value_enum, requires = "line")]
        answer: Option<Outcome>,
        /// `created-as`: the id under which the API knows the contact.
        id: Option<String>,
    },
    /// Show what a CRM behind an API requires and supports.
    Integrations {
        /// The CRM; without it, all of them in short.
        name: Option<String>,
        /// The API.
        #[arg(long, default_value = "truto", value_name = "NAME")]
        api: String,
    },
    /// Check a store without writing: credential, reachability, clock, quotas.
    Doctor {
        #[command(flatten)]
        store: StoreArguments,
    },
    /// Run a local server that behaves as the vendors' documents say.
    ///
    /// It needs no account and forgets everything when it ends, unless --data
    /// names a file. Its page shows what is in it and what was asked of it.
    Sandbox(SandboxArguments),
    /// Show what this command can do, on a sandbox of its own, in seconds.
    Demo,
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

/// How the sandbox is.
#[derive(Debug, Args)]
pub(crate) struct SandboxArguments {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    pub listen: SocketAddr,
    /// Keep everything in this file.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub data: Option<PathBuf>,
    /// Make up so many people for each API that has contacts.
    #[arg(long, default_value_t = 25, value_name = "COUNT")]
    pub people: usize,
    /// What made-up people, ids and the choice of faults depend on.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Set up a connected account: `ID=CRM`, `ID=CRM:read-only` or `ID=CRM:blocked`. The CRM may be left out.
    #[arg(long = "account", value_name = "ID=CRM")]
    pub accounts: Vec<String>,
    /// Play the API of this OpenAPI document (JSON or YAML) in place of those that are built in: `NAME=FILE`.
    #[arg(long = "document", value_name = "NAME=FILE")]
    pub documents: Vec<String>,
    /// Do not keep the documented quotas.
    #[arg(long)]
    pub no_quotas: bool,
    /// Refuse values that a document does not list, also where its API takes others.
    #[arg(long)]
    pub strict: bool,
}
