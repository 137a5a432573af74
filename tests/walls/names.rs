//! How modules and folders are named, and how a module names the others.

use std::collections::BTreeSet;

use syn::{
    Item, ItemMod, ItemUse, UseTree, Visibility,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Source, in_each};

/// Names that say nothing, so that everything ends up there.
const DRAWERS: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "type", "types", "misc", "shared", "stuff"];

/// No file, folder or module is a drawer.
pub fn nothing_is_a_drawer(files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |_| true,
        |file| {
            let parts = file.path.trim_end_matches(".rs").split('/').map(str::to_owned);
            let names = parts.chain(inline_modules(file));
            let drawers = names.filter(|name| DRAWERS.contains(&name.as_str()));
            drawers.map(|name| format!("{}: `{name}` says nothing; name what it does", file.path)).collect()
        },
    )
}

fn inline_modules(file: &Source) -> Vec<String> {
    #[derive(Default)]
    struct Modules(Vec<String>);
    impl<'ast> Visit<'ast> for Modules {
        fn visit_item_mod(&mut self, module: &'ast ItemMod) {
            if module.content.is_some() {
                self.0.push(module.ident.to_string());
            }
            visit::visit_item_mod(self, module);
        }
    }
    let mut modules = Modules::default();
    modules.visit_file(file.tree());
    modules.0
}

/// A folder's module is its `mod.rs`, or the root file of its crate.
pub fn folders_have_a_mod_rs(files: &[Source]) -> Vec<String> {
    let folder = |file: &Source| file.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let is_root = |file: &Source| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        ["mod.rs", "lib.rs", "main.rs"].contains(&name)
            || ["tests", "benches"].contains(&folder(file).as_str())
    };
    let rooted: BTreeSet<String> = files.iter().filter(|file| is_root(file)).map(folder).collect();
    let homeless = files.iter().filter(|file| !rooted.contains(&folder(file)) && file.path != "build.rs");
    homeless.map(|file| format!("{}: its folder has no mod.rs", file.path)).collect()
}

/// One module, one `use crate::{…}` (and one `pub use`, which is its surface).
pub fn one_use_of_the_crate(files: &[Source]) -> Vec<String> {
    in_each(files, |_| true, |file| repeated_uses(file, &file.tree().items))
}

fn repeated_uses(file: &Source, items: &[Item]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut said = Vec::new();
    for item in items {
        match item {
            Item::Use(item) if of_the_crate(item) => {
                let private = matches!(item.vis, Visibility::Inherited);
                if !seen.insert((private, item.attrs.len())) {
                    let line = item.use_token.span().start().line;
                    said.push(file.at(line, "a second `use crate::…` in one module; nest it in the first"));
                }
            }
            Item::Mod(ItemMod { content: Some((_, items)), .. }) => said.extend(repeated_uses(file, items)),
            _ => {}
        }
    }
    said
}

fn of_the_crate(item: &ItemUse) -> bool {
    matches!(&item.tree, UseTree::Path(path) if path.ident == "crate")
}

/// Two steps up is a sign of a path that should start at the crate.
pub fn nothing_climbs_twice(files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |_| true,
        |file| {
            let twice =
                file.mentions().iter().filter(|m| m.segments.windows(2).any(|w| w == ["super", "super"]));
            twice
                .map(|m| file.at(m.line, &format!("`{}`: say where it stands, `crate::…`", m.path())))
                .collect()
        },
    )
}
