//! What a role lacks in a person: exemptions from its requirements, and gap reports.

mod exemptions;
