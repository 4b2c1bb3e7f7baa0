//! The rules by name: the one place with the codes that settings, front matter and messages use.
//!
//! What a rule is for, how severe it is and who finds it is in the tables of `check/rules`.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($name:ident => $code:literal,)*) => {
        /// A rule, in the order of the reference.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $(
                #[doc = concat!("`", $code, "`")]
                #[serde(rename = $code)]
                $name,
            )*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Rule] = &[$(Rule::$name,)*];

            /// The name of the rule in messages and settings, such as `broken-link`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Rule::$name => $code,)*
                }
            }
        }
    };
}

rules! {
    NotUtf8 => "not-utf8",
    ControlCharacter => "control-character",
    UnreadableSite => "unreadable-site",
    UnreadableFile => "unreadable-file",
    UnreadableName => "unreadable-name",
    FolderLoop => "folder-loop",
    UnpublishedFile => "unpublished-file",
    DeepHtml => "deep-html",
    InvalidYaml => "invalid-yaml",
    InvalidToml => "invalid-toml",
    WrongType => "wrong-type",
    BadBaseUrl => "bad-base-url",
    UnknownRule => "unknown-rule",
    MissingDictionary => "missing-dictionary",
    BadDictionary => "bad-dictionary",
    SearchSynonyms => "search-synonyms",
    ReplacedFile => "replaced-file",
    UnknownLanguage => "unknown-language",
    UnclosedFrontMatter => "unclosed-front-matter",
    UnknownKey => "unknown-key",
    MisplacedKey => "misplaced-key",
    MissingTitle => "missing-title",
    ImpossibleDate => "impossible-date",
    EmptyDate => "empty-date",
    MisplacedFrontMatter => "misplaced-front-matter",
    UpdatedBeforeDate => "updated-before-date",
    ExpiresBeforeDate => "expires-before-date",
    BadSlug => "bad-slug",
    WithheldPage => "withheld-page",
    AddressCollision => "address-collision",
    ReservedAddress => "reserved-address",
    AliasCollision => "alias-collision",
    UnknownTopic => "unknown-topic",
    AliasLoop => "alias-loop",
    MissingDescription => "missing-description",
    CutOffText => "cut-off-text",
    DuplicateTitle => "duplicate-title",
    DuplicateDescription => "duplicate-description",
    UnknownAllowance => "unknown-allowance",
    AllowanceWithoutReason => "allowance-without-reason",
    UnusedAllowance => "unused-allowance",
    BrokenLink => "broken-link",
    UnknownAddress => "unknown-address",
    HiddenLink => "hidden-link",
    BrokenAnchor => "broken-anchor",
    RedirectedLink => "redirected-link",
    OwnSiteLink => "own-site-link",
    MachineLink => "machine-link",
    PreviewLink => "preview-link",
    BrokenRelated => "broken-related",
    NotALetter => "not-a-letter",
    MisplacedLetter => "misplaced-letter",
    UnsafeLink => "unsafe-link",
    BadAlias => "bad-alias",
    DuplicateAnchor => "duplicate-anchor",
    FrameAnchor => "frame-anchor",
    LostAddress => "lost-address",
    Orphan => "orphan",
    UnmadeLink => "unmade-link",
    LinkWithoutAddress => "link-without-address",
    UnknownScheme => "unknown-scheme",
    MisspeltAddress => "misspelt-address",
    UnmadeHeading => "unmade-heading",
    UnmadeList => "unmade-list",
    UnmadeEmphasis => "unmade-emphasis",
    UnclosedComment => "unclosed-comment",
    UnclosedFence => "unclosed-fence",
    TableRow => "table-row",
    UnmadeTable => "unmade-table",
    UndefinedFootnote => "undefined-footnote",
    UnusedFootnote => "unused-footnote",
    DuplicateFootnote => "duplicate-footnote",
    UnusedLabel => "unused-label",
    DuplicateLabel => "duplicate-label",
    TemplateTag => "template-tag",
    PrivateComment => "private-comment",
    WikiLink => "wiki-link",
    ForeignBlock => "foreign-block",
    ForeignMark => "foreign-mark",
    UnknownCallout => "unknown-callout",
    VagueLink => "vague-link",
    EmptyLink => "empty-link",
    BareUrl => "bare-url",
    BrokenExternalLink => "broken-external-link",
    UnverifiedExternalLink => "unverified-external-link",
    ExternalCache => "external-cache",
    SkippedHeading => "skipped-heading",
    SeveralH1 => "several-h1",
    EmptyHeading => "empty-heading",
    EmptySchema => "empty-schema",
    TableHeader => "table-header",
    ColourCue => "colour-cue",
    UnmarkedLanguage => "unmarked-language",
    UnclosedHtml => "unclosed-html",
    UnknownElement => "unknown-element",
    UnsafeHtml => "unsafe-html",
    HtmlAsText => "html-as-text",
    DuplicateHeading => "duplicate-heading",
    BoldHeading => "bold-heading",
    EmptyPage => "empty-page",
    BrokenImage => "broken-image",
    UnreadableImage => "unreadable-image",
    UnsafeSvg => "unsafe-svg",
    PictureElsewhere => "picture-elsewhere",
    MissingAlternative => "missing-alternative",
    FileNameAlternative => "file-name-alternative",
    LetterEmpty => "letter-empty",
    LetterEmptyPlaceholder => "letter-empty-placeholder",
    LetterUnsupported => "letter-unsupported",
    LetterLink => "letter-link",
    LetterLoneBracket => "letter-lone-bracket",
    LetterPart => "letter-part",
    LetterUnusedField => "letter-unused-field",
    LetterDuplicateField => "letter-duplicate-field",
    LetterField => "letter-field",
    LetterLongPlaceholder => "letter-long-placeholder",
    LetterSimilarField => "letter-similar-field",
    LetterUnreachable => "letter-unreachable",
    LetterCharacter => "letter-character",
    LetterExport => "letter-export",
    LetterWithoutSubject => "letter-without-subject",
    LetterWithoutClose => "letter-without-close",
    ForgottenPlaceholder => "forgotten-placeholder",
    ReviewDue => "review-due",
    ReviewMissing => "review-missing",
    StalePage => "stale-page",
    PassedDate => "passed-date",
    UndatedMoney => "undated-money",
    OutdatedTranslation => "outdated-translation",
    MissingUpdated => "missing-updated",
    ReadingGrade => "reading-grade",
    ReadingEase => "reading-ease",
    LongSentence => "long-sentence",
    RepeatedWord => "repeated-word",
    TermToAvoid => "term-to-avoid",
    Spelling => "spelling",
    HeavyImage => "heavy-image",
    HeavyPage => "heavy-page",
    MissingStrings => "missing-strings",
    MissingTheme => "missing-theme",
    ThemeLoop => "theme-loop",
    MissingTemplate => "missing-template",
    TemplateError => "template-error",
    BadSetting => "bad-setting",
    UnknownSetting => "unknown-setting",
}

impl Rule {
    /// The rule with that code. `None` if there is none.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
