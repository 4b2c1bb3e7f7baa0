// Letters: what a reader types appears in the letter as it is typed, and stays in the page.
//
// The paper's own HTML is the template: its blanks, its parts for one choice and its classes come from the
// program's letter model. Everything that leaves the page (copy, e-mail, print, Word, text) is read off the
// paper. Typed text is only ever set as text; nothing is fetched and nothing is sent.
{
const form = document.querySelector("form[data-letter]");
const paper = document.querySelector("[data-paper]");

// A blank may be called `elements`, `dataset` or `reset`: a form then has its field by that name, and no longer what browsers give it. So the form is
// asked for nothing by itself.
const own = (type, name) => form && Object.getOwnPropertyDescriptor(type.prototype, name).get.call(form);
const elements = own(HTMLFormElement, "elements");
const dataset = own(HTMLElement, "dataset");
const find = (selector) => Element.prototype.querySelector.call(form, selector);
const findAll = (selector) => [...Element.prototype.querySelectorAll.call(form, selector)];
const on = (event, act) => EventTarget.prototype.addEventListener.call(form, event, act);

// What is said where the theme gives no `data-text-…` of that name.
const WORDS = {
  Progress: "{done} of {total} filled in",
  All: "All {total} filled in",
  Copied: "Copied. Paste it into your message.",
  CopyFailed: "Your browser did not allow copying. Select the letter and copy it by hand.",
  TooLong: "The letter is too long for your mail program to take over, so it has been copied. Paste it into the message.",
  Saved: "Saved to your downloads.",
  Reset: "All blanks are empty again.",
  Restored: "Your answers are back.",
  StillEmpty: "{name}: still empty",
  NotChosen: "{name}: not chosen yet",
  NotAnAddress: "{name}: this is not an e-mail address",
  Remembered: "Your answers are kept on this device only.",
  Forgotten: "Nothing is kept on this device any more.",
};
const words = (name) => dataset[`text${name}`] ?? WORDS[name];
const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, key) => (Object.hasOwn(values, key) ? values[key] : whole));

// — Answers —

// Control characters, lone surrogates and marks that turn the direction of all that follows: none of them is text.
const NOT_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffd-\uffff]|\p{Cs}/gu;

const controls = (id) => [...elements].filter((control) => control.name === id);

/** What the reader has answered, by the field's identifier. */
const answers = () => {
  const found = new Map();
  for (const [id, value] of new FormData(form)) found.set(id, String(value).replace(/\r\n?/g, "\n").replace(NOT_TEXT, "").trim());
  return found;
};

const setAnswer = (id, value) => {
  for (const control of controls(id)) {
    if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
};

const language = dataset?.language || document.documentElement.lang || "en";

/** A number with the language's own digits. */
const written = (number) => String(number).replace(/\d/g, (digit) => [...(dataset.digits ?? "")][digit] ?? digit);

/** A day as the site writes days on its pages: 5 March 2026. */
const inFull = (iso) => {
  const { date = "{day} {month} {year}", months = "" } = dataset;
  const [year, month, day] = iso.split("-").map(Number);
  return filled(date, { day: written(day), month: months.split("|")[month - 1] || written(month), year: written(year) });
};

/** The reader's own day, for date lines that begin with it. */
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
};

const shown = (id, value) => value && controls(id)[0]?.type === "date" && /^\d{4,6}-\d\d-\d\d$/.test(value) ? inFull(value) : value;

// — The paper —

const blanks = [...(paper?.querySelectorAll(".blank[data-field]") ?? [])];
const names = new Map(blanks.map((blank) => [blank, blank.textContent]));

const lines = (text) => text.split("\n").flatMap((line, place) => place ? [document.createElement("br"), line] : [line]);

const fillBlank = (blank, text) => {
  blank.toggleAttribute("data-filled", text !== "");
  // A direction of its own keeps what is typed from moving the words around it.
  if (text) blank.dir = "auto";
  else blank.removeAttribute("dir");
  if (text !== blank.dataset.shown) blank.replaceChildren(...lines(text || names.get(blank)));
  blank.dataset.shown = text;
};

/** Shows a part for the answer that it depends on; while there is none, with the label that says when it applies. */
const decide = (part, found) => {
  const answer = found.get(part.dataset.when) ?? "";
  const listed = (part.dataset.is ?? part.dataset.isNot ?? "").split("\n").includes(answer);
  const applies = "isNot" in part.dataset ? !listed : listed;
  part.hidden = answer !== "" && !applies;
  part.toggleAttribute("data-decided", answer !== "" && applies);
};

