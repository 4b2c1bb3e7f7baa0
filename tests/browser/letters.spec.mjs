// Letters: filled in, taken away, and nothing sent. A small site with every form that a letter can have, and the shipped one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { test as base } from "@playwright/test";
import { letterpress, repository, serve } from "./support.mjs";

const CONFIG = `title = "Test"
base_url = "https://test.example/"
language = "en"
theme = "default"

[languages.ur]
name = "اردو"
title = "آزمائش"

[letter_fields]
"your name" = { autocomplete = "name" }
"your address" = { autocomplete = "street-address" }
`;

const EVERYTHING = `---
title: A letter with everything
description: For tests.
date: 2026-01-15
subject: "About [job title]"
fields:
  notice: { choices: ["one month", "two weeks", "at once"] }
  long answer: { type: multiline }
  salary: { type: money, suggestions: ["Rs 90,000", "Rs 120,000"] }
---

[your name]\\
[your address]

[date]

[company]

Dear [name of person],

I **strongly** *like* [job title]. [optional: I can start on [start date].] See [the site](https://example.org/x?a=1&b=2).

::: when notice is "one month" or "two weeks"
I give notice of [notice].
:::

::: when notice is not "one month"
Sooner, because [reason].

1. First [salary]
2. Second
:::

[long answer]

::: optional
I thank you for everything.
:::

- point one
- point [job title]

Yours sincerely,

[your name]

Enclosures: CV
`;

const EMAIL = `---
title: A short e-mail
description: For tests.
date: 2026-01-15
subject: "Meeting on [interview date]"
---

Dear [name of person],

I shall come on [interview date].

Kind regards,

[your name]
`;

const URDU = `---
title: استعفیٰ
description: آزمائش
date: 2026-01-15
subject: "[عہدہ] سے استعفیٰ"
---

محترم [مینیجر کا نام]،

میرا آخری دن [آخری تاریخ] ہوگا۔ CV ساتھ ہے۔

آپ کا مخلص،

[آپ کا نام]
`;

const PAY = `---
title: "Pay: a letter?"
description: For tests.
date: 2026-01-15
subject: "Pay"
fields:
  date: { default: today }
  how often: { choices: ["weekly", "monthly"] }
---

[your name]

[date]

Dear Sir,

**Pay of [amount]**

I am paid [how often].

Yours faithfully,

[your name]
`;

const LETTERS = { "pay.md": PAY, "everything.md": EVERYTHING, "short.md": EMAIL, "short.ur.md": URDU };

function smallSite(folder) {
  const letters = join(folder, "content/letters");
  mkdirSync(letters, { recursive: true });
  cpSync(join(repository, "themes"), join(folder, "themes"), { recursive: true });
  writeFileSync(join(folder, "letterpress.toml"), CONFIG);
  for (const [name, text] of Object.entries(LETTERS)) writeFileSync(join(letters, name), text);
  return folder;
}

async function published(source, folder) {
  execFileSync(letterpress, ["build", "--source", source, "--output", folder, "--base-url", "http://127.0.0.1/"], { stdio: "pipe" });
  const { origin, close } = await serve(folder, "/");
  return { folder, origin, close };
}

/** `sites` are the small one and the shipped one; `visit` opens a letter in a fresh profile. */
const test = base.extend({
  sites: [async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "letterpress-letters-"));
    const small = await published(smallSite(join(folder, "source")), join(folder, "small"));
    const shipped = await published(process.env.LETTERPRESS_SITE ?? repository, join(folder, "shipped"));
    await use({ small, shipped });
    await Promise.all([small.close(), shipped.close()]);
    rmSync(folder, { recursive: true, force: true });
  }, { scope: "worker", timeout: 120_000 }],
  visit: async ({ browser, sites }, use) => {
    const contexts = [];
    await use(async (address, options = {}) => {
      const context = await browser.newContext({ acceptDownloads: true, viewport: { width: 1280, height: 900 }, ...options });
      contexts.push(context);
      const [site, ...path] = address.split("/");
      return opened(await context.newPage(), `${sites[site].origin}/${path.join("/")}`);
    });
    for (const context of contexts) await context.close();
  },
});
const { describe } = test;

