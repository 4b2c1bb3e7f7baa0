//! `letterpress translations`: what is still to be translated, by language.

use std::io::{Write, stdout};
use std::process::ExitCode;

use super::arguments::Translations;
use super::{Outcome, Stop, report, site_folder};
use letterpress::collect;
use letterpress::collect::Options;
use letterpress::pipeline::{Memo, build};
use letterpress::site::{Lag, Site, Untranslated};

/// Lists them; there being some is no fault, so the status is that of success.
pub(super) fn run(arguments: &Translations) -> Outcome {
    let folder = site_folder(arguments.source.as_deref())?;
    let options = Options { folder, ..Options::default() };
    report::doing("building the site");
    let (sources, collected) = collect::collect(&options)?;
    let built = build(&sources, collected, &mut Memo::for_one_build(&options.folder))?;
    let site = &built.site;
    let languages = &site.config.languages;
    let wanted = match &arguments.language {
        None => None,
        Some(code) => {
            Some(languages.iter().position(|language| language.code.eq_ignore_ascii_case(code)).ok_or_else(|| {
                Stop::usage(format!("the site has no language `{code}`; add it under [languages] in letterpress.toml"))
            })?)
        }
    };
    let mut found = site.untranslated();
    found.retain(|one| wanted.is_none_or(|language| one.language == language));
    let text = match arguments.json {
        false => for_people(site, &found),
        true => found.iter().map(|one| json(site, one)).collect(),
    };
    // A closed pipe is the reader's choice.
    let _ = stdout().lock().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn for_people(site: &Site, found: &[Untranslated]) -> String {
    if found.is_empty() {
        return "Everything is translated.\n".to_owned();
    }
    let mut text = String::new();
    let mut language = None;
    for one in found {
        if language != Some(one.language) {
            let count = found.iter().filter(|other| other.language == one.language).count();
            let name = &site.config.languages[one.language].name;
            let gap = if language.is_some() { "\n" } else { "" };
            text.push_str(&format!("{gap}{name}: {count} to translate\n"));
            language = Some(one.language);
        }
        text.push_str(&format!("  {}  {}\n", one.translation, describe(one)));
    }
    text
}

fn describe(one: &Untranslated) -> String {
    match one.lag {
        Lag::Missing => format!("is missing: {}", one.title),
        Lag::Hidden => format!("is not published yet: {}", one.title),
        Lag::Older(new, old) => format!("is of {old}; the original changed on {new}: {}", one.title),
    }
}

fn json(site: &Site, one: &Untranslated) -> String {
    let (state, changed) = match one.lag {
        Lag::Missing => ("missing", None),
        Lag::Hidden => ("hidden", None),
        Lag::Older(new, _) => ("older", Some(new.to_string())),
    };
    let line = serde_json::json!({
        "language": site.config.languages[one.language].code,
        "original": one.original.as_str(),
        "translation": one.translation.as_str(),
        "title": one.title,
        "state": state,
        "original_changed": changed,
    });
    format!("{line}\n")
}
