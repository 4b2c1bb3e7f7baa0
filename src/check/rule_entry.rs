//! The form of a rule's entry in the tables, and how a rule is applied.

use super::finding::Finding;
use super::subjects::{Linked, Page, Whole};
use crate::diagnostic::{Diagnostic, Rule, Severity};

/// A rule's entry: what may be wrong, why that matters, how to fix it.
#[derive(Debug, Clone, Copy)]
pub struct RuleEntry {
    /// The rule.
    pub rule: Rule,
    /// The severity if the site sets none. `None`: the rule is off until the site turns it on.
    pub severity: Option<Severity>,
    /// Why it is there, one sentence.
    pub reason: &'static str,
    /// What breaks it.
    pub example: &'static str,
    /// How to fix that, one sentence.
    pub mend: &'static str,
    pub(crate) find: Find,
}

/// Finds what breaks a rule in the whole site.
pub(crate) type FindInWhole = fn(&Whole<'_>, &mut Vec<Finding>);

/// Who finds what breaks a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Find {
    /// The pass that reads the file, or a command of its own.
    Elsewhere,
    /// A look at one page by itself.
    Page(fn(&Page<'_>, &mut Vec<Finding>)),
    /// A look at one page within the site.
    Document(fn(&Linked<'_, '_>, &mut Vec<Finding>)),
    /// A look at the whole site.
    Whole(FindInWhole),
    /// A look at the whole site that sees no body of a page.
    Structure(FindInWhole),
}

/// A group of rules, with the words that head it in the reference.
pub struct Group {
    /// What the rules are about.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [RuleEntry],
}

impl RuleEntry {
    /// Lets the rule find, and reports what it found under its name and severity.
    pub(super) fn report(&self, diagnostics: &mut Vec<Diagnostic>, find: impl FnOnce(&mut Vec<Finding>)) {
        let mut findings = Vec::new();
        find(&mut findings);
        let severity = self.severity.unwrap_or(Severity::Warning);
        diagnostics.extend(findings.into_iter().map(|finding| finding.of_rule(self.rule, severity)));
    }
}