/**
 * A letter's page. Its complaints are kept, and what it asks for after it has loaded: all but its icon, which a browser fetches
 * when it likes, and whose address was fixed before the reader typed.
 */
async function opened(page, address) {
  page.complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  await page.addInitScript(() => {
    window.opened = [];
    window.open = (url) => window.opened.push(url);
    window.print = () => window.opened.push("print");
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const icons = await page.locator("link[rel~=icon], link[rel=manifest]").evaluateAll((links) => links.map((link) => link.href));
  page.asked = [];
  page.on("request", (request) => icons.includes(request.url()) || page.asked.push(request.url()));
  return page;
}

/** Does it at once, also with what is not ready. */
const act = async (page, name) => {
  await page.click(`[data-action="${name}"]`);
  if (await page.isVisible("[data-check]")) await page.click("[data-action=take-anyway]");
};
const message = async (page) => {
  await page.waitForFunction(() => document.querySelector("[data-message]").textContent !== "");
  return page.textContent("[data-message]");
};
const paper = (page) => page.innerText("[data-body]");

async function download(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), act(page, name)]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The files of a ZIP archive, by their names. */
function unzipped(bytes) {
  const files = {};
  const count = bytes.readUInt16LE(bytes.length - 12);
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (let entry = 0; entry < count; entry++) {
    const [method, size, name, extra, comment] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const header = bytes.readUInt32LE(at + 42);
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const raw = bytes.subarray(start, start + size);
    files[bytes.toString("utf8", at + 46, at + 46 + name)] = (method ? inflateRawSync(raw) : raw).toString("utf8");
    at += 46 + name + extra + comment;
  }
  return files;
}

/** Whether a browser reads a text as XML without an error. */
const isXml = (page, text) => page.evaluate((text) => !new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror"), text);

/** Gives every control in sight an answer, as long as answers bring new ones. */
async function fillIn(page) {
  for (let round = 0; round < 3; round++) {
    for (const fieldset of await page.locator("fieldset.field:visible").all()) {
      const first = fieldset.locator("input[type=radio]").first();
      if (!(await fieldset.locator("input:checked").count())) await first.check();
    }
    for (const control of await page.locator("form[data-letter] .field:visible :is(input:not([type=radio]), textarea)").all()) {
      if (await control.inputValue()) continue;
      const type = await control.getAttribute("type");
      await control.fill({ date: "2026-03-05", email: "sana@example.org", tel: "0300 1234567" }[type] ?? `answer ${await control.getAttribute("name")}`);
    }
  }
}

describe("filling in", () => {
  test("each keystroke shows in the letter", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    assert.equal(await page.textContent("[data-progress]"), "0 of 3 filled in");
    await page.locator("#field-name-of-person").pressSequentially("Ms F");
    assert.match(await paper(page), /Dear Ms F,/);
    assert.equal(await page.textContent("[data-progress]"), "1 of 3 filled in");
    await page.fill("#field-interview-date", "2026-03-05");
    assert.match(await paper(page), /on 5 March 2026\./);
    assert.match(await page.innerText("[data-subject]"), /Meeting on 5 March 2026/);
    await page.fill("#field-name-of-person", "");
    assert.match(await paper(page), /Dear name of person,/);
    assert.deepEqual(page.complaints, []);
  });

  test("a choice shows its part, hides the others and asks only for what is left", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    assert.match(await paper(page), /If notice is one month or two weeks/);
    assert.match(await paper(page), /If notice is not one month/);
    await page.check("[name=notice][value='one month']");
    assert.match(await paper(page), /I give notice of one month\./);
    assert.doesNotMatch(await paper(page), /Sooner|If notice/);
    assert.equal(await page.isVisible("#field-reason"), false);
    await page.check("[name=notice][value='at once']");
    assert.doesNotMatch(await paper(page), /I give notice/);
    assert.equal(await page.isVisible("#field-reason"), true);
  });

  test("an optional sentence comes and goes", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    assert.match(await paper(page), /optional I can start on/i);
    await page.check("[name=optional-part-1][value='leave out']");
    assert.match(await paper(page), /like job title\. +See the site/);
    assert.equal(await page.isVisible("#field-start-date"), false);
    await page.check("[name=optional-part-1][value='include']");
    assert.match(await paper(page), /job title\. I can start on start date\. See/);
  });

  test("a suggestion fills its field", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await page.click("[data-fill=salary] >> nth=1");
    assert.equal(await page.inputValue("#field-salary"), "Rs 120,000");
    assert.match(await paper(page), /First Rs 120,000/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-salary");
  });

  test("blanks and fields are reached from each other with the keyboard alone", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    await page.focus(".blank[data-field=interview-date] >> nth=0");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-interview-date");
    assert.equal(await page.locator(".blank[data-current]").count(), 2);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.field), "interview-date");
    const choice = await visit("small/letters/everything/");
    await choice.focus("[name=notice] >> nth=0");
    await choice.keyboard.press("Space");
    await choice.keyboard.press("ArrowDown");
    assert.match(await paper(choice), /I give notice of two weeks/);
  });

  test("a date line begins with the reader's own day, and does not come back with an old one", async ({ visit }) => {
    const page = await visit("small/letters/pay/", { timezoneId: "Asia/Karachi" });
    await page.clock.setFixedTime("2026-03-04T20:30:00Z");
    await page.reload();
    assert.match(await paper(page), /5 March 2026/);
    assert.match(await page.textContent("[data-progress]"), /^1 of/);
    await page.check("[data-remember]");
    await page.fill("#field-your-name", "Sana Malik");
    await page.clock.setFixedTime("2026-04-10T08:00:00Z");
    await page.reload();
    assert.match(await paper(page), /Sana Malik[^]*10 April 2026/);
    await page.fill("#field-date", "");
    await act(page, "reset");
    assert.match(await paper(page), /10 April 2026/);
  });

  test("Enter leads from field to field, and behind the last one to what can be done", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await page.focus("#field-job-title");
    await page.keyboard.press("Enter");
    const focused = () => page.evaluate(() => document.activeElement.name || document.activeElement.dataset.action);
    assert.equal(await focused(), "your-name");
    await page.focus("[name=notice] >> nth=0");
    await page.keyboard.press("Enter");
    assert.notEqual(await focused(), "notice");
    const short = await visit("small/letters/short/");
    await short.focus("#field-your-name");
    await short.keyboard.press("Enter");
    assert.equal(await short.evaluate(() => document.activeElement.dataset.action), "copy");
  });

  test("emptying all blanks brings the letter back", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    const fresh = await paper(page);
    await fillIn(page);
    assert.notEqual(await paper(page), fresh);
    await act(page, "reset");
    assert.equal(await paper(page), fresh);
    assert.match(await page.textContent("[data-progress]"), /^0 of/);
  });

  test("on a phone the sentence that a field changes is below it while it is filled in", async ({ visit }) => {
    const page = await visit("small/letters/everything/", { viewport: { width: 390, height: 760 } });
    await page.focus("#field-job-title");
    assert.equal(await page.textContent(".in-letter"), "About [job title]", "its first place is the subject");
    await page.keyboard.type("Nurse");
    assert.equal(await page.textContent(".in-letter"), "About Nurse");
    assert.equal(await page.textContent(".in-letter mark"), "Nurse");
    await page.focus("#field-name-of-person");
    assert.equal(await page.textContent(".in-letter"), "Dear [name of person],");
    assert.equal(await page.locator(".in-letter").count(), 1);
    await page.setViewportSize({ width: 1280, height: 900 });
    assert.equal(await page.isVisible(".in-letter"), false, "there the letter is in sight");
  });

  test("emptying all blanks can be undone", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await fillIn(page);
    const full = await paper(page);
    await act(page, "reset");
    await act(page, "undo");
    assert.equal(await paper(page), full);
    assert.match(await message(page), /back/);
    assert.equal(await page.isVisible("[data-action=undo]"), false);
    await act(page, "reset");
    await page.fill("#field-company", "New");
    assert.equal(await page.isVisible("[data-action=undo]"), false, "what is typed since would be lost");
  });

  test("a reload or the way back loses nothing, and the end of the tab forgets it", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    const address = page.url();
    await fillIn(page);
    await page.fill("#field-company", "");
    const full = await paper(page);
    await page.reload();
    assert.equal(await paper(page), full);
    await page.goto(address.replace("everything", "short"));
    await page.goBack();
    assert.equal(await paper(page), full);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await act(page, "reset");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await act(page, "undo");
    const other = await page.context().newPage();
    await other.goto(address);
    assert.equal(await other.inputValue("#field-job-title"), "");
  });

  test("without JavaScript the letter is whole and the form is away", async ({ visit }) => {
    const page = await visit("small/letters/everything/", { javaScriptEnabled: false });
    assert.equal(await page.isVisible("form[data-letter]"), false);
    assert.match(await paper(page), /If notice is one month or two weeks[^]*If notice is not one month[^]*optional/i);
    assert.equal(await page.locator(".blank").count(), 14);
  });

  test("Urdu is written from right to left with its own dates", async ({ visit }) => {
    const page = await visit("small/ur/letters/short/");
    await page.fill("[id='field-آخری-تاریخ']", "2026-03-05");
    assert.match(await paper(page), /5 مارچ.? 2026 ہوگا/);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("[data-paper]")).direction), "rtl");
    const { "word/document.xml": words } = unzipped((await download(page, "download-docx")).bytes);
    assert.match(words, /<w:bidi\/>/);
    assert.match(words, /<w:r><w:rPr><\/w:rPr><w:t xml:space="preserve">CV <\/w:t>/);
    assert.ok(await isXml(page, words));
  });
});

