//! Role profiles as their readers meet them.

mod checklist;
mod facts;
mod files;
mod writing;
