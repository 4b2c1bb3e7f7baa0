//! The text of a page as it is written, in pieces: what it shares with other pages is stored once.

use std::io;

use super::session::Session;
use crate::document::holes;
use crate::output::{LEAST_SHARED, Pieces};
use crate::storage::StoredText;

/// A page as it is written: parts that it shares with others are held once, and so is the HTML that its document holds.
pub(super) struct PageWriter<'a> {
    session: &'a Session,
    pieces: Pieces,
    /// The HTML of the document's body that is still to come.
    body: &'a [StoredText],
}

impl<'a> PageWriter<'a> {
    pub(super) fn new(session: &'a Session, body: &'a [StoredText]) -> Self {
        Self { session, pieces: Pieces::default(), body }
    }

    /// Adds text that may be the next part of the body with its holes filled, which is recognised by what is between them.
    fn own(&mut self, bytes: &[u8]) {
        let Some((html, rest)) = self.body.split_first() else { return self.pieces.push(bytes) };
        if self.pieces.push_repeating(bytes, holes::between(html).map(|stretch| (html, stretch))) {
            self.body = rest;
        }
    }

    pub(super) fn finished(self) -> Pieces {
        self.pieces
    }
}

impl io::Write for &mut PageWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() < LEAST_SHARED {
            self.pieces.push(bytes);
        } else if let Some(part) = self.session.shown_as(bytes) {
            self.pieces.push_shared(&part);
        } else {
            self.own(bytes);
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
