//! One use case a mutation: visible, may, valid, revision; one transaction; audited.
