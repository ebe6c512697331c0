//! No body takes more memory than its limit allows, compressed or not, long, endless or deep.
//!
//! Each bomb is met by a process that does nothing else, so that no memory which was free before hides what it took.

mod bomb;
mod victim;

use crate::Error;
use crate::outcome::{Outcome, Run};
use bomb::Bomb;
use client_runtime::ErrorKind;
use fault_server::{Behaviour, FaultServer};
pub(crate) use victim::Victim;

/// The full figure: how often each bomb is sent, at each limit.
const TIMES: u64 = 3;

/// The limits: the default of a client, and less.
const LIMITS: [usize; 2] = [8 << 20, 32 << 20];

/// How much more than the limit may be resident.
const ALLOWANCE: u64 = 16 << 20;

const TOO_MUCH: &str = "more_memory_than_the_limit_and_16_mib";
const KIND: &str = "bombs_that_ended_as_another_error";

pub(crate) fn run(run: &Run) -> Result<Outcome, Error> {
    let mut outcome = Outcome::new();
    outcome.never(TOO_MUCH);
    outcome.never(KIND);
    let mut sent = 0_u64;
    for limit in LIMITS {
        let mut most = 0;
        for bomb in Bomb::all(limit)? {
            let server = FaultServer::builder()
                .unrecorded()
                .start(Behaviour::new(bomb.ending.clone()))?;
            let victim = Victim {
                url: server.url().to_owned(),
                limit,
            };
            for _ in 0..run.count_or(TIMES) {
                let met = victim.meet()?;
                sent += 1;
                most = most.max(met.grown);
                let name = bomb.name;
                if met.grown > u64::try_from(limit)? + ALLOWANCE {
                    outcome.breach(TOO_MUCH, || {
                        format!("{name} at a limit of {limit} bytes: {} bytes", met.grown)
                    });
                }
                if met.kind != format!("{:?}", bomb.kind) {
                    outcome.breach(KIND, || {
                        format!("{name} at a limit of {limit} bytes: {}", met.kind)
                    });
                }
            }
        }
        outcome.count(
            &format!("most_memory_at_a_limit_of_{}_mib_in_kib", limit >> 20),
            most >> 10,
        );
    }
    outcome.count("bombs", sent);
    outcome.count("kinds", Bomb::all(1 << 20)?.len());
    Ok(outcome)
}

/// How a bomb must end.
const TOO_LARGE: ErrorKind = ErrorKind::BodyTooLarge;
