//! Urdu.

use super::language::{Language, Letter, Placeholders, Search, Takes};

pub(super) const URDU: Language = Language {
    english_name: "Urdu",
    own_letters: "ٹڈڑںےھہۓ",
    is_nastaliq: true,
    search: Search {
        suffixes: &["یوں", "یاں", "وں", "یں", "ات", "ے", "ہ", "ا", "ی"],
        stop_words: "کا کی کے کو سے میں پر اور یا ہے ہیں تھا تھی تھے ہو ہوں نے یہ وہ اس ان آپ ہم تو بھی ہی کہ جو جب تک لیے \
         کیا کیسے کیوں کون کہاں نہ اگر مگر لیکن پھر اپنا اپنی اپنے ایک کر کریں کرنا کرتے گا گی گے رہا رہے رہی",
        letter_words: "خط درخواست نمونہ",
        light_words: "بتائیں چاہیے طریقہ بہتر اچھا نیا نئی بغیر نہیں مدد",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &["محترم", "جناب", "السلام", "عزیز", "مکرم"],
        closes: &[
            "والسلام",
            "آپ کا مخلص",
            "آپ کی مخلص",
            "آپ کا تابعدار",
            "آپ کی تابعدار",
            "مخلص",
            "خیر اندیش",
            "العارض",
        ],
        enclosures: &["منسلک", "نقل"],
        subjects: &["موضوع", "عنوان", "بعنوان"],
        recipients: &["بخدمت", "خدمت میں"],
        ..Letter::NONE
    },
    placeholders: Placeholders {
        at_an_end: &[
            (Takes::Email, &["ای میل", "ایمیل"]),
            (Takes::Date, &["تاریخ"]),
            (Takes::Phone, &["فون", "موبائل", "واٹس ایپ"]),
            (Takes::Money, &["تنخواہ", "رقم", "معاوضہ"]),
            (Takes::Lines, &["پتہ", "پتا"]),
        ],
        about_the_reader: &[
            ("name", &["آپ کا نام", "اپنا نام"]),
            ("email", &["آپ کا ای میل", "آپ کی ای میل"]),
            ("tel", &["فون نمبر", "آپ کا فون نمبر"]),
            ("street-address", &["آپ کا پتہ", "آپ کا پتا", "اپنا پتہ"]),
            ("address-level2", &["شہر", "آپ کا شہر"]),
            ("organization-title", &["آپ کا عہدہ"]),
        ],
        ..Placeholders::NONE
    },
    ..Language::named("ur", "اردو")
};
