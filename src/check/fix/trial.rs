//! Replacements tried on the sources in memory, again and again until nothing is left to mend: one that brings a new error, or mends nothing, is
//! not kept. Writes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Change;
use crate::collect::Sources;
use crate::diagnostic::{Diagnostic, Origin, Replacement, Rule, Severity};
use crate::source::{Source, SourcePath};

/// After this many rounds the rest is fixed by the next run.
const MOST_ROUNDS: usize = 32;
/// After this many checks of the site, replacements of which one has caused an error are left out without being tried one by one.
const MOST_CHECKS: usize = 200;

/// Checks sources as the command does.
pub type CheckSources<'a> = &'a mut dyn FnMut(&Sources) -> Vec<Diagnostic>;

/// The changes that mend what can be mended for certain. `diagnostics` are those of `sources`.
#[must_use]
pub fn fixed(sources: &Sources, diagnostics: Vec<Diagnostic>, check: CheckSources<'_>) -> Vec<Change> {
    let mut trial = Trial {
        sources: sources.clone(),
        diagnostics,
        check,
        checks: 0,
        refused: HashSet::new(),
        faults: BTreeMap::new(),
    };
    for _ in 0..MOST_ROUNDS {
        if !trial.round() {
            break;
        }
    }
    let changes = trial.faults.iter().filter_map(|(path, faults)| {
        let text = |sources: &Sources| Some(sources.content.get(path)?.text()?.to_string());
        Some(Change { path: path.clone(), faults: *faults, before: text(sources)?, after: text(&trial.sources)? })
    });
    changes.filter(|change| change.before != change.after).collect()
}

/// A replacement, and what it mends.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Edit {
    path: SourcePath,
    start: usize,
    end: usize,
    text: String,
    rule: Rule,
    message: String,
}

struct Trial<'a> {
    sources: Sources,
    /// What is wrong with them.
    diagnostics: Vec<Diagnostic>,
    check: CheckSources<'a>,
    checks: usize,
    /// Replacements that were not kept: file, text, what they mend.
    refused: HashSet<(SourcePath, String, String)>,
    /// How many faults were mended in each file.
    faults: BTreeMap<SourcePath, usize>,
}

impl Trial<'_> {
    /// Tries what can be mended now, errors first. Whether something was.
    fn round(&mut self) -> bool {
        [Severity::Error, Severity::Warning].into_iter().any(|severity| {
            let edits = self.edits(severity);
            !edits.is_empty() && self.keep_what_helps(&edits, severity)
        })
    }

    /// Replacements of one severity that do not touch each other, by file.
    fn edits(&self, severity: Severity) -> BTreeMap<SourcePath, Vec<Edit>> {
        let mut by_file: BTreeMap<SourcePath, Vec<Edit>> = BTreeMap::new();
        for diagnostic in self.diagnostics.iter().filter(|one| one.severity == severity) {
            if let Some(edit) = edit(diagnostic).filter(|edit| !self.refused.contains(&edit.key())) {
                by_file.entry(edit.path.clone()).or_default().push(edit);
            }
        }
        by_file.values_mut().for_each(apart);
        by_file
    }

    /// All at once; if that brings an error, file by file; in the file that brings it, one by one.
    fn keep_what_helps(&mut self, by_file: &BTreeMap<SourcePath, Vec<Edit>>, severity: Severity) -> bool {
        let all: Vec<Edit> = by_file.values().flatten().cloned().collect();
        if self.keep(&all, severity) {
            return true;
        }
        let mut any = false;
        for edits in by_file.values() {
            // If there is one file, it was tried already.
            if by_file.len() > 1 && self.keep(edits, severity) {
                any = true;
                continue;
            }
            // From the end on, so that the places of those before stay right.
            for edit in edits.iter().rev() {
                any |= self.keep_alone(edit, edits.len(), severity);
            }
        }
        any
    }

    fn keep_alone(&mut self, edit: &Edit, of: usize, severity: Severity) -> bool {
        let is_kept = of > 1 && self.keep(std::slice::from_ref(edit), severity);
        if !is_kept {
            self.refused.insert(edit.key());
        }
        is_kept
    }

    /// Makes the replacements and checks the site; takes them back if they help nothing.
    fn keep(&mut self, edits: &[Edit], severity: Severity) -> bool {
        if self.checks >= MOST_CHECKS {
            return false;
        }
        let Some(sources) = with(&self.sources, edits) else { return false };
        self.checks += 1;
        let diagnostics = (self.check)(&sources);
        if !helps(edits, severity, &self.diagnostics, &diagnostics) {
            return false;
        }
        (self.sources, self.diagnostics) = (sources, diagnostics);
        edits.iter().for_each(|edit| *self.faults.entry(edit.path.clone()).or_default() += 1);
        true
    }
}

