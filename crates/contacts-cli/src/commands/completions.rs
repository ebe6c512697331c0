//! `contacts completions` and `contacts man`.

use crate::arguments::Arguments;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

pub(super) fn shell(shell: Shell, output: &mut Output) -> Result<u8, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "contacts", &mut text);
    output.line(String::from_utf8_lossy(&text).trim_end())?;
    Ok(exit::DONE)
}

pub(super) fn manual(output: &mut Output) -> Result<u8, Failure> {
    Man::new(Arguments::command()).render(output.writer())?;
    Ok(exit::DONE)
}
