//! What is implemented for the types of a crate.

use quote::quote;
use syn::{File, ImplItem, Item, ItemImpl, Type};

use super::{
    Surface,
    items::{gates, ident, is_seen, marks, signature, text},
};

/// What is implemented in a file for types that are not items of it, and items that say nothing of what they bring.
pub(super) fn foreign(file: &File, module: &str, surface: &mut Surface) -> Result<(), String> {
    for item in &file.items {
        match item {
            Item::Impl(implementation) => {
                let own = own_type(implementation);
                let is_known = file.items.iter().any(|item| ident(item) == own);
                if own.is_none() || !is_known {
                    let (of, ty) = (implementation.trait_.as_ref(), &implementation.self_ty);
                    let Some((of, _)) = of else {
                        return Err(format!(
                            "methods of `{}` stand outside of its module; expected them beside the type; to fix: \
                             have `surface` read them",
                            text(ty)
                        ));
                    };
                    let path = format!("impl {} for {} in {module}", text(of), text(ty));
                    surface.add(&path, gates(&implementation.attrs))?;
                }
            }
            Item::Macro(found) => {
                return Err(format!(
                    "a macro `{}`; expected items, since it does not say what it brings; to fix: have `surface` \
                     read it",
                    text(&found.mac.path)
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The name of the type that something is implemented for.
fn own_type(implementation: &ItemImpl) -> Option<String> {
    match &*implementation.self_ty {
        Type::Path(own) => own.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// What is implemented in this file for an item of it.
pub(super) fn of(file: &File, item: &str, path: &str, surface: &mut Surface) -> Result<(), String> {
    for other in &file.items {
        let Item::Impl(implementation) = other else {
            continue;
        };
        if own_type(implementation).is_none_or(|own| own != item) {
            continue;
        }
        match &implementation.trait_ {
            Some((of, _)) => {
                let types: String = implementation
                    .items
                    .iter()
                    .filter_map(|item| match item {
                        ImplItem::Type(item) => {
                            Some(format!("{} = {};", item.ident, text(&item.ty)))
                        }
                        _ => None,
                    })
                    .collect();
                let gates = gates(&implementation.attrs);
                surface.add(&format!("{path}: {}", text(of)), format!("{types}{gates}"))?;
            }
            None => inherent(implementation, path, surface)?,
        }
    }
    Ok(())
}

fn inherent(implementation: &ItemImpl, path: &str, surface: &mut Surface) -> Result<(), String> {
    let around = gates(&implementation.attrs);
    for item in &implementation.items {
        let (name, visibility, attributes, said) = match item {
            ImplItem::Fn(item) => (
                &item.sig.ident,
                &item.vis,
                &item.attrs,
                text(signature(&item.sig)),
            ),
            ImplItem::Const(item) => {
                let ty = &item.ty;
                (
                    &item.ident,
                    &item.vis,
                    &item.attrs,
                    text(quote!(const: #ty)),
                )
            }
            _ => continue,
        };
        if is_seen(visibility) {
            let path = format!("{path}::{name}");
            surface.add(&path, format!("{said}{around}{}", gates(attributes)))?;
            marks(attributes, &path, surface)?;
        }
    }
    Ok(())
}
