//! The promises by name.

use crate::outcome::{Outcome, Run};
use crate::{
    Error, bodies, bombs, canaries, endurance, hints, ids, listing, redirects, storm, writes,
};
use clap::ValueEnum;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Promise {
    /// No write is applied twice, none that was acknowledged is lost, and the caller can tell what became of each.
    Writes,
    /// No id leaves its path segment.
    Ids,
    /// No redirect is followed.
    Redirects,
    /// No body takes more memory than its limit allows.
    Bombs,
    /// No hint of a server makes a pause that is longer than the cap.
    Hints,
    /// A failing server gets little more load than is offered, and none of it in a second wave.
    Storm,
    /// No body of an answer makes a client panic or hang.
    Bodies,
    /// Nothing personal is printed.
    Canaries,
    /// A listing ends and gives every item once.
    Listing,
    /// Memory and file descriptors stay flat.
    Endurance,
    /// All of these, one after the other.
    All,
}

impl Promise {
    /// The promises that this one stands for.
    pub(crate) fn each(self) -> impl Iterator<Item = Self> {
        Self::value_variants()
            .iter()
            .copied()
            .filter(move |promise| match self {
                Self::All => *promise != Self::All,
                _ => *promise == self,
            })
    }

    /// The name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// Puts the promise to the test.
    pub(crate) fn run(self, run: &Run) -> Result<Outcome, Error> {
        match self {
            Self::Writes => writes::run(run),
            Self::Ids => ids::run(run),
            Self::Redirects => redirects::run(run),
            Self::Bombs => bombs::run(run),
            Self::Hints => hints::run(run),
            Self::Storm => storm::run(run),
            Self::Bodies => bodies::run(run),
            Self::Canaries => canaries::run(run),
            Self::Listing => listing::run(run),
            Self::Endurance => endurance::run(run),
            Self::All => Err("`all` stands for the promises and is none itself".into()),
        }
    }
}
