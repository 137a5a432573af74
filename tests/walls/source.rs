//! One Rust file as the walls see it: its place, its syntax tree and every path it mentions.
//!
//! Paths are read from tokens, not from the tree, so that macro calls, attributes and derives hide
//! nothing; comments and string literals are not tokens of a path and never count.

use std::{cell::OnceCell, fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use walkdir::{DirEntry, WalkDir};

/// One Rust file of the repository.
pub struct Source {
    /// From the repository's top, with `/`.
    pub path: String,
    pub text: String,
    tree: OnceCell<syn::File>,
    mentions: OnceCell<Vec<Mention>>,
}

/// A path such as `crate::store::Tx`, or a lone word such as `begin`.
pub struct Mention {
    pub segments: Vec<String>,
    pub line: usize,
}

impl Mention {
    /// As it would be written in one piece.
    pub fn path(&self) -> String {
        self.segments.join("::")
    }

    /// The first segments, if there are as many.
    pub fn starts_with(&self, segments: &[&str]) -> bool {
        self.segments.len() >= segments.len() && self.segments.iter().zip(segments).all(|(a, b)| a == b)
    }
}

impl Source {
    /// `text` as if it stood at `path`. It is parsed when a rule asks.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            tree: OnceCell::new(),
            mentions: OnceCell::new(),
        }
    }

    /// The syntax tree.
    pub fn tree(&self) -> &syn::File {
        let parse =
            || syn::parse_file(&self.text).unwrap_or_else(|e| panic!("{} does not parse: {e}", self.path));
        self.tree.get_or_init(parse)
    }

    /// Every path mentioned, a nested `use` spelled out.
    pub fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| {
            let tokens = self.text.parse().unwrap_or_else(|e| panic!("{} does not lex: {e}", self.path));
            let mut mentions = Vec::new();
            read_mentions(tokens, &[], &mut mentions);
            mentions
        })
    }

    /// Every Rust file of the repository, read once by each thread that asks.
    ///
    /// Syntax trees cannot cross threads, so they are leaked to the thread that made them.
    pub fn repository() -> &'static [Self] {
        thread_local! {
            static FILES: OnceCell<&'static [Source]> = const { OnceCell::new() };
        }
        FILES.with(|files| *files.get_or_init(|| Vec::leak(read_repository())))
    }

    /// The layer the file stands in: the folder under `src`, or `main` for the binary.
    pub fn layer(&self) -> Option<&str> {
        match self.path.strip_prefix("src/")?.split_once('/') {
            Some((layer, _)) => Some(layer),
            None => self.path.strip_prefix("src/")?.strip_suffix(".rs").filter(|root| *root == "main"),
        }
    }

    /// The feature inside the layer: `teams` for `src/app/teams.rs` and for all of `src/app/teams/`.
    pub fn feature(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?.split_once('/')?.1;
        let feature = inside.split('/').next()?;
        Some(feature.strip_suffix(".rs").unwrap_or(feature)).filter(|name| *name != "mod")
    }

    /// The modules this file declares under `#[cfg(test)]` with a file of their own.
    fn test_modules(&self) -> impl Iterator<Item = String> {
        let for_tests = |attribute: &syn::Attribute| {
            attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
        };
        self.tree().items.iter().filter_map(move |item| match item {
            syn::Item::Mod(module) if module.content.is_none() && module.attrs.iter().any(for_tests) => {
                Some(module.ident.to_string())
            }
            _ => None,
        })
    }

    /// A crossing at `line` of this file.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// The files that are compiled for unit tests alone, because a `mod.rs` above declares them so.
pub struct TestOnly(Vec<String>);

impl TestOnly {
    pub fn of(files: &[Source]) -> Self {
        let folders = files.iter().filter_map(|file| Some((file, file.path.strip_suffix("mod.rs")?)));
        let declared =
            folders.flat_map(|(file, folder)| file.test_modules().map(move |m| format!("{folder}{m}")));
        Self(declared.collect())
    }

    pub fn holds(&self, file: &Source) -> bool {
        let below = |module: &String| file.path.strip_prefix(module.as_str());
        self.0.iter().filter_map(below).any(|rest| rest == ".rs" || rest.starts_with('/'))
    }
}

fn read_repository() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hidden = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && (name.starts_with('.') || name == "target" || name == "node_modules")
    };
    let files = WalkDir::new(top).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry));
    let files = files.map(|entry| entry.expect("a readable folder"));
    let rust = files.filter(|entry| entry.path().extension() == Some("rs".as_ref()));
    rust.map(|entry| {
        let path = entry.path().strip_prefix(top).expect("walked from the top");
        let text = fs::read_to_string(entry.path()).expect("a readable source file");
        Source::new(&path.to_string_lossy().replace('\\', "/"), &text)
    })
    .collect()
}

/// Reads chains of `word :: word`; a brace group after `::` is a nested `use` and inherits the chain.
fn read_mentions(tokens: TokenStream, prefix: &[String], found: &mut Vec<Mention>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) => {
                let mut chain = prefix.to_vec();
                let line = word.span().start().line;
                chain.push(word.to_string());
                let rest = follow_chain(&mut tokens, &mut chain);
                match rest {
                    Some(nested) => read_mentions(nested, &chain, found),
                    None => found.push(Mention { segments: chain, line }),
                }
            }
            TokenTree::Group(group) => read_mentions(group.stream(), &[], found),
            _ => {}
        }
    }
}

/// Extends `chain` while `::` and a word follow; gives the group when `::{…}` ends it.
fn follow_chain(
    tokens: &mut std::iter::Peekable<proc_macro2::token_stream::IntoIter>,
    chain: &mut Vec<String>,
) -> Option<TokenStream> {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == ':');
    loop {
        let mut ahead = tokens.clone();
        if !(colon(ahead.next().as_ref()) && colon(ahead.next().as_ref())) {
            return None;
        }
        match ahead.next() {
            Some(TokenTree::Ident(word)) => chain.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                *tokens = ahead;
                return Some(group.stream());
            }
            _ => return None,
        }
        *tokens = ahead;
    }
}
