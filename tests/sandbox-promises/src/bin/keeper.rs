//! A sandbox that keeps its data in a file, in a process of its own that can be killed: `keeper FILE`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "it is started by a test, which reads what it prints"
)]

fn main() {
    let file = std::env::args().nth(1).unwrap();
    let sandbox = sandbox::Sandbox::builder().data(file).start().unwrap();
    println!("{}", sandbox.page());
    sandbox.wait();
}
