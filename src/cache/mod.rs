//! Forgettable memory: losing it changes latency and nothing else.