const rowOf = (id) => controls(id)[0]?.closest(".field");
const isOptional = (id) => id.startsWith("optional-part-");
const isSeen = (element) => !element.closest("[data-paper] [hidden]");

/** The fields that the letter in its present form asks for; the others are put out of the way. */
const asked = () => {
  const needed = new Set(blanks.filter(isSeen).map((blank) => blank.dataset.field));
  for (const part of paper.querySelectorAll("[data-when]")) {
    if (isSeen(part.parentElement)) needed.add(part.dataset.when);
  }
  const ids = new Set([...elements].map((control) => control.name).filter(Boolean));
  for (const id of ids) rowOf(id)?.toggleAttribute("hidden", !needed.has(id));
  return [...needed].filter((id) => ids.has(id) && !isOptional(id));
};

const say = (selector, text) => {
  const place = find(selector);
  if (place && place.textContent !== text) place.textContent = text;
};

/**
 * From the first answer on, the page lets nothing out, whether or not its host sends the policy that `_headers` asks for.
 * Not before: until then there is nothing to keep, and programs that judge pages look for robots.txt from within.
 */
const seal = () => {
  const { policy } = dataset;
  const changed = ({ type, checked, defaultChecked, value, defaultValue }) =>
    /radio|checkbox/.test(type) ? checked !== defaultChecked : value !== defaultValue;
  if (!policy || !findAll("input, textarea").some(changed)) return;
  delete dataset.policy;
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy;
  document.head.append(meta);
};

const update = () => {
  seal();
  const found = answers();
  for (const part of paper.querySelectorAll("[data-when]")) decide(part, found);
  for (const blank of blanks) fillBlank(blank, shown(blank.dataset.field, found.get(blank.dataset.field) ?? ""));
  const ids = asked();
  const done = ids.filter((id) => found.get(id)).length;
  say("[data-progress]", filled(words(done === ids.length ? "All" : "Progress"), { done: written(done), total: written(ids.length) }));
};

// — The letter as it stands, read off the paper —

const STYLES = {
  sender: "Sender", "letter-date": "Date", recipient: "Recipient", "letter-subject": "SubjectLine", salutation: "Salutation",
  close: "Closing", signature: "Signature", enclosures: "Enclosures", "alternative-label": "Choice",
};
const styleOf = (element, inherited) => STYLES[[...element.classList].find((name) => Object.hasOwn(STYLES, name))] ?? inherited;

/** Running text as pieces: {text, bold, italic}, {blank: identifier, text}, {address} around pieces, or {end: true} for a line's end. */
const pieces = (node, face = {}) => [...node.childNodes].flatMap((child) => {
  if (child.nodeType === Node.TEXT_NODE) return [{ ...face, text: child.data.replace(/[\t\n\r ]+/g, " ") }];
  if (child.nodeType !== Node.ELEMENT_NODE || child.hidden) return [];
  if (child.localName === "br") return [{ end: true }];
  if (child.matches(".blank")) return blankPieces(child, face);
  if (child.matches(".optional")) return optionalPieces(child, face);
  if (child.matches("a[href]")) return pieces(child, { ...face, address: child.href });
  const { localName } = child;
  return pieces(child, { ...face, bold: face.bold || localName === "strong", italic: face.italic || localName === "em" });
});

const blankPieces = (blank, face) => {
  const { field } = blank.dataset;
  if (!("filled" in blank.dataset)) return [{ ...face, field, blank: field, text: `[${names.get(blank) ?? blank.textContent}]` }];
  const typed = (text) => ({ ...face, field, text, typed: true });
  return blank.dataset.shown.split("\n").flatMap((text, place) => place ? [{ end: true }, typed(text)] : [typed(text)]);
};

const optionalPieces = (span, face) => {
  const label = span.querySelector(":scope > .alternative-label");
  const inner = [...span.childNodes].filter((child) => child !== label).flatMap((child) => pieces({ childNodes: [child] }, face));
  if ("decided" in span.dataset) return inner;
  return [{ ...face, italic: true, text: `[${label?.textContent ?? ""}:` }, ...inner, { ...face, text: "]" }];
};

