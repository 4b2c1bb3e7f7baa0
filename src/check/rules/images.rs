//! Rules about images.

use std::ops::Range;

use super::links;
use super::other_passes::{error, warning};
use crate::check::{Find, Finding, Linked, Page, RuleEntry, Whole};
use crate::diagnostic::{Rule, Severity};
use crate::document::{ReferenceKind, UncachedDocument};
use crate::site::Broken;

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::BrokenImage,
        severity: Some(Severity::Error),
        reason: "A picture that isn't there leaves a gap in the page, or in what shared links show.",
        example: "![A desk](dsek.jpg), or `image: desk.jpg` where there is no such file",
        mend: "Name a file that lies beside the page. `--fix` mends the name of a picture that moved.",
        find: Find::Document(broken),
    },
    error(
        Rule::UnreadableImage,
        "A picture that can't be read can't be shown.",
        "![A desk](desk.heic)",
        "Save the picture again as JPEG, PNG or SVG.",
    ),
    warning(
        Rule::UnsafeSvg,
        "A drawing can contain scripts, which would run where readers open it. So only what draws is published.",
        "<svg><script>…</script></svg>",
        "Export the drawing as a plain SVG, without scripts and without files from elsewhere.",
    ),
    warning(
        Rule::PictureElsewhere,
        "A page asks no other host for anything, so a picture there is shown as a link in its own words.",
        "![Our office](https://photos.example/office.jpg)",
        "Save the picture beside the page and name it there.",
    ),
    RuleEntry {
        rule: Rule::MissingAlternative,
        severity: Some(Severity::Warning),
        reason: "Readers who don't see a picture need its words (WCAG 2.2 SC 1.1.1).",
        example: "![](timeline.svg)",
        mend: "Say between the brackets what it shows: `![Three days from offer to answer](timeline.svg)`.",
        find: Find::Page(missing),
    },
    RuleEntry {
        rule: Rule::FileNameAlternative,
        severity: Some(Severity::Warning),
        reason: "A file's name tells nothing to somebody who doesn't see the picture.",
        example: "![IMG_2041.jpg](desk.jpg)",
        mend: "Say what the picture shows.",
        find: Find::Page(file_name),
    },
];

fn broken(linked: &Linked<'_, '_>, diagnostics: &mut Vec<Finding>) {
    let Linked { whole, document, .. } = linked;
    shared(whole, document, diagnostics);
    for (reference, target) in linked.references() {
        let is_missing = reference.kind == ReferenceKind::Image && *target == Err(Broken::Missing);
        if is_missing && !links::is_file(&reference.target) {
            let diagnostic = links::missing(linked, reference);
            diagnostics.push(diagnostic.at(document.source(), linked.definitions.place(&reference.span)));
        }
    }
}

fn shared(whole: &Whole<'_>, document: &UncachedDocument<'_>, diagnostics: &mut Vec<Finding>) {
    let Some((image, span)) = &document.front.image else { return };
    let path = document.path.join(image);
    let unpublished = path.as_ref().and_then(|path| Some((path, whole.site.assets.unpublished(path)?)));
    let diagnostic = match (unpublished, path.as_ref().and_then(|path| whole.site.assets.get(path))) {
        (_, Some(_)) => return,
        (Some((path, why)), None) => {
            Finding::new(format!("the picture `{image}` is not published: {}", why.reason())).hint(why.hint(path))
        }
        (None, None) => {
            Finding::new(format!("there is no picture `{image}`")).hint("name a file that lies beside this one")
        }
    };
    diagnostics.push(diagnostic.at(document.source(), span.clone()));
}

const SAY_IN_BRACKETS: &str = "say between the brackets what it shows: `![A timeline of three days](…)`";

/// A letter's images are in its guidance, which only the body knows.
fn missing(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    let without_words = |label: &str| label.trim().is_empty();
    let written = |span: &Range<usize>| page.document.text.get(span.clone()).unwrap_or_default();
    let in_body = page.document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Image);
    let in_body = in_body.filter(|image| without_words(&image.label) && !written(&image.span).starts_with('<'));
    for image in in_body {
        diagnostics.push(without_alternative(page, &image.target, SAY_IN_BRACKETS, image.span.clone()));
    }
    for image in page.reading.images.iter().filter(|image| without_words(&image.alternative) && !image.is_ornament) {
        let hint = match image.is_html {
            true => "say what it shows: `alt=\"A timeline of three days\"`; of an ornament say `alt=\"\"`",
            false if image.target.contains("://") => SAY_IN_BRACKETS,
            false => continue,
        };
        diagnostics.push(without_alternative(page, &image.target, hint, image.span.clone()));
    }
}

fn without_alternative(page: &Page<'_>, target: &str, hint: &str, span: Range<usize>) -> Finding {
    Finding::new(format!("the picture `{target}` has no alternative text")).hint(hint).at(page.document.source(), span)
}

const ENDINGS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif"];

fn file_name(page: &Page<'_>, diagnostics: &mut Vec<Finding>) {
    for image in &page.reading.images {
        let words = image.alternative.trim().to_lowercase();
        let name = image.target.rsplit('/').next().unwrap_or_default().to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let is_file_name = ENDINGS.iter().any(|ending| words.ends_with(ending) && !words.contains(' '));
        let is_general = matches!(words.as_str(), "image" | "picture" | "photo" | "img" | "screenshot" | "graphic");
        let is_stem = words == stem && stem.contains(|sign: char| sign == '-' || sign == '_' || sign.is_ascii_digit());
        if is_file_name || is_general || is_stem {
            let diagnostic = Finding::new(format!("'{}' doesn't say what the picture shows", image.alternative.trim()));
            let diagnostic = diagnostic.hint("say it as you would to somebody on the telephone");
            diagnostics.push(diagnostic.at(page.document.source(), image.span.clone()));
        }
    }
}
