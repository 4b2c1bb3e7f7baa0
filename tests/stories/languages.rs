//! Stories about a site in several languages.

use crate::support::{BuiltSite, Site, between};

const CONFIG: &str = "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\nper_page = 2\n\
                      [languages.ur]\ntitle = \"مشورہ\"\n";

fn site() -> Site {
    Site::new()
        .file("letterpress.toml", CONFIG)
        .article("pay.md", "title: Pay\ndate: 2026-03-05\ntopics: [money]\ntags: [tax]", "Words.")
        .article("pay.ur.md", "title: تنخواہ\ndate: 2026-03-05\ntopics: [money]\ntags: [tax]", "الفاظ۔")
        .article("leave.md", "title: Leave\ntopics: [money]", "Words.")
        .article("quit.md", "title: Quit\ntopics: [money]", "Words.")
        .file("content/topics/money.md", "---\ntitle: Money\n---\n")
        .file("content/topics/money.ur.md", "---\ntitle: پیسہ\nslug: paisa\n---\n")
}

/// Where the switcher of a page leads.
fn switcher(page: &str) -> Vec<&str> {
    let Some(start) = page.find("<nav class=\"languages\"") else { return Vec::new() };
    let nav = &page[start..][..page[start..].find("</nav>").expect("an end")];
    nav.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_switcher_leads_to_the_same_page_on_pages_and_listings() {
    let built = site().article("pay.ur.md", "title: تنخواہ\ntopics: [paisa]\ntags: [tax]", "الفاظ۔").built();
    for (page, other) in [
        ("index.html", "/career-advice/ur/"),
        ("articles/pay/index.html", "/career-advice/ur/articles/pay/"),
        ("articles/index.html", "/career-advice/ur/articles/"),
        ("topics/index.html", "/career-advice/ur/topics/"),
        ("topics/money/index.html", "/career-advice/ur/topics/paisa/"),
        ("ur/topics/paisa/index.html", "/career-advice/topics/money/"),
        ("tags/tax/index.html", "/career-advice/ur/tags/tax/"),
        ("a-z/index.html", "/career-advice/ur/a-z/"),
        ("search/index.html", "/career-advice/ur/search/"),
        ("404.html", "/career-advice/ur/404.html"),
    ] {
        assert_eq!(switcher(&built.page(page)), [other], "{page}");
    }
    assert!(switcher(&built.page("articles/leave/index.html")).is_empty(), "there is no such page in Urdu");
    assert!(switcher(&built.page("articles/page/2/index.html")).is_empty(), "the Urdu listing is shorter");
}

#[test]
fn search_engines_learn_of_each_language_and_of_the_one_for_everybody_else() {
    let built = site().article("pay.ur.md", "title: تنخواہ\ntopics: [paisa]", "الفاظ۔").built();
    let alternates = |page: &str| -> Vec<String> {
        built
            .page(page)
            .split("hreflang=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
            .take(3)
            .collect()
    };
    let mut english = alternates("articles/pay/index.html");
    let mut urdu = alternates("ur/articles/pay/index.html");
    english.sort();
    urdu.sort();
    assert_eq!(english, ["en", "ur", "x-default"]);
    assert_eq!(english, urdu);
    let sitemap = built.page("sitemap.xml");
    let entry = between(&sitemap, "<loc>https://example.org/career-advice/ur/articles/</loc>", "</url>");
    assert!(entry.contains("hreflang=\"x-default\" href=\"https://example.org/career-advice/articles/\""), "{entry}");
    assert!(!built.page("404.html").contains("rel=\"alternate\" hreflang"));
}

#[test]
fn a_language_without_a_page_is_no_language_yet() {
    let config = "title = \"Advice\"\n[languages.ur]\ntitle = \"مشورہ\"\n";
    let built = Site::new().file("letterpress.toml", config).article("a.md", "title: A", "Words.").built();
    assert!(!built.has("ur/index.html") && !built.page("index.html").contains("hreflang"));
}

#[test]
fn what_is_not_translated_is_listed_and_what_changed_since() {
    let site = site()
        .article("pay.md", "title: Pay\ndate: 2026-03-05\nupdated: 2026-09-01\ntopics: [money]", "Words.")
        .article("quit.ur.md", "title: چھوڑنا\ndraft: true", "الفاظ۔")
        .article("pay.ur.md", "title: تنخواہ\ndate: 2026-03-05", "الفاظ۔");
    let found = site.build().site.untranslated();
    let found: Vec<(String, String)> =
        found.iter().map(|one| (one.translation.to_string(), format!("{:?}", one.lag))).collect();
    let expected = [
        ("content/articles/leave.ur.md", "Missing"),
        ("content/articles/pay.ur.md", "Older(2026-09-01, 2026-03-05)"),
        ("content/articles/quit.ur.md", "Hidden"),
    ];
    assert_eq!(found, expected.map(|(path, lag)| (path.to_owned(), lag.to_owned())));
}

#[test]
fn a_third_language_is_added_by_files_alone() {
    let english = include_str!("../../themes/default/strings/en.toml");
    let french =
        english.replace("skip = \"", "skip = \"Fr: ").replace("articles = \"Articles\"", "articles = \"Conseils\"");
    let config = "title = \"Advice\"\ntheme = \"own\"\n[languages.fr]\ntitle = \"Conseils\"\n";
    let site = Site::new()
        .file("letterpress.toml", config)
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/strings/fr.toml", french)
        .article("pay.md", "title: Pay", "Words.")
        .article("pay.fr.md", "title: Le salaire\ndate: 2026-03-05", "## Un\n\nDes mots.")
        .letter(
            "quit.fr.md",
            "title: Démissionner",
            "Madame, Monsieur,\n\nJe quitte [poste].\n\nCordialement,\n\n[nom]",
        );
    let built = site.built();
    let page = built.page("fr/articles/pay/index.html");
    assert!(page.contains("<html lang=\"fr\" dir=\"ltr\">") && page.contains("Fr: "), "{page}");
    assert!(page.contains(">Conseils</a>"), "a section that nobody titled has the theme's word");
    for file in
        ["fr/index.html", "fr/feed.xml", "fr/search/index.json", "fr/letters/quit/letter.pdf", "fr/a-z/index.html"]
    {
        assert!(built.has(file), "{file}");
    }
    assert_eq!(switcher(&built.page("articles/pay/index.html")), ["/fr/articles/pay/"]);
}

#[test]
fn words_that_a_language_lacks_stand_in_english_and_are_told() {
    let config = "title = \"Advice\"\ntheme = \"own\"\n[languages.fr]\n[languages.\"pt-BR\"]\n";
    let site = Site::new()
        .file("letterpress.toml", config)
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/strings/fr.toml", "skip = \"Aller au contenu\"\n")
        .article("pay.fr.md", "title: Le salaire", "Des mots.")
        .article("pay.pt-BR.md", "title: O salário", "Palavras.");
    let built = site.build();
    assert_eq!(built.codes(), ["missing-strings", "missing-strings"]);
    let page = built.page("fr/articles/pay/index.html");
    assert!(page.contains("Aller au contenu") && page.contains("Search"));
    assert!(built.page("pt-br/articles/pay/index.html").contains("<html lang=\"pt-BR\""));
}

#[test]
fn a_translation_into_a_language_that_the_site_lacks_is_told() {
    let site = Site::new().article("pay.md", "title: Pay", "Words.").article("pay.fr.md", "title: Le salaire", "Mots.");
    assert_eq!(site.build().codes(), ["unknown-language"]);
}

#[test]
fn a_language_has_its_own_digits_where_its_words_say_so() {
    let english = include_str!("../../themes/default/strings/en.toml");
    let site = Site::new()
        .file("letterpress.toml", "title = \"Advice\"\nlanguage = \"fa\"\ntheme = \"own\"\n")
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/strings/fa.toml", format!("digits = \"۰۱۲۳۴۵۶۷۸۹\"\n{english}"))
        .article("pay.md", "title: حقوق\ndate: 2026-03-05", "کلمات.");
    let page = site.built().page("articles/pay/index.html");
    assert!(page.contains(">۵ March ۲۰۲۶</time>") && page.contains("۱ min"), "{page}");
    assert!(page.contains("dir=\"rtl\"") && page.contains("datetime=\"2026-03-05\""));
}

