//! HTML that an editor wrote, as a browser's parser sees the page that it is on.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::ElementFlags;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};
use proptest::prelude::*;

use crate::support::{BuiltSite, Site, between, messages};
use letterpress::diagnostic::Rule;
use letterpress::pipeline::Built;

fn site(mode: &str) -> Site {
    Site::new().file(
        "letterpress.toml",
        format!("title = \"A\"\nbase_url = \"https://a.example/adv/\"\nraw_html = \"{mode}\"\n"),
    )
}

fn article(mode: &str, body: &str) -> Built {
    site(mode).article("p.md", "title: P", body).build()
}

fn body(built: &Built) -> String {
    let page = built.page("articles/p/index.html");
    between(&page, "<div class=\"prose", "<footer").to_owned()
}

#[test]
fn nothing_that_follows_a_comment_on_its_line_gets_through() {
    let bodies = [
        "<!-- note --><script>alert(1)</script><svg onload=alert(2)></svg><meta http-equiv=\"refresh\" content=\"9\">",
        "<!-- a\nb --> <iframe src=\"https://evil.example/\"></iframe><form action=\"https://evil.example/\"></form>",
        "- <!-- x --> <svg onload=alert(3)></svg>",
        "> <!--> <svg onload=alert(4)></svg>-->",
        "<?a?><script>alert(1)</script>\n\n<!DOCTYPE a><script>alert(1)</script>\n\n<![CDATA[>]]><script>alert(1)</script>",
    ];
    for text in bodies {
        for mode in ["escape", "sanitize"] {
            let built = article(mode, text);
            let body = body(&built);
            for tag in ["<script>alert", "<svg onload", "<meta", "<iframe", "<form action"] {
                assert!(!body.contains(tag), "{mode}: {text}\n{body}");
            }
        }
    }
}

#[test]
fn a_comment_of_two_lines_is_shown_as_text_and_reported() {
    for end in ["-->", "--!>", "-- >"] {
        let text = format!("Before.\n\n<!-- a note\nof two lines {end}\n\nThe advice that readers need.");
        let built = article("escape", &text);
        let body = body(&built);
        assert!(body.contains("The advice that readers need.") && body.contains("&lt;!-- a note"), "{body}");
        assert!(built.codes().contains(&"html-as-text"), "{}", messages(&built));
    }
    let note = article("escape", "Before.\n\n<!-- a note -->\n\nThe advice that readers need.");
    assert!(!body(&note).contains("a note") && note.codes().is_empty(), "{}", messages(&note));
}

#[test]
fn attributes_that_are_left_out_are_named_once_a_tag() {
    let text = "<video poster=a.png></video>\n\n<p style=\"margin:0\" background=b.png data-x=1>Words</p>\n\n\
        <img alt=a src=a.png srcset=\"b.png 2x\">\n\n<a href=\"https://b.example/\" ping=c rel=x target=_blank>b</a>\n\n<span hidden>c</span>";
    let built = article("sanitize", text);
    let said = messages(&built);
    for words in [
        "`style`, `background` are left out of this tag",
        "`srcset` is left out",
        "`ping` is left out",
        "`hidden` is left out",
    ] {
        assert_eq!(said.matches(words).count(), 1, "{words}\n{said}");
    }
    assert_eq!(said.matches("left out of this tag").count(), 4, "{said}");
    let coloured = article("sanitize", "<span style=\"color:red\">Last day</span>");
    assert_eq!(coloured.codes(), ["colour-cue"], "{}", messages(&coloured));
}

#[test]
fn no_script_style_or_comment_is_in_what_a_search_engine_is_given() {
    let text = "<style>.hidden_a{}</style>\n\nFirst <script>hidden_b(\"*1*\")</script><style>.hidden_c{}</style> words <!-- hidden_d --> here \
        <SCRIPT src=x>\nhidden_e()\n</SCRIPT> again.";
    for mode in ["sanitize", "allow"] {
        let built = site(mode).file("content/articles/p.md", format!("---\ntitle: P\n---\n\n{text}")).build();
        let page = built.page("articles/p/index.html");
        let head = between(&page, "<head", "</head>");
        assert!(head.contains("First  words  here  again.") || head.contains("First words here again."), "{head}");
        assert!(!head.contains("hidden_"), "{mode}\n{head}");
        let listing = built.page("articles/index.html");
        assert!(!listing.contains("hidden_"), "{mode}\n{listing}");
    }
}

