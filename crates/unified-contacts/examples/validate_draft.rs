//! Says what each CRM behind Truto would miss in a new contact, and what it would not take. Nothing is sent.
//!
//! `cargo run -p unified-contacts --example validate_draft`

#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use unified_contacts::{ContactRecord, Operation, TagRecord, truto};

fn main() {
    let draft = ContactRecord::new()
        .with_first_name("Ada")
        .with_last_name("Lovelace")
        .with_email("ada@example.org")
        .with_tag(TagRecord::new().with_name("pioneer"));

    let mut count = 0;
    println!("{:<30} {:<30} does not take", "integration", "misses");
    for integration in truto::CONTACTS.integrations() {
        if integration.facts(Operation::Create).next().is_none() {
            println!("{:<30} (nothing is documented)", integration.name());
            continue;
        }
        let missing = integration.missing_for(Operation::Create, &draft);
        let missing: Vec<&str> = missing.map(|gap| gap.property).collect();
        let unsupported = integration.unsupported_by(Operation::Create, &draft);
        let unsupported: Vec<&str> = unsupported.map(|gap| gap.property).collect();
        count += 1;
        println!(
            "{:<30} {:<30} {}",
            integration.name(),
            or_nothing(&missing),
            or_nothing(&unsupported)
        );
    }
    println!("{count} integrations document what a new contact needs");
}

fn or_nothing(names: &[&str]) -> String {
    if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    }
}