/** Without spaces at the ends of lines, and never two in a row: a part left out leaves two. */
const tidied = (found) => {
  let space = true;
  const kept = [];
  for (const piece of found) {
    if (piece.end) {
      const last = kept.at(-1);
      if (last?.text && !last.typed) last.text = last.text.trimEnd();
      kept.push(piece);
      space = true;
    } else {
      const text = space && !piece.typed ? piece.text.replace(/^ +/, "") : piece.text;
      if (text) kept.push({ ...piece, text });
      if (text) space = text.endsWith(" ");
    }
  }
  const last = kept.at(-1);
  if (last?.text && !last.typed) last.text = last.text.trimEnd();
  return kept;
};

/** The paragraphs below an element: {style, pieces, list?: {number, start, level}, first?: true}. */
const paragraphs = (parent, style, list) => [...parent.children].flatMap((element) => {
  if (element.hidden) return [];
  if (element.matches(".alternative-label") && "decided" in parent.dataset) return [];
  if (element.matches("ul, ol")) return items(element, style, list);
  if (element.matches("p")) return [{ style: styleOf(element, style), pieces: tidied(pieces(element)), list }];
  return paragraphs(element, element.matches("blockquote") ? "Quote" : styleOf(element, style), list);
});

const items = (element, style, outer) => [...element.children].flatMap((item, place) => {
  const start = element.localName === "ol" ? Number(element.getAttribute("start") ?? 1) : null;
  const list = { element, start, number: start === null ? null : start + place, level: outer ? outer.level + 1 : 0 };
  const blocks = item.querySelector(":scope > :is(p, ul, ol, blockquote)");
  const inner = blocks ? paragraphs(item, style, list) : [{ style, pieces: tidied(pieces(item)), list }];
  if (inner[0]) inner[0].marked = true;
  return inner;
});

const body = () => paragraphs(paper.querySelector("[data-body]") ?? paper, "BodyText").filter((paragraph) => paragraph.pieces.length);

// — The sentence below its field —

// On a narrow screen the letter is out of sight while its form is filled in. It repeats what the label says and the reader types, so it is
// not read out.
const sentence = document.createElement("p");
sentence.className = "in-letter";
sentence.ariaHidden = "true";

/** How much of a paragraph is shown on each side of its blank. */
const AROUND = 70;

const lastWords = (text) => text.length <= AROUND ? text : `…${text.slice(-AROUND).replace(/^\S*/, "")}`;
const firstWords = (text) => text.length <= AROUND ? text : `${text.slice(0, AROUND).replace(/\S*$/, "")}…`;

/** The paragraph of the first blank of a field that is in the letter: the text before it, in it and behind it; null if there is none. */
const surroundings = (id) => {
  const blank = blanks.find((it) => it.dataset.field === id && isSeen(it));
  const paragraph = blank?.closest("p, li, [data-subject]");
  if (!paragraph) return null;
  const found = tidied(pieces(paragraph)).map((piece) => (piece.end ? { text: " " } : piece));
  const start = found.findIndex((piece) => piece.field === id);
  const end = found.findIndex((piece, place) => place > start && piece.field !== id && piece.text.trim());
  const text = (from, to) => found.slice(from, to).map((piece) => piece.text).join("");
  const last = end < 0 ? found.length : end;
  return [lastWords(text(0, start)), text(start, last), firstWords(text(last))];
};

const showSentence = (id) => {
  const found = id ? surroundings(id) : null;
  if (!found) return sentence.remove();
  const [before, own, behind] = found;
  const mark = document.createElement("mark");
  mark.textContent = own;
  sentence.replaceChildren(before, mark, behind);
  sentence.dir = getComputedStyle(paper).direction;
  const row = rowOf(id);
  if (sentence.parentElement !== row) row?.append(sentence);
};

// — As text —

// Stands for a space inside an empty blank, which is not broken over two lines unless it is long.
const KEPT = "\ufdd0";
const unkept = (text) => text.replaceAll(KEPT, " ");

const plain = (found) => found.map((piece, place) => {
  if (piece.end) return "\n";
  if (piece.blank && [...piece.text].length <= 36) return piece.text.replaceAll(" ", KEPT);
  const { address, text } = piece;
  const bare = address?.replace(/^(mailto|tel):/, "");
  const ends = found[place + 1]?.address !== address;
  return bare && ends && bare !== text && address !== text ? `${text} (${bare})` : text;
}).join("");

