//! A sandbox on a port, for tools that judge it: `cargo run -p sandbox --example serve -- 127.0.0.1:8080 [strict]`. It
//! takes the one credential `sandbox`, and has records of each API. `contacts sandbox` is the same for people.

#![allow(clippy::print_stdout, reason = "it says where the sandbox is")]

use sandbox::{Sandbox, SandboxError};

fn main() -> Result<(), SandboxError> {
    let mut builder = Sandbox::builder().credential(Sandbox::CREDENTIAL);
    for argument in std::env::args().skip(1) {
        builder = match argument.parse() {
            Ok(address) => builder.address(address),
            Err(_) if argument == "strict" => builder.strict(),
            Err(_) => builder.data(argument),
        };
    }
    let sandbox = builder.start()?;
    for (api, resource, account) in [
        ("truto", "contacts", Some(Sandbox::ACCOUNT)),
        ("truto", "leads", Some(Sandbox::ACCOUNT)),
        ("thelinks", "contacts", None),
        ("contact-update", "contacts", None),
    ] {
        sandbox.seed(api, resource, account, 100)?;
    }
    println!("{}", sandbox.page());
    sandbox.wait();
    Ok(())
}
