//! The files of a module with many items: one for each, declared and exported by the module's own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::paths::ident;

/// Declares the file and exports what it defines, both where `gate` says.
pub(super) fn declare(index: &mut TokenStream, file: &str, name: &Ident, gate: &TokenStream) {
    let file = ident(file);
    index.extend(quote! { #gate mod #file; #gate pub use #file::#name; });
}

/// The longest name of a file without its extension, in bytes.
const LONGEST: usize = 100;

/// File names for types: snake case, no keyword, each once whatever the file system makes of upper case.
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// No file but these is taken.
    pub(super) fn new(taken: &[&str]) -> Self {
        Self(taken.iter().map(|&name| name.to_owned()).collect())
    }

    /// The file for what is called `name`.
    pub(super) fn add(&mut self, name: &str) -> String {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let mut file = String::with_capacity(name.len() + 4);
        let mut after_lower = false;
        for character in name.chars() {
            if character.is_uppercase() && after_lower {
                file.push('_');
            }
            // A module in a file of its own has a name in ASCII.
            if character.is_ascii() {
                file.extend(character.to_lowercase());
            } else if !file.ends_with('_') {
                file.push('_');
            }
            after_lower = !character.is_uppercase() && character != '_';
        }
        // File systems take no more than 255 bytes, and less under a long path.
        if file.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|end| file.is_char_boundary(*end));
            file.truncate(end.unwrap_or_default());
        }
        if syn::parse_str::<Ident>(&file).is_err() {
            file.push('_');
        }
        while !self.0.insert(file.clone()) {
            file.push('_');
        }
        file
    }
}
