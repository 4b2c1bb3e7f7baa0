//! What follows from a fault that is already reported at the same place is left out: one cause, one message.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Location, Position, Rule};
use crate::source::SourcePath;

/// Rules whose messages explain what others would report about the same words, and those others.
const CAUSES: &[(Rule, &[Rule])] = &[
    (
        Rule::TemplateTag,
        &[
            Rule::BareUrl,
            Rule::ForgottenPlaceholder,
            Rule::UnmadeLink,
            Rule::ForeignBlock,
            Rule::ForeignMark,
            Rule::UnmadeTable,
            Rule::RepeatedWord,
            Rule::UnsafeHtml,
        ],
    ),
    (
        Rule::PrivateComment,
        &[
            Rule::TemplateTag,
            Rule::ForeignBlock,
            Rule::ForeignMark,
            Rule::WikiLink,
            Rule::BareUrl,
            Rule::ForgottenPlaceholder,
            Rule::RepeatedWord,
            Rule::UnmadeEmphasis,
            Rule::UnmadeTable,
            Rule::PassedDate,
        ],
    ),
    (Rule::WikiLink, &[Rule::ForgottenPlaceholder, Rule::UnmadeLink]),
    (Rule::UnmadeLink, &[Rule::BareUrl, Rule::ForgottenPlaceholder]),
    (Rule::UnmadeTable, &[Rule::BareUrl, Rule::RepeatedWord, Rule::UnmadeList]),
    (
        Rule::UnclosedComment,
        &[
            Rule::UnclosedHtml,
            Rule::UnsafeHtml,
            Rule::UnknownElement,
            Rule::ForgottenPlaceholder,
            Rule::TemplateTag,
            Rule::BareUrl,
        ],
    ),
    (Rule::UnclosedHtml, &[Rule::UnsafeHtml, Rule::UnknownElement]),
    (Rule::ColourCue, &[Rule::UnsafeHtml]),
    (Rule::MachineLink, &[Rule::BareUrl, Rule::MisspeltAddress, Rule::PictureElsewhere, Rule::UnknownScheme]),
    (Rule::PreviewLink, &[Rule::BareUrl]),
    // Browsers do find a host in `https:host`; that an image is there is what matters.
    (Rule::PictureElsewhere, &[Rule::MisspeltAddress]),
    (Rule::UnknownAddress, &[Rule::BrokenImage]),
    (Rule::UndefinedFootnote, &[Rule::LetterEmptyPlaceholder, Rule::LetterSimilarField, Rule::ForgottenPlaceholder]),
    (
        Rule::ForeignBlock,
        &[
            Rule::SeveralH1,
            Rule::SkippedHeading,
            Rule::UnmadeEmphasis,
            Rule::ForeignMark,
            Rule::DuplicateHeading,
            Rule::UnmadeHeading,
        ],
    ),
    (Rule::UnmadeHeading, &[Rule::TemplateTag, Rule::ForeignBlock]),
    (Rule::WrongType, &[Rule::MissingDescription, Rule::MissingTitle]),
    (Rule::UnsafeLink, &[Rule::MisspeltAddress]),
];

/// Leaves out each consequence that touches its cause.
pub(super) fn leave_out(diagnostics: &mut Vec<Diagnostic>) {
    let mut causes: HashMap<(&SourcePath, Rule), Vec<(Position, Position)>> = HashMap::new();
    for one in diagnostics.iter() {
        let Some(location) = one.location.as_ref().filter(|location| !location.excerpt.is_empty()) else { continue };
        for (_, consequences) in CAUSES.iter().filter(|(cause, _)| *cause == one.rule) {
            for consequence in *consequences {
                causes.entry((&location.file, *consequence)).or_default().push((location.start, location.end));
            }
        }
    }
    if causes.is_empty() {
        return;
    }
    causes.values_mut().for_each(|places| *places = joined(std::mem::take(places)));
    let is_left_out = |location: &Location, rule: Rule| {
        causes.get(&(&location.file, rule)).is_some_and(|places| touches(places, location))
    };
    let left_out: Vec<bool> = diagnostics
        .iter()
        .map(|one| one.location.as_ref().is_some_and(|location| is_left_out(location, one.rule)))
        .collect();
    let mut left_out = left_out.into_iter();
    diagnostics.retain(|_| !left_out.next().unwrap_or(false));
}

/// Places in order, those that touch made one.
fn joined(mut places: Vec<(Position, Position)>) -> Vec<(Position, Position)> {
    places.sort_unstable();
    places.dedup_by(|later, earlier| {
        let touches = later.0 <= earlier.1;
        earlier.1 = if touches { earlier.1.max(later.1) } else { earlier.1 };
        touches
    });
    places
}

/// Whether a location begins within one of some places, or one of them within it.
fn touches(places: &[(Position, Position)], location: &Location) -> bool {
    let behind = places.partition_point(|(start, _)| *start <= location.start);
    let is_within = behind > 0 && location.start < places[behind - 1].1;
    is_within || places.get(behind).is_some_and(|(start, _)| *start < location.end)
}
