//! How long a file and a function may be, and how a file begins.

use syn::{
    Block, ImplItem, ImplItemFn, ItemFn, ItemImpl, Signature, TraitItemFn, Type,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::{Source, in_each};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;
const MUTATION_LINES: usize = 20;

/// A file begins by saying what it does and what it never does.
pub fn every_file_has_a_header(files: &[Source]) -> Vec<String> {
    let bare = |file: &Source| !file.text.starts_with("//! ");
    let wanted = "the first line is a `//!` header: what the file does and what it never does";
    files.iter().filter(|file| bare(file)).map(|file| file.at(1, wanted)).collect()
}

/// A file fits in a head.
pub fn files_are_short(files: &[Source]) -> Vec<String> {
    let long = |file: &Source| {
        let lines = file.text.lines().count();
        let said = || format!("{}: {lines} lines, at most {FILE_LINES}: split it by what it does", file.path);
        (lines > FILE_LINES).then(said)
    };
    files.iter().filter_map(long).collect()
}

/// A function fits on a screen.
pub fn functions_are_short(files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |_| true,
        |file| {
            let mut functions = Functions::default();
            functions.visit_file(file.tree());
            let long = functions.0.iter().filter(|function| function.lines > FUNCTION_LINES);
            long.map(|f| {
                file.at(f.line, &format!("`{}` has {} lines, at most {FUNCTION_LINES}", f.name, f.lines))
            })
            .collect()
        },
    )
}

/// A mutation only hands over: input to use case, outcome to payload.
pub fn mutations_are_short(files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |file| file.layer() == Some("graphql"),
        |file| {
            let mut mutations = Mutations::default();
            mutations.visit_file(file.tree());
            let long = mutations.0.iter().filter(|function| function.lines > MUTATION_LINES);
            let said = |f: &Function| {
                format!("mutation `{}` has {} lines, at most {MUTATION_LINES}", f.name, f.lines)
            };
            long.map(|f| file.at(f.line, &said(f))).collect()
        },
    )
}

/// A function with a body, measured from `fn` (or `pub`, `async`) to its closing brace.
struct Function {
    name: String,
    line: usize,
    lines: usize,
}

impl Function {
    fn measured(signature: &Signature, body: &Block) -> Self {
        let line = signature.span().start().line;
        let lines = body.span().end().line + 1 - line;
        Self { name: signature.ident.to_string(), line, lines }
    }
}

#[derive(Default)]
struct Functions(Vec<Function>);

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.0.push(Function::measured(&item.sig, &item.block));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.0.push(Function::measured(&item.sig, &item.block));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        self.0.extend(item.default.as_ref().map(|body| Function::measured(&item.sig, body)));
        visit::visit_trait_item_fn(self, item);
    }
}

/// The functions of the types whose name ends in `Mutation` or `Mutations`.
#[derive(Default)]
struct Mutations(Vec<Function>);

impl<'ast> Visit<'ast> for Mutations {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let name = match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default(),
            _ => String::new(),
        };
        if name.ends_with("Mutation") || name.ends_with("Mutations") {
            self.0.extend(item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(f) => Some(Function::measured(&f.sig, &f.block)),
                _ => None,
            }));
        }
    }
}
