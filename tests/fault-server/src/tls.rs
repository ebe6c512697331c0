//! Servers that speak TLS.

mod frames;
mod identity;
mod listen;
mod server;

pub use frames::{FrameServer, StreamEnd};
pub use identity::{Identity, Protocol};
pub use server::{Exchange, TlsServer};