#[test]
fn html_that_is_too_deep_to_clean_is_text_as_a_whole() {
    let deep = format!("{}\n\n<!-- x --><script>alert(1)</script>", "<div>".repeat(600));
    let built = article("sanitize", &deep);
    let body = body(&built);
    assert!(body.contains("&lt;script&gt;alert(1)") && !body.contains("<script>alert"), "{body}");
    assert!(built.codes().contains(&"deep-html"));
}

#[test]
fn what_is_left_out_is_named_and_its_words_stay() {
    let text = "Pay <math><mi>x</mi><mo>=</mo><mn>1</mn></math> and <svg><text>Hello</text></svg>.\n\n<template>\n\nInner **words**.\n\n</template>\n\n\
        <noscript><em>Lazy</em> image</noscript>\n\n<title>Title words</title>\n\n<textarea><b>Typed</b></textarea>\n\n<iframe src=x>Frame words</iframe>\n\n\
        <xmp>Old words</xmp>\n\n<select><option>Chosen</option></select>\n\n<object data=x>Object words</object>\n\n<plaintext>Plain words";
    let built = article("sanitize", text);
    let (body, said) = (body(&built), messages(&built));
    for words in [
        "x=1",
        "Hello",
        "Inner <strong>words",
        "<em>Lazy</em> image",
        "Title words",
        "<b>Typed</b>",
        "Frame words",
        "Old words",
        "Chosen",
        "Object words",
        "Plain words",
    ] {
        assert!(body.contains(words), "{words}\n{body}");
    }
    for name in ["math", "svg", "template", "noscript", "title", "textarea", "iframe", "xmp", "select", "object"] {
        assert!(said.contains(&format!("`<{name}>` is left out")), "{name}\n{said}");
    }
    assert!(!body.contains("&lt;"), "{body}");
}

#[test]
fn a_script_in_a_line_goes_with_what_it_says() {
    let built = article("sanitize", "One <script>alert(1)</script> two <script> three.\n\nFour.");
    let body = body(&built);
    assert!(!body.contains("alert") && body.contains("two  three.") && body.contains("Four."), "{body}");
}

#[test]
fn an_image_elsewhere_is_never_asked_for_however_its_address_is_written() {
    let html = [
        "\\\\evil.example\\i.png",
        "/\\evil.example/i.png",
        "https:evil.example/i.png",
        "http:\\\\evil.example/i.png",
        "ht\ttps://evil.example/i.png",
        "/&#9;/evil.example/i.png",
        "https:/evil.example/i.png",
        "https&colon;//evil.example/i.png",
        "https:\\evil.example/i.png",
        "https:///evil.example/i.png",
        "//evil.example/i.png",
        "HTTPS://evil.example/i.png",
        " https://evil.example/i.png",
        "whatsapp://evil.example/i.png",
        "///evil.example/i.png",
    ];
    let markdown = [
        "/\\\\evil.example/m.png",
        "\\\\\\\\evil.example/m.png",
        "https:/evil.example/i.png",
        "https:evil.example/i.png",
        "https:\\\\evil.example/i.png",
        "//evil.example/i.png",
        "</&#9;/evil.example/i.png>",
    ];
    let html = html.map(|address| format!("Text <img alt=words src=\"{address}\"> end"));
    let markdown = markdown.map(|address| format!("Text ![words]({address}) end"));
    for text in html.into_iter().chain(markdown) {
        let built = article("sanitize", &text);
        let body = body(&built);
        assert!(!body.contains("<img") && body.contains(">words</a>"), "{text}\n{body}");
        let is_reported = built.codes().contains(&"machine-link") || messages(&built).contains("on another host, evil");
        assert!(is_reported, "{text}\n{}", messages(&built));
    }
}

#[test]
fn an_encoded_path_stays_on_the_sites_own_host() {
    for path in ["%2F%2Fevil.example/i.png", "/%2Fevil.example/i.png", "/%5Cevil.example/i.png", "%5C%5Cevil.example"] {
        let built = article("sanitize", &format!("![words]({path})\n\n[words]({path})\n\n<img alt=a src=\"{path}\">"));
        let body = body(&built);
        for odd in ["=\"//", "=\"/\\", "=\"\\"] {
            assert!(!body.contains(odd), "{path}\n{body}");
        }
    }
}

