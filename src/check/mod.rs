//! The finished [`Site`] and [`Output`] → what an editor should mend: one rule a function, all of them in one table, [`GROUPS`].
//!
//! What a file tells while it is read is told there; its codes are in the table as well, so that settings and reference know every one.
//! Rules about one page by itself are remembered until the page changes; the others run each time. Nothing here reads a file.

mod consequences;
mod definitions;
pub mod external;
mod finding;
pub mod fix;
mod nearest;
mod page_checks;
mod policy;
mod reading;
pub(crate) mod reference;
mod rules;
mod site_checks;
mod site_rules;
mod spans;

pub use policy::settle;
pub use reference::reference;
pub use rules::removed_pages::lost_addresses;

use crate::diagnostic::Rule;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::collect::{Sources, ThemeFiles};
use crate::diagnostic::{Diagnostic, SarifRule, Severity};
use crate::document::{Document, Look, Reference};
use crate::images::Pictures;
use crate::output::Output;
use crate::site::{Broken, Differences, Site, Target};
use crate::source::SourcePath;
use crate::text::Guesses;
use definitions::Definitions;
pub(crate) use finding::Finding;
use nearest::{Anchors, Nearest};
use reading::Reading;
use rules::spelling::{self, Speller};
use rules::weight;
use site_rules::House;

/// What the table says of a rule: what may be wrong, why that matters, how to fix it.
#[derive(Debug, Clone, Copy)]
pub struct RuleEntry {
    /// The rule.
    pub rule: Rule,
    /// How much a breach matters if the site doesn't say; none: the rule is off until the site turns it on.
    pub severity: Option<Severity>,
    /// Why it is there, one sentence.
    pub reason: &'static str,
    /// What breaks it.
    pub example: &'static str,
    /// How to mend that, one sentence.
    pub mend: &'static str,
    find: Find,
}

/// Finds breaches of a rule by a look at the whole site.
type FindInWhole = fn(&Whole<'_>, &mut Vec<Finding>);

/// Who finds breaches of a rule.
#[derive(Debug, Clone, Copy)]
enum Find {
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

/// One page by itself, and what the site says of all its pages.
struct Page<'a> {
    document: &'a Look<'a>,
    reading: &'a Reading,
    house: &'a House<'a>,
    /// What this thread already knows of words.
    speller: &'a RefCell<Speller>,
    definitions: Definitions<'a>,
    guesses: Guesses,
}

impl Page<'_> {
    /// Whether the sign at a byte of the file has a backslash before it, so that it means itself.
    fn is_escaped(&self, at: usize) -> bool {
        self.document.text.get(..at).is_some_and(|before| before.ends_with('\\'))
    }
}

/// Everything that is published.
struct Whole<'a> {
    site: &'a Site,
    pictures: &'a Pictures,
    /// Published pages over the limit of weight, with their bytes.
    heavy: &'a weight::Heavy,
    nearest: Nearest<'a>,
    theme: &'a ThemeFiles,
}

/// One live page within the site, and where its references lead: found once, for all rules.
struct Linked<'a, 's> {
    whole: &'a Whole<'s>,
    document: &'a Look<'a>,
    targets: Vec<Result<Target, Broken>>,
    definitions: Definitions<'a>,
    /// The anchors of each page that a link to a part of it leads to.
    anchors: RefCell<HashMap<&'a SourcePath, Rc<Anchors<'a>>>>,
    guesses: Guesses,
}

/// A group of rules, with the words that head it in the reference.
pub struct Group {
    /// What the rules are about.
    pub title: &'static str,
    /// The rules.
    pub rules: &'static [RuleEntry],
}

/// Every rule.
pub const GROUPS: &[Group] = &[
    Group { title: "Files and settings", rules: rules::other_passes::FILES },
    Group { title: "Front matter", rules: rules::front_matter::RULES },
    Group { title: "Links", rules: rules::links::RULES },
    Group { title: "What was meant as a link", rules: rules::unmade::RULES },
    Group { title: "What was meant as a heading, list or bold words", rules: rules::marks::RULES },
    Group { title: "What has no end", rules: rules::unclosed::RULES },
    Group { title: "Tables", rules: rules::tables::RULES },
    Group { title: "Notes and labels", rules: rules::footnotes::RULES },
    Group { title: "Other programs' syntax", rules: rules::dialects::RULES },
    Group { title: "Words of links", rules: rules::wording::RULES },
    Group { title: "Links to other sites", rules: external::RULES },
    Group { title: "Structure and accessibility", rules: rules::structure::RULES },
    Group { title: "Headings and pages that say too little", rules: rules::outline::RULES },
    Group { title: "Pictures", rules: rules::images::RULES },
    Group { title: "Letters", rules: rules::letters::RULES },
    Group { title: "Upkeep", rules: rules::upkeep::RULES },
    Group { title: "Language", rules: rules::language::RULES },
    Group { title: "Spelling", rules: rules::spelling::RULES },
    Group { title: "Weight", rules: rules::weight::RULES },
    Group { title: "Theme", rules: rules::other_passes::THEME },
];

/// Every rule, in the order of the reference.
pub fn rules() -> impl Iterator<Item = &'static RuleEntry> {
    GROUPS.iter().flat_map(|group| group.rules)
}

/// What the table says of a rule.
fn entry_of(rule: Rule) -> Option<&'static RuleEntry> {
    rules().find(|entry| entry.rule == rule)
}

