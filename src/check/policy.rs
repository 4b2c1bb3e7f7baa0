//! The severity of each diagnostic: what `letterpress.toml` sets for its rule, and what the page's own front matter allows.

use std::collections::{HashMap, HashSet};

use super::consequences;
use super::rule_entry::Find;
use super::tables::entry_of;
use crate::check::RuleEntry;
use crate::config::CheckSettings;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::Document;
use crate::fields::UnknownKeys;
use crate::site::Site;
use crate::source::{CONFIG_FILE, SourcePath};

/// Rules that a setting of their own turns on.
fn is_asked_for(entry: &RuleEntry, settings: &CheckSettings) -> bool {
    match entry.rule {
        Rule::LongSentence => settings.sentence_words.is_some(),
        _ => false,
    }
}

/// Whether what breaks a rule are looked for.
pub(super) fn is_on(entry: &RuleEntry, settings: &CheckSettings) -> bool {
    match settings.levels.get(&entry.rule) {
        Some(level) => level.is_some(),
        None => entry.severity.is_some() || is_asked_for(entry, settings),
    }
}

/// Sets each diagnostic's severity to the one that the site gives its rule, and leaves out what the site or the page allows.
pub fn settle(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    leave_out_consequences(diagnostics);
    consequences::leave_out(diagnostics);
    leave_out_of_untitled(site, diagnostics);
    gather_unknown_keys(site, diagnostics);
    let used = settle_found(site, diagnostics);
    let allowing = allowing(site);
    let unused = allowing.values().flat_map(|allowing| unused(allowing.document, &used, &site.config.check));
    diagnostics.extend(unused.collect::<Vec<_>>());
}

