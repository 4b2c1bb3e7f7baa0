//! What an editor reads when something is wrong: place, excerpt, hint. Each message is kept as a snapshot.

use crate::support::{BuiltSite, Site, messages};

/// One article with that text.
fn with(text: &str) -> Site {
    Site::new().file("content/articles/a.md", text)
}

#[test]
fn a_misspelt_key() {
    insta::assert_snapshot!(messages(&with("---\ntilte: A\ndescription: B\n---\n\nWords.\n").build()));
}

#[test]
fn a_date_that_does_not_exist() {
    insta::assert_snapshot!(messages(&with("---\ntitle: A\ndescription: B\ndate: 2026-02-30\n---\n").build()));
}

#[test]
fn an_unquoted_colon() {
    insta::assert_snapshot!(messages(&with("---\ntitle: CVs: what to leave out\n---\n").build()));
}

#[test]
fn front_matter_that_is_never_closed() {
    insta::assert_snapshot!(messages(&with("---\ntitle: A\n\nWords.\n").build()));
}

#[test]
fn a_broken_link_with_a_near_miss() {
    let site = with("---\ntitle: A\ndescription: B\n---\n\nRead [this](resign-wel.md) first.\n").article(
        "resign-well.md",
        "title: R",
        "Words.",
    );
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn a_link_to_the_wrong_folder() {
    let site = with("---\ntitle: A\ndescription: B\n---\n\nTake [this letter](resignation-of-mine.md).\n").letter(
        "resignation-of-mine.md",
        "title: R\nsubject: R",
        "Dear [name of person],\n\nWords.\n\nYours sincerely,\n\n[your name]",
    );
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn a_broken_anchor() {
    let site = with("---\ntitle: A\ndescription: B\n---\n\nSee [when](#wen).\n\n## When\n");
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn a_link_to_a_draft() {
    let site = with("---\ntitle: A\ndescription: B\n---\n\nSee [it](b.md).\n").article(
        "b.md",
        "title: B\ndraft: true",
        "Words.",
    );
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn two_pages_at_one_address() {
    let site = with("---\ntitle: A\ndescription: B\nslug: b\n---\n\nWords.\n").article("b.md", "title: B", "Words.");
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn a_theme_with_a_misspelt_name() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n")
        .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
        .file(
            "themes/mine/templates/404.html",
            "{% extends \"base.html\" %}\n{% block main %}{{ veiw.title }}{% endblock %}\n",
        );
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn faults_in_and_around_a_shared_part_of_a_theme() {
    let part = |template: &str, footer: &str| {
        let site = Site::new()
            .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n")
            .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
            .file("themes/mine/templates/partials/footer.html", footer)
            .file("themes/mine/templates/404.html", template);
        messages(&site.build())
    };
    let faults = [
        part("{{ shared(\"partials/footer.html\") }}", "{{ page.title }}"),
        part("{{ shared(\"partials/footer.html\", crumbs=view.breadcrumbs) }}", "x"),
        part("{{ shared(\"partials/foter.html\") }}", "x"),
        part("{{ shared(\"partials/footer.html\") }}", "{{ shared(\"partials/footer.html\") }}"),
    ];
    insta::assert_snapshot!(faults.join("\n"));
}

#[test]
fn a_configuration_with_a_misspelt_key() {
    let site = Site::new().file("letterpress.toml", "title = \"Advice\"\npublsher = { name = \"X\" }\n");
    insta::assert_snapshot!(messages(&site.build()));
}

#[test]
fn one_broken_article_does_not_hide_another() {
    let site = with("---\ntilte: A\n---\n").article("b.md", "title: B\ndate: someday", "See [x](x.md).");
    let built = site.build();
    assert_eq!(built.codes(), ["unknown-key", "missing-description", "impossible-date", "broken-link"]);
    assert!(built.has("articles/b/index.html"), "what can be shown is there, for the preview");
}

#[test]
fn a_file_that_is_not_text_is_told_and_not_fatal() {
    let built = Site::new().file("content/articles/a.md", b"---\ntitle: A\ndescription: B\n---\n\nCaf\xe9\n").build();
    assert_eq!(built.codes(), ["not-utf8"]);
}

#[test]
fn a_theme_shows_a_part_once_for_each_of_a_list() {
    let home = "{{ shared('entry.html', items=newest, level=3) }}|{% for item in newest %}{{ shared('entry.html', item=item, level=3) }};{% endfor %}\
                |{{ shared('number.html', items=[1, 2]) }}|{{ shared('entry.html', items=newest[:0], level=3) }}|{{ shared('list.html', items='text') }}";
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n")
        .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
        .file("themes/mine/templates/home.html", home)
        .file("themes/mine/templates/entry.html", "{{ item.title }} {{ level }}")
        .file("themes/mine/templates/number.html", "{{ item }}")
        .file("themes/mine/templates/list.html", "{{ items }}")
        .article("a.md", "title: A\ndescription: A.\ndate: 2026-01-01", "Words.")
        .article("b.md", "title: B\ndescription: B.\ndate: 2026-01-02", "Words.");
    assert_eq!(site.built().page("index.html"), "B 3\nA 3|B 3;A 3;|1\n2||text");
}

#[test]
fn a_theme_that_extends_the_default_changes_one_template_by_one_file() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\ntheme = \"mine\"\n[settings]\naccent = \"#123456\"\n")
        .file("themes/mine/theme.toml", "name = \"mine\"\nextends = \"default\"\n")
        .file("themes/mine/templates/404.html", "Nothing here: {{ site.title }}");
    let built = site.built();
    assert_eq!(built.page("404.html"), "Nothing here: Advice");
    assert!(built.page("index.html").contains("<h1"));
    let sheet = built.output.iter().find(|(file, _)| file.ends_with(".css")).expect("a style sheet").0.to_owned();
    assert!(built.page(&sheet).contains("--setting-accent:#123456"));
}
