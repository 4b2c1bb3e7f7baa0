//! Rules about links to other sites, which `check --external` alone applies.

use super::other_passes;
use crate::check::RuleEntry;
use crate::diagnostic::Rule;

pub(crate) const RULES: &[RuleEntry] = &[
    other_passes::error(
        Rule::BrokenExternalLink,
        "A link that leads nowhere costs a reader's trust (asked for by `check --external` alone).",
        "[the rules](https://www.example.org/gone)",
        "Link to where the page is now, or remove the link.",
    ),
    other_passes::warning(
        Rule::UnverifiedExternalLink,
        "A host that refuses robots, or doesn't answer now, may still serve readers.",
        "[our page](https://www.linkedin.com/company/…)",
        "Open it in a browser; name the host under `external_skip` if it always refuses.",
    ),
    other_passes::warning(
        Rule::ExternalCache,
        "Answers that can't be kept are asked for again by the next run.",
        "a folder `.letterpress/` that can't be written",
        "Let the folder be written, or remove it.",
    ),
];
