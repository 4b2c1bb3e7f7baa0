//! Every way in which a template can look at a value is a recorded read: the page changes when what it looked at does.

use std::fs;
use std::path::Path;

use crate::theme;
use letterpress::collect;
use letterpress::collect::Options;
use letterpress::diagnostic::Rule;
use letterpress::pipeline::{Built, Memo, build};

/// A way to look, as a template has it. Each shows something else after at least one of the edits.
const LOOKS: &[(&str, &str)] = &[
    ("loop", "{% for item in newest %}{{ item.title }}{% endfor %}"),
    ("length", "{{ newest|length }}"),
    ("slice", "{% for item in newest[:2] %}{{ item.title }}{% endfor %}"),
    ("slice from the end", "{{ newest[-2:]|map(attribute='title')|join }}{{ newest|length }}"),
    ("index", "{{ newest[0].title }}"),
    ("sort", "{% for item in newest|sort(attribute='title') %}{{ item.url }}{% endfor %}"),
    ("map", "{{ newest|map(attribute='title')|join(', ') }}"),
    ("selectattr", "{% for item in newest|selectattr('title', 'eq', 'Renamed') %}{{ item.url }}{% endfor %}"),
    ("rejectattr", "{{ newest|rejectattr('title', 'eq', 'Renamed')|list|length }}"),
    ("groupby", "{% for title, group in newest|groupby('title') %}{{ title }}{{ group|length }}{% endfor %}"),
    ("unique", "{{ newest|map(attribute='title')|unique|list|length }}"),
    ("batch", "{% for row in newest|batch(2) %}{% for item in row %}{{ item.title }}{% endfor %};{% endfor %}"),
    ("first", "{{ (newest|first).title }}"),
    ("last", "{{ (newest[:2]|last).title }}"),
    ("reverse", "{% for item in newest|reverse %}{{ item.title }}{% endfor %}"),
    ("in", "{{ 'Renamed' in newest|map(attribute='title')|list }}"),
    ("equality", "{{ newest[0].title == 'Renamed' }}"),
    ("equality of whole records", "{{ newest[0] == newest[1] }}{{ newest|length }}"),
    ("tojson", "{{ newest|tojson }}"),
    ("items", "{% for name, value in newest[0]|items %}{{ name }}={{ value }}{% endfor %}"),
    ("bare output of a list", "{{ newest }}"),
    ("bare output of a record", "{{ newest[0] }}"),
    ("is defined, of a place", "{{ newest[3] is defined }}"),
    ("is defined, of a key", "{{ newest[0].nothing is defined }}{{ newest|length }}"),
    ("truth of a list", "{{ 'some' if newest[3:] else 'none' }}"),
    ("a filter on a field", "{{ newest[0].title|upper }}"),
    ("an answer within an answer", "{{ site.topics[0].top[0].title }}"),
    ("a set variable", "{% set all = newest %}{% for item in all %}{{ item.title }}{% endfor %}"),
    (
        "a macro's argument",
        "{% macro show(items) %}{% for item in items %}{{ item.title }}{% endfor %}{% endmacro %}{{ show(newest) }}",
    ),
    ("a concatenation", "{% for item in newest %}{{ item.title ~ item.url }}{% endfor %}"),
    ("loop variables", "{% for item in newest %}{{ loop.index }}/{{ loop.length }}{% endfor %}"),
    ("the item before", "{% for item in newest %}{{ loop.previtem is defined and loop.previtem.title }}{% endfor %}"),
];

#[test]
fn every_way_to_look_at_a_value_is_recorded() {
    for (name, look) in LOOKS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let site = Small { folder: folder.path(), look };
        site.write_all();
        let mut memo = Memo::default();
        let first = home(&site.build(&mut memo));
        site.article("two", "Renamed", "2026-02-20");
        let renamed = home(&site.build(&mut memo));
        assert_eq!(renamed, home(&site.build(&mut Memo::default())), "{name}: stale after a title changed");
        site.article("four", "Fourth", "2026-01-04");
        let added = home(&site.build(&mut memo));
        assert_eq!(added, home(&site.build(&mut Memo::default())), "{name}: stale after a page came");
        assert!(first != renamed || renamed != added, "{name}: looks at nothing: {first}");
    }
}

#[test]
fn a_page_that_asked_nothing_of_an_edit_is_not_rendered() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = Small { folder: folder.path(), look: "{{ newest|length }}" };
    site.write_all();
    let mut memo = Memo::default();
    site.build(&mut memo);
    site.write(
        "content/articles/two.md",
        "---\ntitle: two\ndescription: About it\ndate: 2026-01-02\ntopics: [pay]\n---\n\nThe text of two.\n",
    );
    let built = site.build(&mut memo);
    assert!(built.report.rendered.rendered <= 7, "{:?}", built.report.rendered);
    assert_eq!(site.build(&mut memo).report.rendered.rendered, 0);
}

struct Small<'a> {
    folder: &'a Path,
    look: &'a str,
}

impl Small<'_> {
    fn write_all(&self) {
        self.write(
            "letterpress.toml",
            "title = \"Advice\"\nbase_url = \"https://a.example/\"\nlanguage = \"en\"\ntheme = \"looks\"\n",
        );
        for (path, text) in theme::FILES {
            self.write(&format!("themes/looks/{path}"), text);
        }
        self.write("themes/looks/templates/home.html", self.look);
        for (number, name) in ["one", "two", "three"].iter().enumerate() {
            self.article(name, name, &format!("2026-01-0{}", number + 1));
        }
    }

    fn article(&self, name: &str, title: &str, date: &str) {
        let text = format!(
            "---\ntitle: {title}\ndescription: About it\ndate: {date}\ntopics: [pay]\n---\n\nThe body of {name}.\n"
        );
        self.write(&format!("content/articles/{name}.md"), &text);
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("it can be written");
    }

    fn build(&self, memo: &mut Memo) -> Built {
        let today = jiff::civil::date(2026, 3, 1);
        let options = Options { folder: self.folder.to_path_buf(), as_of: Some(today), ..Options::default() };
        let (sources, found) = collect::collect(&options).expect("the site can be read");
        let built = build(&sources, found, memo).expect("a build");
        let errors: Vec<_> = built.diagnostics.iter().filter(|one| one.rule == Rule::TemplateError).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", self.look);
        built
    }
}

fn home(built: &Built) -> String {
    String::from_utf8_lossy(&built.output.get("index.html").expect("a home page").read().expect("its bytes"))
        .into_owned()
}