describe("before it leaves", () => {
  test("what is empty, not chosen or no address is named, each with a way to its field", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await fillIn(page);
    await page.fill("#field-company", "");
    await page.click("[data-action=print]");
    assert.deepEqual(await page.evaluate(() => window.opened ?? []), []);
    assert.deepEqual(await page.locator("[data-check-list] li").allTextContents(), ["Company: still empty"]);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.check), "");
    await page.click("[data-check-list] a");
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-company");
    await page.keyboard.type("Indus");
    assert.equal(await page.isVisible("[data-check]"), false, "nothing is left to name");
    await page.click("[data-action=print]");
    assert.deepEqual(await page.evaluate(() => window.opened), ["print"]);
  });

  test("a choice that was not made and a wrong address count, and all can be taken anyway", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await page.click("[data-action=copy]");
    const named = await page.locator("[data-check-list] li").allTextContents();
    assert.ok(named.includes("Notice: not chosen yet") && named.includes("Your name: still empty"), named.join("; "));
    await page.click("[data-action=take-anyway]");
    assert.match(await message(page), /^Copied|did not allow/);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.action), "copy");
  });

  test("Urdu names them in Urdu", async ({ visit }) => {
    const page = await visit("small/ur/letters/short/");
    await page.click("[data-action=print]");
    assert.match(await page.textContent("[data-check]"), /ابھی خالی ہے/);
  });
});

