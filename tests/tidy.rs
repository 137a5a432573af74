//! Keeps the walls of `CONTRIBUTING.md` standing: parses every Rust file of the repository and names
//! the file, the line and the wall when one is crossed. It never rewrites anything.
//!
//! Each wall has two tests: the repository upholds it, and a snippet that crosses it is caught, so
//! that no wall stands by looking at nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "a test says what is wrong by panicking")]

mod walls;

use walls::{Rule, Source, names, only_homes, purity, shape, tree};

/// Fails with every crossing of `rule` in the repository, one a line.
#[track_caller]
fn upheld(rule: Rule) {
    let crossings = rule(Source::repository());
    assert!(crossings.is_empty(), "{} crossing(s) of a wall:\n{}", crossings.len(), crossings.join("\n"));
}

/// What `rule` says of these files, given as (path, text).
fn said(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
    rule(&files.iter().map(|(path, text)| Source::new(path, text)).collect::<Vec<_>>())
}

/// Fails unless `rule` says exactly `expected` of a file at `path` holding `text`.
#[track_caller]
fn caught(rule: Rule, path: &str, text: &str, expected: &str) {
    assert_eq!(said(rule, &[(path, text)]), [expected]);
}

#[test]
fn the_repository_is_read_whole() {
    let files = Source::repository();
    for layer in tree::LAYERS {
        assert!(files.iter().any(|f| f.layer() == Some(layer.name)), "no file of layer `{}`", layer.name);
    }
    for path in ["src/lib.rs", "src/main.rs", "migration/src/lib.rs", "tests/tidy.rs"] {
        assert!(files.iter().any(|f| f.path == path), "{path} was not read");
    }
}

#[test]
fn layers_only_look_down() {
    upheld(tree::layers_only_look_down);
}

#[test]
fn a_layer_that_looks_up_is_named_with_file_and_import() {
    let rule = tree::layers_only_look_down;
    let up = "src/store/teams.rs:1: layer `store` may not import `crate::graphql::Team`";
    caught(rule, "src/store/teams.rs", "use crate::{domain::ids::TeamId, graphql::Team};", up);
    caught(rule, "src/store/teams.rs", "fn f(_: crate::graphql::Team) {}", up);
    let inline = "src/domain/mod.rs:1: layer `domain` may not import `super::store::Store`";
    caught(rule, "src/domain/mod.rs", "fn f(_: super::store::Store) {}", inline);
    let hidden = "src/views/matrix.rs:1: layer `views` may not import `crate::app::Rename`";
    caught(rule, "src/views/matrix.rs", "fn f() { debug!(\"{}\", crate::app::Rename) }", hidden);
    assert!(said(rule, &[("src/http/mod.rs", "use crate::graphql::build;")]).is_empty());
}

#[test]
fn the_binary_names_only_cli() {
    let up = "src/main.rs:1: layer `main` may not import `assay::store::Store`";
    caught(tree::layers_only_look_down, "src/main.rs", "use assay::{cli::run, store::Store};", up);
}

#[test]
fn every_folder_of_src_is_a_layer() {
    upheld(tree::every_folder_is_a_layer);
    let stray = "src/services/mod.rs: `services` is not a layer; the layers stand in tests/walls/tree.rs";
    caught(tree::every_folder_is_a_layer, "src/services/mod.rs", "", stray);
}

#[test]
fn features_of_domain_and_app_form_no_circle() {
    upheld(tree::features_form_no_circle);
    let circle = [
        ("src/domain/teams.rs", "use crate::domain::people::Person;"),
        ("src/domain/people.rs", "use crate::domain::skills::Skill;"),
        ("src/domain/skills/mod.rs", "mod merge;"),
        ("src/domain/skills/merge.rs", "fn f() { crate::domain::teams::top() }"),
    ];
    let found = said(tree::features_form_no_circle, &circle);
    assert_eq!(found, ["src/domain: features form a circle: people → skills → teams → people"]);
    let siblings = [("src/app/teams.rs", "use super::people;"), ("src/app/people.rs", "use super::teams;")];
    assert_eq!(said(tree::features_form_no_circle, &siblings).len(), 1);
}

#[test]
fn each_framework_has_one_home() {
    upheld(only_homes::each_framework_has_one_home);
}

#[test]
fn a_framework_away_from_home_is_caught_however_it_is_named() {
    let rule = only_homes::each_framework_has_one_home;
    let wrong = "src/graphql/teams.rs:1: `sea_orm` has its home in store";
    caught(rule, "src/graphql/teams.rs", "use sea_orm::EntityTrait;", wrong);
    caught(rule, "src/graphql/teams.rs", "use sea_orm as orm;", wrong);
    caught(rule, "src/graphql/teams.rs", "fn f() { sea_orm::Set(1); }", wrong);
    caught(rule, "src/graphql/teams.rs", "#[derive(::sea_orm::FromQueryResult)] struct Row;", wrong);
    caught(rule, "src/graphql/teams.rs", "fn f() { vec![sea_orm::Set(1)]; }", wrong);
    let both = "src/store/teams.rs:1: `async_graphql` has its home in graphql, http";
    caught(rule, "src/store/teams.rs", "use async_graphql::Enum;", both);
    assert!(said(rule, &[("src/store/teams.rs", "use sea_orm::EntityTrait;")]).is_empty());
}

#[test]
fn only_app_opens_transactions() {
    upheld(only_homes::only_app_opens_transactions);
    let named = "src/views/matrix.rs:1: only app names `Tx`";
    caught(only_homes::only_app_opens_transactions, "src/views/matrix.rs", "use crate::store::Tx;", named);
    let begun = "src/graphql/teams.rs:1: only app names `begin`";
    caught(only_homes::only_app_opens_transactions, "src/graphql/teams.rs", "fn f() { s.begin(x); }", begun);
}

