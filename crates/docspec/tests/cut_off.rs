//! Captures that end before the page does.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod golden_text;

use docspec::page::Page;
use docspec::vocabulary::Vocabulary;

/// The pages of a folder that read as they are.
fn whole_pages(folder: &str, vocabulary: &Vocabulary) -> Vec<(String, String, Page)> {
    golden_text::pages(folder)
        .into_iter()
        .filter_map(|(name, page)| {
            let read = golden_text::read(&name, &page, None, vocabulary).ok()?;
            Some((name, page, read))
        })
        .collect()
}

/// What is missing below every cut that reads, and reads differently from the whole page: its lines that hold
/// something.
fn lost_in_silence(folder: &str) -> Vec<(String, Vec<String>)> {
    let vocabulary = golden_text::vocabulary(folder);
    let mut lost = Vec::new();
    for (name, page, whole) in whole_pages(folder, &vocabulary) {
        let lines: Vec<&str> = page.lines().collect();
        for end in 0..lines.len() {
            let cut = lines[..end].join("\n");
            let read = golden_text::read(&name, &cut, None, &vocabulary);
            if read.is_ok_and(|read| read != whole) {
                let missing = lines[end..].iter().map(|line| line.trim());
                let missing = missing.filter(|line| !line.is_empty()).map(str::to_owned);
                lost.push((format!("{folder}/{name}:{end}"), missing.collect()));
            }
        }
    }
    lost
}

/// Nothing on a Fumadocs page says how many answers without a body follow the others.
#[test]
fn a_fumadocs_page_that_is_cut_off_loses_nothing_in_silence_but_empty_answers_at_its_end() {
    let lost = lost_in_silence("fumadocs");
    for (cut, missing) in &lost {
        assert_eq!(missing.first().map(String::as_str), Some("Empty"), "{cut}");
    }
    assert_eq!(lost.len(), 4, "{lost:?}");
}

/// A Theneo page without a sample panel ends with its method and its path.
#[test]
fn a_theneo_page_that_is_cut_off_loses_nothing_in_silence_but_its_whole_sample_panel() {
    let lost = lost_in_silence("theneo");
    for (cut, missing) in &lost {
        assert_eq!(missing.first().map(String::as_str), Some("Select"), "{cut}");
    }
    assert_eq!(lost.len(), 2, "{lost:?}");
}

#[test]
fn every_other_cut_is_refused_or_loses_only_words_of_the_site() {
    for folder in ["fumadocs", "theneo"] {
        let vocabulary = golden_text::vocabulary(folder);
        let (mut refused, mut same) = (0, 0);
        for (name, page, whole) in whole_pages(folder, &vocabulary) {
            let lines: Vec<&str> = page.lines().collect();
            for end in 0..lines.len() {
                let cut = lines[..end].join("\n");
                match golden_text::read(&name, &cut, None, &vocabulary) {
                    Err(diagnostics) => {
                        assert!(!diagnostics.is_empty(), "{folder}/{name}:{end}");
                        refused += 1;
                    }
                    Ok(read) => same += usize::from(read == whole),
                }
            }
        }
        assert!(
            refused > 100,
            "{folder}: {refused} refused, {same} the same"
        );
    }
}
