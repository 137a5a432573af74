//! Each row goes in and comes out the same on both databases, and each column of choices admits exactly
//! the names `domain` spells. Needs `TEST_DATABASE_URL`: run `scripts/test`.

mod choices;
mod databases;
mod development_rows;
mod profile_rows;
mod rows;
