//! What the commands do.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use semver_promises::{Pair, Surface, Verdict, Verdicts, base, client, digest, pairs};

use crate::{
    print,
    rustdoc::{self, Rustdoc},
    say,
    semver_checks::{self, VERSION},
};

/// Judges pairs; whether the recorded verdicts are the same, if they are checked.
pub(crate) fn judge(names: &[String], check: bool) -> Result<bool, String> {
    let all = pairs()?;
    let order: Vec<String> = all.iter().map(Pair::name).collect();
    let chosen = chosen(all, names)?;
    semver_checks::ensure()?;
    let file = file();
    let recorded = recorded(&file)?;
    let judged = verdicts(&chosen)?;
    if check {
        return Ok(is_recorded(&judged, &recorded, names.is_empty()));
    }
    let mut verdicts = Verdicts {
        version: VERSION.to_owned(),
        of: BTreeMap::new(),
    };
    if !names.is_empty() && recorded.version == VERSION {
        verdicts.of = recorded.of;
    }
    let count = judged.len();
    verdicts.of.extend(judged);
    fs::write(&file, verdicts.to_text(&order))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    say(&format!("{count} verdicts written to {}", file.display()));
    Ok(true)
}

/// Prints the differences of surfaces.
pub(crate) fn explain(names: &[String]) -> Result<bool, String> {
    for pair in chosen(pairs()?, names)? {
        let [old, new] = [&pair.old, &pair.new]
            .map(|document| client(document, None).and_then(|files| Surface::of(&files)));
        print(&pair.name());
        for change in new?.changes_since(&old?) {
            print(&format!("  {} {}", change.level, change.path));
            for (sign, said) in [("-", change.old), ("+", change.new)] {
                if let Some(said) = said.filter(|said| !said.is_empty()) {
                    print(&format!("    {sign} {said}"));
                }
            }
        }
    }
    Ok(true)
}

/// The pairs of these kinds or names.
fn chosen(all: Vec<Pair>, names: &[String]) -> Result<Vec<Pair>, String> {
    let is = |pair: &Pair, name: &String| pair.kind == *name || pair.name() == *name;
    if let Some(unknown) = names
        .iter()
        .find(|name| !all.iter().any(|pair| is(pair, name)))
    {
        return Err(format!(
            "`{unknown}` is no pair; expected a kind of pairs/pairs.toml; to fix: look there for its name"
        ));
    }
    Ok(all
        .into_iter()
        .filter(|pair| names.is_empty() || names.iter().any(|name| is(pair, name)))
        .collect())
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("pairs/verdicts.toml")
}

fn recorded(file: &Path) -> Result<Verdicts, String> {
    match fs::read_to_string(file) {
        Ok(text) => Verdicts::parse(&text).map_err(|error| format!("{}: {error}", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Verdicts::default()),
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

/// Whether the verdicts are those that were recorded, and nothing else was when all pairs were judged.
fn is_recorded(judged: &BTreeMap<String, Verdict>, recorded: &Verdicts, is_all: bool) -> bool {
    let mut differing = 0_usize;
    if recorded.version != VERSION {
        differing += 1;
        say(&format!(
            "the verdicts are recorded for cargo-semver-checks {:?}; expected {VERSION}",
            recorded.version
        ));
    }
    for (name, verdict) in judged {
        if recorded.of.get(name) != Some(verdict) {
            differing += 1;
            say(&format!(
                "{name}: the verdict is {verdict:?}; expected the recorded one, {:?}",
                recorded.of.get(name)
            ));
        }
    }
    let left = |name: &&String| is_all && !judged.contains_key(*name);
    for name in recorded.of.keys().filter(left) {
        differing += 1;
        say(&format!("{name}: recorded, and no pair is called so"));
    }
    if differing == 0 {
        say(&format!("{} verdicts are as recorded", judged.len()));
    } else {
        say(
            "to fix: run `cargo run --release -p semver-promises -- judge`, and read the difference",
        );
    }
    differing == 0
}

/// Judges the pairs, one edit of the document after another on each processor.
fn verdicts(pairs: &[Pair]) -> Result<BTreeMap<String, Verdict>, String> {
    let runtime = rustdoc::runtime()?;
    let files = client(&base()?, Some(runtime.clone()))?;
    let rustdoc = Rustdoc::prepare(&files)?;
    let base = Crate::of("base", &files, &rustdoc)?;
    let mut edits: BTreeMap<usize, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        edits.entry(pair.edit).or_default().push(pair);
    }
    let edits: Vec<(usize, Vec<&Pair>)> = edits.into_iter().collect();
    let next = AtomicUsize::new(0);
    let judged: Mutex<(BTreeMap<String, Verdict>, Vec<String>)> = Mutex::default();
    let work = || {
        while let Some((number, pairs)) = edits.get(next.fetch_add(1, Ordering::Relaxed)) {
            let verdicts = of_edit(*number, pairs, &base, &rustdoc, &runtime);
            let mut judged = judged.lock().unwrap_or_else(PoisonError::into_inner);
            match verdicts {
                Ok(verdicts) => {
                    for (name, verdict) in verdicts {
                        say(&format!(
                            "{name}: cargo-semver-checks {}{}{}, surface {}",
                            verdict.semver_checks,
                            if verdict.checks.is_empty() {
                                ""
                            } else {
                                " by "
                            },
                            verdict.checks.join(", "),
                            verdict.surface
                        ));
                        judged.0.insert(name, verdict);
                    }
                }
                Err(problem) => judged.1.push(problem),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (verdicts, problems) = judged.into_inner().unwrap_or_else(PoisonError::into_inner);
    if problems.is_empty() {
        Ok(verdicts)
    } else {
        Err(problems.join("\nerror: "))
    }
}

/// A crate, as both judges see it.
struct Crate {
    surface: Surface,
    json: PathBuf,
}

impl Crate {
    fn of(name: &str, files: &BTreeMap<String, String>, rustdoc: &Rustdoc) -> Result<Self, String> {
        Ok(Self {
            surface: Surface::of(files).map_err(|error| format!("{name}: {error}"))?,
            json: rustdoc.json(name, files)?,
        })
    }
}

/// Judges the pair there, the pair back, or both.
fn of_edit(
    number: usize,
    pairs: &[&Pair],
    base: &Crate,
    rustdoc: &Rustdoc,
    runtime: &str,
) -> Result<Vec<(String, Verdict)>, String> {
    let mut verdicts = Vec::new();
    let mut edited: Option<Crate> = None;
    for pair in pairs {
        let edited = match &mut edited {
            Some(edited) => &*edited,
            none => {
                let document = if pair.is_back { &pair.old } else { &pair.new };
                let files = client(document, Some(runtime.to_owned()))
                    .map_err(|error| format!("{}: {error}", pair.name()))?;
                none.insert(Crate::of(&format!("edit-{number}"), &files, rustdoc)?)
            }
        };
        let (old, new) = if pair.is_back {
            (edited, base)
        } else {
            (base, edited)
        };
        let finding = semver_checks::compare(&old.json, &new.json)?;
        let verdict = Verdict {
            semver_checks: finding.level,
            checks: finding.checks,
            surface: new.surface.level_since(&old.surface),
            digest: digest(&old.surface, &new.surface),
        };
        verdicts.push((pair.name(), verdict));
    }
    Ok(verdicts)
}
