//! Rewrites the paths of printed types: to the runtime where progenitor names other crates, to short names where the
//! prelude has them, and to the module where a generated type stands.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Ident, Path, PathArguments, PathSegment, Type,
    visit_mut::{self, VisitMut},
};

/// Paths of the prelude that are shortened.
const PRELUDE: &[(&[&str], &str)] = &[
    (&["std", "option", "Option"], "Option"),
    (&["std", "string", "String"], "String"),
    (&["std", "vec", "Vec"], "Vec"),
    (&["std", "boxed", "Box"], "Box"),
];

/// Paths that are replaced by others.
const REPLACED: &[(&[&str], &[&str])] = &[
    (
        &["std", "collections", "HashMap"],
        &["std", "collections", "BTreeMap"],
    ),
    (&["serde_json", "Map"], &["std", "collections", "BTreeMap"]),
    (&["serde_json", "Value"], &["client_runtime", "Json"]),
];

/// Rewrites the paths of one generated file.
pub(super) struct Paths<'a> {
    /// The names of all generated types.
    types: &'a BTreeSet<String>,
    /// The type that the file defines, whose name stays as it is.
    own: &'a str,
    /// The module in which the types stand, as the file sees it.
    module: &'static str,
    /// Whether an object without documented fields is kept as its text.
    keeps_objects_raw: bool,
}

impl<'a> Paths<'a> {
    /// For the file of the type `own` in the module `types`.
    pub(super) fn in_types(types: &'a BTreeSet<String>, own: &'a str) -> Self {
        Self {
            types,
            own,
            module: "super",
            keeps_objects_raw: false,
        }
    }

    /// Keeps what an answer holds as objects without documented fields as their text, which is decoded when it is
    /// asked for.
    pub(super) fn keeping_objects_raw(mut self, is_answer: bool) -> Self {
        self.keeps_objects_raw = is_answer;
        self
    }

    /// For the file of the builder `own`.
    pub(super) fn in_builder(types: &'a BTreeSet<String>, own: &'a str) -> Self {
        Self {
            types,
            own,
            module: "types",
            keeps_objects_raw: false,
        }
    }

    /// The same type with its paths rewritten.
    pub(super) fn rewritten(&mut self, kind: &Type) -> Type {
        let mut kind = kind.clone();
        self.visit_type_mut(&mut kind);
        kind
    }

    fn replace(&self, path: &mut Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some((_, to)) = REPLACED.iter().find(|(from, _)| *from == names) {
            let arguments = path
                .segments
                .last()
                .map_or(PathArguments::None, |segment| segment.arguments.clone());
            path.segments = to
                .iter()
                .map(|name| PathSegment::from(ident(name)))
                .collect();
            if let Some(last) = path.segments.last_mut() {
                last.arguments = arguments;
            }
        } else if let Some((_, short)) = PRELUDE
            .iter()
            .find(|(from, short)| *from == names && self.own != *short)
        {
            if let Some(mut last) = path.segments.pop() {
                last.ident = ident(short);
                path.leading_colon = None;
                path.segments = std::iter::once(last).collect();
            }
        } else if names.first() == Some(&"self") && names.get(1) == Some(&"error") {
            path.segments[0].ident = ident("super");
        } else if let [name] = names[..]
            && path.leading_colon.is_none()
            && self.types.contains(name)
            && (self.module != "super" || self.own != name)
        {
            path.segments
                .insert(0, PathSegment::from(ident(self.module)));
        }
    }
}

impl VisitMut for Paths<'_> {
    fn visit_type_mut(&mut self, kind: &mut Type) {
        if let Some(inner) = typed(kind) {
            *kind = inner;
        }
        visit_mut::visit_type_mut(self, kind);
        if self.keeps_objects_raw && is_map_of_json(kind) {
            *kind = syn::parse_quote! { client_runtime::JsonObject };
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        self.replace(path);
        if path.leading_colon.is_some()
            && path
                .segments
                .first()
                .is_some_and(|first| first.ident == "client_runtime" || first.ident == "std")
        {
            path.leading_colon = None;
        }
    }

    fn visit_path_arguments_mut(&mut self, arguments: &mut PathArguments) {
        visit_mut::visit_path_arguments_mut(self, arguments);
        if let PathArguments::AngleBracketed(list) = arguments {
            // typify leaves a comma behind the last argument of an `x-rust-type`.
            list.args.pop_punct();
        }
    }
}

/// The type inside `client_runtime::Typed<T>`, which only carries it past progenitor.
fn typed(kind: &Type) -> Option<Type> {
    let Type::Path(path) = kind else { return None };
    let mut segments = path.path.segments.iter();
    (segments.next()?.ident == "client_runtime").then_some(())?;
    super::printed::generic_argument(kind, "Typed").cloned()
}

/// Whether the type is a map from names to any JSON.
fn is_map_of_json(kind: &Type) -> bool {
    let Type::Path(path) = kind else { return false };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return false;
    };
    let mut arguments = arguments.args.iter();
    let text = |argument: &syn::GenericArgument| quote! { #argument }.to_string();
    last.ident == "BTreeMap"
        && arguments.next().is_some_and(|name| text(name) == "String")
        && arguments
            .next()
            .is_some_and(|value| text(value) == "client_runtime :: Json")
}

/// The component that a body's type is, or is made of; none for types of the runtime.
pub(super) fn component(schema: &str) -> Option<&str> {
    match schema.strip_prefix("::") {
        None => Some(schema),
        Some(path) => path.split_once('<')?.1.strip_suffix('>'),
    }
}

/// The type of a body: a component's in `module`, or a type of the runtime where the plan has its path.
pub(super) fn schema_type(schema: &str, module: &TokenStream) -> TokenStream {
    if let Some(path) = schema.strip_prefix("::") {
        let path = path.split_once('<').map_or(path, |(path, _)| path);
        let segments = path.split("::").map(ident);
        let of = component(schema).map(|of| {
            let of = ident(of);
            quote! { <#module::#of> }
        });
        quote! { #(#segments)::* #of }
    } else {
        let schema = ident(schema);
        quote! { #module::#schema }
    }
}

/// An identifier of generated code.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