/// Thirty languages, right-to-left ones first: code, title, and the initial under which the A–Z has it.
#[rustfmt::skip]
const THIRTY: [(&str, &str, &str); 30] = [
    ("ar", "كيف تطلب إجازة ليوم واحد", "ك"),
    ("fa", "چگونه یک روز مرخصی بخواهیم", "چ"),
    ("he", "איך לבקש יום חופש", "א"),
    ("ur", "ایک دن کی چھٹی کیسے مانگیں", "ا"),
    ("am", "የአንድ ቀን ፈቃድ እንዴት እንደሚጠየቅ", "የ"),
    ("bn", "একদিনের ছুটি কীভাবে চাইবেন", "এ"),
    ("cs", "Jak požádat o den volna", "J"),
    ("de", "Über einen freien Tag sprechen", "U"),
    ("el", "Πώς να ζητήσετε μια μέρα άδεια", "Π"),
    ("es", "¿Cómo pedir un día libre?", "C"),
    ("fr", "Écrire pour un jour de congé", "E"),
    ("hi", "एक दिन की छुट्टी कैसे माँगें", "ए"),
    ("hy", "Ինչպես խնդրել մեկ օր արձակուրդ", "Ի"),
    ("ja", "一日の休みを頼むには", "一"),
    ("ka", "როგორ ვითხოვოთ ერთი დღე", "რ"),
    ("km", "របៀបសុំច្បាប់ឈប់មួយថ្ងៃ", "រ"),
    ("ko", "하루 휴가를 요청하는 방법", "하"),
    ("my", "တစ်ရက်ခွင့် ဘယ်လိုတောင်းမလဲ", "တ"),
    ("pa", "ਇੱਕ ਦਿਨ ਦੀ ਛੁੱਟੀ ਕਿਵੇਂ ਮੰਗੀਏ", "ਇ"),
    ("pl", "Łatwo poprosić o dzień wolny", "L"),
    ("pt-BR", "Como pedir um dia de folga", "C"),
    ("ru", "Как попросить выходной", "К"),
    ("sw", "Jinsi ya kuomba siku ya mapumziko", "J"),
    ("ta", "ஒரு நாள் விடுப்பு கேட்பது எப்படி", "ஒ"),
    ("te", "ఒక రోజు సెలవు ఎలా అడగాలి", "ఒ"),
    ("th", "วิธีขอลาหยุดหนึ่งวัน", "ว"),
    ("tr", "Bir gün izin nasıl istenir", "B"),
    ("uk", "Їхати у вихідний", "Ї"),
    ("vi", "Cách xin nghỉ một ngày", "C"),
    ("zh-Hant", "如何請一天假", "如"),
];
/// How many of them are read from the right.
const FROM_THE_RIGHT: usize = 4;

