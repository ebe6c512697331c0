//! A sandbox on a fixed port: `cargo run -p sandbox --example serve -- 127.0.0.1:8080 [DATA]`.

#![allow(clippy::print_stdout, reason = "it says where the sandbox is")]

use sandbox::{Sandbox, SandboxError};

fn main() -> Result<(), SandboxError> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().and_then(|text| text.parse().ok());
    let mut builder = Sandbox::builder();
    if let Some(address) = address {
        builder = builder.address(address);
    }
    if let Some(file) = arguments.next() {
        builder = builder.data(file);
    }
    let sandbox = builder.start()?;
    println!("{}", sandbox.page());
    sandbox.wait();
    Ok(())
}
