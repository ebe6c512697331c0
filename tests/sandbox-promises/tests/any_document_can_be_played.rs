//! A document that nobody of this project wrote is played like any other, JSON or YAML; one that cannot be is refused
//! with its place.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use sandbox::Sandbox;
use sandbox_promises::{Caller, send};
use serde_json::json;

const SHELTER: &str = r##"
openapi: "3.0.3"
info: { title: Shelter, version: "1" }
servers: [{ url: "https://shelter.example/v2" }]
components:
  securitySchemes:
    key: { type: apiKey, in: query, name: key }
  schemas:
    Dog:
      type: object
      required: [id, name]
      properties:
        id: { type: integer }
        name: { type: string, minLength: 1 }
        size: { type: string, enum: [small, large] }
        chip: { type: string, nullable: true }
security: [{ key: [] }]
paths:
  /dogs:
    get:
      operationId: dogs_list
      parameters: [{ name: size, in: query, schema: { type: string, enum: [small, large] } }]
      responses:
        "200": { description: Dogs, content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Dog" } } } } }
    post:
      operationId: dogs_create
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/NewDog" } } } }
      responses:
        "201": { description: A dog, content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } }
        "400": { description: Wrong, content: { application/json: { schema: { type: object, required: [errors], properties: { errors: { type: array, items: { type: string } }, error: { type: object, properties: { message: { type: string }, code: { type: integer } } } } } } } }
  /dogs/{dog}:
    parameters: [{ name: dog, in: path, required: true, schema: { type: integer } }]
    get:
      responses:
        "200": { description: A dog, content: { application/json: { schema: { $ref: "#/components/schemas/Dog" } } } }
        "404": { description: None }
    delete:
      responses:
        "204": { description: Gone }
  /open:
    post:
      operationId: open
      responses:
        "200": { description: Opening hours, content: { application/json: { schema: { type: object, required: [from], properties: { from: { type: string, format: date-time } } } } } }
"##;

fn shelter() -> String {
    let dog = "    Dog:\n";
    let new = "    NewDog: { type: object, required: [name], properties: { name: { type: string, minLength: 1 }, size: { type: string, enum: [small, large] } } }\n";
    SHELTER.replacen(dog, &format!("{new}{dog}"), 1)
}

#[test]
fn a_document_in_yaml() {
    let sandbox = Sandbox::builder()
        .document("shelter", shelter())
        .start()
        .unwrap();
    assert!(sandbox.url("shelter").ends_with("/shelter/v2"));
    let caller = Caller::new(&sandbox, "shelter");
    let request = |method: &str, path: &str| caller.request(method, path).query(&[("key", "k")]);
    let create = |body: serde_json::Value| send(request("POST", "/dogs").json(&body));
    let made = create(json!({ "name": "Rex", "size": "small" }));
    assert_eq!(
        (made.status, made.body),
        (201, json!({ "id": 1, "name": "Rex", "size": "small" }))
    );
    assert_eq!(
        create(json!({ "name": "Bella", "size": "large" })).body["id"],
        2
    );
    let refused = create(json!({ "name": "Max", "size": "huge" }));
    assert_eq!(refused.status, 400);
    assert_eq!(refused.body["errors"], json!([]));
    assert!(
        refused.body["error"]["message"]
            .as_str()
            .unwrap()
            .contains("body /size"),
        "{refused:?}"
    );
    let listed = send(request("GET", "/dogs").query(&[("size", "large")]));
    assert_eq!(
        listed.body,
        json!([{ "id": 2, "name": "Bella", "size": "large" }])
    );
    assert_eq!(send(request("GET", "/dogs/2")).body["name"], "Bella");
    assert_eq!(send(request("DELETE", "/dogs/2")).status, 204);
    let gone = send(request("GET", "/dogs/2"));
    assert_eq!((gone.status, gone.body.is_null()), (404, true));
    assert_eq!(send(request("GET", "/dogs/rex")).status, 400);
    assert_eq!(send(caller.request("GET", "/dogs")).status, 401);
    assert_eq!(
        send(request("POST", "/open")).body,
        json!({ "from": "2024-01-01T00:00:00Z" })
    );
    // A key that stands in the query is not shown to those who look at what was asked.
    let secret = "s3cret-key";
    send(caller.request("GET", "/dogs").query(&[("key", secret)]));
    for place in ["_sandbox", "_sandbox/requests"] {
        let page = reqwest::blocking::get(format!("{}{place}", sandbox.page())).unwrap();
        let text = page.text().unwrap();
        assert!(text.contains("key=…") && !text.contains(secret), "{text}");
    }
}

#[test]
fn a_document_that_cannot_be_played_is_refused_with_its_place() {
    for (text, problem) in [
        ("{\"openapi\": ", "document `x`: line 1, column"),
        ("swagger: \"2.0\"", "/openapi: OpenAPI 3 is needed"),
        ("openapi: \"3.0.3\"\npaths: {}", "/paths: no operation"),
        ("openapi: [", "line "),
        (
            "{\"openapi\":\"3.0.3\",\"paths\":{\"/a\":{\"get\":{\"parameters\":[{\"in\":\"query\"}],\"responses\":{}}}}}",
            "GET /a: a parameter has no name",
        ),
    ] {
        let error = Sandbox::builder()
            .document("x", text)
            .start()
            .unwrap_err()
            .to_string();
        assert!(error.contains(problem), "{error}");
    }
    let name = Sandbox::builder()
        .document("_sandbox", shelter())
        .start()
        .unwrap_err()
        .to_string();
    assert!(name.contains("the name has to be of letters"), "{name}");
    let twice = Sandbox::builder()
        .document("a", shelter())
        .document("a", shelter())
        .start()
        .unwrap_err()
        .to_string();
    assert!(twice.contains("two documents of this name"), "{twice}");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let sandbox = Sandbox::start().unwrap();
    let error = Sandbox::builder()
        .address(sandbox.address())
        .start()
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(&format!("cannot listen on {}", sandbox.address())),
        "{error}"
    );
}
