//! The binary: hands its arguments to `cli`.

use std::process::ExitCode;

/// A matrix request allocates thousands of small values; this allocator makes them cheap.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    assay::cli::run()
}
