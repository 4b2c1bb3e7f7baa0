//! Puts lines on pages: no heading and no close alone at a page's end, no single line of a paragraph on either side.

use parley::layout::PositionedLayoutItem;

use super::composition::{Blank, Composed, HEAD, LayoutBlock};
use crate::config::Paper;

/// A line in its place.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Of [`Composed::layout_blocks`].
    pub(super) layout_block: usize,
    /// Of the slab.
    pub(super) line: usize,
    /// The line's top, from the top of the page.
    pub(super) top: f32,
    pub(super) height: f32,
    /// Empty space above it, which belongs to its slab.
    pub(super) space: f32,
    /// Whether the next line must be on the same page.
    bound: bool,
}

/// The lines of each page; there is at least one page.
pub(super) fn pages(composed: &Composed, paper: Paper) -> Vec<Vec<Row>> {
    let bottom = paper.size().1 - HEAD;
    let rows: Vec<Row> = composed
        .layout_blocks
        .iter()
        .enumerate()
        .flat_map(|(place, layout_block)| rows(composed, place, layout_block))
        .collect();
    let mut pages = vec![Vec::new()];
    let mut y = HEAD;
    for group in rows.split_inclusive(|row| !row.bound) {
        let height: f32 = group.iter().map(|row| row.space + row.height).sum();
        let fits_a_page = height <= bottom - HEAD;
        if y + height > bottom && fits_a_page {
            y = turn(&mut pages);
        }
        for row in group {
            if y + row.space + row.height > bottom {
                y = turn(&mut pages);
            }
            y = place(row, y, &mut pages);
        }
    }
    pages
}

/// Begins a page, unless the last one is still empty.
fn turn(pages: &mut Vec<Vec<Row>>) -> f32 {
    if pages.last().is_some_and(|page| !page.is_empty()) {
        pages.push(Vec::new());
    }
    HEAD
}

fn place(row: &Row, y: f32, pages: &mut [Vec<Row>]) -> f32 {
    let Some(page) = pages.last_mut() else { return y };
    let space = if page.is_empty() { 0.0 } else { row.space };
    let top = y + space;
    page.push(Row { top, space, ..row.clone() });
    top + row.height
}

fn rows(composed: &Composed, place: usize, layout_block: &LayoutBlock) -> Vec<Row> {
    let count = layout_block.len();
    let row = |line: usize| Row {
        layout_block: place,
        line,
        top: 0.0,
        height: height(composed, layout_block, line),
        space: if line == 0 { layout_block.space_before } else { 0.0 },
        bound: if line + 1 == count {
            layout_block.keep_with_next
        } else {
            count <= 3 || line == 0 || line + 2 == count
        },
    };
    (0..count).map(row).collect()
}

fn height(composed: &Composed, layout_block: &LayoutBlock, line: usize) -> f32 {
    match layout_block.layout.get(line) {
        Some(line) if layout_block.writing_lines.is_none() => {
            let rooms = line.items().filter_map(|item| match item {
                PositionedLayoutItem::InlineBox(place) => layout_block.blanks.get(place.id as usize).map(Blank::room),
                PositionedLayoutItem::GlyphRun(_) => None,
            });
            let room = rooms.map(|room| room + layout_block.caption_room).fold(0.0, f32::max);
            line.metrics().line_height + room
        }
        _ => composed.measures.leading * 1.25 + if line == 0 { writing_room(layout_block) } else { 0.0 },
    }
}

/// Space below the first of the lines for a long answer.
fn writing_room(layout_block: &LayoutBlock) -> f32 {
    layout_block.writing_lines.as_ref().map_or(0.0, Blank::room)
}
