//! Prints modules, on several threads where there are several: parsing and laying out their code is half of the work
//! of finishing. What comes out is the same on any number of threads.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use proc_macro2::TokenStream;

use super::{Modules, unexpected};
use crate::refusal::Refusal;

/// How many modules may wait for a thread, so that their code does not pile up.
const WAITING: usize = 64;

/// Enough for the layout of types in each other, as deep as they are written out.
const STACK: usize = 16 << 20;

/// A module that is not printed yet.
struct Module {
    /// Its path under `src/`.
    path: String,
    /// What it is.
    doc: String,
    /// Its code.
    code: String,
}

/// Takes modules and has them printed.
pub(super) struct Press {
    threads: Option<SyncSender<Module>>,
    printed: Printed,
}

/// What became of modules.
#[derive(Default)]
struct Printed {
    modules: Modules,
    refusals: Vec<Refusal>,
}

/// Does the work with a press, and gives back what that made and the modules that it had printed, or the refusals of
/// those that do not parse.
pub(super) fn printed<T>(
    threads: NonZero<usize>,
    work: impl FnOnce(&mut Press) -> T,
) -> (T, Modules, Vec<Refusal>) {
    let (sender, receiver) = sync_channel(WAITING);
    let receiver = Mutex::new(receiver);
    let (made, mut all) = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.get())
            .filter_map(|_| {
                thread::Builder::new()
                    .name("print".to_owned())
                    .stack_size(STACK)
                    .spawn_scoped(scope, || rest(&receiver))
                    .ok()
            })
            .collect();
        let mut press = Press {
            threads: (!workers.is_empty()).then_some(sender),
            printed: Printed::default(),
        };
        let made = work(&mut press);
        // No more will come; what still waits is printed by whoever comes first.
        drop(press.threads);
        let mut all = vec![press.printed, rest(&receiver)];
        for worker in workers {
            all.push(worker.join().unwrap_or_else(|_| failed()));
        }
        (made, all)
    });
    let modules = all
        .iter_mut()
        .flat_map(|printed| std::mem::take(&mut printed.modules))
        .collect();
    let mut refusals: Vec<Refusal> = all
        .into_iter()
        .flat_map(|printed| printed.refusals)
        .collect();
    refusals.sort_by(|one, other| one.found.cmp(&other.found));
    (made, modules, refusals)
}

impl Press {
    /// Has a module printed: `code`, under `src/{path}`, documented as `doc`.
    pub(super) fn insert(&mut self, path: &str, doc: &str, code: &TokenStream) {
        self.insert_code(path, doc, code.to_string());
    }

    /// As [`insert`](Self::insert), of code that is text.
    pub(super) fn insert_code(&mut self, path: &str, doc: &str, code: String) {
        let module = Module {
            path: path.to_owned(),
            doc: doc.to_owned(),
            code,
        };
        let Some(threads) = &self.threads else {
            return self.printed.insert(module);
        };
        match threads.try_send(module) {
            Ok(()) => {}
            // Every thread is busy, so this one helps.
            Err(TrySendError::Full(module) | TrySendError::Disconnected(module)) => {
                self.printed.insert(module);
            }
        }
    }

    /// Takes a module that is text already.
    pub(super) fn insert_text(&mut self, path: &str, text: String) {
        self.printed.modules.insert(path.to_owned(), text);
    }
}

/// Prints what is sent until nobody sends any more.
fn rest(receiver: &Mutex<Receiver<Module>>) -> Printed {
    let mut printed = Printed::default();
    loop {
        let next = receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match next {
            Ok(module) => printed.insert(module),
            Err(_) => return printed,
        }
    }
}

impl Printed {
    fn insert(&mut self, module: Module) {
        let Module { path, doc, code } = module;
        match syn::parse_file(&code) {
            Ok(file) => {
                let text = format!("//! {doc}\n\n{}", prettyplease::unparse(&file));
                self.modules.insert(path, text);
            }
            Err(error) => self.refusals.push(
                unexpected::unexpected(
                    format!("names that do not parse in `{path}`: {error}"),
                    "Rust",
                )
                .at(""),
            ),
        }
    }
}

/// What a thread that panicked has printed.
fn failed() -> Printed {
    let refusal = unexpected::unexpected("code that cannot be laid out", "Rust").at("");
    Printed {
        refusals: vec![refusal],
        ..Printed::default()
    }
}