describe("taking away", () => {
  test("as text, with the subject", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    await fillIn(page);
    const { name, bytes } = await download(page, "download-txt");
    assert.equal(name, "A short e-mail – answer your-name.txt");
    assert.equal(bytes.toString(), "Subject: Meeting on 5 March 2026\n\nDear answer name-of-person,\n\nI shall come on 5 March 2026.\n\nKind regards,\n\nanswer your-name\n");
  });

  test("as a Word document with the styles of the program's own", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await page.fill("#field-job-title", "Nurse");
    await page.check("[name=notice][value='two weeks']");
    const { name, bytes } = await download(page, "download-docx");
    assert.equal(name, "A letter with everything.docx");
    const files = unzipped(bytes);
    assert.equal(Object.keys(files)[0], "[Content_Types].xml");
    for (const [file, text] of Object.entries(files)) assert.ok(await isXml(page, text), file);
    for (const [file, part] of [["word/styles.xml", "styles.xml"], ["word/numbering.xml", "numbering.xml"], ["[Content_Types].xml", "content-types.xml"], ["_rels/.rels", "relationships.xml"], ["word/_rels/document.xml.rels", "document-relationships.xml"], ["word/settings.xml", "settings.xml"]]) {
      const expected = readFileSync(join(repository, 'src/letters/docx', part), 'utf8');
      const numbers = '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>';
      const tidy = (text) => text.replace(/>\s+</g, "><").trim();
      assert.equal(tidy(files[file]), tidy(expected.replaceAll("{language}", "en").replace("{leading}", "288").replace("{numbers}", numbers)), file);
    }
    const words = files["word/document.xml"];
    assert.match(words, /<w:pStyle w:val="Sender"\/>[^]*<w:pStyle w:val="Salutation"\/>[^]*<w:pStyle w:val="Closing"\/>[^]*<w:pStyle w:val="Enclosures"\/>/);
    assert.match(words, /<w:tag w:val="company"\/>/);
    assert.doesNotMatch(words, /<w:tag w:val="job-title"\/>/);
    assert.match(words, /<w:keepNext\/>(?:(?!<\/w:p>)[^])*>point <(?:(?!<\/w:p>)[^])*>Nurse</);
  });

  test("as a Word document in which a choice is still a choice", async ({ visit }) => {
    const page = await visit("small/letters/pay/");
    const { "word/document.xml": words } = unzipped((await download(page, "download-docx")).bytes);
    assert.match(words, /<w:alias w:val="How often"\/>(?:(?!<\/w:sdt>)[^])*<w:dropDownList><w:listItem w:displayText="weekly" w:value="weekly"\/>/);
    assert.match(words, /<w:sdtPr><w:rPr><w:b\/><w:bCs\/><\/w:rPr><w:alias w:val="Amount"\/>/);
    assert.ok(await isXml(page, words));
  });

  test("as a copy in plain and in rich text", async ({ visit }) => {
    const page = await visit("small/letters/everything/", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.fill("#field-job-title", "Nurse <b>&</b>");
    await act(page, "copy");
    assert.match(await message(page), /^Copied/);
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (type) => (await item.getType(type)).text();
      return { text: await read("text/plain"), html: await read("text/html") };
    });
    assert.match(copied.text, /^Subject: About Nurse <b>&<\/b>\r?\n\r?\n\[your name\]/);
    assert.match(copied.html, /<strong>strongly<\/strong>/);
    assert.match(copied.html, /Nurse &lt;b&gt;&amp;&lt;\/b&gt;/);
  });

  test("as a copy where the browser has no clipboard of the new kind", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.addEventListener("copy", (event) => setTimeout(() => (window.copied = event.defaultPrevented)));
    });
    await act(page, "copy");
    assert.match(await message(page), /^Copied/);
    assert.equal(await page.evaluate(() => window.copied), true);
  });

  test("in the reader's own mail program", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    await page.fill("#field-name-of-person", "Ms Farooq & Sons");
    await act(page, "email");
    const [address] = await page.evaluate(() => window.opened);
    const fields = new URLSearchParams(address.slice("mailto:?".length));
    assert.equal(fields.get("subject"), "Meeting on [interview date]");
    assert.match(fields.get("body"), /^Dear Ms Farooq & Sons,\r\n\r\nI shall come/);
  });

  test("a letter too long for the mail program is copied, and the reader is told", async ({ visit }) => {
    const page = await visit("small/letters/everything/", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.fill("#field-long-answer", "word ".repeat(4_000));
    await act(page, "email");
    assert.match(await message(page), /too long|copied/i);
    const [address] = await page.evaluate(() => window.opened);
    assert.doesNotMatch(address, /body=/);
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /word word word/);
  });

  test("printed into a file that bears the letter's name", async ({ visit }) => {
    const page = await visit("small/letters/pay/");
    const title = await page.title();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.title(), "Pay: a letter?");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.title(), title);
    assert.equal((await download(page, "download-txt")).name, "Pay a letter.txt");
  });

  test("printed, with only the letter on the paper", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    await act(page, "print");
    assert.deepEqual(await page.evaluate(() => window.opened), ["print"]);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.isVisible("form[data-letter]"), false);
    assert.equal(await page.isVisible("[data-paper]"), true);
  });
});

