//! No page makes the readers panic or hang, and every refusal names its place.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "it fails by panicking and prints what it measured"
)]

use std::fs;
use std::path::{Path, PathBuf};

use bad_input::page::spoil;
use docspec::derive;
use docspec::layout::{Context, Layout, read};
use docspec::text::Text;
use docspec::vocabulary::Vocabulary;
use fastrand::Rng;

const CASES: u64 = 10_000;

/// Every page of the sources and every fixture of the readers.
fn pages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["specs", "crates/docspec/tests"] {
        collect(&root.join(folder), &mut found);
    }
    found.sort();
    found
        .iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "md" || extension == "txt")
        {
            into.push(path);
        }
    }
}

/// The reviewed splits of all sources, so that spoilt pages get past their enums.
fn vocabulary() -> Vocabulary {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut vocabulary = Vocabulary::default();
    for api in fs::read_dir(specs).unwrap() {
        if let Ok(file) = fs::read_to_string(api.unwrap().path().join("vocabulary.toml")) {
            vocabulary.extend(Vocabulary::parse(&file).unwrap());
        }
    }
    vocabulary
}

/// Reads a page in every layout that takes it; says how often it was read and refused.
fn read_or_refuse(page: &str, forced: Option<Layout>, vocabulary: &Vocabulary) -> bool {
    let text = Text::new(page);
    let context = Context {
        page: "page.md",
        vocabulary,
    };
    let refusals = match read(&text, forced, context) {
        Ok(page) => match derive::document(&[page], None) {
            Ok(_) => return true,
            Err(refusals) => refusals,
        },
        Err(refusals) => refusals,
    };
    assert!(!refusals.is_empty(), "a refusal without a reason");
    for refusal in refusals {
        assert_eq!(refusal.page, "page.md");
        for (what, part) in [
            ("found", &refusal.found),
            ("expected", &refusal.expected),
            ("fix", &refusal.fix),
        ] {
            assert!(
                !part.trim().is_empty(),
                "{}: `{what}` is empty",
                refusal.rule
            );
        }
        if let Some(span) = refusal.span {
            let line = text.line(span.line).unwrap_or_else(|| {
                panic!(
                    "{}: line {} of {} lines",
                    refusal.rule,
                    span.line,
                    text.len()
                )
            });
            assert!(
                line.get(span.start..span.end.min(line.len())).is_some(),
                "{}: {span:?} is no part of {line:?}",
                refusal.rule
            );
        }
        assert!(refusal.render(&text).contains(refusal.rule));
    }
    false
}

#[test]
fn ten_thousand_spoilt_pages_are_read_or_refused_with_their_place() {
    let pages = pages();
    let vocabulary = vocabulary();
    let (mut read, mut refused) = (0_u64, 0_u64);
    for seed in 0..CASES {
        let mut rng = Rng::with_seed(seed);
        let page = rng.choice(&pages).unwrap();
        let spoilt = spoil(page, &mut rng);
        let forced = if rng.u8(0..4) == 0 {
            rng.choice(Layout::ALL)
        } else {
            None
        };
        if read_or_refuse(&spoilt, forced, &vocabulary) {
            read += 1;
        } else {
            refused += 1;
        }
    }
    println!("{CASES} spoilt pages: {read} read, {refused} refused");
    assert!(
        refused > CASES / 2,
        "the mutations are too mild to show anything"
    );
}

#[test]
fn no_text_at_all_is_refused() {
    let vocabulary = Vocabulary::default();
    for page in ["", "\n\n\n", "\u{feff}", "\u{0}", "    ", "x"] {
        for layout in std::iter::once(None).chain(Layout::ALL.map(Some)) {
            assert!(
                !read_or_refuse(page, layout, &vocabulary),
                "{page:?} as {layout:?}"
            );
        }
    }
}
