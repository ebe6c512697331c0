//! Where things lie: the APIs below their bases, the sandbox's own routes below `/_sandbox`.

mod admin;

use crate::connection::Handle;
use crate::document::Document;
use crate::engine::{Engine, locked};
use crate::exchange::Exchange;
use crate::spoil;
use crate::view;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::{ConnectInfo, IntoMakeServiceWithConnectInfo};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The greatest body that a request may have.
const MOST_BYTES: usize = 32 << 20;

pub(crate) fn service(engine: Arc<Engine>) -> IntoMakeServiceWithConnectInfo<Router, Handle> {
    let router = Router::new()
        .route("/", get(async || Redirect::temporary("/_sandbox")))
        .route("/openapi.json", get(documents))
        .route("/_sandbox", get(view::page))
        .nest("/_sandbox", admin::routes())
        .fallback(api)
        .with_state(engine);
    router.into_make_service_with_connect_info::<Handle>()
}

/// The one document, or where each of several lies.
async fn documents(State(engine): State<Arc<Engine>>) -> Response {
    if let [document] = engine.documents.as_slice() {
        return json_response(StatusCode::OK, &served(document));
    }
    let listed = engine.documents.iter().map(|document| {
        (
            document.name.clone(),
            format!("/{}/openapi.json", document.name).into(),
        )
    });
    json_response(
        StatusCode::OK,
        &json!({ "documents": listed.collect::<Map<String, Value>>() }),
    )
}

/// A document with the sandbox as its server, and with the errors that the sandbox gives where the document has none.
fn served(document: &Document) -> Value {
    let mut json = document.json.clone();
    json["servers"] = json!([{ "url": document.base, "description": "This sandbox." }]);
    for operation in &document.operations {
        let method = operation.method.to_ascii_lowercase();
        let responses = &mut json["paths"][&operation.path][method]["responses"];
        for (status, description) in operation.assumed_errors() {
            responses[status.to_string()] = json!({
                "description": description,
                "content": { "application/json": { "schema": {
                    "type": "object",
                    "required": ["status", "message"],
                    "properties": { "status": { "type": "integer" }, "message": { "type": "string" } },
                } } },
                "x-assumed": "no page documents an error; this is what the sandbox answers",
            });
        }
    }
    json
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, body.to_string()).into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A request for one of the APIs.
async fn api(
    State(engine): State<Arc<Engine>>,
    ConnectInfo(connection): ConnectInfo<Handle>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    if parts.method == http::Method::GET
        && let Some(document) = engine
            .documents
            .iter()
            .find(|document| path == format!("/{}/openapi.json", document.name))
    {
        return json_response(StatusCode::OK, &served(document));
    }
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        let message = json!({ "status": 413, "message": "the body is greater than 32 MiB, or did not come whole" });
        return json_response(StatusCode::PAYLOAD_TOO_LARGE, &message);
    };
    let outcome = engine
        .answer(&parts.method, &parts.uri, &parts.headers, &body)
        .await;
    if let Some(exchanges) = &engine.exchanges {
        locked(exchanges).push(Exchange::new(&parts, &body, &outcome));
    }
    if outcome.faults.is_empty() {
        return spoil::plain(&outcome.answer);
    }
    spoil::deliver(outcome, engine.document_at(parts.uri.path()), &connection)
}
