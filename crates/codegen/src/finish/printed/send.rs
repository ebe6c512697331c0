//! What a builder's `send` tells of the parameters: which goes where, and under which name.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Expr, FnArg, ImplItem, ItemImpl, Lit, Member, Pat,
    visit::{self, Visit},
};

use super::{
    super::unexpected::{Unexpected, unexpected},
    PrintedBuilder,
};

pub(super) fn read(block: &ItemImpl, builder: &mut PrintedBuilder) -> Result<(), Unexpected> {
    for item in &block.items {
        let ImplItem::Fn(method) = item else { continue };
        if method.sig.ident != "send"
            || !matches!(method.sig.inputs.first(), Some(FnArg::Receiver(_)))
        {
            continue;
        }
        let mut reader = SendReader::default();
        reader.visit_block(&method.block);
        builder.names = reader.names;
        builder.path = reader.path;
        let known = builder.names.values().chain(&builder.path);
        if let Some(stranger) = known
            .clone()
            .find(|name| !builder.fields.contains_key(*name))
        {
            return Err(unexpected(
                format!(
                    "`send` of `{}` uses `{stranger}`, which is no field",
                    builder.ident
                ),
                "a field for each parameter",
            ));
        }
        let known = known.count();
        let fields = builder.fields.keys().filter(|name| *name != "body").count();
        if known < fields {
            return Err(unexpected(
                format!(
                    "`send` of `{}` sends {known} of {fields} parameters",
                    builder.ident
                ),
                "each parameter in the path, the query or a header",
            ));
        }
    }
    Ok(())
}

/// Reads from the body of a `send` what each parameter is called.
#[derive(Default)]
struct SendReader {
    names: BTreeMap<String, String>,
    path: Vec<String>,
    optional: Option<(String, String)>,
}

impl<'ast> Visit<'ast> for SendReader {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Expr::Path(function) = &*call.func
            && function
                .path
                .segments
                .iter()
                .any(|segment| segment.ident == "QueryParam")
            && let (Some(name), Some(value)) = (
                call.args.first().and_then(string),
                call.args.iter().nth(1).and_then(variable),
            )
        {
            self.names.insert(name, value);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_if(&mut self, condition: &'ast syn::ExprIf) {
        if let Expr::Let(binding) = &*condition.cond
            && let Pat::TupleStruct(pattern) = &*binding.pat
            && let Some(Pat::Ident(value)) = pattern.elems.first()
            && let Some(parameter) = variable(&binding.expr)
        {
            self.optional = Some((value.ident.to_string(), parameter));
        }
        visit::visit_expr_if(self, condition);
        self.optional = None;
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if call.method == "append"
            && let (Some(name), Some(value)) = (
                call.args.first().and_then(string),
                call.args.iter().nth(1).and_then(variable),
            )
        {
            let value = match &self.optional {
                Some((inside, parameter)) if *inside == value => parameter.clone(),
                _ => value,
            };
            self.names.insert(name, value);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        encoded(&call.tokens, &mut self.path);
    }
}

/// The variables inside `encode_path(&…)`.
fn encoded(tokens: &TokenStream, found: &mut Vec<String>) {
    let mut called = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) => called = ident == "encode_path",
            TokenTree::Group(group) if called => {
                called = false;
                let first = group.stream().into_iter().find_map(|token| match token {
                    TokenTree::Ident(ident) => Some(ident.to_string()),
                    _ => None,
                });
                found.extend(first);
            }
            TokenTree::Group(group) => encoded(&group.stream(), found),
            _ => called = false,
        }
    }
}

fn string(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The variable at the root of `&x`, `x.to_string()`, `x.as_ref()` or `x.to_string().try_into()?`.
fn variable(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => Some(path.path.get_ident()?.to_string()),
        Expr::Reference(reference) => variable(&reference.expr),
        Expr::MethodCall(call) => variable(&call.receiver),
        Expr::Try(attempt) => variable(&attempt.expr),
        Expr::Field(field) => match (&*field.base, &field.member) {
            (Expr::Path(_), Member::Named(name)) => Some(name.to_string()),
            _ => None,
        },
        _ => None,
    }
}
