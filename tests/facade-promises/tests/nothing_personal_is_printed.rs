//! Neither what goes out nor what comes back is printed: not by `Debug` or `Display` of anything that the facade gives,
//! not in the sources of an error, and not in a trace.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use facade_promises::KINDS;
use fault_server::{Behaviour, Ending, FaultServer, Reply};
use serde_json::{Value, json};
use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;
use unified_contacts::{
    ContactPatch, ContactRecord, ContactStore, ListQuery, Planned, ReadOptions, StoreError,
    WriteOptions, connect_url,
};

/// Stands in every value, in both directions.
const CANARY: &str = "c4nary";

#[derive(Clone, Default)]
struct Trace(Arc<Mutex<Vec<u8>>>);

impl Write for Trace {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A contact of a kind with the canary in each property.
fn contact(origin: &str) -> Value {
    let kind = KINDS.iter().find(|kind| kind.origin == origin).unwrap();
    let fields = kind.properties().into_iter().map(|property| {
        let text = format!("{CANARY} of {}", property.name);
        let entry = json!({"email": text, "number": text, "name": text, "url": text, CANARY: text});
        let value = match property.schema["type"].as_str() {
            Some("array") => json!([entry, entry]),
            Some("object") => entry,
            Some("boolean") => json!(true),
            Some("integer") => json!(1),
            _ => json!(text),
        };
        (property.name, value)
    });
    let unknown = (CANARY.to_owned(), json!(CANARY));
    Value::Object(fields.chain([unknown]).collect())
}

/// Everything that answers can be, with the canary in each.
fn answers(contact: &Value) -> Vec<Behaviour> {
    let broken = json!({"result": [{"id": {"an": CANARY}}], "data": [{"id": [CANARY]}], "next_cursor": CANARY});
    let error = json!({"message": CANARY, "error": CANARY, "statusCode": 400, "raw_response": {"of": CANARY}});
    let page =
        json!({"result": [contact], "data": [contact], "next_cursor": null, "totalPages": 1});
    let enveloped = json!({"data": contact});
    let answer = |status, body: &str| {
        let reply = Reply::new(status)
            .header("x-request-id", "r1")
            .header("x-secret", CANARY);
        Behaviour::answer(reply.json(body))
    };
    let mut answers = vec![
        answer(200, &contact.to_string()),
        answer(200, &page.to_string()),
        answer(200, &enveloped.to_string()),
        answer(200, &broken.to_string()),
        answer(200, CANARY),
        answer(200, &format!("{{\"id\":\"{CANARY}")),
        Behaviour::drop(),
        Behaviour::new(Ending::Raw(
            format!("HTTP/1.1 {CANARY}\r\n\r\n").into_bytes(),
        )),
    ];
    for status in [400, 404, 409, 422, 429, 500, 503] {
        answers.push(answer(status, &error.to_string()));
    }
    answers
}

fn print(printed: &mut String, thing: &impl Debug) {
    write!(printed, "{thing:?}\n{thing:#?}\n").unwrap();
}

fn print_error(printed: &mut String, error: &StoreError) {
    print(printed, error);
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = source {
        write!(printed, "{cause}\n{cause:?}\n").unwrap();
        source = cause.source();
    }
}

/// Prints what comes of every operation.
async fn print_all(store: &dyn ContactStore, held: &ContactRecord, printed: &mut String) {
    let write = || WriteOptions::new().accept_loss();
    let patch = ContactPatch::new()
        .set_first_name(CANARY)
        .add_tag(CANARY)
        .onto(held);
    print(printed, &patch);
    print(printed, held);
    for emails in held.emails.iter().flatten() {
        print(printed, emails);
    }
    match store.get(CANARY, ReadOptions::new()).await {
        Ok(contact) => print(printed, &contact),
        Err(error) => print_error(printed, &error),
    }
    match store.list(ListQuery::new()) {
        Ok(mut listing) => {
            // A server that gives the same page for every number has no last one.
            for _ in 0..5 {
                let Some(contact) = listing.next().await else {
                    break;
                };
                match contact {
                    Ok(contact) => print(printed, &contact),
                    Err(error) => print_error(printed, &error),
                }
                print(printed, &listing);
            }
        }
        Err(error) => print_error(printed, &error),
    }
    let plain = ContactPatch::new().set_first_name(CANARY).onto(held);
    for written in [
        store.create(held, write()).await,
        store.update(CANARY, patch, write()).await,
        store.update(CANARY, plain.clone(), write()).await,
        store.delete(CANARY, write()).await,
        store.delete_many(&[CANARY], write()).await,
        store.upsert(held, write()).await,
    ] {
        match written {
            Ok(written) => print(printed, &written),
            Err(error) => print_error(printed, &error),
        }
    }
    for planned in [
        Planned::Create(held, write()),
        Planned::Update(CANARY, &plain, write()),
    ] {
        print(printed, &planned);
        match store.dry_run(planned) {
            Ok(request) => print(printed, &request),
            Err(error) => print_error(printed, &error),
        }
    }
}

#[test]
fn nothing_personal_is_printed_or_traced() {
    let trace = Trace::default();
    let writer = trace.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut printed = String::new();
    let mut calls = 0;
    for (provider, origin) in [
        ("truto", "truto.contact"),
        ("truto-leads", "truto.lead"),
        ("thelinks", "thelinks.contact"),
        ("contact-update", "contact-update.contact"),
    ] {
        let contact = contact(origin);
        for answer in answers(&contact) {
            let server = FaultServer::start(answer).unwrap();
            let host = server.url().strip_prefix("http://").unwrap();
            let account = if provider.starts_with("truto") {
                format!("&account={CANARY}")
            } else {
                String::new()
            };
            let settings = unified_contacts::Settings::from_url(&format!(
                "{provider}+http://{host}?token={CANARY}{account}"
            ));
            let settings = settings
                .unwrap()
                .configure(|core| core.max_attempts(1).no_rate_limiter());
            print(&mut printed, &settings);
            let store = unified_contacts::connect(&settings).unwrap();
            print(&mut printed, &store);
            let held: truto_client::types::Contact =
                serde_json::from_value(self::contact("truto.contact")).unwrap();
            let mut held = ContactRecord::of(&held);
            held.origin = Some(origin.to_owned());
            runtime.block_on(print_all(&*store, &held, &mut printed));
            calls += server.seen();
        }
    }
    assert!(connect_url(&format!("nobody:?token={CANARY}")).is_err());
    assert!(calls > 150, "{calls}");
    let traced = String::from_utf8(trace.0.lock().unwrap().clone()).unwrap();
    assert!(
        printed.len() > 100_000 && traced.len() > 100_000,
        "{} {}",
        printed.len(),
        traced.len()
    );
    for (what, text) in [("printed", &printed), ("traced", &traced)] {
        if let Some(at) = text.find(CANARY) {
            let before: String = text[..at].chars().rev().take(200).collect();
            panic!("{what} after: {}", before.chars().rev().collect::<String>());
        }
    }
}
