//! Days as text: `2026-03-05`, and what other ways of writing one most probably mean.

use jiff::civil::Date;

/// Whether a text is a day that exists, written as `2026-03-05`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    read_date(text).is_some()
}

/// `2026-03-05`, with or without a time of day after it.
pub(super) fn read_date(text: &str) -> Option<Date> {
    let day = text.trim().get(..10)?;
    let rest = &text.trim()[10..];
    let time_follows = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    let shaped = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if !time_follows || !shaped {
        return None;
    }
    Date::new(day[..4].parse().ok()?, day[5..7].parse().ok()?, day[8..].parse().ok()?).ok()
}

/// How to write the day that a text means, after `key`, which may be empty. Where day and month can't be told apart, both are said.
pub(super) fn date_hint(key: &str, text: &str) -> String {
    let parts = parts(text);
    if let Some((year, month)) = month_without_day(&parts) {
        let length = Date::new(year, month, 1).map_or(31, Date::days_in_month);
        return format!("{year}-{month:02} has {length} days");
    }
    match *meant(&parts).as_slice() {
        [one] => format!("write `{key}{one}`"),
        [one, other, ..] => format!("write `{key}{one}`, or `{other}` if the month comes first"),
        [] => "write year-month-day with hyphens, for example 2026-03-05".to_owned(),
    }
}

/// A number, or a month by its English name, as texts have them one after the other.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Number(i16),
    Month(i8),
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn parts(text: &str) -> Vec<Piece> {
    let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter_map(piece).collect()
}

fn piece(word: &str) -> Option<Piece> {
    let lower = word.to_ascii_lowercase();
    let number = lower.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    if let Ok(number) = number.parse() {
        return Some(Piece::Number(number));
    }
    let month = MONTHS.iter().position(|month| lower.starts_with(month))?;
    Some(Piece::Month(i8::try_from(month + 1).ok()?))
}

/// A month that exists, with a day that it doesn't have.
fn month_without_day(parts: &[Piece]) -> Option<(i16, i8)> {
    let &[Piece::Number(year @ 1000..), Piece::Number(month), Piece::Number(29..=31), ..] = parts else { return None };
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    meant(parts).is_empty().then_some((year, month))
}

/// The days that the pieces can mean, the likelier first.
fn meant(parts: &[Piece]) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    let mut add = |year: i16, month: i16, day: i16| {
        let date = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        let date = date.and_then(|(month, day)| Date::new(year, month, day).ok());
        dates.extend(date.filter(|date| year >= 1000 && !dates.contains(date)));
    };
    match *parts {
        [Piece::Number(year @ 1000..), Piece::Number(month), Piece::Number(day), ..] => {
            add(year, month, day);
            if month > 12 {
                add(year, day, month);
            }
        }
        [Piece::Number(first), Piece::Number(second), Piece::Number(year), ..] => {
            add(year, second, first);
            add(year, first, second);
        }
        [Piece::Number(day), Piece::Month(month), Piece::Number(year), ..]
        | [Piece::Month(month), Piece::Number(day), Piece::Number(year), ..] => add(year, month.into(), day),
        _ => {}
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_another_notation_is_answered_with_its_own() {
        let expected = [
            ("31/12/2026", "write `2026-12-31`"),
            ("12/31/2026", "write `2026-12-31`"),
            ("3/5/2026", "write `2026-05-03`, or `2026-03-05` if the month comes first"),
            ("5.5.2026", "write `2026-05-05`"),
            ("2026/12/31", "write `2026-12-31`"),
            ("2026-1-5", "write `2026-01-05`"),
            ("2026-31-12", "write `2026-12-31`"),
            ("31 December 2026", "write `2026-12-31`"),
            ("Dec 1st, 2026", "write `2026-12-01`"),
            ("2026-02-31", "2026-02 has 28 days"),
            ("soon", "write year-month-day with hyphens, for example 2026-03-05"),
            ("99999-01-01", "write year-month-day with hyphens, for example 2026-03-05"),
        ];
        for (text, hint) in expected {
            assert_eq!(date_hint("", text), hint, "{text}");
        }
    }
}
