//! What kind of work a page is, in the words of schema.org: an article, questions with answers, or steps. Takes a body's headings and text,
//! or its Markdown; returns the questions or steps for search engines. How they are written is the theme's.

use super::markdown::{Body, Heading, Step, TextSection};

/// What a page is to search engines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Schema {
    /// <https://schema.org/Article>
    #[default]
    Article,
    /// <https://schema.org/FAQPage>
    Faq,
    /// <https://schema.org/HowTo>
    HowTo,
}

impl Schema {
    /// The names that front matter and templates know.
    pub const NAMES: [(&str, Self); 3] = [("article", Self::Article), ("faq", Self::Faq), ("howto", Self::HowTo)];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Faq => "faq",
            Self::HowTo => "howto",
        }
    }

    /// The type of a page that sets none: questions with answers, if it has two parts at least and each one's heading is a question.
    #[must_use]
    pub fn of(body: &Body) -> Self {
        let mut parts = body.headings.iter().filter(|heading| heading.level == 2).peekable();
        let has_two = parts.clone().nth(1).is_some();
        if has_two && parts.all(|heading| is_question(&heading.title)) { Self::Faq } else { Self::Article }
    }
}

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered<'a> {
    /// The heading that asks.
    pub question: &'a Heading,
    /// The text below it, down to the next heading that is not below it.
    pub answer: String,
}

/// The headings that are questions, with their answers; those without an answer are left out.
pub fn questions(body: &Body) -> Vec<Answered<'_>> {
    let asked = body.headings.iter().enumerate().filter(|(_, heading)| is_question(&heading.title));
    let sections = body.sections.get();
    let answered = asked.map(|(at, question)| Answered { question, answer: text_below(body, &sections, at) });
    answered.filter(|answered| !answered.answer.is_empty()).collect()
}

/// The steps that a reader takes: the items of the body's numbered lists; where there are none, its parts of the second level.
pub fn steps(body: &Body) -> Vec<Step> {
    if !body.steps.is_empty() {
        return body.steps.clone();
    }
    let parts = body.headings.iter().enumerate().filter(|(_, heading)| heading.level == 2);
    let sections = body.sections.get();
    let step = |(at, heading): (usize, &Heading)| Step {
        name: Some(heading.title.to_string()),
        text: text_below(body, &sections, at),
        anchor: Some(heading.id.to_string()),
    };
    parts.map(step).filter(|step| !step.text.is_empty()).collect()
}

/// The text from a heading on, with that of deeper headings and with those themselves.
fn text_below(body: &Body, sections: &[TextSection], at: usize) -> String {
    let heading = &body.headings[at];
    let deeper = body.headings[at + 1..].iter().take_while(|below| below.level > heading.level);
    let last = at + deeper.count();
    // // Each heading begins a section; the text before the first may be one more.
    let first = sections.len().saturating_sub(body.headings.len());
    let titles = (at..=last).map(|part| if part == at { "" } else { &*body.headings[part].title });
    let texts = sections.iter().skip(first + at).map(|section| &*section.text);
    let words = titles.zip(texts).flat_map(|(title, text)| [title, text]).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a heading ends as a question does: in Latin, Arabic, Chinese and Japanese, Ethiopic, Vai, Bamum, or Greek (whose mark Unicode
/// § 7.2 takes for a semicolon). Armenian has its mark within the word that is asked for.
fn is_question(title: &str) -> bool {
    const MARKS: [char; 9] = ['?', '؟', '？', '፧', '꘏', '꛷', ';', '\u{37e}', '⸮'];
    const CLOSING: [char; 11] = ['"', '\'', '”', '’', '“', '‘', '»', '«', '」', ')', '）'];
    let said = title.trim_end().trim_end_matches(CLOSING).trim_end();
    said.ends_with(MARKS) || title.contains('՞')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_ends_as_its_script_ends_one() {
        let questions = ["Why?", "“Why?”", "« Pourquoi ? »", "کیوں؟", "なぜ？", "Γιατί;", "Ինչո՞ւ", "ለምን፧"];
        assert!(questions.iter().all(|question| is_question(question)));
        assert!(!is_question("Why not") && !is_question("«Why?» and other words") && !is_question(""));
    }
}