/** Breaks a line at spaces so that it fits, as the program's own plain text does. */
const wrapped = (line, columns, indent) => {
  const out = [];
  let current = "";
  for (const word of line.split(" ").filter(Boolean)) {
    if (current.trim() && [...current].length + 1 + [...word].length > columns) {
      out.push(current);
      current = indent + word;
    } else current = current.trim() ? `${current} ${word}` : current + word;
  }
  return [...out, current].join("\n");
};

const asText = (columns = Infinity) => {
  let text = "";
  let before = null;
  for (const { style, pieces: found, list, marked } of body()) {
    const indent = list ? "  ".repeat(list.level + 1) : style === "Quote" ? "> " : "";
    const mark = list && marked ? `${"  ".repeat(list.level)}${list.number === null ? "-" : `${list.number}.`} ` : indent;
    const lines = (style === "Choice" ? `[${plain(found)}:]` : plain(found)).split("\n");
    const set = lines.map((line, place) => {
      const start = place ? indent : mark;
      return wrapped(start + line, columns, indent).replace(/^ */, start.match(/^ */)[0]);
    });
    if (text) text += before && list && marked ? "\n" : "\n\n";
    text += set.join("\n");
    before = list;
  }
  return unkept(text);
};

const keptSubject = () => {
  const element = paper.querySelector("[data-subject]");
  return element ? plain(tidied(pieces(element))).replace(/\s+/g, " ") : "";
};
const subject = () => unkept(keptSubject());
const subjectLine = (columns = Infinity) => {
  const line = keptSubject();
  return line && unkept(wrapped(`${dataset.subjectLabel ?? "Subject:"} ${line}`, columns, ""));
};

// — As rich text —

const asHtml = () => {
  const page = document.implementation.createHTMLDocument("");
  for (const { style, pieces: found, list, marked } of body()) {
    const paragraph = page.body.appendChild(page.createElement("p"));
    if (list && marked) paragraph.append(list.number === null ? "• " : `${list.number}. `);
    for (const piece of found) paragraph.append(piece.end ? page.createElement("br") : richPiece(page, piece, style));
  }
  return page.body.innerHTML;
};

const richPiece = (page, { text, bold, italic, address }, style) => {
  const within = (name, inner) => {
    const element = page.createElement(name);
    element.append(inner);
    return element;
  };
  let piece = page.createTextNode(text);
  if (italic || style === "Choice") piece = within("em", piece);
  if (bold) piece = within("strong", piece);
  if (address) {
    piece = within("a", piece);
    piece.setAttribute("href", address);
  }
  return piece;
};

const copyBoth = async (text, html) => {
  try {
    const kinds = { "text/plain": new Blob([text], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }) };
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
    return true;
  } catch {
    return copyByCommand(text, html);
  }
};

/** The old way, for pages without https and browsers without the new one. */
const copyByCommand = (text, html) => {
  let done = false;
  const give = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
    done = true;
  };
  document.addEventListener("copy", give, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", give);
  return done;
};

// — As a Word document —

// The fixed parts, letter for letter those of src/letters/docx/ (a test holds them together).
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const DOCX = {
  types: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
  relationships: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
  documentRelationships: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/></Relationships>',
  styles: '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Urdu Typesetting"/><w:sz w:val="22"/><w:szCs w:val="28"/><w:lang w:val="{language}" w:bidi="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="{leading}" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Sender"><w:name w:val="Sender"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="280"/><w:jc w:val="right"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Date"><w:name w:val="Date"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="280"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Recipient"><w:name w:val="Recipient"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="280"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="SubjectLine"><w:name w:val="Subject Line"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:after="200"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Salutation"><w:name w:val="Salutation"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Closing"><w:name w:val="Closing"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/><w:basedOn w:val="Normal"/><w:pPr><w:keepLines/><w:spacing w:before="560"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Enclosures"><w:name w:val="Enclosures"/><w:basedOn w:val="Normal"/><w:pPr><w:keepLines/><w:spacing w:before="240"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="60"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="425" w:right="425"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Choice"><w:name w:val="Choice"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="20"/></w:pPr><w:rPr><w:i/><w:iCs/><w:color w:val="595959"/><w:sz w:val="18"/><w:szCs w:val="22"/></w:rPr></w:style><w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="1F6F5C"/></w:rPr></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr></w:style></w:styles>',
  numbering: '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="850" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="850" w:hanging="425"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{numbers}</w:numbering>',
  settings: '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
};

const xmlText = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const value = (name, text) => `<w:${name} w:val="${xmlText(String(text))}"/>`;

