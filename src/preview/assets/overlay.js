// What is wrong, over the page: all of it where there are errors, a small mark where there are only warnings. It leaves when all is mended.

const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; }
.panel, .mark, .notice { font: 15px/1.5 system-ui, sans-serif; color: #1c1c1a; background: #fdfcf8; border: 1px solid #c9c3b4; }
.panel { position: fixed; inset: auto 0 0 0; max-height: 70vh; overflow: auto; z-index: 2147483647; border-width: 3px 0 0; border-color: #b3261e;
  padding: 16px 24px 24px; box-shadow: 0 -8px 32px rgb(0 0 0 / .25); }
.panel.only-warnings { border-color: #9a6700; }
.head { display: flex; gap: 16px; align-items: baseline; justify-content: space-between; }
h2 { font-size: 17px; margin: 0; }
h3 { font-size: 15px; margin: 0; }
ul { list-style: none; margin: 12px 0 0; padding: 0; }
li { padding: 12px 0; border-top: 1px solid #e4dfd2; }
.place { font: 13px/1.5 ui-monospace, monospace; color: #55524a; }
pre { font: 13px/1.5 ui-monospace, monospace; margin: 8px 0; padding: 8px 12px; background: #f1eee4; overflow-x: auto; white-space: pre-wrap; }
mark { background: none; color: #b3261e; text-decoration: underline wavy; text-underline-offset: 3px; font-weight: 600; }
.warning mark { color: #7a5200; }
.hint { margin: 4px 0 0; }
.severity { font-weight: 600; color: #b3261e; }
.warning .severity { color: #7a5200; }
button { font: inherit; color: inherit; background: #fff; border: 1px solid #8d8777; border-radius: 4px; padding: 4px 12px; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
.mark { position: fixed; inset: auto 12px 12px auto; z-index: 2147483646; border-radius: 999px; padding: 6px 14px; box-shadow: 0 2px 8px rgb(0 0 0 / .2); }
.notice { position: fixed; inset: 0 0 auto 0; z-index: 2147483647; padding: 12px 24px; border-width: 0 0 3px; border-color: #1a5fb4; }
@media (prefers-color-scheme: dark) {
  .panel, .mark, .notice { color: #f0ede4; background: #22211d; border-color: #55524a; }
  .panel { border-color: #f2b8b5; }
  pre { background: #2e2c26; }
  li { border-color: #45423a; }
  .place { color: #bdb8aa; }
  .severity, mark { color: #f2b8b5; }
  .warning .severity, .warning mark { color: #f0c36d; }
  button { background: #33312b; }
  a { color: #99c1f1; }
}`;

let root;
let isOpen = null;
let last = { errors: 0, warnings: 0, faults: [] };

/** Shows what is wrong; nothing, if nothing is. */
export function showFaults(report) {
  if (report.errors > 0 && last.errors === 0) isOpen = null;
  last = report;
  render();
}

/** Says something about the page itself; an empty text takes it back. */
export function showNotice(text, links = []) {
  shadow().querySelector('.notice')?.remove();
  if (!text) return;
  const notice = element('div', 'notice', `${text} `);
  notice.setAttribute('role', 'status');
  for (const [label, address] of links) {
    const link = element('a', '', label);
    link.href = address;
    notice.append(link, ' ');
  }
  shadow().append(notice);
}

function shadow() {
  if (!root) {
    const host = document.createElement('letterpress-preview');
    root = host.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    document.documentElement.append(host);
  }
  return root;
}

function render() {
  const old = root?.querySelector('.panel, .mark');
  const scrolled = old?.scrollTop ?? 0;
  old?.remove();
  if (last.faults.length === 0) return;
  const open = isOpen ?? last.errors > 0;
  const shown = open ? panel() : mark();
  shadow().append(shown);
  shown.scrollTop = scrolled;
}

function counted() {
  const count = (number, word) => (number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]);
  return [...count(last.errors, 'error'), ...count(last.warnings, 'warning')].join(' and ');
}

function mark() {
  const button = element('button', 'mark', counted());
  button.addEventListener('click', () => { isOpen = true; render(); });
  return button;
}

function panel() {
  const panel = element('section', last.errors > 0 ? 'panel' : 'panel only-warnings');
  panel.setAttribute('aria-label', 'What is wrong in the site');
  const head = element('div', 'head');
  const title = last.errors > 0 ? `${counted()}. The page below is the last good one.` : counted();
  const hide = element('button', '', 'Hide');
  hide.addEventListener('click', () => { isOpen = false; render(); });
  head.append(element('h2', '', title), hide);
  const list = element('ul');
  list.append(...last.faults.map(item));
  panel.append(head, list);
  const others = last.errors + last.warnings - last.faults.length;
  if (others > 0) panel.append(element('p', '', `… and ${others} more.`));
  return panel;
}

function item(fault) {
  const item = element('li', fault.severity);
  const title = element('h3');
  title.append(element('span', 'severity', `${fault.severity}: `), fault.message);
  item.append(title);
  if (fault.file) item.append(element('div', 'place', fault.line ? `${fault.file}:${fault.line}:${fault.column}` : fault.file));
  if (fault.excerpt) {
    const [before, marked, after] = fault.excerpt;
    const excerpt = element('pre');
    excerpt.append(before, element('mark', '', marked), after);
    item.append(excerpt);
  }
  if (fault.hint) item.append(element('p', 'hint', fault.hint));
  return item;
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
