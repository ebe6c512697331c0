//! The connections of the server.

use crate::behaviour::{Behaviour, Ending, Script};
use crate::request::Request;
use crate::{Reply, Shared};
use std::io;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub(crate) async fn accept<S: Script>(listener: TcpListener, shared: Arc<Shared>, script: Arc<S>) {
    while let Ok((stream, _)) = listener.accept().await {
        *shared
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner) += 1;
        let (shared, script) = (Arc::clone(&shared), Arc::clone(&script));
        tokio::spawn(async move {
            // A client that goes away is part of the play.
            let _gone = serve(stream, &shared, &*script).await;
        });
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
            tokio::time::sleep(behaviour.delay).await;
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
    behaviour
}

/// Ends an exchange, and says whether the connection is still of use.
async fn end(stream: &mut TcpStream, ending: Ending) -> io::Result<bool> {
    match ending {
        Ending::Answer(reply) => {
            let mut bytes = reply.head(Some(length(&reply)));
            bytes.extend_from_slice(&reply.body);
            stream.write_all(&bytes).await?;
            let closes =
                |(name, value): &(String, String)| name == "connection" && value == "close";
            return Ok(!reply.headers.iter().any(closes));
        }
        Ending::Truncate(reply, bytes) => {
            stream.write_all(&reply.head(Some(length(&reply)))).await?;
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
            stream.write_all(&reply.head(Some(length(&reply)))).await?;
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

fn length(reply: &Reply) -> u64 {
    u64::try_from(reply.body.len()).unwrap_or(u64::MAX)
}
