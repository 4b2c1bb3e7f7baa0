//! What can be wrong with a letter, as the checks report it.

use std::ops::Range;

use crate::diagnostic::Rule;

/// Whether a fault stops the letter from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The letter would be wrong, or ask for something wrong.
    Error,
    /// The letter works, but the editor has probably slipped.
    Warning,
}

/// One fault of a letter at its place in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterFault {
    /// The rule's code, such as `letter-unused-field`.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong, for an editor.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl LetterFault {
    /// A fault that stops the letter.
    pub(super) fn error(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { rule, severity: Severity::Error, span, message: message.into(), hint: None }
    }

    /// A probable slip.
    pub(super) fn warning(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    /// The same fault with advice.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Gathers faults while the parts of a letter are read.
#[derive(Debug, Default)]
pub(super) struct LetterFaults(pub(super) Vec<LetterFault>);

impl LetterFaults {
    /// Adds one.
    pub(super) fn add(&mut self, fault: LetterFault) {
        self.0.push(fault);
    }

    /// All of them, in the order of the file.
    pub(super) fn in_order(mut self) -> Vec<LetterFault> {
        self.0.sort_by_key(|fault| (fault.span.start, fault.span.end));
        self.0.dedup();
        self.0
    }
}