impl Edit {
    fn key(&self) -> (SourcePath, String, String) {
        (self.path.clone(), self.text.clone(), self.message.clone())
    }
}

fn edit(diagnostic: &Diagnostic) -> Option<Edit> {
    let path = diagnostic.location.as_ref()?.file.clone();
    let Replacement { span, text, .. } = diagnostic.replacement.as_ref()?;
    let (rule, message) = (diagnostic.rule, diagnostic.message.clone());
    Some(Edit { path, start: span.start, end: span.end, text: text.clone(), rule, message })
}

/// In order, and of those that touch each other the first.
fn apart(edits: &mut Vec<Edit>) {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let mut end = None;
    edits.retain(|edit| {
        let is_apart = end.is_none_or(|end| edit.start > end);
        end = if is_apart { Some(edit.end) } else { end };
        is_apart
    });
}

/// The sources with the replacements made; `None` if one of them fits no text.
fn with(sources: &Sources, edits: &[Edit]) -> Option<Sources> {
    let mut sources = sources.clone();
    for edits in edits.chunk_by(|one, next| one.path == next.path) {
        let path = &edits[0].path;
        let text = replaced(&sources.content.get(path)?.text()?, edits)?;
        sources.content.insert(path.clone(), Arc::new(Source::new(path.clone(), text)));
    }
    Some(sources)
}

fn replaced(before: &str, edits: &[Edit]) -> Option<String> {
    let origin = Origin::of(before);
    let mut after = String::with_capacity(before.len() + 64);
    let mut copied = 0;
    for edit in edits {
        let (start, end) = (origin.offset(edit.start), origin.offset(edit.end));
        after.push_str(before.get(copied..start)?);
        after.push_str(&edit.text);
        before.get(start..end)?;
        copied = end;
    }
    after.push_str(&before[copied..]);
    Some(after)
}

/// Whether nothing is worse and what should be mended is.
fn helps(edits: &[Edit], severity: Severity, before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    !is_worse(severity, before, after) && {
        let (before, after) = (messages(before), messages(after));
        edits.iter().all(|edit| {
            let fault = (&edit.path, edit.rule, edit.message.as_str());
            after.get(&fault).unwrap_or(&0) < before.get(&fault).unwrap_or(&0)
        })
    }
}

/// Whether a file has more errors than before. An error that is mended may bring to light the one behind it; a warning may not.
fn is_worse(severity: Severity, before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let kind = |one: &Diagnostic| if severity == Severity::Error { None } else { Some(one.rule) };
    let (before, after) = (errors(before, kind), errors(after, kind));
    after.iter().any(|(file, count)| count > before.get(file).unwrap_or(&0))
}

type Kind<'a> = (Option<&'a SourcePath>, Option<Rule>);

fn errors(diagnostics: &[Diagnostic], kind: impl Fn(&Diagnostic) -> Option<Rule>) -> HashMap<Kind<'_>, usize> {
    let mut errors = HashMap::new();
    for one in diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        *errors.entry((one.location.as_ref().map(|location| &location.file), kind(one))).or_default() += 1;
    }
    errors
}

type Fault<'a> = (&'a SourcePath, Rule, &'a str);

fn messages(diagnostics: &[Diagnostic]) -> HashMap<Fault<'_>, usize> {
    let mut messages = HashMap::new();
    for one in diagnostics {
        if let Some(location) = &one.location {
            *messages.entry((&location.file, one.rule, one.message.as_str())).or_default() += 1;
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        let path = SourcePath::new("content/a.md");
        Edit { path, start, end, text: text.to_owned(), rule: Rule::BareUrl, message: String::new() }
    }

    #[test]
    fn of_replacements_that_touch_each_other_the_first_is_made() {
        let mut edits = vec![edit(6, 8, "c"), edit(2, 4, "a"), edit(3, 5, "b"), edit(4, 5, "d")];
        apart(&mut edits);
        assert_eq!(edits.iter().map(|edit| edit.text.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(replaced("0123456789", &edits).as_deref(), Some("01a45c89"));
        assert_eq!(replaced("\u{feff}0123456789", &edits).as_deref(), Some("\u{feff}01a45c89"));
        assert_eq!(replaced("012", &edits), None);
    }
}
