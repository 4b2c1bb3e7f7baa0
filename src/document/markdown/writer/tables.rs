//! Tables: each in a region that scrolls by itself, so that no table widens the page.

use pulldown_cmark::Alignment;

use super::state::Writer;
use crate::document::holes::{Hole, mark};

impl Writer<'_> {
    pub(super) fn open_table(&mut self, columns: &[Alignment]) {
        self.columns = columns.to_vec();
        let label = mark(Hole::Word("table"));
        self.out.push_str(&format!(
            "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
        ));
    }

    pub(super) fn open_table_head(&mut self) {
        self.in_table_head = true;
        self.column = 0;
        self.out.push_str("<thead><tr>");
    }

    pub(super) fn open_table_row(&mut self) {
        self.column = 0;
        self.out.push_str("<tr>");
    }

    pub(super) fn open_table_cell(&mut self) {
        let alignment = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let element = if self.in_table_head { "th scope=\"col\"" } else { "td" };
        self.cell_start = self.out.len();
        self.out.push_str(&format!("<{element}{alignment}>"));
        self.cell_content = self.out.len();
        self.column += 1;
    }

    /// A column's head without a word heads nothing, so it becomes a cell like others.
    pub(super) fn close_table_cell(&mut self) {
        let is_empty = self.out.len() == self.cell_content;
        if self.in_table_head && is_empty {
            self.out.truncate(self.cell_start);
            self.out.push_str("<td>");
        }
        let element = if self.in_table_head && !is_empty { "th" } else { "td" };
        self.close_block(&format!("</{element}>"));
    }
}
