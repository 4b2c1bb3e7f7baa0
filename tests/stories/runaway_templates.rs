//! Stories about templates that would never end, or take all memory: each is reported at its place, and the program goes on.

use crate::support::{BuiltSite, Site, messages};

/// A site whose theme has this as its page for missing addresses.
fn site(template: &str) -> Site {
    Site::new()
        .file("letterpress.toml", "title = \"Advice\"\nbase_url = \"https://example.org/\"\ntheme = \"own\"\n")
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/templates/404.html", template)
}

/// The one message about a template, which is at a line.
fn fault(template: &str, line: usize) -> String {
    let built = site(template).build();
    assert_eq!(built.codes(), ["template-error"], "{}", messages(&built));
    let place = built.diagnostics[0].location.as_ref().expect("a place");
    assert_eq!((place.file.as_str(), place.start.line), ("themes/own/templates/404.html", line));
    messages(&built)
}

#[test]
fn code_that_nests_deeper_than_a_stack_is_reported_at_its_line() {
    let branches = format!("\n{{% if a %}}\n{}{{% endif %}}", "{% elif b %}\n".repeat(3000));
    assert!(fault(&branches, 503).contains("more than 500 `elif`"));
    for operator in ["+1", "~1", "|int", ".a", "[0]", " and 1", " if 1 else 1"] {
        let long = format!("\n{{{{ 1{} }}}}", operator.repeat(100_000));
        assert!(fault(&long, 2).contains("longer than 8192 bytes"), "{operator}");
    }
    for (open, close) in [("{% if 1 %}", "{% endif %}"), ("{% for a in [1] %}", "{% endfor %}")] {
        let deep = format!("\n{}{}", open.repeat(5000), close.repeat(5000));
        assert!(fault(&deep, 2).contains("too deep in brackets or blocks"), "{open}");
    }
    let brackets = format!("\n{{{{ {}1{} }}}}", "(".repeat(1000), ")".repeat(1000));
    assert!(fault(&brackets, 2).contains("too deep in brackets or blocks"));
}

#[test]
fn templates_that_call_each_other_in_a_circle_are_reported() {
    for circle in [
        "{% include \"404.html\" %}",
        "{% import \"404.html\" as own %}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% block again %}{{ self.again() }}{% endblock %}",
        "{% for one in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    ] {
        assert!(fault(&format!("\n{circle}"), 2).contains("in a circle"), "{circle}");
    }
    assert!(fault("\n{% extends \"404.html\" %}", 2).contains("cycle in template inheritance"));
}

#[test]
fn a_page_that_takes_all_memory_or_time_is_reported_and_not_made() {
    let doubled = format!("{{% set s = 'sixteen letters.' %}}\n{}{{{{ s }}}}", "{% set s = s ~ s %}".repeat(60));
    let squared = format!("{{% set s = 'x' * 10000 %}}\n{}", "{% set s = s|replace('x', s) %}".repeat(9));
    for runaway in [
        &*doubled,
        &*squared,
        "\n{{ 'x' * 99999999 * 9 }}",
        "\n{{ ('x' * 99999999) ~ ('x' * 99999999) }}",
        "\n{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
        "\n{{ '%999999999d'|format(1) }}",
        "\n{{ ('a\\n' * 1000000)|indent(1000000) }}",
        "\n{{ range(9)|batch(999999999, 'x')|list }}",
    ] {
        let message = fault(runaway, 2);
        assert!(message.contains("too much work or too much memory"), "{message}");
    }
    assert!(fault("\n{{ 'x' * 999999999999 }}", 2).contains("too much"));
    assert!(fault("\n{% for a in range(999999999) %}x{% endfor %}", 2).contains("too many elements"));
    assert!(fault("\n{{ namespace() }}", 2).contains("templates have no `namespace`"));
}

/// Once, the first message was that the template does not exist.
#[test]
fn a_slip_in_a_template_is_reported_as_itself_and_once() {
    assert!(fault("\n{% if %}", 2).contains("unexpected end of block"));
    assert!(fault("\n{{ 'a", 2).contains("unexpected end of string"));
    let base = site("{% extends \"base.html\" %}").file("themes/own/templates/base.html", "{% if %}");
    assert_eq!(base.build().codes(), ["template-error"]);
}

#[test]
fn a_broken_template_hides_no_fault_of_another() {
    let site = site("{{ nothing }}")
        .file("themes/own/templates/article.html", "{% if %}")
        .file("themes/own/templates/home.html", "{{ unknown }}")
        .file("themes/own/templates/tag.html", "{% for %}")
        .article("a.md", "title: A", "Words.");
    let built = site.build();
    let places = built.diagnostics.iter().filter_map(|one| one.location.as_ref()).map(|place| place.file.as_str());
    let names: Vec<&str> = places.filter_map(|file| file.strip_prefix("themes/own/templates/")).collect();
    assert_eq!(names, ["404.html", "article.html", "home.html", "tag.html"], "{}", messages(&built));
}

/// The stack of a thread of a test is not the one that the program gives itself.
#[test]
fn lists_in_lists_are_made_and_let_go() {
    let nested = format!("{{% set x = [] %}}{}done", "{% set x = [x] %}".repeat(12_000));
    let site = site(&nested);
    let mut command = assert_cmd::Command::cargo_bin("letterpress").expect("the program");
    command.args(["build", "--source"]).arg(site.folder()).assert().success();
    assert!(std::fs::read_to_string(site.path("public/404.html")).expect("the page").ends_with("done"));
}
