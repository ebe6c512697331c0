//! The last requests, for people who look at what their program did.

use crate::engine::locked;
use crate::fault::FaultKind;
use http::{Method, Uri};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many requests are kept.
const KEPT: usize = 200;

/// One request, and what became of it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub number: u64,
    pub at: std::time::SystemTime,
    pub method: Method,
    /// The path and the query, without secrets.
    pub target: String,
    pub status: u16,
    /// What was wrong with it.
    pub problems: Vec<String>,
    /// What a vendor might not mind, and a person should know.
    pub notes: Vec<String>,
    pub faults: Vec<FaultKind>,
}

impl Seen {
    pub(crate) fn new(method: &Method, target: &Uri) -> Self {
        Self {
            number: 0,
            at: std::time::SystemTime::now(),
            method: method.clone(),
            target: target.to_string(),
            status: 0,
            problems: Vec::new(),
            notes: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl Seen {
    /// Leaves out the values of parameters that hold secrets.
    pub(crate) fn hide(&mut self, secrets: &[&str]) {
        let Some((path, query)) = self.target.split_once('?') else {
            return;
        };
        let shown = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if secrets.contains(&name) => format!("{name}=…"),
            _ => pair.to_owned(),
        });
        self.target = format!("{path}?{}", shown.collect::<Vec<_>>().join("&"));
    }
}

/// The last requests, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct SeenRequests {
    count: AtomicU64,
    last: Mutex<VecDeque<Seen>>,
}

impl SeenRequests {
    pub(crate) fn add(&self, mut seen: Seen) {
        seen.number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let mut last = locked(&self.last);
        if last.len() == KEPT {
            last.pop_front();
        }
        last.push_back(seen);
    }

    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// The last requests, the newest first.
    pub(crate) fn newest(&self) -> Vec<Seen> {
        locked(&self.last).iter().rev().cloned().collect()
    }
}