const faceOf = ({ style, bold, italic }, rtl) =>
  `<w:rPr>${style ? value("rStyle", style) : ""}${bold ? "<w:b/><w:bCs/>" : ""}${italic ? "<w:i/><w:iCs/>" : ""}${rtl ? "<w:rtl/>" : ""}</w:rPr>`;

/** Text in runs of one direction: within a letter from right to left, Latin letters keep theirs. */
const runs = (text, face, rtl) => {
  const parts = rtl ? text.match(/\p{Script=Latin}[\p{Script=Latin} ]*|[^\p{Script=Latin}]+/gu) ?? [] : [text];
  const run = (part) => `<w:r>${faceOf(face, rtl && !/^\p{Script=Latin}/u.test(part))}<w:t xml:space="preserve">${xmlText(part)}</w:t></w:r>`;
  return parts.map(run).join("");
};

/** What a content control takes: a day, one of a few answers, or text, which is what one takes that says nothing. */
const controlKind = (found) => {
  if (found[0]?.type === "date") {
    return `<w:date>${value("dateFormat", "d MMMM yyyy")}${value("lid", language)}${value("storeMappedDataAs", "dateTime")}${value("calendar", "gregorian")}</w:date>`;
  }
  const item = (choice) => `<w:listItem w:displayText="${xmlText(choice)}" w:value="${xmlText(choice)}"/>`;
  return found[0]?.type === "radio" ? `<w:dropDownList>${found.map((control) => item(control.value)).join("")}</w:dropDownList>` : "";
};

/** A blank that is still empty stays a content control. */
const control = (piece, id, rtl) => {
  const found = controls(piece.blank);
  const label = rowOf(piece.blank)?.querySelector("label, legend")?.textContent.trim() ?? piece.blank;
  const tag = [...piece.blank].slice(0, 64).join("");
  const typed = piece.bold || piece.italic || rtl ? faceOf({ ...piece, style: "" }, rtl) : "";
  const properties = `${typed}${value("alias", [...label].slice(0, 64).join(""))}${value("tag", tag)}${value("id", 1000 + id)}<w:showingPlcHdr/>${controlKind(found)}`;
  return `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${runs(piece.text, { ...piece, style: "PlaceholderText" }, rtl)}</w:sdtContent></w:sdt>`;
};