describe("privacy", () => {
  test("nothing leaves the page while a letter is filled in, printed and saved", async ({ visit }) => {
    const page = await visit("small/letters/everything/", { permissions: ["clipboard-read", "clipboard-write"] });
    await fillIn(page);
    for (const action of ["print", "copy", "email"]) await act(page, action);
    await download(page, "download-docx");
    await download(page, "download-txt");
    await page.focus("#field-your-name");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(200);
    assert.deepEqual(page.asked.filter((url) => !url.startsWith("blob:")), []);
    assert.deepEqual(page.complaints, []);
  });

  test("the page seals itself where its host sends no policy", async ({ visit, sites }) => {
    const bare = mkdtempSync(join(tmpdir(), "letterpress-bare-"));
    cpSync(sites.small.folder, bare, { recursive: true });
    writeFileSync(join(bare, "_headers"), "");
    const { origin, close } = await serve(bare, "/");
    const page = await visit("small/letters/short/");
    await page.goto(`${origin}/letters/short/`, { waitUntil: "networkidle" });
    const reached = () => page.evaluate(() => fetch("/robots.txt").then(() => true, () => false));
    assert.equal(await reached(), true);
    await page.locator("#field-name-of-person").pressSequentially("M");
    assert.equal(await reached(), false);
    assert.equal((await download(page, "download-docx")).name, "A short e-mail.docx");
    const escapes = await page.evaluate(async () => {
      const refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
      new Image().src = "http://127.0.0.1:9/?M";
      navigator.sendBeacon("/x", "M");
      const form = document.body.appendChild(document.createElement("form"));
      form.action = "/x";
      form.submit();
      await new Promise((done) => setTimeout(done, 200));
      return refused.sort();
    });
    assert.deepEqual(escapes, ["connect-src", "form-action", "img-src"]);
    await close();
    rmSync(bare, { recursive: true, force: true });
  });

  test("the page's policy refuses to send", async ({ visit, sites }) => {
    const page = await visit("small/letters/short/");
    const refused = await page.evaluate(() => fetch("/x").then(() => false, () => true));
    assert.equal(refused, true);
    const headers = readFileSync(join(sites.small.folder, '_headers'), 'utf8');
    assert.match(headers, /letters\/:letter\/\n.*connect-src 'none'; form-action 'none'/);
  });

  test("answers are kept only when the reader asks for it, and can be wiped", async ({ visit }) => {
    const page = await visit("small/letters/everything/");
    const address = page.url();
    await page.fill("#field-your-name", "Sana Malik");
    await page.fill("#field-company", "Indus Textiles");
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await page.evaluate(() => document.cookie), "");
    await page.check("[data-remember]");
    await page.reload();
    assert.equal(await page.inputValue("#field-company"), "Indus Textiles");
    assert.match(await paper(page), /Sana Malik/);
    await page.goto(address.replace("everything", "short"));
    assert.equal(await page.inputValue("#field-your-name"), "Sana Malik");
    assert.equal(await page.isChecked("[data-remember]"), true);
    await page.uncheck("[data-remember]");
    assert.match(await message(page), /Nothing is kept/);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    await page.goto(address);
    assert.equal(await page.inputValue("#field-your-name"), "");
  });

  test("a spoilt memory does no harm", async ({ visit }) => {
    const page = await visit("small/letters/short/");
    for (const kept of ["{", "[]", "7", '{"shared":{"your-name":{"x":1}},"letters":5}']) {
      await page.evaluate((kept) => localStorage.setItem("letterpress.letters", kept), kept);
      await page.reload();
      assert.equal(await page.isVisible("form[data-letter]"), true, kept);
      await page.fill("#field-your-name", "A");
      assert.match(await paper(page), /A$/, kept);
    }
    assert.deepEqual(page.complaints, []);
  });
});

