//! Letters as editors write them, and the text of each output.

use proptest::prelude::*;

use super::*;
use crate::config::{FieldDeclaration, FieldType, Paper};
use crate::diagnostic::Rule;

fn read(body: &str) -> (Letter, Vec<LetterFault>) {
    parse(body, 0, None, &[], &[])
}

fn letter(body: &str) -> Letter {
    let (letter, faults) = read(body);
    assert_eq!(faults, [], "{body}");
    letter
}

fn page(body: &str) -> String {
    html(&read(body).0, Blanks::Plain, &Words::default()).replace('\n', "")
}

fn rules(faults: &[LetterFault]) -> Vec<Rule> {
    faults.iter().map(|fault| fault.rule).collect()
}

fn field(name: &str) -> FieldDeclaration {
    FieldDeclaration { name: name.into(), ..FieldDeclaration::default() }
}

fn choice(name: &str, choices: &[&str]) -> FieldDeclaration {
    FieldDeclaration { choices: choices.iter().map(|it| (*it).into()).collect(), ..field(name) }
}

fn roles(letter: &Letter) -> Vec<Role> {
    letter.parts.iter().flat_map(Part::passages).map(|passage| passage.role).collect()
}

#[test]
fn a_bracket_is_a_blank_that_leads_to_its_field() {
    let letter = letter("Dear [name of person],");
    assert_eq!(letter.fields[0].label, "Name of person");
    let expected = "<p class=\"salutation\">Dear <a class=\"blank\" href=\"#field-name-of-person\" \
                    data-field=\"name-of-person\">name of person</a>,</p>\n";
    assert_eq!(html(&letter, Blanks::Links, &Words::default()), expected);
}

#[test]
fn an_escaped_bracket_is_a_bracket() {
    assert_eq!(page(r"I enclose three papers \[originals\]."), "<p>I enclose three papers [originals].</p>");
    assert!(letter(r"\[a\] [b]").fields.len() == 1);
}

#[test]
fn blanks_that_touch_are_two_blanks() {
    let names: Vec<String> = letter("To [name][company][city] now").fields.into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["name", "company", "city"]);
}

#[test]
fn a_blank_may_run_over_a_line_and_within_emphasis() {
    let letter = letter("Dear **[name\nof person]** and *[name of person]*,");
    assert_eq!(letter.fields.len(), 1);
    assert_eq!(letter.fields[0].name, "name of person");
}

#[test]
fn a_formal_letter_is_taken_apart() {
    let body = "[your name]\\\n[your address]\n\n[date]\n\n[name of person]\\\n[company]\n\nDear [name of person],\n\n\
                **About [job title]**\n\nI write.\n\nYours sincerely,\n\n[your name]\n\nEnclosures: CV";
    use Role::*;
    assert_eq!(
        roles(&letter(body)),
        [Sender, Date, Recipient, Salutation, Subject, Body, Close, Signature, Enclosures]
    );
}

#[test]
fn an_email_is_taken_apart() {
    let letter =
        letter("Hello [name],\n\nThank you, and best wishes to all.\n\nKind regards,\\\n[your name]\\\n[phone number]");
    assert_eq!(roles(&letter), [Role::Salutation, Role::Body, Role::Close, Role::Signature]);
    assert!(letter.is_email());
}

#[test]
fn a_letter_in_urdu_is_taken_apart() {
    let letter = letter("[آپ کا نام]\n\n[تاریخ]\n\n[کمپنی]\n\nمحترم جناب،\n\nگزارش ہے۔\n\nآپ کا مخلص،\n\n[آپ کا نام]");
    use Role::*;
    assert_eq!(roles(&letter), [Sender, Date, Recipient, Salutation, Body, Close, Signature]);
}

