//! The module of builders: one file for each operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::{
    api::account_parameter,
    builder::Builder,
    files::{FileNames, declare},
    gates,
    listing::Shapes,
    outcome::Outcome,
    paths::Paths,
    press::Press,
    printed::Printed,
    unexpected,
};
use crate::{plan::Plan, refusal::Refusal};

/// Prints the builders; returns them with their operations' ids.
pub(super) fn builders<'a>(
    printed: &'a Printed,
    plan: &'a Plan,
    press: &mut Press,
    refusals: &mut Vec<Refusal>,
) -> Vec<(String, Builder<'a>)> {
    let mut finished_builders = Vec::new();
    let names = BTreeSet::new();
    let shapes = Shapes::of(printed, plan);
    let account_parameter = account_parameter(plan);
    let mut files = FileNames::new(&[]);
    let mut index = TokenStream::new();
    if printed.builders.len() != plan.operations.len() {
        let found = format!("{} operations", printed.builders.len());
        let expected = format!("the {} that are planned", plan.operations.len());
        refusals.push(unexpected::unexpected(found, expected).at(""));
    }
    for operation in &plan.operations {
        let Some(builder) = printed.builders.get(&operation.id) else {
            continue;
        };
        let own = builder.ident.to_string();
        let mut paths = Paths::in_builder(&names, &own);
        match Builder::new(operation, builder, account_parameter, &mut paths) {
            Ok(finished) => {
                let tokens = match finished.tokens(&Outcome::of(operation), &shapes) {
                    Ok(tokens) => tokens,
                    Err(refusal) => {
                        refusals.push(refusal);
                        continue;
                    }
                };
                let file = files.add(&own);
                press.insert(
                    &format!("builder/{file}.rs"),
                    &format!("The builder for `{}`.", operation.id),
                    &tokens,
                );
                declare(
                    &mut index,
                    &file,
                    &builder.ident,
                    &gates::of_operation(operation),
                );
                finished_builders.push((operation.id.clone(), finished));
            }
            Err(error) => refusals.push(error.at(&operation.pointer)),
        }
    }
    press.insert("builder.rs", "One builder for each operation.", &index);
    finished_builders
}