/// Pieces of what attacks are made of.
const PIECES: &[&str] = &[
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!--->",
    "<!-- a -->",
    "<![CDATA[",
    "]]>",
    "<?php ",
    "?>",
    "<!DOCTYPE html>",
    "<script>alert(1)",
    "<script src=//evil.example/a.js>",
    "</script>",
    "<style>@import 'x';",
    "</style>",
    "<svg onload=alert(1)>",
    "<svg><style>",
    "</svg>",
    "<math><mtext><table><mglyph><style>",
    "</math>",
    "<template>",
    "</template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<noscript>",
    "</noscript>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<xmp>",
    "<plaintext>",
    "<iframe srcdoc=x src=//evil.example>",
    "<noembed>",
    "<noframes>",
    "<select>",
    "<option>",
    "<object data=x>",
    "<embed src=x>",
    "<form action=x><input name=a>",
    "<button formaction=javascript:x>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"//evil.example/a.png\" alt=b>",
    "<img srcset=\"//evil.example/a.png 2x\" src=a.png>",
    "<video poster=//evil.example/a src=//evil.example/b>",
    "<input type=image src=//evil.example/a>",
    "<a href=\"java\tscript:alert(1)\">",
    "<a href=\"&#106;avascript&colon;alert(1)\">",
    "<a href=\"/\\evil.example\">",
    "<a href=data:text/html,x>",
    "[a](javascript:alert(1))",
    "[a](java&#9;script:x)",
    "![a](https:evil.example/a.png)",
    "![a](/\\\\evil.example/a.png)",
    "[a](b.md \"t\")",
    "</a>",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "</table>",
    "<b>",
    "</b>",
    "<b style=\"background:url(//evil.example)\">",
    "<div title=\"",
    "<div title='>",
    "\">",
    "'>",
    "<",
    "</",
    "</div",
    ">",
    "&lt;script&gt;",
    "&#60;script>",
    "&#xfdd0;l0&#xfdd1;",
    "\0",
    "text ",
    "\n\n",
    "\n",
    "- ",
    "> ",
    "# ",
    "`",
    "*",
    "**",
    "[^1]",
    "\n\n[^1]: ",
    "|a|b|\n|-|-|\n|",
    "    ",
    "</main>",
    "</body>",
    "<body onload=x>",
    "<html>",
    "<frameset>",
    "<a/onclick=x/href=javascript:x>",
    "<details open ontoggle=x>",
    "<h1 id=x>",
    "<li>",
    "</li>",
    "<ul>",
    "</ul>",
    "<x-y onx=1>",
];

/// The elements of a page as a browser has them, each with its attributes.
type Elements = Vec<(String, Vec<(String, String)>)>;

struct Collector {
    elements: RefCell<Elements>,
}