/// Every rule, as a SARIF log names it.
#[must_use]
pub fn sarif_rules() -> Vec<SarifRule> {
    rules().map(|entry| SarifRule { code: entry.rule.code(), reason: entry.reason, mend: entry.mend }).collect()
}

/// What rules found, and what they need for it.
#[derive(Debug, Default)]
pub struct Memory {
    dictionaries: spelling::Memory,
    alone: page_checks::Memory,
    within: site_checks::Memory,
    heavy: weight::Heavy,
    /// What the rules found that see no body of a page.
    structure: Vec<Diagnostic>,
}

/// Applies every rule that is on to everything that is live, on all cores. `differences` are those from the site of the build before; none
/// if everything may differ.
#[must_use]
pub fn check(
    sources: &Sources,
    site: &Arc<Site>,
    pictures: &Pictures,
    output: &Output,
    differences: Option<&Differences>,
    memory: &mut Memory,
) -> Vec<Diagnostic> {
    let (house, mut diagnostics) = House::new(sources, &mut memory.dictionaries);
    let live: Vec<&Document> = site.live().collect();
    diagnostics.extend(page_checks::check(&house, &live, &mut memory.alone));
    memory.heavy.renew(output, site.config.check.page_kilobytes);
    let theme = &*sources.theme;
    let whole = Whole { site, pictures, heavy: &memory.heavy, nearest: Nearest::new(site), theme };
    diagnostics.extend(site_checks::check(&whole, &live, differences, &mut memory.within));
    if differences.is_none_or(|differences| concern(differences, &memory.structure)) {
        memory.structure = of_whole(&whole, |find| match find {
            Find::Structure(find) => Some(find),
            _ => None,
        });
    }
    diagnostics.extend(memory.structure.iter().cloned());
    diagnostics.extend(of_whole(&whole, |find| match find {
        Find::Whole(find) => Some(find),
        _ => None,
    }));
    diagnostics
}

/// Whether rules that see no body may find something else than before, or at another place.
fn concern(differences: &Differences, found: &[Diagnostic]) -> bool {
    let is_changed =
        |one: &Diagnostic| one.location.as_ref().is_some_and(|location| differences.documents.contains(&location.file));
    differences.structure || found.iter().any(is_changed)
}

fn of_page(house: &House<'_>, document: &Look<'_>, speller: &RefCell<Speller>) -> Vec<Diagnostic> {
    let reading = Reading::of(document);
    let page = Page {
        document,
        reading: &reading,
        house,
        speller,
        definitions: Definitions::of(document),
        guesses: Guesses::default(),
    };
    let mut diagnostics = Vec::new();
    for entry in rules().filter(|entry| policy::is_on(entry, &house.sources.config.check)) {
        if let Find::Page(find) = entry.find {
            report(entry, &mut diagnostics, |findings| find(&page, findings));
        }
    }
    diagnostics
}

fn of_document(linked: &Linked<'_, '_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in rules().filter(|entry| policy::is_on(entry, &linked.whole.site.config.check)) {
        if let Find::Document(find) = entry.find {
            report(entry, &mut diagnostics, |findings| find(linked, findings));
        }
    }
    once(diagnostics)
}

/// Each only once: links may share the line in which their address stands.
fn once(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = HashSet::new();
    let key = |one: &Diagnostic| {
        let place = one.location.as_ref().map(|location| (location.start, location.end));
        (one.rule, one.message.clone(), place.map(|(start, end)| (start.line, start.column, end.line, end.column)))
    };
    let is_new: Vec<bool> = diagnostics.iter().map(|one| told.insert(key(one))).collect();
    diagnostics.into_iter().zip(is_new).filter_map(|(one, is_new)| is_new.then_some(one)).collect()
}

fn of_whole(whole: &Whole<'_>, kind: fn(Find) -> Option<FindInWhole>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in rules().filter(|entry| policy::is_on(entry, &whole.site.config.check)) {
        if let Some(find) = kind(entry.find) {
            report(entry, &mut diagnostics, |findings| find(whole, findings));
        }
    }
    diagnostics
}

/// Lets a rule find, and reports what it found under its name and severity.
fn report(entry: &RuleEntry, diagnostics: &mut Vec<Diagnostic>, find: impl FnOnce(&mut Vec<Finding>)) {
    let mut findings = Vec::new();
    find(&mut findings);
    let severity = entry.severity.unwrap_or(Severity::Warning);
    diagnostics.extend(findings.into_iter().map(|finding| finding.of_rule(entry.rule, severity)));
}

impl<'a, 's> Linked<'a, 's> {
    fn new(whole: &'a Whole<'s>, document: &'a Look<'a>) -> Self {
        let targets = document.body.references.iter().map(|reference| whole.site.resolve(document, reference));
        Self {
            whole,
            document,
            targets: targets.collect(),
            definitions: Definitions::of(document),
            anchors: RefCell::default(),
            guesses: Guesses::default(),
        }
    }

    /// The document's references, each with where it leads.
    fn references(&self) -> impl Iterator<Item = (&'a Reference, &Result<Target, Broken>)> {
        self.document.body.references.iter().zip(&self.targets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_in_the_tables_once_and_in_their_order() {
        let in_tables: Vec<Rule> = rules().map(|entry| entry.rule).collect();
        assert_eq!(in_tables, Rule::ALL);
    }
}
