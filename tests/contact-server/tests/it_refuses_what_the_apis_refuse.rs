//! What the server answers beyond what the generated clients show: routes that they lack, and requests that they would
//! not send. It is spoken to byte by byte.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use contact_server::{ACCOUNT, ContactServer, Fault, FaultKind, TOKEN};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Sends a request to a path below the API's base URL, with the API's credential, and gives status and body.
fn send(
    server: &ContactServer,
    provider: &str,
    request: (&str, &str),
    body: &Value,
) -> (u16, Value) {
    let (method, path) = request;
    let url = server.url(provider);
    let address = url.strip_prefix("http://").unwrap();
    let (host, base) = address.split_once('/').unwrap_or((address, ""));
    let base = if base.is_empty() {
        String::new()
    } else {
        format!("/{base}")
    };
    let credential = match provider {
        "contact-update" => format!("x-api-key: {TOKEN}"),
        _ => format!("authorization: Bearer {TOKEN}"),
    };
    let body = body.to_string();
    let length = body.len();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {base}{path} HTTP/1.1\r\nhost: {host}\r\n{credential}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    read(&mut stream)
}

/// Reads an answer whose length is announced. The server keeps the connection open behind it.
fn read(stream: &mut TcpStream) -> (u16, Value) {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lengths = head
                .lines()
                .filter_map(|line| line.strip_prefix("content-length: "));
            let length: usize = lengths.next().unwrap().parse().unwrap();
            if body.len() >= length {
                let status = head.split(' ').nth(1).unwrap().parse().unwrap();
                return (status, serde_json::from_str(body).unwrap_or_default());
            }
        }
        let count = stream.read(&mut buffer).unwrap();
        assert!(count > 0, "the connection was closed");
        answer.extend_from_slice(&buffer[..count]);
    }
}

#[test]
fn contact_update_knows_a_contact_by_either_id() {
    let server = ContactServer::start().unwrap();
    let contact =
        json!({"first_name": "Ada", "external_reference_id": "crm/7 ä", "language": "en"});
    let id = server.put("contact-update", contact);
    let put = |path: &str, body| send(&server, "contact-update", ("PUT", path), &body);
    let (status, answer) = put(&format!("/{id}"), json!({"language": null}));
    assert_eq!((status, &answer["id"]), (200, &json!(id)));
    assert_eq!(answer.get("language"), None);
    let (status, answer) = put("/crm%2F7%20%C3%A4", json!({"first_name": "Zoë"}));
    assert_eq!((status, &answer["first_name"]), (200, &json!("Zoë")));
    assert_eq!(put("/another", json!({})).0, 404);
    assert_eq!(server.writes_applied(), 2);
}

#[test]
fn thelinks_requires_two_properties_and_clears_what_is_null() {
    let server = ContactServer::start().unwrap();
    let create = |body| send(&server, "thelinks", ("POST", "/unified/contact"), &body);
    assert_eq!(create(json!({"email": "a@example.org"})).0, 400);
    assert_eq!(create(json!({"email": null, "first_name": "Ada"})).0, 400);
    let body = json!({
        "email": "a@example.org", "first_name": "Ada", "city": "London", "zip": "1", "is_active": true,
    });
    let (status, created) = create(body);
    let id = created["data"]["id"].as_str().unwrap().to_owned();
    // What no page lists among a request's properties is not taken.
    assert_eq!((status, created["data"].get("is_active")), (200, None));
    let body = json!({"email": "a@example.org", "first_name": "Ada", "city": null});
    let path = format!("/unified/contact/{id}");
    assert_eq!(send(&server, "thelinks", ("PUT", &path), &body).0, 200);
    let stored = server.stored("thelinks", &id).unwrap();
    assert_eq!((stored.get("city"), &stored["zip"]), (None, &json!("1")));
    assert_eq!(
        send(&server, "thelinks", ("PUT", "/unified/contact/x"), &body).0,
        404
    );
    assert_eq!(server.writes_applied(), 2);
}

#[test]
fn truto_deletes_several_in_one_call() {
    let server = ContactServer::start().unwrap();
    let ids = ["1", "2", "3"].map(|id| server.put("truto", json!({ "id": id })));
    let path = format!("/unified/crm/contacts/batch-delete?integrated_account_id={ACCOUNT}");
    let body = json!({ "id": [ids[0], ids[2], "none"] });
    let (status, answer) = send(&server, "truto", ("POST", &path), &body);
    assert_eq!((status, answer), (200, json!({"result": ["1", "3"]})));
    assert_eq!((server.count("truto"), server.writes_applied()), (1, 1));
}

#[test]
fn what_is_no_route_is_404() {
    let server = ContactServer::start().unwrap();
    let account = format!("?integrated_account_id={ACCOUNT}");
    let id = server.put("truto", json!({}));
    for (provider, method, path) in [
        ("truto", "GET", "/".to_owned()),
        (
            "truto",
            "PUT",
            format!("/unified/crm/contacts/{id}{account}"),
        ),
        (
            "truto",
            "GET",
            format!("/unified/crm/contacts/{id}/notes{account}"),
        ),
        ("truto", "GET", format!("/unified/crm/deals{account}")),
        (
            "truto-leads",
            "POST",
            format!("/unified/crm/leads{account}"),
        ),
        ("thelinks", "GET", format!("/unified/contact/{id}")),
        ("thelinks", "DELETE", format!("/unified/contact/{id}")),
        ("contact-update", "GET", format!("/{id}")),
    ] {
        let (status, _) = send(&server, provider, (method, &path), &json!({}));
        assert_eq!(status, 404, "{provider}: {method} {path}");
    }
    assert_eq!((server.writes_applied(), server.count("truto")), (0, 1));
}

#[test]
fn an_id_is_given_by_the_server_and_stays() {
    let server = ContactServer::start().unwrap();
    // The id that the server would give next.
    server.put("truto", json!({"id": "00000002", "first_name": "Ada"}));
    let id = server.put("truto", json!({"first_name": "Zoë"}));
    assert_eq!(server.count("truto"), 2, "a contact took another one's id");
    let account = format!("?integrated_account_id={ACCOUNT}");
    let path = format!("/unified/crm/contacts/{id}{account}");
    for value in [json!("00000002"), Value::Null] {
        let body = json!({ "id": value });
        assert_eq!(send(&server, "truto", ("PATCH", &path), &body).1["id"], id);
    }
    let path = format!("/unified/crm/contacts{account}");
    let body = json!({"id": "00000002", "first_name": "Eve"});
    assert_eq!(send(&server, "truto", ("POST", &path), &body).0, 200);
    assert_eq!(
        server.stored("truto", "00000002").unwrap()["first_name"],
        "Ada"
    );
    assert_eq!(server.count("truto"), 3);
}

#[test]
fn a_page_far_beyond_the_last_is_empty() {
    let server = ContactServer::start().unwrap();
    server.put("thelinks", json!({}));
    let path = format!("/unified/contacts?page={}&limit=100", u64::MAX);
    let (status, page) = send(&server, "thelinks", ("GET", &path), &json!({}));
    assert_eq!((status, &page["data"]), (200, &json!([])));
}

#[test]
fn a_fault_of_no_request_is_none() {
    let server = ContactServer::start().unwrap();
    let kind = FaultKind::Status(503);
    server.set_fault(Some(Fault { on_next: 0, kind }));
    let path = "/unified/contacts";
    assert_eq!(send(&server, "thelinks", ("GET", path), &json!({})).0, 200);
}
