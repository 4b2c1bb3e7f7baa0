//! A drawing's bytes → the same drawing without what could run, load or frame something.
//!
//! A list says which elements may stay; what it does not name goes with everything inside. A drawing from which nothing goes keeps its bytes.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements that draw, describe or animate (SVG 1.1 appendix N, SVG 2 appendix I), without those that run scripts, hold HTML or load files.
const ELEMENTS: &[&str] = &[
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];
/// Attributes with a prefix that may stay.
const PREFIXED: &[&str] = &["xlink:href", "xlink:title", "xml:lang", "xml:space", "xmlns:xlink"];
/// The namespaces that drawings are written in.
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns", "http://www.w3.org/2000/svg"),
    ("xmlns:svg", "http://www.w3.org/2000/svg"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
];
/// Elements nest less deeply than this in any drawing that a person made.
const DEEPEST: usize = 512;

/// A drawing that is safe to publish.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sanitised<'a> {
    /// Its text.
    pub(super) text: Cow<'a, str>,
    /// What was taken out that could have run or loaded something, in words; metadata of drawing programs is not named.
    pub(super) removed: Vec<String>,
}

/// Takes out what may not stay. None if the bytes are not a well-formed drawing.
pub(super) fn sanitised(text: &str) -> Option<Sanitised<'_>> {
    let mut reader = Reader::from_str(text);
    let mut sieve = Sieve::default();
    let mut before = 0;
    loop {
        let event = reader.read_event().ok()?;
        let after = usize::try_from(reader.buffer_position()).ok()?;
        let written = text.get(before..after)?;
        before = after;
        if matches!(event, Event::Eof) {
            return sieve.finish(text);
        }
        sieve.take(&event, written)?;
    }
}

#[derive(Default)]
struct Sieve {
    out: String,
    depth: usize,
    /// The depth at which an element that goes was opened.
    gone_from: Option<usize>,
    /// The style sheet that is being read.
    style: Option<StyleSheet>,
    has_root: bool,
    changed: bool,
    removed: Vec<String>,
    /// The same, to look them up.
    known: HashSet<String>,
}

/// What a style sheet says: browsers join its pieces, without comments and elements between them.
struct StyleSheet {
    css: String,
    /// The depth of its element, and where it begins in what is kept.
    depth: usize,
    start: usize,
}

impl Sieve {
    fn take(&mut self, event: &Event<'_>, written: &str) -> Option<()> {
        match event {
            Event::Start(tag) => {
                self.open(tag, written, "")?;
                self.depth += 1;
            }
            Event::Empty(tag) => {
                self.open(tag, written, "/")?;
                self.gone_from = self.gone_from.filter(|depth| *depth < self.depth);
                self.close_style();
            }
            Event::End(_) => self.close(written),
            Event::Text(_) => self.text(written, written),
            Event::CData(data) => self.text(data, written),
            // Another encoding's name would have browsers read other signs than were looked at.
            Event::Decl(_) if names_encoding(written) => self.changed = true,
            Event::Decl(_) => self.keep(written),
            Event::GeneralRef(reference) => match sign(reference) {
                Some(sign) => self.text(sign.encode_utf8(&mut [0; 4]), written),
                None => self.changed = true,
            },
            Event::Comment(_) | Event::PI(_) | Event::DocType(_) => self.changed = true,
            Event::Eof => {}
        }
        (self.depth <= DEEPEST).then_some(())
    }

    /// Keeps text, which is also that of an open style sheet.
    fn text(&mut self, text: &str, written: &str) {
        if self.gone_from.is_none() {
            self.style.iter_mut().for_each(|style| style.css.push_str(text));
        }
        self.keep(written);
    }

