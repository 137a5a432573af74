//! What is remembered is found, what no longer holds is not, and work is shared without its failures.

mod sharing;
mod source;
