//! `contacts decide`.

use crate::arguments::Outcome;
use crate::exit;
use crate::failure::Failure;
use crate::output::Output;
use contact_transfer::{Answer, decide, decisions};
use std::path::Path;

pub(super) async fn run(
    journal: &Path,
    line: Option<u64>,
    answer: Option<Outcome>,
    id: Option<&str>,
    output: &mut Output,
) -> Result<u8, Failure> {
    let open = decisions(journal)?;
    let Some((line, answer)) = line.zip(answer) else {
        for decision in open
            .iter()
            .filter(|decision| line.is_none_or(|line| decision.line == line))
        {
            output.line(decision)?;
            for id in &decision.candidates {
                output.line(format!("    it may be the contact {id}"))?;
            }
        }
        output.tell(format!("{} to decide", open.len()));
        return Ok(exit::DONE);
    };
    let answer = match (answer, id) {
        (Outcome::CreatedAs, Some(id)) => Answer::CreatedAs(id.to_owned()),
        (Outcome::CreatedAs, None) => {
            return Err(Failure::usage(
                "`created-as` needs the id under which the API knows the contact",
            ));
        }
        (_, Some(_)) => return Err(Failure::usage("only `created-as` has an id")),
        (Outcome::SendAgain, None) => Answer::SendAgain,
        (Outcome::Skip, None) => Answer::Skip,
    };
    decide(journal, line, answer).await?;
    output.tell("decided; run the import or the sync again to go on");
    Ok(exit::DONE)
}