/// The same for the findings of a command of its own, which can't know what is allowed in vain. Returns the allowances that were needed.
pub(super) fn settle_found(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> HashSet<(SourcePath, Rule)> {
    let settings = &site.config.check;
    diagnostics.retain_mut(|diagnostic| match settings.levels.get(&diagnostic.rule) {
        Some(None) => false,
        Some(Some(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        None => true,
    });
    let mut used = HashSet::new();
    let allowing = allowing(site);
    diagnostics.retain(|diagnostic| {
        let file = diagnostic.location.as_ref().map(|location| &location.file);
        let document = file.and_then(|file| allowing.get(file));
        let allowed = document.is_some_and(|allowed| allowed.rules.contains(&diagnostic.rule));
        if let Some(file) = file.filter(|_| allowed) {
            used.insert((file.clone(), diagnostic.rule));
        }
        !allowed
    });
    used
}

/// What can only follow from a reported error is not reported beside it: without its theme a site has no template, and without a template
/// no page.
fn leave_out_consequences(diagnostics: &mut Vec<Diagnostic>) {
    leave_out_without_settings(diagnostics);
    let broken: HashSet<SourcePath> =
        diagnostics.iter().filter(|one| one.rule == Rule::InvalidToml).filter_map(file_of).cloned().collect();
    let has_broken_theme = broken.iter().any(|path| path.file_name() == "theme.toml");
    diagnostics.retain(|one| match one.rule {
        Rule::MissingStrings => !file_of(one).is_some_and(|path| broken.contains(path)),
        Rule::MissingTemplate | Rule::BadSetting | Rule::UnknownSetting => !has_broken_theme,
        Rule::TemplateError => !has_broken_theme || !one.message.starts_with("template not found"),
        _ => true,
    });
    let has = |rule| diagnostics.iter().any(|diagnostic| diagnostic.rule == rule);
    let (no_theme, no_template) = (has(Rule::MissingTheme) || has(Rule::ThemeLoop), has(Rule::MissingTemplate));
    diagnostics.retain(|diagnostic| match diagnostic.rule {
        Rule::MissingTemplate => !no_theme,
        Rule::TemplateError => !((no_theme || no_template) && diagnostic.message.starts_with("template not found")),
        Rule::BadSetting | Rule::UnknownSetting => !no_theme,
        _ => true,
    });
}

/// Without its settings nothing else can be reported about a site: they decide which languages, keys and rules it has.
fn leave_out_without_settings(diagnostics: &mut Vec<Diagnostic>) {
    let is_of_settings = |one: &Diagnostic| file_of(one).is_some_and(|path| path.as_str() == CONFIG_FILE);
    if diagnostics.iter().any(|one| one.rule == Rule::InvalidToml && is_of_settings(one)) {
        diagnostics.retain(is_of_settings);
    }
}

fn file_of(diagnostic: &Diagnostic) -> Option<&SourcePath> {
    diagnostic.location.as_ref().map(|location| &location.file)
}

/// Beside a missing title nothing is reported about the title that was guessed for it: that it is another page's too, that a heading which
/// most probably is its title repeats it, or, if the page has no front matter at all, that this lacks a description.
fn leave_out_of_untitled(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if matches!(site.config.check.levels.get(&Rule::MissingTitle), Some(None)) {
        return;
    }
    let file = |diagnostic: &Diagnostic| diagnostic.location.as_ref().map(|location| location.file.clone());
    let untitled: HashSet<SourcePath> =
        diagnostics.iter().filter(|one| one.rule == Rule::MissingTitle).filter_map(file).collect();
    let is_bare = |path: &SourcePath| site.document(path).is_some_and(|document| document.body_start == 0);
    diagnostics.retain(|diagnostic| match (diagnostic.rule, file(diagnostic)) {
        (Rule::DuplicateTitle | Rule::SeveralH1, Some(path)) => !untitled.contains(&path),
        (Rule::MissingDescription, Some(path)) => !(untitled.contains(&path) && is_bare(&path)),
        _ => true,
    });
}

/// In content from elsewhere, an unknown key is reported once, at the first file that has it.
fn gather_unknown_keys(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if site.config.unknown_keys != UnknownKeys::Warn {
        return;
    }
    crate::diagnostic::sort(diagnostics);
    let is_one = |one: &Diagnostic| one.rule == Rule::UnknownKey && one.severity == Severity::Warning;
    let mut files: HashMap<String, usize> = HashMap::new();
    for one in diagnostics.iter().filter(|one| is_one(one)) {
        *files.entry(one.message.clone()).or_default() += 1;
    }
    diagnostics.retain_mut(|one| {
        let Some(count) = files.get_mut(&one.message).filter(|_| is_one(one)) else { return true };
        match std::mem::take(count) {
            0 => return false,
            1 => {}
            2 => one.message.push_str(", here and in 1 more file"),
            count => one.message.push_str(&format!(", here and in {} more files", count - 1)),
        }
        true
    });
}

/// A document, and the codes that it allows.
struct Allowing<'a> {
    document: &'a Document,
    rules: HashSet<Rule>,
}

/// The live documents that allow something. An allowance without its reason allows nothing.
fn allowing(site: &Site) -> HashMap<&SourcePath, Allowing<'_>> {
    let allowing = site.live().filter(|document| !document.front.allow.is_empty());
    allowing.map(|document| (&document.path, Allowing::of(document))).collect()
}

impl<'a> Allowing<'a> {
    fn of(document: &'a Document) -> Self {
        let allowances = document.front.allow.iter().filter(|allowance| !allowance.reason.is_empty());
        Self { document, rules: allowances.filter_map(|allowance| Rule::of_code(&allowance.code)).collect() }
    }
}

/// Allowances that are no longer needed. Rules that are off, and those that only a command of its own applies, don't count.
fn unused<'a>(
    document: &'a Document,
    used: &'a HashSet<(SourcePath, Rule)>,
    settings: &'a CheckSettings,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let severity = match settings.levels.get(&Rule::UnusedAllowance) {
        Some(severity) => *severity,
        None => Some(Severity::Warning),
    };
    let needless = move |code: &str| {
        let applied = Rule::of_code(code)
            .and_then(entry_of)
            .filter(|entry| !matches!(entry.find, Find::Elsewhere) && is_on(entry, settings));
        severity.is_some() && applied.is_some_and(|entry| !used.contains(&(document.path.clone(), entry.rule)))
    };
    let allowances = document.front.allow.iter().filter(|allowance| !allowance.reason.is_empty());
    allowances.filter(move |allowance| needless(&allowance.code)).map(move |allowance| {
        let message = format!("nothing on this page breaks the rule `{}`", allowance.code);
        let diagnostic =
            Diagnostic::warning(Rule::UnusedAllowance, message).at(document.source(), allowance.span.clone());
        let diagnostic = diagnostic.hint("remove the line, so that the rule holds again");
        Diagnostic { severity: severity.unwrap_or(Severity::Warning), ..diagnostic }
    })
}