#[test]
fn thirty_languages_each_have_their_pages_feed_initials_and_search() {
    let mut config = "title = \"Advice\"\nbase_url = \"https://example.org/\"\n".to_owned();
    let mut site = Site::new().article("off.md", "title: A day off\ndate: 2026-03-05", "Words.");
    for (code, title, _) in THIRTY {
        config.push_str(&format!("[languages.{code}]\ntitle = \"{title}\"\n"));
        let body = format!("{title} (a *day off*, 24 h).\n\n## {title}\n\n{title}.");
        site = site.article(
            &format!("off.{code}.md"),
            &format!("title: \"{title}\"\ndate: 2026-03-05\ntags: [\"{title}\"]"),
            &body,
        );
    }
    let built = site.file("letterpress.toml", config).build();
    assert!(built.codes().iter().all(|code| *code == "missing-strings"), "{:?}", built.codes());
    let sitemap = built.page("sitemap.xml");
    for (number, (code, title, initial)) in THIRTY.into_iter().enumerate() {
        let folder = code.to_lowercase();
        let page = built.page(&format!("{folder}/articles/off/index.html"));
        let direction = if number < FROM_THE_RIGHT { "rtl" } else { "ltr" };
        assert!(page.contains(&format!("<html lang=\"{code}\" dir=\"{direction}\">")), "{code}");
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{code}");
        let anchor = between(&page, "<h2 id=\"", "\">").trim_start_matches("<h2 id=\"").to_owned();
        assert!(!anchor.is_empty() && page.contains(&format!("href=\"#{anchor}\"")), "{code}");
        let a_to_z = built.page(&format!("{folder}/a-z/index.html"));
        assert!(a_to_z.contains(&format!(">{initial}</h2>")), "{code}: {a_to_z}");
        assert!(built.page(&format!("{folder}/feed.xml")).contains(&format!("<title>{title}</title>")), "{code}");
        assert!(sitemap.contains(&format!("hreflang=\"{code}\" href=\"https://example.org/{folder}/articles/off/\"")));
        let tags = format!("{folder}/tags/");
        let tag = built.output.iter().map(|(file, _)| file).find(|file| file.starts_with(&tags)).expect("a tag");
        assert!(tag.is_ascii() && tag.len() > tags.len() + "/index.html".len() + 2, "{tag}");
        let lists = format!("{folder}/search/words/");
        assert!(built.output.iter().any(|(file, _)| file.starts_with(&lists)), "{code} can be searched");
    }
    let page = built.page("articles/off/index.html");
    assert_eq!(between(&page, "<head>", "</head>").matches("hreflang=").count(), THIRTY.len() + 2, "and x-default");
}

#[test]
fn one_list_of_many_scripts_gives_each_page_an_address_of_its_own() {
    let site = THIRTY.into_iter().fold(Site::new(), |site, (code, title, _)| {
        site.article(
            &format!("{title}.md"),
            &format!("title: \"{title}\""),
            &format!("<div lang=\"{code}\">{title}</div>"),
        )
    });
    let built = site.build();
    assert!(!built.has_errors(), "{:?}", built.codes());
    let pages: Vec<&str> =
        built.output.iter().map(|(file, _)| file).filter(|file| file.starts_with("articles/")).collect();
    let pages = pages.iter().filter(|file| file.matches('/').count() == 2 && file.ends_with("/index.html"));
    assert_eq!(pages.clone().count(), THIRTY.len());
    assert!(
        pages
            .clone()
            .all(|file| file.bytes().all(|byte| byte.is_ascii_lowercase() || b"-/.0123456789".contains(&byte)))
    );
}