/// Letters as other sites publish them, and the parts that a reader sees in them.
#[test]
fn letters_not_written_for_this_site_are_taken_apart() {
    use Role::*;
    let plain_lines = "[Your Name]\n[Your Address]\n[City, State ZIP]\n\nMarch 5, 2026\n\n[Employer]\n[Company]\n\n\
                       RE: [Position]\n\nTo the Hiring Manager,\n\nI apply.\n\nRespectfully yours,\n\n\n[Your Name]";
    let german = "[Ihr Name]\\\n[Ihre Adresse]\n\n[Firma]\n\n[Ort], [Datum]\n\n**Kündigung**\n\nSehr geehrte Damen und Herren,\n\n\
                  hiermit kündige ich.\n\nMit freundlichen Grüßen\n\n[Ihr Name]\n\nAnlagen: Kopie";
    let french = "[votre nom]\n\n[entreprise]\n\n[ville], le [date]\n\nObjet : démission\n\nMadame, Monsieur,\n\nJe pars.\n\n\
                  Je vous prie d'agréer l'expression de mes salutations distinguées.\n\n[votre nom]\n\nP.J. : copie";
    let urdu = "[مخاطب کا نام]،\\\nالسلام علیکم۔\n\nگزارش ہے۔\n\nوالسلام\n\n[آپ کا نام]";
    let nobody = "[your name]\n\n[date]\n\n[company]\\\n[address of company]\n\n**Notice**\n\nI end it.\n\n[your name]";
    let bold = "**[Your Name]**\n\n**[Date]**\n\nDEAR **[Name]**,\n\nI write.\n\nYOURS SINCERELY,\n\n**[Your Name]**";
    let signed_twice =
        "Team,\n\nWe give notice.\n\nWith our thanks,\n\n[one]\n\n[other]\n\nCopies to: [agent]\n\nP.S. We call.";
    for (body, expected) in [
        (plain_lines, &[Sender, Date, Recipient, Subject, Salutation, Body, Close, Signature][..]),
        (german, &[Sender, Recipient, Date, Subject, Salutation, Body, Close, Signature, Enclosures]),
        (french, &[Sender, Recipient, Date, Subject, Salutation, Body, Close, Signature, Enclosures]),
        (urdu, &[Salutation, Body, Close, Signature]),
        (nobody, &[Sender, Date, Recipient, Subject, Body, Signature]),
        (bold, &[Sender, Date, Salutation, Body, Close, Signature]),
        (signed_twice, &[Salutation, Body, Close, Signature, Signature, Enclosures, Body]),
    ] {
        assert_eq!(roles(&letter(body)), expected, "{body}");
    }
}

#[test]
fn a_sentence_with_a_comma_is_no_salutation_and_no_close() {
    let body = "Dear X,\n\nIf you agree,\n\nI shall come.\n\nThank you, and goodbye to all who know me here.";
    assert_eq!(roles(&letter(body)), [Role::Salutation, Role::Body, Role::Body, Role::Body]);
    assert_eq!(roles(&letter("I am owed,\n\n- much")), [Role::Body, Role::Body]);
}

#[test]
fn lines_of_names_and_addresses_stay_lines_and_text_runs_on() {
    let letter = letter(
        "[your name]\n[your address]\n\nDear X,\nI write to you about\nsomething that is long.\n\nBest,\n[your name]\n[phone number]",
    );
    let written = "[your name]\n[your address]\n\nDear X,\n\nI write to you about something that is long.\n\nBest,\n\n[your name]\n[phone number]\n";
    assert_eq!(text(&letter, &Words::default()), written);
}

#[test]
fn a_subject_in_the_text_of_an_email_is_its_subject() {
    for body in ["Subject: About [it]\n\nHi [name],\n\nWell.", "**Subject:** About [it]\n\nHi [name],\n\nWell."] {
        let letter = letter(body);
        assert_eq!(subject_text(&letter, &Words::default()).as_deref(), Some("About [it]"), "{body}");
        assert_eq!(roles(&letter), [Role::Salutation, Role::Body]);
    }
    let on_paper = letter("[your name]\n\n[date]\n\nSubject: Leave\n\nDear X,\n\nI.");
    assert_eq!(on_paper.subject, None);
}

