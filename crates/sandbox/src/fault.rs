//! Faults: how the server misbehaves when it is asked to.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A way to misbehave, and when.
///
/// As JSON, which the admin route takes: `{"route": "contacts_create", "when": {"rate": 0.1}, "kind":
/// {"drop": {"after_commit": true}}}`. Without `route` it is for every request of an API, without `when` for each one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The requests that it is for: an `operationId`, a method and a path as the document has them
    /// (`POST /unified/crm/contacts`), or the name of an API. Every request, if there is none.
    #[serde(default)]
    pub route: Option<String>,
    /// Which of them.
    #[serde(default)]
    pub when: When,
    /// What happens.
    pub kind: FaultKind,
}

/// Which requests a fault is for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Each one.
    #[default]
    Always,
    /// That share of them, from 0 to 1, chosen by the sandbox's seed.
    Rate(f64),
    /// That many from now on.
    Next(u64),
    /// Those of these numbers, counted from 1 from now on.
    Calls(Vec<u64>),
}

/// A way to misbehave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultKind {
    /// Waits before it does what was asked.
    Delay {
        /// How long.
        milliseconds: u64,
    },
    /// Closes the connection without an answer.
    Drop {
        /// Whether what was asked is done before.
        after_commit: bool,
    },
    /// Resets the connection.
    Reset {
        /// Whether what was asked is done before.
        after_commit: bool,
    },
    /// Closes the connection in the middle of the answer, which is given after what was asked is done.
    Truncate {
        /// How many bytes of the body are sent.
        bytes: usize,
    },
    /// Sends the body in pieces.
    SlowBody {
        /// How many bytes each piece has; at least 1.
        bytes: usize,
        /// How long it waits before each.
        milliseconds: u64,
    },
    /// Says another length than the body has, and closes the connection after it.
    WrongLength {
        /// By how much the length that is said is greater.
        difference: i64,
    },
    /// Answers with a status, such as 429 or 503.
    Status {
        /// The status.
        status: u16,
        /// Headers, such as `retry-after`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The body; the document's error, if there is none.
        #[serde(default)]
        body: Option<Value>,
        /// Whether what was asked is done before.
        #[serde(default)]
        after_commit: bool,
    },
    /// Answers with a body that is no JSON.
    MalformedJson,
    /// Puts values that no document lists in place of every text that one does, and of kinds and types.
    UnknownEnumValues,
    /// Puts fields that no document has into every object.
    ExtraFields,
    /// Leaves every other field out of every object, but for ids.
    MissingFields,
    /// Lists go on for ever.
    EndlessList,
    /// Answers with a compressed body that is far greater than it looks.
    Bomb {
        /// How great it is when it is decompressed.
        mebibytes: usize,
    },
}

impl FaultKind {
    /// Whether it comes before what was asked is done, and in its place.
    pub(crate) fn is_before_commit(&self) -> bool {
        match self {
            Self::Drop { after_commit }
            | Self::Reset { after_commit }
            | Self::Status { after_commit, .. } => !after_commit,
            _ => false,
        }
    }
}

impl Fault {
    /// A fault of every request.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self {
            route: None,
            when: When::Always,
            kind,
        }
    }

    /// The same for some requests only: those of an `operationId`, of a method and a path, or of an API.
    #[must_use]
    pub fn on(mut self, route: impl Into<String>) -> Self {
        self.route = Some(route.into());
        self
    }

    /// The same for some of them only.
    #[must_use]
    pub fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }

    /// What is wrong with it.
    pub(crate) fn problem(&self) -> Option<String> {
        match (&self.when, &self.kind) {
            (When::Rate(rate), _) if !(0.0..=1.0).contains(rate) => {
                Some("when.rate: a number from 0 to 1 is needed".to_owned())
            }
            (_, FaultKind::Status { status, .. }) if !(200..=599).contains(status) => {
                Some("kind.status.status: a number from 200 to 599 is needed".to_owned())
            }
            (_, FaultKind::SlowBody { bytes: 0, .. }) => {
                Some("kind.slow_body.bytes: at least 1 is needed".to_owned())
            }
            (_, FaultKind::Bomb { mebibytes }) if *mebibytes > 4096 => {
                Some("kind.bomb.mebibytes: at most 4096".to_owned())
            }
            _ => None,
        }
    }
}

/// The faults that are set.
#[derive(Debug)]
pub(crate) struct Faults {
    /// So that a server without faults asks for no lock.
    is_any: AtomicBool,
    set: Mutex<Set>,
}

#[derive(Debug)]
struct Set {
    faults: Vec<(Fault, u64)>,
    random: fastrand::Rng,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        let set = Set {
            faults: Vec::new(),
            random: fastrand::Rng::with_seed(seed),
        };
        Self {
            is_any: AtomicBool::new(false),
            set: Mutex::new(set),
        }
    }

    pub(crate) fn add(&self, fault: Fault) {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.faults.push((fault, 0));
        self.is_any.store(true, Ordering::Release);
    }

    pub(crate) fn clear(&self) {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        set.faults.clear();
        self.is_any.store(false, Ordering::Release);
    }

    /// The faults that are set, and how many requests each was asked about.
    pub(crate) fn list(&self) -> Vec<(Fault, u64)> {
        self.set
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .faults
            .clone()
    }

    /// What happens to a request that any of these names is for.
    pub(crate) fn of(&self, names: &[&str]) -> Vec<FaultKind> {
        if !self.is_any.load(Ordering::Acquire) {
            return Vec::new();
        }
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let Set { faults, random } = &mut *set;
        let mut kinds = Vec::new();
        for (fault, asked) in faults {
            if fault
                .route
                .as_deref()
                .is_some_and(|route| !names.contains(&route))
            {
                continue;
            }
            *asked += 1;
            let happens = match &fault.when {
                When::Always => true,
                When::Rate(rate) => random.f64() < *rate,
                When::Next(count) => *asked <= *count,
                When::Calls(numbers) => numbers.contains(asked),
            };
            if happens {
                kinds.push(fault.kind.clone());
            }
        }
        kinds
    }
}
