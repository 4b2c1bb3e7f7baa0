//! Rules about pictures.

use super::breach;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, ReferenceKind};
use crate::site::Site;

/// A picture for shared links that isn't there.
pub(super) fn shared(site: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let Some((image, span)) = &document.front.image else { return };
    if document.path.join(image).is_none_or(|path| site.assets.get(&path).is_none()) {
        let diagnostic = breach(format!("there is no picture `{image}`"));
        let diagnostic = diagnostic.hint("name a file that lies beside this one");
        diagnostics.push(diagnostic.at(document.source(), span.clone()));
    }
}

/// Pictures without words.
pub(super) fn alternatives(_: &Site, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let pictures = document.body.references.iter().filter(|reference| reference.kind == ReferenceKind::Image);
    for picture in pictures.filter(|picture| picture.label.trim().is_empty()) {
        let diagnostic = breach(format!("the picture `{}` has no alternative text", picture.target));
        let diagnostic = diagnostic.hint("say between the brackets what it shows: `![A timeline of three days](…)`");
        diagnostics.push(diagnostic.at(document.source(), picture.span.clone()));
    }
}