    fn keep(&mut self, written: &str) {
        if self.gone_from.is_none() {
            self.out.push_str(written);
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, written: &str, slash: &str) -> Option<()> {
        if self.gone_from.is_some() {
            return Some(());
        }
        let name = tag.name();
        let name = name.as_ref();
        if !self.has_root && name.rsplit(':').next() != Some("svg") {
            return None;
        }
        let local = name.strip_prefix("svg:").unwrap_or(name);
        if self.style.is_some() || !ELEMENTS.contains(&local) {
            self.gone_from = Some(self.depth);
            self.changed = true;
            if is_active(name) {
                self.tell(format!("<{name}>"));
            }
            return Some(());
        }
        self.has_root = true;
        let mut kept = String::new();
        let mut is_same = true;
        let mut keys = HashSet::new();
        // The reader's own check compares each attribute with each.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let key = attribute.key.as_ref();
            if !keys.insert(key.to_owned()) {
                return None;
            }
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
                // An entity of the file's own, as some programs write their namespaces with.
                is_same = false;
                if let Some((_, namespace)) = NAMESPACES.iter().find(|(known, _)| *known == key) {
                    kept.push_str(&format!(" {key}=\"{namespace}\""));
                }
                continue;
            };
            match self.allows(name, key, &value) {
                true => {
                    let quote = if attribute.value.contains('"') { '\'' } else { '"' };
                    kept.push_str(&format!(" {key}={quote}{}{quote}", attribute.value));
                }
                false => {
                    is_same = false;
                    if let Some((_, namespace)) = NAMESPACES.iter().find(|(known, _)| *known == key) {
                        kept.push_str(&format!(" {key}=\"{namespace}\""));
                    }
                }
            }
        }
        if is_same {
            self.out.push_str(written);
        } else {
            self.changed = true;
            self.out.push_str(&format!("<{name}{kept}{slash}>"));
        }
        if local == "style" {
            self.style = Some(StyleSheet { css: String::new(), depth: self.depth, start: self.out.len() });
        }
        Some(())
    }

    fn close(&mut self, written: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.close_style();
        match self.gone_from {
            Some(depth) if depth == self.depth => self.gone_from = None,
            _ => self.keep(written),
        }
    }

    /// A style sheet that loads something is left out whole: what else it says is about what it loads.
    fn close_style(&mut self) {
        let Some(style) = self.style.take_if(|style| style.depth == self.depth) else { return };
        if loads(&style.css) || has_unknown_rule(&style.css) {
            self.out.truncate(style.start);
            self.changed = true;
            self.tell("a style sheet that loads a file".to_owned());
        }
    }

    fn allows(&mut self, element: &str, key: &str, value: &str) -> bool {
        let plain = value.chars().filter(|character| !character.is_whitespace() && !character.is_control());
        let plain = plain.collect::<String>().to_lowercase();
        if key.starts_with("on") {
            self.tell(format!("the attribute {key}"));
            return false;
        }
        if key == "xmlns" || key.starts_with("xmlns:") {
            return NAMESPACES.contains(&(key, value));
        }
        if key.contains(':') && !PREFIXED.contains(&key) {
            return false;
        }
        let asks = matches!(key, "ping" | "srcset" | "formaction");
        let animates_a_link = key == "attributeName" && plain.ends_with("href");
        let leads_out = matches!(key, "href" | "xlink:href" | "src") && !is_harmless(element, &plain);
        if asks || animates_a_link || leads_out || loads(value) || plain.contains("javascript:") {
            self.tell(format!("{key}=\"{}\"", value.chars().take(60).collect::<String>()));
            return false;
        }
        true
    }

    fn tell(&mut self, what: String) {
        if self.known.insert(what.clone()) {
            self.removed.push(what);
        }
    }

    fn finish(self, text: &str) -> Option<Sanitised<'_>> {
        let is_whole = self.has_root && self.depth == 0;
        let text = if self.changed { Cow::Owned(self.out) } else { Cow::Borrowed(text) };
        is_whole.then_some(Sanitised { text, removed: self.removed })
    }
}

/// A place in the drawing itself, a picture inside it, or, from a link, an address of the web.
fn is_harmless(element: &str, plain: &str) -> bool {
    let is_picture =
        ["png", "jpeg", "gif", "webp"].iter().any(|kind| plain.starts_with(&format!("data:image/{kind};base64,")));
    let is_link = element == "a" && ["https://", "http://", "mailto:"].iter().any(|scheme| plain.starts_with(scheme));
    plain.is_empty() || plain.starts_with('#') || is_picture || is_link
}

/// Whether CSS, or an attribute with CSS in it, loads a file. An escape could spell anything, so it counts as one.
fn loads(css: &str) -> bool {
    let css = css.to_lowercase();
    let outside = |after: &str| !after.trim_start_matches([' ', '"', '\'', '\t', '\n', '\r', '\u{c}']).starts_with('#');
    css.contains("@import")
        || (css.contains('\\') && css.contains(['(', '@']))
        || css.match_indices("url(").any(|(at, found)| outside(&css[at + found.len()..]))
        || ["image-set(", "image(", "src(", "cross-fade("].iter().any(|function| css.contains(function))
}

/// Whether a style sheet has a rule that is none of those for the drawing's own shapes.
fn has_unknown_rule(css: &str) -> bool {
    const RULES: &[&str] =
        &["charset", "font-face", "keyframes", "-webkit-keyframes", "layer", "media", "page", "supports"];
    css.to_lowercase().split('@').skip(1).any(|rule| {
        let end = rule.find(|sign: char| !sign.is_ascii_alphabetic() && sign != '-').unwrap_or(rule.len());
        !RULES.contains(&&rule[..end])
    })
}