#[test]
fn only_views_take_snapshots() {
    upheld(only_homes::only_views_take_snapshots);
    let taken = "src/app/teams.rs:1: only views names `snapshot`";
    caught(only_homes::only_views_take_snapshots, "src/app/teams.rs", "fn f() { s.snapshot(); }", taken);
}

#[test]
fn domain_is_pure() {
    upheld(purity::domain_is_pure);
    let path = "src/domain/teams.rs";
    for (text, name) in [
        ("async fn f() {}", "async"),
        ("fn f() { chrono::Utc::now(); }", "Utc::now"),
        ("fn f() { std::time::Instant::now(); }", "std::time"),
        ("fn f() { uuid::Uuid::now_v7(); }", "now_v7"),
        ("fn f() { rand::random() }", "rand"),
        ("use std::{fmt, fs::File};", "std::fs"),
    ] {
        let expected = format!("{path}:1: domain is pure and may not name `{name}`");
        caught(purity::domain_is_pure, path, text, &expected);
    }
    let env = ("src/domain/sampling.rs", "fn f() { std::env::var(name) }");
    let declared = |text| said(purity::domain_is_pure, &[("src/domain/mod.rs", text), env]).len();
    assert_eq!(declared("#[cfg(test)] mod sampling;"), 0);
    assert_eq!(declared("mod sampling;"), 1);
}

#[test]
fn generated_organisations_are_pure() {
    upheld(purity::generators_are_pure);
    let expected = "src/app/scale/ratings.rs:1: a generated organisation is pure and may not name `rand`";
    caught(purity::generators_are_pure, "src/app/scale/ratings.rs", "fn f() { rand::random() }", expected);
    assert!(said(purity::generators_are_pure, &[("src/app/scale/load.rs", "async fn f() {}")]).is_empty());
}

#[test]
fn every_file_says_what_it_does() {
    upheld(shape::every_file_has_a_header);
    let bare =
        "src/app/teams.rs:1: the first line is a `//!` header: what the file does and what it never does";
    caught(shape::every_file_has_a_header, "src/app/teams.rs", "// Not a header.\nuse std::fmt;", bare);
}

#[test]
fn files_are_at_most_400_lines() {
    upheld(shape::files_are_short);
    let long = "src/app/teams.rs: 401 lines, at most 400: split it by what it does";
    caught(shape::files_are_short, "src/app/teams.rs", &"\n".repeat(401), long);
    assert!(said(shape::files_are_short, &[("src/app/teams.rs", &"\n".repeat(400))]).is_empty());
}

#[test]
fn functions_are_at_most_60_lines() {
    upheld(shape::functions_are_short);
    let body = |lines: usize| format!("impl A {{\n/// Doc.\nfn f() {{\n{}}}\n}}", "g();\n".repeat(lines));
    let long = "src/app/teams.rs:3: `f` has 61 lines, at most 60";
    caught(shape::functions_are_short, "src/app/teams.rs", &body(59), long);
    assert!(said(shape::functions_are_short, &[("src/app/teams.rs", &body(58))]).is_empty());
}

#[test]
fn mutations_are_at_most_20_lines() {
    upheld(shape::mutations_are_short);
    let text =
        |name: &str| format!("#[Object]\nimpl {name} {{\nasync fn f() {{\n{}}}\n}}", "g();\n".repeat(19));
    let long = "src/graphql/teams.rs:3: mutation `f` has 21 lines, at most 20";
    caught(shape::mutations_are_short, "src/graphql/teams.rs", &text("TeamMutation"), long);
    caught(shape::mutations_are_short, "src/graphql/teams.rs", &text("TeamMutations"), long);
    assert!(said(shape::mutations_are_short, &[("src/graphql/teams.rs", &text("Team"))]).is_empty());
}

#[test]
fn nothing_is_called_utils() {
    upheld(names::nothing_is_a_drawer);
    for (path, text) in [
        ("src/app/utils.rs", ""),
        ("tests/it/helpers/mod.rs", ""),
        ("src/app/teams.rs", "mod common { fn f() {} }"),
    ] {
        assert_eq!(said(names::nothing_is_a_drawer, &[(path, text)]).len(), 1, "{path}");
    }
}

#[test]
fn folders_have_a_mod_rs() {
    upheld(names::folders_have_a_mod_rs);
    let files = [("src/app/mod.rs", ""), ("src/app/teams.rs", "mod tree;"), ("src/app/teams/tree.rs", "")];
    let found = said(names::folders_have_a_mod_rs, &files);
    assert_eq!(found, ["src/app/teams/tree.rs: its folder has no mod.rs"]);
}

#[test]
fn a_module_names_the_crate_in_one_use() {
    upheld(names::one_use_of_the_crate);
    let twice = "use crate::domain::ids;\nuse crate::store;";
    let again = "src/app/teams.rs:2: a second `use crate::…` in one module; nest it in the first";
    caught(names::one_use_of_the_crate, "src/app/teams.rs", twice, again);
    let apart =
        "use crate::store;\n#[cfg(test)] mod tests { use crate::domain; }\npub use crate::domain::ids;";
    assert!(said(names::one_use_of_the_crate, &[("src/app/teams.rs", apart)]).is_empty());
}

#[test]
fn nothing_climbs_two_modules_up() {
    upheld(names::nothing_climbs_twice);
    let climbed = "src/app/teams.rs:1: `super::super::people`: say where it stands, `crate::…`";
    caught(names::nothing_climbs_twice, "src/app/teams.rs", "fn f() { super::super::people() }", climbed);
}