/** The parts of the document that depend on the letter. */
const wordParts = () => {
  const rtl = getComputedStyle(paper).direction === "rtl";
  const numbered = [];
  let count = 0;
  const piece = (it) => {
    if (it.end) return "<w:r><w:br/></w:r>";
    if (it.blank) return control(it, ++count, rtl);
    const text = runs(it.text, it.address ? { ...it, style: "Hyperlink" } : it, rtl);
    return it.address ? `<w:fldSimple w:instr="${xmlText(` HYPERLINK "${it.address.replace(/["\\]/g, "")}" `)}">${text}</w:fldSimple>` : text;
  };
  const numbering = ({ element, start }) => {
    if (start === null) return 1;
    if (!numbered.some((it) => it.element === element)) numbered.push({ element, start: Math.min(start, 32767) });
    return numbered.findIndex((it) => it.element === element) + 2;
  };
  const paragraph = ({ style, pieces: found, list }, place, all) => {
    const listed = list ? `<w:numPr>${value("ilvl", Math.min(list.level, 1))}${value("numId", numbering(list))}</w:numPr>` : "";
    // The close takes the last words before it along to the next page.
    const kept = all[place + 1]?.style === "Closing" ? "<w:keepNext/>" : "";
    const properties = value("pStyle", list && style === "BodyText" ? "ListParagraph" : style) + kept + listed + (rtl ? "<w:bidi/>" : "");
    return `<w:p><w:pPr>${properties}</w:pPr>${found.map(piece).join("")}</w:p>`;
  };
  const line = subjectLine();
  const first = line && !paper.querySelector(".sender, .letter-date, .recipient") ? [{ style: "SubjectLine", pieces: [{ text: line }] }] : [];
  const text = [...first, ...body()].map(paragraph).join("");
  const size = dataset.paperSize === "letter" ? 'w:w="12240" w:h="15840"' : 'w:w="11906" w:h="16838"';
  const margins = 'w:top="1361" w:right="1361" w:bottom="1361" w:left="1361" w:header="708" w:footer="708" w:gutter="0"';
  const section = `<w:sectPr><w:pgSz ${size}/><w:pgMar ${margins}/>${rtl ? "<w:bidi/>" : ""}</w:sectPr>`;
  const numbers = numbered.map(({ start }, place) =>
    `<w:num w:numId="${place + 2}">${value("abstractNumId", 1)}<w:lvlOverride w:ilvl="0">${value("startOverride", start)}</w:lvlOverride></w:num>`).join("");
  const main = `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${text}${section}</w:body></w:document>`;
  return { main, numbers, rtl };
};

const asWord = () => {
  const { main, numbers, rtl } = wordParts();
  const title = xmlText(dataset.fileName ?? "");
  const properties = `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:language>${xmlText(language)}</dc:language></cp:coreProperties>`;
  return zipped([
    ["[Content_Types].xml", XML + DOCX.types], ["_rels/.rels", XML + DOCX.relationships], ["docProps/core.xml", properties],
    ["word/document.xml", main], ["word/_rels/document.xml.rels", XML + DOCX.documentRelationships],
    ["word/styles.xml", XML + DOCX.styles.replaceAll("{language}", xmlText(language)).replace("{leading}", rtl ? "240" : "288")],
    ["word/numbering.xml", XML + DOCX.numbering.replace("{numbers}", numbers)], ["word/settings.xml", XML + DOCX.settings],
  ]);
};

// — A ZIP archive without compression (PKWARE APPNOTE 6.3.10) —

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
const checksum = (bytes) => ~bytes.reduce((sum, byte) => (sum >>> 8) ^ CRC[(sum ^ byte) & 255], -1) >>> 0;

/** Numbers of two or four bytes, lowest byte first. */
const packed = (...fields) => {
  const bytes = [];
  for (const [size, number] of fields) for (let place = 0; place < size; place++) bytes.push((number >>> (8 * place)) & 255);
  return Uint8Array.from(bytes);
};

const zipped = (files) => {
  const out = [];
  const index = [];
  let at = 0;
  const write = (...pieces) => {
    for (const piece of pieces) {
      out.push(piece);
      at += piece.length;
    }
  };
  for (const [name, text] of files) {
    const [path, bytes] = [name, text].map((it) => new TextEncoder().encode(it));
    // Version 2.0, names in UTF-8, stored; 1 January 1980; checksum and sizes; length of the name.
    const common = packed([2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, path.length], [2, 0]);
    index.push([packed([4, 0x02014b50], [2, 20]), common, packed([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path]);
    write(packed([4, 0x04034b50]), common, path, bytes);
  }
  const start = at;
  for (const entry of index) write(...entry);
  write(packed([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, at - start], [4, start], [2, 0]));
  return new Blob(out, { type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" });
};

/** The letter's name and the reader's own, as a file: 'Resignation – Sana Tariq.docx'. */
const fileName = (ending) => {
  const reader = [...elements].find((control) => control.autocomplete === "name");
  const own = reader?.value.replace(NOT_TEXT, "").trim().slice(0, 60);
  const name = [dataset.fileName || document.title, own].filter(Boolean).join(" – ");
  return `${name.replace(/[\s\\/:*?"<>|\u0000-\u001f]+/g, " ").trim() || "letter"}.${ending}`;
};

const save = (blob, ending) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName(ending);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

// — Remembering —

const STORE = "letterpress.letters";

const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(STORE));
  } catch {
    return null;
  }
};

const remember = (kept) => {
  try {
    if (kept) localStorage.setItem(STORE, JSON.stringify(kept));
    else localStorage.removeItem(STORE);
    return true;
  } catch {
    return false;
  }
};

/** A field about the reader, the same in every letter. */
const isShared = (id) => {
  const [field] = controls(id);
  return Boolean(field?.closest("[data-shared]")) || !["", "off", "on"].includes(field?.getAttribute("autocomplete") ?? "");
};

const keep = () => {
  if (!find("[data-remember]")?.checked) return;
  const kept = remembered() ?? {};
  const ofLetter = new Map();
  const ofReader = new Map(Object.entries(kept.shared ?? {}));
  // A date line that begins with today must not come back with last week's day.
  const lasting = [...answers()].filter(([id]) => !("today" in (controls(id)[0]?.dataset ?? {})));
  for (const [id, value] of lasting) (isShared(id) ? ofReader : ofLetter).set(id, value);
  remember({ shared: Object.fromEntries(ofReader), letters: { ...kept.letters, [location.pathname]: Object.fromEntries(ofLetter) } });
};

