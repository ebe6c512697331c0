//! Modules, and which of their items are public under which path.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{File, Item, ItemMod, UseTree, Visibility};

use super::{Surface, implementations, items};

/// Reads every module that can be named, from the root on.
pub(super) fn read(files: &BTreeMap<String, String>, surface: &mut Surface) -> Result<(), String> {
    if let Some(manifest) = files.get("Cargo.toml") {
        features(manifest, surface)?;
    }
    let root = parsed(files, "src/lib.rs")?;
    module(files, "src", "", &root, surface)
}

/// What a crate can be compiled with is a part of what callers name.
fn features(manifest: &str, surface: &mut Surface) -> Result<(), String> {
    let manifest: toml::Table =
        toml::from_str(manifest).map_err(|error| format!("Cargo.toml: {error}"))?;
    let features = manifest.get("features").and_then(toml::Value::as_table);
    for name in features.into_iter().flat_map(toml::Table::keys) {
        surface.add(&format!("feature {name}"), String::new())?;
    }
    Ok(())
}

/// Reads the items of a module whose children lie in `folder`. Items of a private child are public under the name
/// of this module where it uses them publicly.
fn module(
    files: &BTreeMap<String, String>,
    folder: &str,
    path: &str,
    file: &File,
    surface: &mut Surface,
) -> Result<(), String> {
    let mut children: BTreeMap<String, (bool, File)> = BTreeMap::new();
    for item in &file.items {
        if let Item::Mod(child) = item {
            let name = child.ident.to_string();
            let parsed = child_file(files, folder, child)?;
            let is_public = matches!(child.vis, Visibility::Public(_));
            if is_public {
                let inner = joined(path, &name);
                surface.add(&format!("mod {inner}"), items::gates(&child.attrs))?;
                module(files, &format!("{folder}/{name}"), &inner, &parsed, surface)?;
            }
            children.insert(name, (is_public, parsed));
        }
    }
    for (_, file) in children.values().filter(|(is_public, _)| !is_public) {
        implementations::foreign(file, path, surface)?;
    }
    implementations::foreign(file, path, surface)?;
    for item in &file.items {
        match item {
            Item::Use(used) if matches!(used.vis, Visibility::Public(_)) => {
                for (from, name) in names(&used.tree)? {
                    let inner = from.split_once("::").and_then(|(child, item)| {
                        let (is_public, file) = children.get(child)?;
                        (!is_public && !item.contains("::")).then_some((file, item))
                    });
                    match inner {
                        Some((file, item)) => {
                            let gates = items::gates(&used.attrs);
                            items::exported(file, item, (path, &name), &gates, surface)?;
                        }
                        None => surface.add(
                            &format!("use {}", joined(path, &name)),
                            format!("{from} {}", items::gates(&used.attrs)),
                        )?,
                    }
                }
            }
            Item::Mod(_) | Item::Use(_) => {}
            _ => items::own(file, item, path, surface)?,
        }
    }
    Ok(())
}

fn child_file(
    files: &BTreeMap<String, String>,
    folder: &str,
    child: &ItemMod,
) -> Result<File, String> {
    match &child.content {
        Some((_, items)) => Ok(File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: items.clone(),
        }),
        None => parsed(files, &format!("{folder}/{}.rs", child.ident)),
    }
}

fn parsed(files: &BTreeMap<String, String>, path: &str) -> Result<File, String> {
    let text = files.get(path).ok_or_else(|| {
        format!("{path} is not among the files; expected a file for each module; to fix: have `surface` find it")
    })?;
    syn::parse_file(text).map_err(|error| format!("{path}: {error}"))
}

/// What a `use` names, with the name that it has here.
fn names(tree: &UseTree) -> Result<Vec<(String, String)>, String> {
    match tree {
        UseTree::Path(path) => Ok(names(&path.tree)?
            .into_iter()
            .map(|(from, name)| (format!("{}::{from}", path.ident), name))
            .collect()),
        UseTree::Name(name) => Ok(vec![(name.ident.to_string(), name.ident.to_string())]),
        UseTree::Rename(renamed) => Ok(vec![(
            renamed.ident.to_string(),
            renamed.rename.to_string(),
        )]),
        UseTree::Group(group) => {
            let mut all = Vec::new();
            for tree in &group.items {
                all.extend(names(tree)?);
            }
            Ok(all)
        }
        other @ UseTree::Glob(_) => Err(format!(
            "a public `use` of `{}`; expected names, since it does not say what it brings; to fix: have `surface` \
             follow it",
            other.to_token_stream()
        )),
    }
}

/// The path of a name in a module.
pub(super) fn joined(module: &str, name: &str) -> String {
    if module.is_empty() {
        name.to_owned()
    } else {
        format!("{module}::{name}")
    }
}
