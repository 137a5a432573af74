//! SQL in, domain out. The only home of sea-orm; never decides who may do what.
