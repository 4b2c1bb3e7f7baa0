//! The few words that a letter needs of its own, in the language of the site.

use super::field::Field;
use super::model::Condition;
use crate::storage::Hash;

/// Words and patterns that appear on the paper beside the editor's own. `{name}`, `{label}`, `{choice}` and `{text}`
/// are replaced; the theme's strings give them, and the defaults are English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Above a part for one choice: `If {name} is {choice}`.
    pub when_is: String,
    /// Above a part for every other choice: `If {name} is not {choice}`.
    pub when_is_not: String,
    /// The same where the field's label is a question: `{label} – {choice}`.
    pub when_answer: String,
    /// The same for every other choice: `{label} – not {choice}`.
    pub when_answer_not: String,
    /// Between choices: `or`.
    pub or: String,
    /// Above a part, or before a sentence, that may be left out: `Optional`.
    pub optional: String,
    /// The form's label for a part that may be left out: `Optional: {text}`.
    pub optional_label: String,
    /// The choice to keep an optional part.
    pub include: String,
    /// The choice to leave it out.
    pub leave_out: String,
    /// Before the subject in plain text: `Subject: {text}`.
    pub subject: String,
}

impl Words {
    /// A hash of them all, for what is made with them.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        blake3::hash(format!("{self:?}").as_bytes())
    }
}

impl Default for Words {
    fn default() -> Self {
        Self {
            when_is: "If {name} is {choice}".into(),
            when_is_not: "If {name} is not {choice}".into(),
            when_answer: "{label} – {choice}".into(),
            when_answer_not: "{label} – not {choice}".into(),
            or: "or".into(),
            optional: "Optional".into(),
            optional_label: "Optional: {text}".into(),
            include: "include".into(),
            leave_out: "leave out".into(),
            subject: "Subject: {text}".into(),
        }
    }
}

/// The line above a conditional part: 'If notice is one month', or 'Optional'.
pub(super) fn label(condition: &Condition, fields: &[Field], words: &Words) -> String {
    let Some(field) = fields.get(condition.field) else { return String::new() };
    if field.optional {
        return words.optional.clone();
    }
    let pattern = match (field.label.ends_with(['?', '؟']), condition.negated) {
        (false, false) => &words.when_is,
        (false, true) => &words.when_is_not,
        (true, false) => &words.when_answer,
        (true, true) => &words.when_answer_not,
    };
    let choices = condition.choices.join(&format!(" {} ", words.or));
    fill(pattern, &[("name", &field.name), ("label", &field.label), ("choice", &choices)])
}

/// `pattern` with each `{key}` replaced by its value, which is not searched again.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (before, from_brace) = rest.split_at(open);
        filled.push_str(before);
        let Some((key, after)) = from_brace[1..].split_once('}') else {
            rest = from_brace;
            break;
        };
        match values.iter().find(|(name, _)| *name == key) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&from_brace[..key.len() + 2]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

impl Field {
    /// The field as a form shows it: the choices and the label of an optional part in the site's words.
    pub fn in_words(&self, words: &Words) -> Field {
        if !self.optional {
            return self.clone();
        }
        Field {
            label: fill(&words.optional_label, &[("text", &self.label)]),
            choices: vec![words.include.clone(), words.leave_out.clone()],
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_not_searched_for_further_keys() {
        assert_eq!(fill("If {name} is {choice}", &[("name", "{choice}"), ("choice", "x")]), "If {choice} is x");
    }

    #[test]
    fn an_open_brace_and_an_unknown_key_stay() {
        assert_eq!(fill("{nobody} and {", &[("name", "x")]), "{nobody} and {");
    }
}
