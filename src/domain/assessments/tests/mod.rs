//! What F1, F2, the projection and the lifecycle promise, over drawn histories and golden cases.

mod effective;
pub(in crate::domain) mod histories;
mod naive;
mod projection;
mod staleness;
