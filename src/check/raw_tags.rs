//! The tags of the HTML that an editor wrote among a page's Markdown.

use super::reading::Html;
use super::subjects::Page;
use crate::document::html_tags::{self, Tag};

/// Every tag with its place, in the order of the page.
pub(crate) fn tags<'a>(page: &'a Page<'_>) -> impl Iterator<Item = Tag> + 'a {
    blocks(page).into_iter().flat_map(|(at, text)| html_tags::tags(&text, at))
}

/// Raw HTML with lines that follow each other joined, each with its place.
pub(crate) fn blocks(page: &Page<'_>) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    for Html { text, span } in &page.reading.html {
        match blocks.last_mut().filter(|(at, block)| at + block.len() == span.start) {
            Some((_, block)) => block.push_str(text),
            None => blocks.push((span.start, text.clone())),
        }
    }
    blocks
}
