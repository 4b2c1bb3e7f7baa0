//! The finding of a rule, before the table adds the rule's name and severity.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Location, Replacement, Rule, Severity, SourceText};
use crate::source::SourcePath;

/// A diagnostic of the rule that is being applied.
#[derive(Debug)]
pub(crate) struct Finding {
    message: String,
    location: Option<Location>,
    hint: Option<String>,
    replacement: Option<Replacement>,
}

impl Finding {
    /// A finding about the site as a whole.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), location: None, hint: None, replacement: None }
    }

    /// Places it at a span, in bytes of a source.
    #[must_use]
    pub(crate) fn at(mut self, source: SourceText<'_>, span: Range<usize>) -> Self {
        self.location = Some(source.locate(span));
        self
    }

    /// Places it in a file of which no text can be shown.
    #[must_use]
    pub(crate) fn in_file(self, path: &SourcePath) -> Self {
        self.at(SourceText::new(path, ""), 0..0)
    }

    /// Adds advice on how to fix it.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the text that fixes it for certain.
    #[must_use]
    pub(crate) fn replace(mut self, source: SourceText<'_>, span: Range<usize>, text: impl Into<String>) -> Self {
        self.replacement = Some(Replacement::new(source, span, text));
        self
    }

    /// The diagnostic of a rule.
    pub(super) fn of_rule(self, rule: Rule, severity: Severity) -> Diagnostic {
        let Self { message, location, hint, replacement } = self;
        Diagnostic { rule, severity, message, location, hint, replacement }
    }
}

/// What another room reported, for a rule that reports it under its own name.
impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        let Diagnostic { message, location, hint, replacement, .. } = diagnostic;
        Self { message, location, hint, replacement }
    }
}