describe("hostile input changes the letter's text and nothing else", () => {
  const HOSTILE = {
    markup: `<img src=x onerror="window.hurt=1"></p><script>window.hurt=1</script>&amp;"'`,
    length: "x".repeat(10_000),
    direction: "\u202eabc\u2067 \u200f",
    control: "a\u0000b\u0008c\u000bd\uffff",
    surrogate: "a\ud800b",
    template: "{done} $& [job title] ::: `${1}`",
  };
  for (const [kind, typed] of Object.entries(HOSTILE)) {
    test(kind, async ({ visit }) => {
      const page = await visit("small/letters/everything/");
      const elements = () => page.evaluate(() => document.querySelectorAll("body *").length);
      await page.fill("#field-company", "plain");
      const count = await elements();
      for (const id of ["company", "long-answer", "job-title", "reason"]) {
        await page.evaluate(([id, typed]) => {
          const control = document.getElementById(`field-${id}`);
          control.value = typed;
          control.dispatchEvent(new Event("input", { bubbles: true }));
        }, [id, typed]);
      }
      assert.equal(await elements(), count);
      assert.equal(await page.evaluate(() => window.hurt), undefined);
      const files = unzipped((await download(page, "download-docx")).bytes);
      assert.ok(await isXml(page, files["word/document.xml"]));
      const text = (await download(page, "download-txt")).bytes.toString();
      assert.match(text, /Yours sincerely,/);
      assert.doesNotMatch(text, /[\u0000-\u0008\u202e\ufffd\ufffe\uffff]/);
      await act(page, "email");
      assert.deepEqual(page.asked.filter((url) => !url.startsWith("blob:")), []);
      assert.deepEqual(page.complaints, []);
    });
  }
});

test("every shipped letter reads as text like its own file, and is filled in and printed", async ({ visit, sites }) => {
  test.setTimeout(300_000);
  const folder = join(sites.shipped.folder, "letters");
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== "page").map((entry) => entry.name);
  assert.ok(names.length > 0);
  for (const name of names) {
    const page = await visit(`shipped/letters/${name}/`);
    const own = readFileSync(join(folder, name, "letter.txt"), "utf8");
    for (const line of await page.locator("[data-today]").all()) await line.fill("");
    assert.equal((await download(page, "download-txt")).bytes.toString(), own, name);
    await fillIn(page);
    assert.equal(await page.locator(".blank:not([data-filled]):visible").count(), 0, name);
    assert.match(await page.textContent("[data-progress]"), /^All/, name);
    assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 1_000, name);
    assert.deepEqual(page.asked.filter((url) => !url.startsWith("blob:")), [], name);
    assert.deepEqual(page.complaints, [], name);
    await page.context().close();
  }
});
