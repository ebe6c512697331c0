//! Which features of the crate bring what: an operation's builder, and the types that it needs.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    paths::component,
    printed::Printed,
    uses::{named_in, named_in_item},
};
use crate::plan::{Operation, Payload, Plan};

/// The features that bring each type.
pub(super) struct Gates {
    of_types: BTreeMap<String, BTreeSet<String>>,
    features: usize,
}

impl Gates {
    /// Follows what each operation needs.
    pub(super) fn of(printed: &Printed, plan: &Plan) -> Self {
        let mut gates = Self {
            of_types: BTreeMap::new(),
            features: plan.features.len(),
        };
        if plan.features.is_empty() {
            return gates;
        }
        let members: BTreeMap<String, Vec<String>> = printed
            .types
            .iter()
            .map(|printed_type| {
                (
                    printed_type.ident().to_string(),
                    named_in_item(&printed_type.item),
                )
            })
            .collect();
        for operation in &plan.operations {
            let mut open = roots(operation, printed);
            let mut seen = BTreeSet::new();
            while let Some(name) = open.pop() {
                if let Some(inner) = members.get(&name)
                    && seen.insert(name.clone())
                {
                    open.extend(inner.iter().cloned());
                    gates
                        .of_types
                        .entry(name)
                        .or_default()
                        .extend(operation.features.iter().cloned());
                }
            }
        }
        gates
    }

    /// The attribute of a type's module.
    pub(super) fn of_type(&self, name: &str) -> TokenStream {
        match self.of_types.get(name) {
            Some(features) if features.len() < self.features => gate(features),
            _ => TokenStream::new(),
        }
    }
}

/// The attribute of what belongs to an operation.
pub(super) fn of_operation(operation: &Operation) -> TokenStream {
    gate(&operation.features)
}

/// The attribute of what any of these features brings; nothing where there are none.
fn gate<'a>(features: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let features: Vec<TokenStream> = features
        .into_iter()
        .map(|feature| quote! { feature = #feature })
        .collect();
    match features.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(#only)] },
        several => quote! { #[cfg(any(#(#several),*))] },
    }
}

/// The types that an operation names.
fn roots(operation: &Operation, printed: &Printed) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    names.extend(operation.body.iter().filter_map(|body| body.schema.clone()));
    for response in &operation.responses {
        if let Payload::Json { schema } = &response.payload {
            names.extend(component(schema).map(str::to_owned));
        }
    }
    if let Some(builder) = printed.builders.get(&operation.id) {
        for kind in builder.fields.values() {
            names.extend(named_in(kind));
        }
    }
    names
}
