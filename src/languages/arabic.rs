//! Arabic.

use rust_stemmers::Algorithm;

use super::language::{Language, Letter, Search};

pub(super) const ARABIC: Language = Language {
    english_name: "Arabic",
    search: Search {
        stemmer: Some(Algorithm::Arabic),
        stop_words: "في من على إلى عن مع أو و ثم أن إن لا ما هل كيف متى أين هذا هذه ذلك تلك التي الذي هو هي هم كان كل قد بعد قبل",
        letter_words: "رسالة خطاب نموذج",
        ..Search::WHOLE_WORDS
    },
    letter: Letter {
        salutations: &["عزيز", "السيد", "السادة", "تحية"],
        closes: &["مع التحية", "مع خالص", "وتفضلوا"],
        enclosures: &["مرفق"],
        subjects: &["الموضوع"],
        recipients: &["إلى"],
        ..Letter::NONE
    },
    ..Language::named("ar", "العربية")
};