#[test]
fn a_table_is_laid_out_in_lines_and_its_blanks_stay() {
    let (letter, faults) =
        read("Dear X,\n\n| Month | Pay |\n|---|---:|\n| May | [pay in May] |\n| June | 90,000 |\n\n***\n\nYes.");
    let told: Vec<_> = faults.iter().map(|fault| (fault.rule, fault.severity)).collect();
    assert_eq!(told, [(Rule::LetterUnsupported, Severity::Warning); 2]);
    let written = "Dear X,\n\nMonth – Pay\nMay – [pay in May]\nJune – 90,000\n\nYes.\n";
    assert_eq!(text(&letter, &Words::default()), written);
}

#[test]
fn parts_depend_on_a_choice() {
    let declared = [choice("notice", &["one month", "two weeks"])];
    let body = "Dear X,\n\n::: when notice is \"one month\"\nA [day].\n:::\n\n::: when notice is not \"one month\"\nB.\n:::\n\nBye.";
    let (letter, faults) = parse(body, 0, None, &declared, &[]);
    assert_eq!(faults, []);
    assert_eq!(letter.fields[0].kind, FieldType::Choice);
    let page = html(&letter, Blanks::Plain, &Words::default());
    assert!(page.contains("<div class=\"alternative\" data-when=\"notice\" data-is=\"one month\"><p class=\"alternative-label\">If notice is one month</p>"));
    assert!(
        page.contains(
            "data-is-not=\"one month\"><p class=\"alternative-label\">If notice is not one month</p><p>B.</p>"
        )
    );
    assert!(text(&letter, &Words::default()).contains("[If notice is one month:]\n\nA [day].\n"));
}

#[test]
fn sentences_and_parts_may_be_optional() {
    let letter = letter(
        "Hi all,\n\nI am sorry. [optional: I can recommend [name of candidate], whom I know.]\n\n::: optional\nThe end.\n:::",
    );
    let ids: Vec<&str> = letter.fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["name-of-candidate", "optional-part-1", "optional-part-2"]);
    let shown = letter.fields[1].in_words(&Words::default());
    assert_eq!(shown.label, "Optional: I can recommend [name of candidate], whom I know.");
    assert_eq!(shown.choices, ["include", "leave out"]);
    assert_eq!(letter.blank_count(), 1);
    assert!(
        text(&letter, &Words::default())
            .contains("I am sorry. [Optional: I can recommend [name of candidate], whom I\nknow.]")
    );
    assert!(html(&letter, Blanks::Plain, &Words::default()).contains(
        "<span class=\"optional\" data-when=\"optional-part-1\" data-is=\"include\"><span class=\"alternative-label\">Optional</span> I can"
    ));
}

#[test]
fn an_optional_sentence_without_blanks_is_one_too() {
    assert_eq!(letter("Hi. [Optional: *Really* so.] Bye.").fields[0].label, "Really so.");
}

#[test]
fn what_the_front_matter_says_wins_over_the_site_and_the_name() {
    let shared =
        [FieldDeclaration { hint: Some("As on your CNIC".into()), required: Some(false), ..field("your name") }];
    let declared =
        [FieldDeclaration { required: Some(true), example: Some("Sana Malik".into()), ..field("Your name") }];
    let (letter, faults) = parse("[your name]", 0, None, &declared, &shared);
    assert_eq!(faults, []);
    let field = &letter.fields[0];
    assert_eq!((field.hint.as_str(), field.example.as_str()), ("As on your CNIC", "Sana Malik"));
    assert!(field.required && field.shared);
    assert_eq!(field.autocomplete, "name");
}

#[test]
fn the_subject_comes_first_and_is_one_line() {
    let (letter, faults) = parse("Dear X,\n\n[company]", 90, Some(("1. Offer of [job title]", 20)), &[], &[]);
    assert_eq!(faults, []);
    assert_eq!(letter.fields[0].name, "job title");
    assert_eq!(subject_text(&letter, &Words::default()).as_deref(), Some("1. Offer of [job title]"));
    assert!(text(&letter, &Words::default()).starts_with("Subject: 1. Offer of [job title]\n\nDear X,\n"));
}