const recall = () => {
  const kept = remembered();
  const box = find("[data-remember]");
  if (!kept || typeof kept !== "object") return;
  if (box) box.checked = true;
  for (const [id, value] of Object.entries({ ...kept.shared, ...kept.letters?.[location.pathname] })) {
    if (typeof value === "string" && value) setAnswer(id, value);
  }
};

// — Within this tab —

// A reload, the way back or a browser that was short of memory must not cost a reader what was typed. It ends with the tab.
const DRAFT = "letterpress.draft:";
const draftKey = () => DRAFT + location.pathname;

const keepDraft = () => {
  // A date line that begins with today is not kept until the reader changes it: it would come back with an old day.
  const isUntouched = (id) => controls(id).some((control) => "today" in control.dataset && control.value === control.defaultValue);
  const kept = [...answers()].filter(([id]) => !isUntouched(id));
  try {
    if (kept.some(([, value]) => value)) sessionStorage.setItem(draftKey(), JSON.stringify(Object.fromEntries(kept)));
    else sessionStorage.removeItem(draftKey());
  } catch {
    // Without storage the letter works as before.
  }
};

const recallDraft = () => {
  try {
    for (const [id, value] of Object.entries(JSON.parse(sessionStorage.getItem(draftKey())) ?? {})) {
      if (typeof value === "string") setAnswer(id, value);
    }
  } catch {
    // Neither does storage that somebody else wrote to.
  }
};

/** Forgets what was typed into other letters in this tab. */
const forgetOtherDrafts = () => {
  try {
    const others = Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT) && key !== draftKey());
    for (const key of others) sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept where there is no storage.
  }
};

// — Before it leaves —

const check = find("[data-check]");

/** What is not ready: the fields that the letter asks for and that are empty, not chosen, or hold no address. */
const unready = () => {
  const found = answers();
  return asked().flatMap((id) => {
    const [first] = controls(id);
    const why = first.validity.typeMismatch ? "NotAnAddress" : found.get(id) ? "" : first.type === "radio" ? "NotChosen" : "StillEmpty";
    return why ? [{ id, why }] : [];
  });
};

const labelOf = (id) => rowOf(id)?.querySelector("label, legend")?.textContent.trim() ?? id;

