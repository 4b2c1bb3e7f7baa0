//! Rules about weight: readers are on phones with slow connections.

use super::{Find, Rule, Whole, breach};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "heavy-image",
        severity: Some(Severity::Warning),
        reason: "A large picture keeps readers on slow connections waiting, and costs them money (limit: `image_kilobytes`, else 500).",
        example: "a photograph of 4 MB, straight from the camera",
        mend: "Save it smaller: 1600 pixels wide are enough for a page.",
        find: Find::Whole(images),
    },
    Rule {
        code: "heavy-page",
        severity: Some(Severity::Warning),
        reason: "A long page keeps readers on slow connections waiting (limit: `page_kilobytes`, else 300).",
        example: "a page of 900 kB",
        mend: "Split the page, or move long tables into files to download.",
        find: Find::Whole(pages),
    },
];

const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];

fn images(whole: &Whole<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let limit = whole.site.config.check.image_kilobytes;
    for (path, _) in whole.site.assets.iter().filter(|(path, _)| ENDINGS.contains(&path.extension().as_str())) {
        let size = whole.sources.content.get(path).map_or(0, |source| source.bytes.len());
        if size > limit * 1000 {
            let diagnostic = breach(format!("this picture has {} kB, and the limit is {limit}", size / 1000));
            diagnostics.push(diagnostic.hint("save it smaller: 1600 pixels wide are enough for a page").in_file(path));
        }
    }
}

fn pages(whole: &Whole<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let limit = whole.site.config.check.page_kilobytes;
    for page in &whole.site.pages {
        let size = whole.output.get(&page.address.file()).map_or(0, |artifact| artifact.bytes.len());
        if size > limit * 1000 {
            let message = format!("this page has {} kB of HTML, and the limit is {limit}", size / 1000);
            let diagnostic = breach(message).hint("split it, or move long tables into files to download");
            let span = page.document.front.title_span.clone();
            diagnostics.push(diagnostic.at(page.document.source(), span));
        }
    }
}
