//! Whether HTML can be cleaned in bounded time: runs the cleaner's parser, which gives up as soon as it can't.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use html5ever::interface::ElementFlags;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};

/// Maximum depth of elements; browsers end at about as many. For each tag a parser looks through all elements that are open.
const DEEPEST: usize = 500;
/// Maximum number of elements, with those that a parser adds: it opens a `<b>` that nothing closes again in each paragraph.
const MOST_ELEMENTS: usize = 100_000;
/// How many bytes are parsed between two looks at how many elements there are.
const STRIDE: usize = 128;

/// Whether a body has as few elements as a person writes, and none of them too deep in others.
pub(super) fn is_bounded(html: &str) -> bool {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = parse_fragment(Counter::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() && parser.tokenizer.sink.sink.is_bounded() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(STRIDE.min(rest.len())));
        parser.process(StrTendril::from(piece));
        rest = after;
    }
    parser.finish().is_bounded()
}

/// A tree of which only the measures are kept.
struct Counter {
    document: Rc<Node>,
    elements: Cell<usize>,
    deepest: Cell<usize>,
}

#[derive(Debug)]
struct Node {
    name: QualName,
    depth: Cell<usize>,
    has_parent: Cell<bool>,
}

impl Node {
    fn new(name: QualName) -> Rc<Self> {
        Rc::new(Self { name, depth: Cell::default(), has_parent: Cell::default() })
    }
}

impl Default for Counter {
    fn default() -> Self {
        let document = Node::new(QualName::new(None, ns!(html), local_name!("")));
        Self { document, elements: Cell::default(), deepest: Cell::default() }
    }
}

impl Counter {
    fn is_bounded(&self) -> bool {
        self.elements.get() <= MOST_ELEMENTS && self.deepest.get() <= DEEPEST
    }

    fn put(&self, child: NodeOrText<Rc<Node>>, depth: usize) {
        if let NodeOrText::AppendNode(node) = child {
            node.depth.set(depth);
            node.has_parent.set(true);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

impl TreeSink for Counter {
    type Handle = Rc<Node>;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, _attributes: Vec<Attribute>, _flags: ElementFlags) -> Rc<Node> {
        self.elements.set(self.elements.get() + 1);
        Node::new(name)
    }

    fn create_comment(&self, _text: StrTendril) -> Rc<Node> {
        Node::new(self.document.name.clone())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Rc<Node> {
        Node::new(self.document.name.clone())
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.put(child, parent.depth.get() + 1);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Node>, previous: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        match element.has_parent.get() {
            true => self.append_before_sibling(element, child),
            false => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Rc<Node>, other: &Rc<Node>) -> bool {
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Node>, new: NodeOrText<Rc<Node>>) {
        self.put(new, sibling.depth.get());
    }

    fn add_attrs_if_missing(&self, _target: &Rc<Node>, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Rc<Node>) {
        target.has_parent.set(false);
    }

    fn reparent_children(&self, _node: &Rc<Node>, _new_parent: &Rc<Node>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_take_a_cleaner_long_is_seen() {
        let sound = [
            "<div><p>x</div>".repeat(5_000),
            "<table>".to_owned() + &"<tr><td>x<br>".repeat(9_000) + "</table>",
            "<b>x</b>".repeat(30_000),
        ];
        sound.iter().for_each(|html| assert!(is_bounded(html), "{}", &html[..8]));
        let unclosed: String = (0..5_000).map(|number| format!("<p><b id=a{number}>x</p>")).collect();
        let unsound = ["<div>".repeat(600), "<b>x</b>".repeat(300_000), "<B id=1><p>x</p>".repeat(600), unclosed];
        unsound.iter().for_each(|html| assert!(!is_bounded(html), "{}", &html[..8]));
    }
}
