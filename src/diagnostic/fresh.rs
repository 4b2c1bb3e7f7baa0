//! What is wrong now and was not before. Each message is looked at once: there may be fifty thousand before and after.

use std::collections::HashMap;

use super::{Diagnostic, Rule, Severity};

/// What makes a diagnostic the same one after a line above it came or went.
#[derive(PartialEq, Eq, Hash)]
struct Identity<'a> {
    rule: Rule,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    marked: &'a str,
}

/// The diagnostics of `now` that are not among those of `before`, in their order. Of equal ones, as many as there are more.
#[must_use]
pub fn fresh<'a>(before: &[Diagnostic], now: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let mut known: HashMap<Identity<'_>, usize> = HashMap::with_capacity(before.len());
    for one in before {
        *known.entry(identity(one)).or_default() += 1;
    }
    let mut fresh = Vec::new();
    for one in now {
        match known.get_mut(&identity(one)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => fresh.push(one),
        }
    }
    fresh
}

fn identity(one: &Diagnostic) -> Identity<'_> {
    let location = one.location.as_ref();
    let marked = location.and_then(|location| location.excerpt.get(location.marked.clone()));
    Identity {
        rule: one.rule,
        severity: one.severity,
        message: &one.message,
        file: location.map(|location| location.file.as_str()),
        marked: marked.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::source::SourcePath;

    fn found(text: &str) -> Vec<Diagnostic> {
        let path = SourcePath::new("content/a.md");
        let source = SourceText::new(&path, text);
        text.match_indices("bad")
            .map(|(at, _)| Diagnostic::warning(Rule::TermToAvoid, "not so").at(source, at..at + 3))
            .collect()
    }

    #[test]
    fn a_message_that_moved_down_a_line_is_not_new() {
        assert_eq!(fresh(&found("bad"), &found("New line.\nbad")), Vec::<&Diagnostic>::new());
        assert_eq!(fresh(&found("bad"), &found("bad and bad")).len(), 1);
        assert_eq!(fresh(&found("bad and bad"), &found("bad")).len(), 0);
        assert_eq!(fresh(&[], &found("bad")).len(), 1);
    }
}
