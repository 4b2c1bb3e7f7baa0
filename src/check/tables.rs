//! Every rule, in tables by what the rules are about.

use super::rule_entry::{Group, RuleEntry};
use super::rules::{
    dialects, external_links, footnotes, front_matter, images, language, letters, links, marks, other_passes, outline,
    spelling, structure, tables, unclosed, unmade, upkeep, weight, wording,
};
use crate::diagnostic::{Rule, SarifRule};

/// Every rule.
pub const GROUPS: &[Group] = &[
    Group { title: "Files and settings", rules: other_passes::FILES },
    Group { title: "Front matter", rules: front_matter::RULES },
    Group { title: "Links", rules: links::RULES },
    Group { title: "What was meant as a link", rules: unmade::RULES },
    Group { title: "What was meant as a heading, list or bold words", rules: marks::RULES },
    Group { title: "What has no end", rules: unclosed::RULES },
    Group { title: "Tables", rules: tables::RULES },
    Group { title: "Notes and labels", rules: footnotes::RULES },
    Group { title: "Other programs' syntax", rules: dialects::RULES },
    Group { title: "Words of links", rules: wording::RULES },
    Group { title: "Links to other sites", rules: external_links::RULES },
    Group { title: "Structure and accessibility", rules: structure::RULES },
    Group { title: "Headings and pages that say too little", rules: outline::RULES },
    Group { title: "Pictures", rules: images::RULES },
    Group { title: "Letters", rules: letters::RULES },
    Group { title: "Upkeep", rules: upkeep::RULES },
    Group { title: "Language", rules: language::RULES },
    Group { title: "Spelling", rules: spelling::RULES },
    Group { title: "Weight", rules: weight::RULES },
    Group { title: "Theme", rules: other_passes::THEME },
];

/// Every rule, in the order of the reference.
pub fn rules() -> impl Iterator<Item = &'static RuleEntry> {
    GROUPS.iter().flat_map(|group| group.rules)
}

/// The table's entry of a rule.
pub(super) fn entry_of(rule: Rule) -> Option<&'static RuleEntry> {
    rules().find(|entry| entry.rule == rule)
}

/// Every rule, as a SARIF log names it.
#[must_use]
pub fn sarif_rules() -> Vec<SarifRule> {
    rules().map(|entry| SarifRule { code: entry.rule.code(), reason: entry.reason, mend: entry.mend }).collect()
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
