// The editor's desk: all pages, filtered and sorted, current after each save.

import { showFaults } from './overlay.js';

/** More rows than this make a page slow; a filter leads to the others. */
const MOST_ROWS = 500;

const body = document.querySelector('tbody');
const filter = document.querySelector('#filter');
let desk = { pages: [], upcoming: [] };
let sorting = { key: 'edited', down: true };

async function load() {
  const answer = await fetch('desk.json', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  desk = await answer.json();
  document.querySelector('#home').href = desk.home;
  document.title = `Editor’s desk: ${desk.title}`;
  fill(filter.elements.state, desk.pages.map((page) => page.state));
  fill(filter.elements.kind, desk.pages.map((page) => page.kind));
  showUpcoming();
  showPages();
}

function fill(select, values) {
  const chosen = select.value;
  const names = [...new Set(values)].sort();
  select.replaceChildren(new Option('any', ''), ...names.map((name) => new Option(name, name)));
  select.value = names.includes(chosen) ? chosen : '';
}

function showUpcoming() {
  const items = desk.upcoming.map(({ day, what, title, file }) => element('li', '', element('time', '', day), ' ', element('bdi', '', title), ` ${what}`, element('span', 'file', file)));
  document.querySelector('#upcoming').replaceChildren(...(items.length ? items : [element('li', 'quiet', 'Nothing is scheduled.')]));
}

function showPages() {
  const wanted = desk.pages.filter(isWanted).sort(inOrder);
  body.replaceChildren(...wanted.slice(0, MOST_ROWS).map(row));
  const faults = desk.pages.filter((page) => page.errors + page.warnings > 0).length;
  document.querySelector('#summary').textContent = `${wanted.length} of ${desk.pages.length} pages; ${faults} with faults; today is ${desk.today}`;
  const left = wanted.length - MOST_ROWS;
  document.querySelector('#more').textContent = left > 0 ? `… and ${left} more; the filter leads to them.` : '';
  for (const heading of document.querySelectorAll('th')) {
    const isSorted = heading.dataset.key === sorting.key;
    heading.setAttribute('aria-sort', isSorted ? (sorting.down ? 'descending' : 'ascending') : 'none');
  }
}

function isWanted(page) {
  const { words, state, kind, faults } = filter.elements;
  const text = `${page.title} ${page.file}`.toLowerCase();
  return words.value.toLowerCase().split(/\s+/).every((word) => text.includes(word))
    && (!state.value || page.state === state.value)
    && (!kind.value || page.kind === kind.value)
    && (!faults.checked || page.errors + page.warnings > 0);
}

function valueOf(page) {
  return sorting.key === 'faults' ? page.errors * 1000 + page.warnings : page[sorting.key];
}

function inOrder(a, b) {
  const [first, second] = [valueOf(a), valueOf(b)];
  // What has no value comes last in both directions.
  if (first === null || second === null) return (first === null) - (second === null);
  const order = typeof first === 'number' ? first - second : String(first).localeCompare(String(second));
  return (sorting.down ? -order : order) || a.file.localeCompare(b.file);
}

function row(page) {
  const title = element(page.url ? 'a' : 'span', '', element('bdi', '', page.title || page.file));
  if (page.url) title.href = page.url;
  const faults = [[page.errors, 'error', 'bad'], [page.warnings, 'warning', 'warn']].filter(([count]) => count > 0);
  return element('tr', '',
    element('td', '', title, element('span', 'file', page.file)),
    element('td', page.state === 'review due' || page.state === 'expired' ? 'warn' : '', page.state),
    element('td', '', page.kind),
    labelled('Words', 'number', String(page.words)),
    labelled('Reading ease', 'number', page.ease === null ? '–' : String(page.ease)),
    labelled('Dated', '', page.day ?? '–'),
    labelled('Last edit', '', page.edited ? new Date(page.edited).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }) : '–'),
    labelled('Faults', 'number', ...(faults.length ? faults.map(([count, word, style]) => element('span', style, `${count} ${word}${count === 1 ? '' : 's'} `)) : ['–'])));
}

/** A cell that says what it is where the columns have no room to. */
function labelled(label, className, ...children) {
  const cell = element('td', className, ...children);
  cell.dataset.label = label;
  return cell;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

filter.addEventListener('input', showPages);
filter.addEventListener('submit', (event) => event.preventDefault());
for (const heading of document.querySelectorAll('th')) {
  heading.querySelector('button').addEventListener('click', () => {
    const { key } = heading.dataset;
    sorting = { key, down: sorting.key === key ? !sorting.down : ['words', 'edited', 'day', 'faults'].includes(key) };
    showPages();
  });
}

const events = new EventSource('events');
events.addEventListener('proof', load);
events.addEventListener('faults', (event) => showFaults(JSON.parse(event.data)));
load();
