//! The connections of the server.

use crate::Shared;
use crate::behaviour::{Behaviour, Ending, Script};
use crate::request::Request;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Serves whoever connects, until this is dropped; every connection ends with it.
pub(crate) async fn accept<S: Script>(listener: TcpListener, shared: Arc<Shared>, script: Arc<S>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (shared, script) = (Arc::clone(&shared), Arc::clone(&script));
                connections.spawn(async move {
                    // A client that goes away is part of the play.
                    let _gone = serve(stream, &shared, &*script).await;
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(mut stream: TcpStream, shared: &Shared, script: &dyn Script) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut unread = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        while let Some(request) = Request::read(&unread).map_err(io::Error::other)? {
            unread.drain(..request.raw().len());
            let behaviour = note(request, shared, script);
            if !behaviour.delay.is_zero() {
                tokio::time::sleep(behaviour.delay).await;
            }
            if !end(&mut stream, behaviour.ending).await? {
                return Ok(());
            }
        }
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        unread.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
}

fn note(request: Request, shared: &Shared, script: &dyn Script) -> Behaviour {
    if !shared.is_recording {
        let seen = shared.seen.fetch_add(1, Ordering::SeqCst);
        return script.behaviour(&request, seen);
    }
    let mut requests = shared
        .requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let behaviour = script.behaviour(&request, requests.len());
    if behaviour.commits && request.is_write() {
        let mut ledger = shared.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.commit(&request);
    }
    requests.push(request);
    shared.seen.store(requests.len(), Ordering::SeqCst);
    behaviour
}

/// Ends an exchange, and says whether the connection is still of use.
async fn end(stream: &mut TcpStream, ending: Ending) -> io::Result<bool> {
    match ending {
        Ending::Prepared(bytes) => {
            stream.write_all(&bytes).await?;
            return Ok(true);
        }
        Ending::Answer(reply) => {
            stream.write_all(&reply.to_bytes()).await?;
            let closes =
                |(name, value): &(String, String)| name == "connection" && value == "close";
            return Ok(!reply.headers.iter().any(closes));
        }
        Ending::Truncate(reply, bytes) => {
            stream.write_all(&reply.head(Some(reply.length()))).await?;
            let kept = bytes.min(reply.body.len());
            stream
                .write_all(reply.body.get(..kept).unwrap_or_default())
                .await?;
        }
        Ending::WrongLength(reply, announced) => {
            stream.write_all(&reply.head(Some(announced))).await?;
            stream.write_all(&reply.body).await?;
        }
        Ending::Endless(reply) => {
            stream.write_all(&reply.head(None)).await?;
            let mut chunk = format!("{:x}\r\n", reply.body.len()).into_bytes();
            chunk.extend_from_slice(&reply.body);
            chunk.extend_from_slice(b"\r\n");
            loop {
                stream.write_all(&chunk).await?;
            }
        }
        Ending::Slow(reply, pause) => {
            stream.write_all(&reply.head(Some(reply.length()))).await?;
            for byte in &reply.body {
                tokio::time::sleep(pause).await;
                stream.write_all(&[*byte]).await?;
            }
        }
        Ending::Raw(bytes) => stream.write_all(&bytes).await?,
        Ending::Drop => {}
        Ending::Reset => stream.set_zero_linger()?,
        Ending::Hang => tokio::time::sleep(Duration::from_hours(24)).await,
    }
    Ok(false)
}
