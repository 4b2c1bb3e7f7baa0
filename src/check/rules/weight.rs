//! Rules about weight: readers are on phones with slow connections.

use crate::check::{Find, Finding, RuleEntry, Whole};
use crate::diagnostic::{Rule, Severity};
use crate::site::Address;

pub(crate) const RULES: &[RuleEntry] = &[
    RuleEntry {
        rule: Rule::HeavyImage,
        severity: Some(Severity::Warning),
        reason: "A large picture keeps readers on slow connections waiting, and costs them money (limit: `image_kilobytes`, else 500).",
        example: "an animation of 4 MB",
        mend: "Save it smaller, or with fewer details; photos are made smaller by themselves.",
        find: Find::Whole(images),
    },
    RuleEntry {
        rule: Rule::HeavyPage,
        severity: Some(Severity::Warning),
        reason: "A long page keeps readers on slow connections waiting (limit: `page_kilobytes`, else 300).",
        example: "a page of 900 kB",
        mend: "Split the page, or move long tables into files to download.",
        find: Find::Whole(pages),
    },
];

/// Photos are published at several widths, so only what readers load counts: drawings and animations as they are.
fn images(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    let limit = whole.site.config.check.image_kilobytes;
    for (path, image) in whole.images.iter() {
        let heaviest =
            image.sources.iter().flat_map(|set| &set.variants).map(|variant| variant.artifact.length()).max();
        let size = heaviest.unwrap_or(image.file.length());
        if size > limit * 1000 {
            let diagnostic = Finding::new(format!("this picture has {} kB, and the limit is {limit}", size / 1000));
            diagnostics.push(diagnostic.hint("save it smaller, or with fewer details").in_file(path));
        }
    }
}

fn pages(whole: &Whole<'_>, diagnostics: &mut Vec<Finding>) {
    let limit = whole.site.config.check.page_kilobytes;
    for (file, size) in &whole.heavy.files {
        let address = Address::new(file.strip_suffix("index.html").unwrap_or(file));
        let Some(page) = whole.site.page_at(&address) else { continue };
        let message = format!("this page has {} kB of HTML, and the limit is {limit}", size / 1000);
        let diagnostic = Finding::new(message).hint("split it, or move long tables into files to download");
        let span = page.document.front.title_span.clone();
        diagnostics.push(diagnostic.at(page.document.source(), span));
    }
}
