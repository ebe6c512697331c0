//! The files of a module with many items: one for each, declared and exported by the module's own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::paths::ident;

/// Declares the file and exports what it defines.
pub(super) fn declare(index: &mut TokenStream, file: &str, name: &Ident) {
    let file = ident(file);
    index.extend(quote! { mod #file; pub use #file::#name; });
}

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
            file.extend(character.to_lowercase());
            after_lower = !character.is_uppercase() && character != '_';
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
