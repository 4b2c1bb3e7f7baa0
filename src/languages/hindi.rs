//! Hindi.

use super::language::{Language, Letter};

pub(super) const HINDI: Language = Language {
    english_name: "Hindi",
    letter: Letter {
        salutations: &["आदरणीय", "प्रिय", "महोदय"],
        closes: &["भवदीय", "सादर"],
        subjects: &["विषय"],
        recipients: &["सेवा में"],
        ..Letter::NONE
    },
    ..Language::named("hi", "हिन्दी")
};