const listUnready = (found) => {
  const items = found.map(({ id, why }) => {
    const link = document.createElement("a");
    link.href = `#${rowOf(id)?.id || controls(id)[0].id}`;
    link.dataset.goTo = id;
    link.textContent = filled(words(why), { name: labelOf(id) });
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  check.querySelector("[data-check-list]").replaceChildren(...items);
};

/** Shows what is not ready before the letter is taken away. False if all is. */
const isHeldBack = (action) => {
  const found = check ? unready() : [];
  if (!found.length) return false;
  listUnready(found);
  check.dataset.action = action;
  check.hidden = false;
  check.focus();
  check.scrollIntoView({ block: "nearest" });
  return true;
};

const refreshCheck = () => {
  if (!check || check.hidden) return;
  const found = unready();
  listUnready(found);
  check.hidden = !found.length;
};

// — What the reader does —

// Windows hands on an address of some two thousand letters; telephones and other systems take far more.
const LONGEST_ADDRESS = /Windows/.test(navigator.userAgent) ? 2_000 : 12_000;

const email = async () => {
  const part = (text) => encodeURIComponent(text.replace(/\n/g, "\r\n"));
  const start = `mailto:?subject=${part(subject() || dataset.fileName || "")}`;
  const whole = `${start}&body=${part(asText())}`;
  if (whole.length <= LONGEST_ADDRESS) {
    open(whole, "_self");
    return "";
  }
  const copied = await copyBoth(asText(), asHtml());
  if (!copied) return words("CopyFailed");
  open(start, "_self");
  return words("TooLong");
};

/** The answers before all blanks were emptied, to be brought back. */
let emptied = null;
const undo = find("[data-action=undo]");
const offerUndo = (offered) => undo?.toggleAttribute("hidden", !offered);

const restore = () => {
  for (const [id, value] of emptied ?? []) setAnswer(id, value);
  emptied = null;
  offerUndo(false);
  update();
  keep();
  keepDraft();
  return words("Restored");
};

const reset = () => {
  emptied = answers();
  HTMLFormElement.prototype.reset.call(form);
  const kept = remembered();
  if (kept) {
    const box = find("[data-remember]");
    if (box) box.checked = true;
    const ids = new Set([...elements].map((control) => control.name));
    const others = Object.entries(kept.shared ?? {}).filter(([id]) => !ids.has(id));
    const { [location.pathname]: _, ...letters } = kept.letters ?? {};
    remember({ shared: Object.fromEntries(others), letters });
  }
  update();
  keepDraft();
  offerUndo(true);
  return words("Reset");
};

const ACTIONS = {
  print: () => (print(), ""),
  copy: async () => words(await copyBoth([subjectLine(), asText()].filter(Boolean).join("\n\n"), asHtml()) ? "Copied" : "CopyFailed"),
  email,
  "download-docx": () => (save(asWord(), "docx"), words("Saved")),
  "download-txt": () => {
    const text = [subjectLine(72), asText(72)].filter(Boolean).join("\n\n");
    save(new Blob([`${text}\n`], { type: "text/plain;charset=utf-8" }), "txt");
    return words("Saved");
  },
  reset,
  undo: restore,
};

/** What takes the letter away from the page. */
const LEAVES = new Set(["print", "copy", "email", "download-docx", "download-txt"]);

const act = async (action) => {
  let name = action;
  if (LEAVES.has(name) && isHeldBack(name)) return;
  if (name === "take-anyway") {
    name = check.dataset.action;
    check.hidden = true;
    findAll(`[data-action="${CSS.escape(name)}"]`)[0]?.focus();
  }
  const message = await ACTIONS[name]?.();
  // An emptied message first, so that the same words are announced again.
  say("[data-message]", "");
  if (message) requestAnimationFrame(() => say("[data-message]", message));
};

const answered = () => {
  update();
  keep();
  keepDraft();
  refreshCheck();
  offerUndo(false);
  showSentence(document.activeElement?.name);
};

const take = (chip) => {
  setAnswer(chip.dataset.fill, chip.textContent.trim());
  controls(chip.dataset.fill)[0]?.focus();
  answered();
};

/** The blank that the reader came from, to go back to with Escape. */
let from = null;

const goToField = (id, event) => {
  const found = controls(id);
  const target = found.find((control) => control.checked) ?? found[0];
  if (!target) return;
  event.preventDefault();
  target.focus();
  (target.closest(".field") ?? target).scrollIntoView({ block: "nearest" });
};

/** Enter leads to the next field, as the key of a telephone's keyboard says, and behind the last one to what can be done. */
const goOn = (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches(".field input")) return;
  event.preventDefault();
  const seen = findAll(".field :is(input, textarea), [data-action]").filter((control) => control.offsetParent);
  seen.slice(seen.indexOf(event.target) + 1).find((control) => control.name !== event.target.name)?.focus();
};

const mark = (id) => {
  for (const blank of blanks) blank.toggleAttribute("data-current", blank.dataset.field === id);
};

const listen = () => {
  on("input", (event) => {
    if (!event.target.matches("[data-remember]")) answered();
  });
  on("change", (event) => {
    if (!event.target.matches("[data-remember]")) return;
    if (event.target.checked) keep();
    else {
      remember(null);
      forgetOtherDrafts();
    }
    say("[data-message]", words(event.target.checked ? "Remembered" : "Forgotten"));
  });
  on("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.fill) take(button);
    else if (button?.dataset.action) act(button.dataset.action);
    const link = event.target.closest("[data-go-to]");
    if (link) goToField(link.dataset.goTo, event);
  });
  on("submit", (event) => event.preventDefault());
  on("focusin", (event) => {
    mark(event.target.name);
    showSentence(event.target.name);
  });
  on("focusout", () => mark(null));
  on("keydown", goOn);
  on("keydown", (event) => {
    if (event.key !== "Escape" || !from) return;
    from.focus();
    from = null;
  });
  paper.addEventListener("click", (event) => {
    const blank = event.target.closest("a.blank");
    if (!blank) return;
    from = blank;
    goToField(blank.dataset.field, event);
  });
  // A page that comes back from the browser's history brings its answers along.
  addEventListener("pageshow", update);
  // Browsers name a print that is kept as a file after the page.
  const { title } = document;
  addEventListener("beforeprint", () => (document.title = dataset.fileName || title));
  addEventListener("afterprint", () => (document.title = title));
};

if (form && paper) {
  for (const control of findAll("[data-today]")) control.defaultValue = today();
  recall();
  recallDraft();
  listen();
  update();
  Element.prototype.removeAttribute.call(form, "hidden");
  paper.dataset.ready = "";
}
}
