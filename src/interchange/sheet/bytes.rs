//! The bytes of a text file made even before rows are made of them: no byte order mark, line ends of one kind
//! (CR, LF or CRLF in the file, also inside of cells),
//! and a mark at the end by which an open quote is found. Never looks at cells.

use std::io::{self, BufRead, Read};

/// Ends a file after its last row. No cell of ours may hold it.
pub(super) const END: &[u8] = b"\n\0\n";

/// A reader that hands on its bytes evened.
#[derive(Debug)]
pub(super) struct Even<R> {
    inner: R,
    begun: bool,
    held_return: bool,
    ended: bool,
    ready: Vec<u8>,
    given: usize,
}

impl<R: BufRead> Even<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, begun: false, held_return: false, ended: false, ready: Vec::new(), given: 0 }
    }

    /// Makes the next bytes ready; none are at the end.
    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !self.ended {
            let mut bytes = self.inner.fill_buf()?;
            let taken = bytes.len();
            if taken == 0 {
                if self.held_return {
                    self.ready.push(b'\n');
                }
                self.ready.extend_from_slice(END);
                self.ended = true;
                return Ok(());
            }
            if !self.begun {
                self.begun = true;
                bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            }
            for byte in bytes {
                if self.held_return && *byte != b'\n' {
                    self.ready.push(b'\n');
                }
                self.held_return = *byte == b'\r';
                if !self.held_return {
                    self.ready.push(*byte);
                }
            }
            self.inner.consume(taken);
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Even<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.fill()?;
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}
