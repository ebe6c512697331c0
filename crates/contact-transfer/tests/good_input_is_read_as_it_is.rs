//! What programs export is read: encodings, separators, line ends, and the apostrophe before what looks like a formula.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use contact_server::ContactServer;
use serde_json::{Value, json};
use support::{Given, file, store};

/// What is in the server after a file was imported.
async fn imported(name: &str, content: impl AsRef<[u8]>) -> Vec<Value> {
    let server = ContactServer::start().unwrap();
    let store = store(&server.connection("truto"));
    let (_folder, path) = file(name, content);
    let mut given = Given::new(&*store, &server, &path);
    // The API holds a company by its id only.
    given.options.accept_loss = true;
    let report = given.run().await.unwrap();
    assert!(report.is_complete, "{report}");
    let mut contacts = server.all("truto");
    for contact in &mut contacts {
        for key in ["id", "etag", "created_at"] {
            contact.as_object_mut().unwrap().remove(key);
        }
    }
    contacts
}

fn zoe() -> Value {
    json!({"first_name": "Zoë", "email_addresses": [{"email": "zoe@example.org"}]})
}

#[tokio::test]
async fn encodings_and_separators() {
    let text = "First name,E-mail\r\nZoë,zoe@example.org\r\n";
    let utf_16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(bytes)
            .collect()
    };
    for content in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        utf_16(text, u16::to_le_bytes),
        utf_16(text, u16::to_be_bytes),
        text.replace(',', ";").into_bytes(),
        text.replace(',', "\t").into_bytes(),
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
        text.replace("Zoë", "\"Zoë\"").into_bytes(),
        text.replace("Zoë", "  Zoë ").into_bytes(),
    ] {
        assert_eq!(imported("a.csv", &content).await, [zoe()], "{content:?}");
    }
    let json = "{\"first_name\":\"Zoë\",\"emails\":[{\"address\":\"zoe@example.org\"}]}";
    assert_eq!(imported("a.jsonl", json).await, [zoe()]);
    assert_eq!(
        imported("a.jsonl", format!("\u{feff}{json}\r\n\r\n")).await,
        [zoe()]
    );
}

#[tokio::test]
async fn every_part_of_a_contact() {
    let content = "\
Full name,Given name,Surname,Work Email,Mobile,Business Phone,Company,Job title,Street,Address Line 2,City,Region,Zip,Country,Tags,Note
Dr Ada,Ada,Lovelace,a@example.org,+49 151 1,(030) 2,Engines,Countess,\"1 Long Road
Back house\",2nd floor,London,Greater London,W1,UK,vip; pioneer;vip,'=x
";
    let contacts = imported("a.csv", content).await;
    assert_eq!(
        contacts,
        [json!({
            "name": "Dr Ada", "first_name": "Ada", "last_name": "Lovelace", "title": "Countess",
            "email_addresses": [{"email": "a@example.org", "type": "work"}],
            "phone_numbers": [{"number": "+49 151 1", "type": "mobile"}, {"number": "(030) 2", "type": "work"}],
            "addresses": [{
                "street_1": "1 Long Road\nBack house", "street_2": "2nd floor", "city": "London",
                "state": "Greater London", "postal_code": "W1", "country": "UK",
            }],

            "tags": [{"name": "vip"}, {"name": "pioneer"}],
        })]
    );
}

#[tokio::test]
async fn the_apostrophe_of_an_export_is_taken_off() {
    let content = "First name,E-mail\n'=1+1,a@example.org\n'Tis,b@example.org\n";
    let contacts = imported("a.csv", content).await;
    let names: Vec<&str> = contacts
        .iter()
        .filter_map(|contact| contact["first_name"].as_str())
        .collect();
    assert_eq!(names, ["=1+1", "'Tis"]);
}
