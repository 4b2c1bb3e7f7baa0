//! The words by which the parts of a letter are known, in the languages in which letters are most often published.
//!
//! All in lower case, with straight apostrophes and no space before a colon, as [`super::tidied`] gives them.

/// The beginnings of a salutation.
pub(super) const SALUTATIONS: &[&str] = &[
    "dear ",
    "to whom it may concern",
    "to the hiring",
    "hello",
    "hi ",
    "hi,",
    "hey ",
    "greetings",
    "good morning",
    "good afternoon",
    "good evening",
    "respected ",
    "assalam",
    "as-salam",
    "salaam",
    "salam",
    // German
    "sehr geehrte",
    "liebe ",
    "lieber ",
    "guten tag",
    "hallo",
    // French
    "madame",
    "monsieur",
    "mesdames",
    "messieurs",
    "bonjour",
    "cher ",
    "chère ",
    "chers ",
    "chères ",
    // Spanish, Portuguese, Italian
    "estimad",
    "querid",
    "muy señor",
    "a quien corresponda",
    "buenos días",
    "prezad",
    "caro ",
    "cara ",
    "gentile ",
    "egregi",
    "spett",
    // Urdu and Arabic
    "محترم",
    "جناب",
    "السلام",
    "عزیز",
    "عزيز",
    "مکرم",
    "السيد",
    "السادة",
    "تحية",
    // Hindi
    "आदरणीय",
    "प्रिय",
    "महोदय",
];

/// The beginnings of a complimentary close.
pub(super) const CLOSES: &[&str] = &[
    "yours ",
    "sincerely",
    "faithfully",
    "kind regards",
    "kindest regards",
    "best regards",
    "warm regards",
    "with regards",
    "regards",
    "best wishes",
    "warm wishes",
    "with best",
    "with kind",
    "with thanks",
    "many thanks",
    "respectfully",
    "cordially",
    // German
    "mit freundlich",
    "mit besten",
    "mit herzlich",
    "freundliche grüße",
    "beste grüße",
    "viele grüße",
    "herzliche grüße",
    "hochachtungsvoll",
    // French
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "respectueusement",
    "sincères salutations",
    // Spanish, Portuguese, Italian
    "atentamente",
    "cordialmente",
    "saludos",
    "un saludo",
    "un cordial saludo",
    "respetuosamente",
    "atenciosamente",
    "cordiali saluti",
    "distinti saluti",
    // Urdu and Arabic
    "والسلام",
    "آپ کا مخلص",
    "آپ کی مخلص",
    "آپ کا تابعدار",
    "آپ کی تابعدار",
    "مخلص",
    "خیر اندیش",
    "العارض",
    "مع التحية",
    "مع خالص",
    "وتفضلوا",
    // Hindi
    "भवदीय",
    "सादर",
];

/// The beginnings of a close that is a whole sentence, as in formal French.
pub(super) const LONG_CLOSES: &[&str] = &[
    "je vous prie d'agréer",
    "je vous prie de croire",
    "nous vous prions d'agréer",
    "veuillez agréer",
    "veuillez recevoir",
    "veuillez croire",
    "reciba ",
    "le saluda",
];

/// The beginnings of a list of what is enclosed or who has a copy.
pub(super) const ENCLOSURES: &[&str] = &[
    "enclosure",
    "encl",
    "enc:",
    "enc.",
    "attached:",
    "attachment",
    "cc:",
    "c.c.",
    "copy to",
    "copies to",
    "anlage",
    "kopie an",
    "p.j.",
    "pj:",
    "pièce",
    "copie à",
    "anexo",
    "adjunto",
    "allegat",
    "منسلک",
    "نقل",
    "مرفق",
];

/// The beginnings of what is added below the signature.
pub(super) const POSTSCRIPTS: &[&str] = &["p.s", "p. s.", "ps:", "ps ", "postscript"];

/// The beginnings of a subject line on the paper.
pub(super) const SUBJECTS: &[&str] = &[
    "subject:",
    "re:",
    "ref:",
    "betreff:",
    "objet:",
    "asunto:",
    "assunto:",
    "oggetto:",
    "موضوع",
    "عنوان",
    "بعنوان",
    "الموضوع",
    "विषय",
];

/// The beginnings of the block of the person written to.
pub(super) const RECIPIENTS: &[&str] =
    &["to:", "to,", "attn", "attention", "à l'attention", "an:", "بخدمت", "خدمت میں", "إلى", "सेवा में"];