#[test]
fn a_misspelt_placeholder_is_reported_where_it_stands() {
    let body = "The [job title], once more the [job tittle].";
    let (_, faults) = parse(body, 100, None, &[field("job title")], &[]);
    assert_eq!(rules(&faults), [Rule::LetterSimilarField]);
    assert_eq!(&body[faults[0].span.start - 100..faults[0].span.end - 100], "[job tittle]");
    assert_eq!(faults[0].hint.as_deref(), Some("did you mean [job title]?"));
}

#[test]
fn names_that_only_look_alike_are_left_alone() {
    for body in
        ["[first day] [last day]", "[result 1] [result 2]", "[his name] [her name]", "[start date] [start time]"]
    {
        assert_eq!(read(body).1, [], "{body}");
    }
}

#[test]
fn fields_that_contradict_themselves_are_reported() {
    let declared = [
        field("nobody"),
        field("a"),
        field("A"),
        FieldDeclaration { kind: Some(FieldType::Choice), ..field("b") },
        FieldDeclaration { kind: Some(FieldType::Date), default: Some("soon".into()), ..field("c") },
        FieldDeclaration { default: Some("z".into()), ..choice("d", &["x", "y"]) },
    ];
    let (_, faults) = parse("[a] [b] [c] [d]", 0, None, &declared, &[]);
    let found = rules(&faults);
    assert_eq!(
        found,
        [Rule::LetterUnusedField, Rule::LetterDuplicateField, Rule::LetterField, Rule::LetterField, Rule::LetterField]
    );
}

#[test]
fn a_part_that_no_reader_can_reach_is_an_error() {
    let declared = [choice("notice", &["one month", "two weeks"])];
    for (body, hint) in [
        ("::: when notice is \"two week\"\n[x]\n:::", "did you mean \"two weeks\"?"),
        ("[notice]\n::: when notise is \"two weeks\"\n[x]\n:::", "did you mean 'notice'?"),
    ] {
        let (_, faults) = parse(body, 0, None, &declared, &[]);
        let fault = faults.iter().find(|fault| fault.rule == Rule::LetterUnreachable).expect(body);
        assert_eq!((fault.severity, fault.hint.as_deref()), (Severity::Error, Some(hint)));
    }
}

#[test]
fn part_lines_out_of_place_are_reported_at_their_lines() {
    for body in [
        "a\n:::\n",
        "::: when x\na\n:::",
        "::: optional\n:::\na",
        "::: optional\na",
        "::: optional\na\n::: optional\nb\n:::",
    ] {
        assert_eq!(rules(&read(body).1), [Rule::LetterPart], "{body}");
    }
}

#[test]
fn what_letters_cannot_hold_is_reported_and_its_words_stay() {
    for (body, words) in [
        ("Dear <name>,", "Dear &lt;name&gt;,"),
        ("<div>\nHello\n</div>", "&lt;div&gt;"),
        ("![A picture](a.png)", "A picture"),
        ("    far right", "far right"),
        ("See [this](../a.md).", "See this."),
        ("See [this](javascript:alert(1)).", "See this."),
    ] {
        let (_, faults) = read(body);
        assert!(
            matches!(rules(&faults).first(), Some(&(Rule::LetterUnsupported | Rule::LetterLink))),
            "{body} {faults:?}"
        );
        assert!(page(body).contains(words), "{}", page(body));
        assert!(!page(body).contains("javascript"));
    }
}

#[test]
fn a_bracket_without_a_partner_is_reported() {
    for body in ["Dear [name of person,", "Dear name],", "I [optional: may [come].", "**I [optional: x [y]** z"] {
        assert_eq!(rules(&read(body).1).first(), Some(&Rule::LetterLoneBracket), "{body}");
    }
}

