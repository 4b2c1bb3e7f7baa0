//! Languages of which little more is known than their names: what they are called (CLDR), and for some a stemmer or letters of their own.

use rust_stemmers::Algorithm;

use super::language::Language;

pub(super) const OTHERS: &[Language] = &[
    Language::named("af", "Afrikaans"),
    Language::recognised("am", "አማርኛ", "Amharic"),
    Language {
        in_scripts: &[("Arab", "تۆرکجه"), ("Cyrl", "азәрбајҹан")], ..Language::named("az", "azərbaycan")
    },
    Language::named("be", "беларуская"),
    Language::named("bg", "български"),
    Language::recognised("bn", "বাংলা", "Bengali"),
    Language::named("ca", "català"),
    Language::named("cs", "čeština"),
    Language::named("cy", "Cymraeg"),
    Language::stemmed("da", "dansk", Algorithm::Danish, "brev"),
    Language {
        english_name: "Greek", ..Language::stemmed("el", "Ελληνικά", Algorithm::Greek, "επιστολή")
    },
    Language::named("et", "eesti"),
    Language::named("eu", "euskara"),
    Language::stemmed("fi", "suomi", Algorithm::Finnish, "kirje"),
    Language::named("fil", "Filipino"),
    Language::named("ga", "Gaeilge"),
    Language::named("gu", "ગુજરાતી"),
    Language::recognised("he", "עברית", "Hebrew"),
    Language::named("hr", "hrvatski"),
    Language::stemmed("hu", "magyar", Algorithm::Hungarian, "levél"),
    Language::named("hy", "հայերեն"),
    Language::named("id", "Indonesia"),
    Language::named("is", "íslenska"),
    Language::named("ja", "日本語"),
    Language::named("ka", "ქართული"),
    Language::named("kk", "қазақ тілі"),
    Language::named("km", "ខ្មែរ"),
    Language::named("kn", "ಕನ್ನಡ"),
    Language::named("ko", "한국어"),
    Language::named("lt", "lietuvių"),
    Language::named("lv", "latviešu"),
    Language::named("mk", "македонски"),
    Language::named("ml", "മലയാളം"),
    Language::named("mn", "монгол"),
    Language::named("mr", "मराठी"),
    Language::named("ms", "Melayu"),
    Language::named("my", "မြန်မာ"),
    Language { also: &["nn"], ..Language::stemmed("nb", "norsk bokmål", Algorithm::Norwegian, "brev") },
    Language::named("ne", "नेपाली"),
    Language::stemmed("nl", "Nederlands", Algorithm::Dutch, "brief voorbeeld"),
    Language::stemmed("no", "norsk", Algorithm::Norwegian, "brev"),
    Language::named("or", "ଓଡ଼ିଆ"),
    Language { in_scripts: &[("Arab", "پنجابی")], ..Language::recognised("pa", "ਪੰਜਾਬੀ", "Punjabi") },
    Language::named("pl", "Polski"),
    Language { own_letters: "ټډړږښځڅۍې", ..Language::recognised("ps", "پښتو", "Pashto") },
    Language::stemmed("ro", "română", Algorithm::Romanian, "scrisoare model"),
    Language {
        english_name: "Russian",
        own_letters: "ыэёъЫЭЁЪ",
        ..Language::stemmed("ru", "Русский", Algorithm::Russian, "письмо образец")
    },
    Language {
        own_letters: "ٻڀٺڄڃڇڏڊڙڦڪڳڱ",
        in_scripts: &[("Deva", "सिन्धी")],
        ..Language::recognised("sd", "سنڌي", "Sindhi")
    },
    Language::named("si", "සිංහල"),
    Language::named("sk", "slovenčina"),
    Language::named("sl", "slovenščina"),
    Language::named("so", "Soomaali"),
    Language::named("sq", "shqip"),
    Language { in_scripts: &[("Latn", "srpski")], ..Language::named("sr", "српски") },
    Language::stemmed("sv", "svenska", Algorithm::Swedish, "brev"),
    Language::named("sw", "Kiswahili"),
    Language { english_name: "Tamil", ..Language::stemmed("ta", "தமிழ்", Algorithm::Tamil, "") },
    Language::named("te", "తెలుగు"),
    Language::recognised("th", "ไทย", "Thai"),
    Language::stemmed("tr", "Türkçe", Algorithm::Turkish, "mektup dilekçe"),
    Language { own_letters: "іїєґІЇЄҐ", ..Language::recognised("uk", "Українська", "Ukrainian") },
    Language {
        in_scripts: &[("Arab", "اوزبیک"), ("Cyrl", "ўзбекча")], ..Language::named("uz", "o‘zbek")
    },
    Language::named("vi", "Tiếng Việt"),
    Language { in_scripts: &[("Hant", "繁體中文")], ..Language::named("zh", "中文") },
    Language::named("zu", "isiZulu"),
];