/// Whether a declaration names an encoding other than the one that the drawing was read in.
fn names_encoding(declaration: &str) -> bool {
    let declaration = declaration.to_lowercase();
    declaration.contains("encoding") && !declaration.contains("\"utf-8\"") && !declaration.contains("'utf-8'")
}

/// Whether an element that goes could have run or shown something, so that its author should know.
fn is_active(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    let active = ["script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "set", "link"];
    active.contains(&local)
}

/// What a reference stands for: one of the five entities of XML, or a number. Others were declared in a part of the file that is gone.
fn sign(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    let name: &str = reference.as_ref();
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> String {
        sanitised(text).unwrap().text.into_owned()
    }

    #[test]
    fn a_drawing_without_anything_active_keeps_its_bytes() {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox=\"0 0 9 9\"><style>.a{fill:url(#g)}</style><g class=\"a\"><path d=\"M0 0\"/></g><text>A &amp; B</text></svg>\n";
        let sanitised = sanitised(drawing).unwrap();
        assert!(matches!(sanitised.text, Cow::Borrowed(_)) && sanitised.removed.is_empty());
    }

    #[test]
    fn what_could_run_or_load_goes() {
        let drawing = "<?xml version=\"1.0\"?><?xml-stylesheet href=\"https://x.example/a.css\"?><!DOCTYPE svg [<!ENTITY a \"b\">]>\
            <svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><script>x()<g/></script><foreignObject><b>x</b></foreignObject>\
            <image href=\"https://x.example/a.png\" width=\"1\"/><use xlink:href=\"#a\"/><a href=\" java&#10;script:x()\"><path d=\"M0 0\"/></a>\
            <rect style=\"fill:url(https://x.example/)\"/><style>@import 'x.css';</style><set attributeName=\"href\" to=\"x\"/><animate attributeName=\"xlink:href\"/></svg>";
        let expected = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><image width=\"1\"/><use xlink:href=\"#a\"/><a><path d=\"M0 0\"/></a>\
            <rect/><style></style><animate/></svg>";
        assert_eq!(clean(drawing), expected);
        assert_eq!(sanitised(drawing).unwrap().removed.len(), 9);
    }

    #[test]
    fn the_metadata_of_drawing_programs_goes_without_a_word() {
        let drawing = "<svg xmlns=\"x\" xmlns:inkscape=\"y\" inkscape:version=\"1\"><metadata><a>b</a></metadata><sodipodi:namedview/><g inkscape:label=\"Layer\"><path d=\"M0 0\"/></g></svg>";
        let sanitised = sanitised(drawing).unwrap();
        assert_eq!(sanitised.text, "<svg xmlns=\"http://www.w3.org/2000/svg\"><g><path d=\"M0 0\"/></g></svg>");
        assert!(sanitised.removed.is_empty());
    }

    #[test]
    fn entities_of_a_drawing_program_do_not_break_the_drawing() {
        let drawing = "<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns_svg;\" i:x=\"&y;\"><path d=\"M0 0\"/></svg>";
        assert_eq!(clean(drawing), "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>");
    }

    #[test]
    fn no_spelling_of_a_style_sheet_loads_a_file() {
        for css in [
            "@import 'x.css'",
            "@IMPORT url(x.css)",
            "@\\69mport 'x.css'",
            "@im<!-- -->port 'x.css'",
            "@&#105;mport 'x.css'",
            "&#x40;import 'x.css'",
            "@im<![CDATA[port 'x.css']]>",
            "<g/>@import 'x.css'",
            "<g>a</g>@import 'x.css'",
            "@im<?a?>port 'x.css'",
            ".a{fill:URL( 'https://x.example/')}",
            ".a{fill:u\\72l(https://x.example/)}",
            ".a{background:-webkit-image-set('x.png' 1x)}",
            "@namespace 'x'",
        ] {
            for name in ["style", "svg:style"] {
                let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><{name}>{css}</{name}><path/></svg>");
                let cleaned = clean(&drawing);
                let expected = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><{name}></{name}><path/></svg>");
                assert_eq!(cleaned, expected, "{css}");
            }
        }
    }

    #[test]
    fn no_element_leaves_the_namespace_of_drawings_or_asks_another_host() {
        let drawing = "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg xmlns=\"http://www.w3.org/2000/svg\">\
            <a xmlns=\"http://www.w3.org/1999/xhtml\" ping=\"https://x.example/\" href=\"https:x.example\"/></svg>";
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\"><a xmlns=\"http://www.w3.org/2000/svg\"/></svg>";
        assert_eq!(clean(drawing), expected);
    }

    #[test]
    fn what_is_not_a_drawing_is_refused() {
        for text in ["", "hello", "<html></html>", "<svg><g></svg>", "<svg>"] {
            assert_eq!(sanitised(text), None, "{text}");
        }
    }
}