#[test]
fn an_empty_letter_is_an_error() {
    assert_eq!(rules(&read(" \n").1), [Rule::LetterEmpty]);
}

#[test]
fn markup_in_names_and_choices_stays_text() {
    let declared = [choice("a\"<b>", &["\"><script>", "y"])];
    let body = "[a\"\\<b\\>] ![x] [&lt;]\n\n::: when a\"<b> is \"y\"\nz\n:::";
    let (letter, _) = parse(body, 0, Some(("<script>", 0)), &declared, &[]);
    let page = html(&letter, Blanks::Links, &Words::default());
    assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    assert!(!subject_html(&letter, Blanks::Links, &Words::default()).unwrap_or_default().contains("<script"));
}

#[test]
fn deep_nesting_is_laid_flat() {
    let quotes = ">".repeat(5_000) + " a";
    let stars = "*a ".repeat(3_000) + &"b*".repeat(3_000);
    let brackets = "[".repeat(5_000) + &"]".repeat(5_000);
    let lists = (0..300).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>();
    for body in [quotes, stars, brackets, lists] {
        let (letter, _) = read(&body);
        assert!(!text(&letter, &Words::default()).is_empty());
        assert!(!html(&letter, Blanks::Links, &Words::default()).is_empty());
    }
}

#[test]
fn no_line_of_plain_text_is_longer_than_72_columns() {
    let body = "Dear [name of person],\n\n".to_owned()
        + &"I write to you about [a rather long blank] and [b]. ".repeat(20)
        + "\n\n- "
        + &"point after point ".repeat(12)
        + "\n- b\n\n> "
        + &"quoted ".repeat(30);
    let text = text(&letter(&body), &Words::default());
    assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");
    assert!(text.contains("\n  point") && text.contains("\n> quoted"), "{text}");
}

#[test]
fn the_hash_follows_what_a_reader_sees() {
    let hash = |body: &str, declared: &[FieldDeclaration]| parse(body, 0, None, declared, &[]).0.hash;
    assert_eq!(hash("[a]", &[]), parse("[a]", 77, None, &[], &[]).0.hash);
    assert_ne!(hash("[a]", &[]), hash("[b]", &[]));
    assert_ne!(hash("[a]", &[]), hash("[a]", &[FieldDeclaration { kind: Some(FieldType::Date), ..field("a") }]));
}

/// Pieces of which editors' mistakes are made.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just("[optional: ".to_owned()),
        Just("[name]".to_owned()),
        Just("\n::: when name is \"a\"\n".to_owned()),
        Just("\n::: optional\n".to_owned()),
        Just("\n:::\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\\\n".to_owned()),
        Just("\n- ".to_owned()),
        Just("\n> ".to_owned()),
        Just("**".to_owned()),
        Just("](x)".to_owned()),
        Just("<b>".to_owned()),
        Just("Yours sincerely,".to_owned()),
        Just("Dear ".to_owned()),
        "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_an_editor_writes_is_a_letter(body in scraps(), subject in "\\PC{0,30}") {
        let words = Words::default();
        let (letter, faults) = parse(&body, 7, Some((&subject, 0)), &[choice("name", &["a", "b"])], &[]);
        for fault in faults {
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= 7 + body.len().max(subject.len()) + 7);
        }
        let page = html(&letter, Blanks::Links, &words);
        prop_assert!(!page.contains("<b>"));
        prop_assert_eq!(page.matches("<p").count(), page.matches("</p>").count());
        prop_assert_eq!(page.matches("<div").count(), page.matches("</div>").count());
        prop_assert_eq!(page.matches("<span").count(), page.matches("</span>").count());
        prop_assert!(text(&letter, &words).ends_with('\n'));
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            let context = ExportContext { title: &subject, language: "en", direction, paper: Paper::A4, publisher: "", words: &words };
            prop_assert!(docx(&letter, &context).is_ok());
            let pdf = PdfWriter::new().pdf(&letter, &context);
            prop_assert!(pdf.is_ok(), "{:?}", pdf);
        }
    }
}
