//! Role profiles as their readers meet them.

mod checklist;
mod comparing;
mod facts;
mod files;
mod random;
mod writing;
