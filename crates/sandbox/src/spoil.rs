//! What faults make of an answer.

use crate::answer::Answer;
use crate::connection::{Handle, Sabotage};
use crate::document::Document;
use crate::engine::Outcome;
use crate::fault::FaultKind;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, StatusCode};
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Sleep, sleep};

/// Sends an answer, or what its faults make of it.
pub(crate) fn deliver(
    outcome: Outcome,
    document: Option<&Document>,
    connection: &Handle,
) -> Response {
    let Outcome {
        mut answer, faults, ..
    } = outcome;
    let mut is_bomb = None;
    let mut pieces = None;
    let mut sabotage = None;
    for fault in &faults {
        match fault {
            FaultKind::Status {
                status,
                headers,
                body,
                ..
            } => {
                answer = if let Some(body) = body {
                    Answer::json(*status, body.to_string())
                } else {
                    let error =
                        |document| Answer::error_of(document, *status, "a fault of the sandbox");
                    document.map_or_else(|| Answer::json(*status, Bytes::new()), error)
                };
                answer.extra = headers
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
            }
            FaultKind::MalformedJson => {
                let half = answer.body.len() / 2;
                answer.body = if half == 0 {
                    Bytes::from_static(b"{\"")
                } else {
                    answer.body.slice(..half)
                };
            }
            FaultKind::UnknownEnumValues => change(&mut answer, |value| surprise(value, document)),
            FaultKind::ExtraFields => change(&mut answer, extend),
            FaultKind::MissingFields => change(&mut answer, thin_out),
            FaultKind::SlowBody {
                bytes,
                milliseconds,
            } => pieces = Some((*bytes, Duration::from_millis(*milliseconds))),
            FaultKind::Bomb { mebibytes } => is_bomb = Some(*mebibytes),
            FaultKind::Drop { .. } => sabotage = Some((None, false)),
            FaultKind::Reset { .. } => sabotage = Some((None, true)),
            FaultKind::Truncate { bytes } => sabotage = Some((Some((*bytes, 0)), false)),
            FaultKind::WrongLength { difference } => {
                sabotage = Some((Some((usize::MAX, *difference)), false));
            }
            FaultKind::Delay { .. } | FaultKind::EndlessList => {}
        }
    }
    if let Some((part, is_reset)) = sabotage {
        let bytes = part
            .map(|(bytes, difference)| raw(&answer, bytes, difference))
            .unwrap_or_default();
        connection.sabotage(Sabotage { bytes, is_reset });
        return Response::new(Body::empty());
    }
    let body = match (is_bomb, pieces) {
        (Some(mebibytes), _) => {
            let bomb = bomb(mebibytes);
            let mut response = response(&answer, bomb.into());
            response
                .headers_mut()
                .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            return response;
        }
        (None, Some((bytes, pause))) => {
            let pieces = Pieces {
                rest: answer.body.clone(),
                bytes: bytes.max(1),
                pause,
                waiting: None,
            };
            Body::from_stream(pieces)
        }
        (None, None) => answer.body.clone().into(),
    };
    response(&answer, body)
}

/// Sends an answer as it is.
pub(crate) fn plain(answer: &Answer) -> Response {
    response(answer, answer.body.clone().into())
}

fn response(answer: &Answer, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if !answer.body.is_empty() {
        let json = HeaderValue::from_static("application/json");
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_str(&answer.media_type).unwrap_or(json),
        );
    }
    for (name, value) in answer.all_headers() {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
    response
}

/// The bytes of an answer with a part of its body, and another length than it has.
fn raw(answer: &Answer, bytes: usize, difference: i64) -> Bytes {
    let body = &answer.body[..answer.body.len().min(bytes)];
    let length = i64::try_from(answer.body.len())
        .unwrap_or(i64::MAX)
        .saturating_add(difference)
        .max(0);
    let mut text = format!(
        "HTTP/1.1 {} Fault\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n",
        answer.status
    );
    for (name, value) in answer.all_headers() {
        text.extend([name, ": ", value, "\r\n"]);
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat().into()
}

fn change(answer: &mut Answer, change: impl FnOnce(&mut Value)) {
    if let Ok(mut value) = serde_json::from_slice(&answer.body) {
        change(&mut value);
        answer.body = value.to_string().into();
    }
}

/// Puts a value that no document lists where the document lists values.
fn surprise(value: &mut Value, document: Option<&Document>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_listed = document.is_some_and(|document| document.enum_names.contains(name));
                if value.is_string() && is_listed {
                    *value = "unheard_of".into();
                }
                surprise(value, document);
            }
        }
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| surprise(value, document)),
        _ => {}
    }
}

fn extend(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(extend);
            fields.insert(
                "unheard_of".to_owned(),
                json!({ "nested": [1, null, "text"] }),
            );
        }
        Value::Array(values) => values.iter_mut().for_each(extend),
        _ => {}
    }
}

/// Leaves every other field out of records, which are the objects with an id, and of what is in them.
fn thin_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("id") {
                let kept = std::mem::take(fields).into_iter().enumerate();
                let kept = kept
                    .filter(|(index, (name, _))| name == "id" || index % 2 == 0)
                    .map(|(_, field)| field);
                *fields = kept.collect::<Map<String, Value>>();
            }
            fields.values_mut().for_each(thin_out);
        }
        Value::Array(values) => values.iter_mut().for_each(thin_out),
        _ => {}
    }
}

/// A text that is that great when it is decompressed: a list of empty objects.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mebibyte = b"{}, ".repeat(1 << 18);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(b"{\"result\": [").and_then(|()| {
        for _ in 0..mebibytes {
            encoder.write_all(&mebibyte)?;
        }
        encoder.write_all(b"{}]}")
    });
    // Writing into memory does not fail.
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A body that comes in pieces.
struct Pieces {
    rest: Bytes,
    bytes: usize,
    pause: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let pause = self.pause;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(pause)));
        std::task::ready!(waiting.as_mut().poll(context));
        self.waiting = None;
        let bytes = self.bytes.min(self.rest.len());
        Poll::Ready(Some(Ok(self.rest.split_to(bytes))))
    }
}
