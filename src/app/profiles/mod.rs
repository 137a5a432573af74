//! Use cases on role profiles: one by one by people, all together by files. Published versions never change;
//! every change of what a role is makes another version.

pub mod files;
