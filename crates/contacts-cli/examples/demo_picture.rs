//! Draws what `contacts demo` prints, as the picture in the README:
//! `cargo run -p contacts-cli --example demo_picture -- target/debug/contacts > crates/contacts-cli/demo.svg`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for maintainers, which prints the picture"
)]

#[path = "../tests/support/picture.rs"]
mod picture;

fn main() {
    let command = std::env::args().nth(1).unwrap();
    print!("{}", picture::of(&picture::demo(&command)));
}