impl TreeSink for Collector {
    type Handle = std::rc::Rc<QualName>;
    type Output = Elements;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Elements {
        self.elements.into_inner()
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> Self::Handle {
        std::rc::Rc::new(QualName::new(None, "".into(), "".into()))
    }
    fn elem_name<'a>(&'a self, target: &'a Self::Handle) -> ExpandedName<'a> {
        target.expanded()
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Self::Handle {
        let attributes =
            attributes.into_iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
        self.elements.borrow_mut().push((name.local.to_string(), attributes));
        std::rc::Rc::new(name)
    }
    fn create_comment(&self, _: StrTendril) -> Self::Handle {
        self.get_document()
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Self::Handle {
        self.get_document()
    }
    fn append(&self, _: &Self::Handle, _: NodeOrText<Self::Handle>) {}
    fn append_based_on_parent_node(&self, _: &Self::Handle, _: &Self::Handle, _: NodeOrText<Self::Handle>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &Self::Handle) -> Self::Handle {
        target.clone()
    }
    fn same_node(&self, one: &Self::Handle, other: &Self::Handle) -> bool {
        std::rc::Rc::ptr_eq(one, other)
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, _: &Self::Handle, _: NodeOrText<Self::Handle>) {}
    fn add_attrs_if_missing(&self, _: &Self::Handle, attributes: Vec<Attribute>) {
        let attributes =
            attributes.into_iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
        self.elements.borrow_mut().push(("body".to_owned(), attributes));
    }
    fn remove_from_parent(&self, _: &Self::Handle) {}
    fn reparent_children(&self, _: &Self::Handle, _: &Self::Handle) {}
}

fn parsed(html: &str, scripting_enabled: bool) -> Elements {
    let opts = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    parse_document(Collector { elements: RefCell::default() }, opts).one(html)
}

const ALLOWED: &[&str] = &[
    "html",
    "head",
    "body",
    "main",
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "footer",
];
const ATTRIBUTES: &[&str] = &[
    "href",
    "src",
    "alt",
    "id",
    "class",
    "role",
    "tabindex",
    "aria-label",
    "aria-hidden",
    "aria-labelledby",
    "aria-describedby",
    "lang",
    "dir",
    "title",
    "loading",
    "decoding",
    "fetchpriority",
    "type",
    "checked",
    "open",
    "scope",
    "start",
    "width",
    "height",
    "colspan",
    "rowspan",
];

fn assert_harmless(elements: &Elements, page: &str) {
    let base = url::Url::parse("http://page.invalid/adv/articles/p/").unwrap();
    for (name, attributes) in elements {
        assert!(ALLOWED.contains(&name.as_str()), "<{name}>\n{page}");
        for (attribute, value) in attributes {
            assert!(ATTRIBUTES.contains(&attribute.as_str()), "<{name} {attribute}={value}>\n{page}");
            let Ok(address) = base.join(value) else { continue };
            match attribute.as_str() {
                "href" => assert!(matches!(address.scheme(), "http" | "https" | "mailto"), "{value}\n{page}"),
                "src" => assert_eq!(address.host_str(), Some("page.invalid"), "{value}\n{page}"),
                _ => {}
            }
        }
    }
    let end = elements.last().map(|(name, attributes)| (name.as_str(), attributes.as_slice()));
    let footer = [("id".to_owned(), "the-end".to_owned())];
    assert_eq!(end, Some(("footer", &footer[..])), "the page's end is swallowed\n{page}");
}

#[test]
fn a_setting_that_is_no_colour_is_reported_at_its_line() {
    let built = Site::new()
        .file("themes/own/theme.toml", "extends = \"default\"\n[settings]\nground = \"tael\"\n")
        .file(
            "letterpress.toml",
            "title = \"A\"\nbase_url = \"https://a.example/\"\ntheme = \"own\"\n[settings]\nheader_sections = 3\n  accent = \"12px\"\n",
        )
        .article("p.md", "title: P", "Words.")
        .build();
    let places: Vec<_> = built.diagnostics.iter().filter(|one| one.rule == Rule::BadSetting).collect();
    let places: Vec<_> = places.iter().filter_map(|one| one.location.as_ref()).collect();
    let places: Vec<_> =
        places.iter().map(|place| (place.file.as_str(), place.start.line, place.start.column)).collect();
    assert_eq!(places, [("letterpress.toml", 6, 12), ("themes/own/theme.toml", 3, 10)], "{}", messages(&built));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever an editor writes, a browser sees only what a page may hold, and all of the theme behind it.
    #[test]
    fn a_browser_finds_only_what_is_allowed(chosen in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = chosen.iter().map(|piece| PIECES[*piece]).collect();
        for mode in ["sanitize", "escape"] {
            let site = site(mode)
                .file("themes/bare/theme.toml", "name = \"bare\"\nextends = \"default\"\n")
                .file("themes/bare/templates/article.html", "<!doctype html><html lang=en><head></head><body><main>{% for part in page.parts %}{{ part.html }}{% endfor %}</main><footer id=the-end></footer></body></html>");
            site.write("letterpress.toml", format!("title = \"A\"\nbase_url = \"https://a.example/adv/\"\ntheme = \"bare\"\nraw_html = \"{mode}\"\n"));
            let built = site.article("p.md", "title: P", &text).build();
            let page = built.page("articles/p/index.html");
            for scripting in [true, false] {
                assert_harmless(&parsed(&page, scripting), &page);
            }
        }
    }
}
