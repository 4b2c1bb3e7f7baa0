// The page as it was served → the page as it is served now, on the page in view: only what differs is touched, so that scroll, focus,
// open parts and what scripts or readers put into the page stay as they are.
//
// The two served pages are compared with each other, never with the page in view, which scripts have changed since.

/** Node of the served page → the same node in view. */
const inView = new WeakMap();
let served;

/** Children longer than this are paired one by one instead of being aligned. */
const MOST_ALIGNED = 400;

/** Takes the page in view for the page as it was served. To be called before other scripts run. */
export function begin() {
  served = document.documentElement.cloneNode(true);
  pair(served, document.documentElement);
}

function pair(node, live) {
  inView.set(node, live);
  for (let at = 0; at < node.childNodes.length; at += 1) pair(node.childNodes[at], live.childNodes[at]);
}

/**
 * Brings the page in view up to date with `next`, a served document.
 * Gives false, and changes nothing, where only loading it anew will do: a script changed, or a part that scripts work on.
 */
export function patch(next) {
  const changes = [];
  const pairs = [];
  compare(served, next.documentElement, changes, pairs);
  if (changes.some((change) => change.needsScripts)) return false;
  for (const change of changes) change.apply();
  for (const [now, before] of pairs) inView.set(now, inView.get(before));
  served = next.documentElement;
  return true;
}

function compare(before, now, changes, pairs) {
  pairs.push([now, before]);
  if (before.nodeType !== Node.ELEMENT_NODE) {
    if (before.data !== now.data) changes.push(change(before, () => { inView.get(before).data = now.data; }));
    return;
  }
  compareAttributes(before, now, changes);
  compareChildren(before, now, changes, pairs);
}

function compareAttributes(before, now, changes) {
  const names = new Set([...before.getAttributeNames(), ...now.getAttributeNames()]);
  for (const name of names) {
    const value = now.getAttribute(name);
    if (before.getAttribute(name) === value) continue;
    changes.push(change(before, () => {
      const live = inView.get(before);
      if (value === null) live.removeAttribute(name);
      else live.setAttribute(name, value);
    }));
  }
}

function compareChildren(before, now, changes, pairs) {
  let previous = null;
  for (const [old, fresh] of aligned([...before.childNodes], [...now.childNodes])) {
    if (old && fresh) {
      if (old.isEqualNode(fresh)) pairEqual(old, fresh, pairs);
      else compare(old, fresh, changes, pairs);
    } else if (old) {
      changes.push(change(before, () => leave(old), old));
    } else {
      const after = previous;
      changes.push(change(before, () => insert(before, after, fresh), fresh));
    }
    if (fresh) previous = fresh;
  }
}

function pairEqual(old, fresh, pairs) {
  pairs.push([fresh, old]);
  for (let at = 0; at < old.childNodes.length; at += 1) pairEqual(old.childNodes[at], fresh.childNodes[at], pairs);
}

/** Scripts that run; others are data, and are replaced like text. */
const SCRIPTS = 'script:not([type]), script[type=""], script[type=module], script[type="text/javascript"]';
/** Forms, and the letter that a form fills in, were prepared by the theme's scripts when the page was loaded. */
const WORKED_ON = 'form, [data-paper], [data-letter]';

/** A change at a node of the page, and all that comes or goes with it. */
function change(node, apply, moved) {
  const at = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const parts = `${SCRIPTS}, ${WORKED_ON}`;
  const holds = moved?.nodeType === Node.ELEMENT_NODE && (moved.matches(parts) || moved.querySelector(parts));
  return { apply, needsScripts: Boolean(at?.closest(parts) || holds) };
}

function insert(parent, previous, fresh) {
  const live = document.importNode(fresh, true);
  pair(fresh, live);
  const before = previous && inView.get(previous);
  if (before?.parentNode) before.after(live);
  else inView.get(parent).prepend(live);
}

/** A style sheet leaves when the one that follows it is there, so that the page is never bare. */
function leave(node) {
  const live = inView.get(node);
  if (live.nodeName !== 'LINK' || live.rel !== 'stylesheet') {
    live.remove();
    return;
  }
  const sheets = [...document.querySelectorAll('link[rel=stylesheet]')];
  const pending = sheets.filter((sheet) => sheet !== live && !sheet.sheet);
  const gone = () => live.remove();
  if (pending.length === 0) setTimeout(gone, 50);
  for (const sheet of pending) {
    sheet.addEventListener('load', gone, { once: true });
    sheet.addEventListener('error', gone, { once: true });
  }
}

/** Children of both, in order: pairs of what is the same thing, and single ones that came or went. */
function aligned(before, now) {
  const pairs = [];
  let start = 0;
  while (start < before.length && start < now.length && before[start].isEqualNode(now[start])) {
    pairs.push([before[start], now[start]]);
    start += 1;
  }
  let end = 0;
  while (end < before.length - start && end < now.length - start && before.at(-1 - end).isEqualNode(now.at(-1 - end))) end += 1;
  pairs.push(...middle(before.slice(start, before.length - end), now.slice(start, now.length - end)));
  for (let at = end; at > 0; at -= 1) pairs.push([before.at(-at), now.at(-at)]);
  return pairs;
}

/** The longest common run of what is alike (longest common subsequence). */
function middle(before, now) {
  if (before.length > MOST_ALIGNED || now.length > MOST_ALIGNED) return oneByOne(before, now);
  const width = now.length + 1;
  const best = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const weight = likeness(before[i], now[j]);
      const paired = weight === 0 ? 0 : best[(i + 1) * width + j + 1] + weight;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < now.length) {
    const here = best[i * width + j];
    if (here === best[(i + 1) * width + j]) pairs.push([before[i++], null]);
    else if (here === best[i * width + j + 1]) pairs.push([null, now[j++]]);
    else pairs.push([before[i++], now[j++]]);
  }
  for (; i < before.length; i += 1) pairs.push([before[i], null]);
  for (; j < now.length; j += 1) pairs.push([null, now[j]]);
  return pairs;
}

function oneByOne(before, now) {
  const pairs = [];
  for (let at = 0; at < Math.max(before.length, now.length); at += 1) {
    const [old, fresh] = [before[at], now[at]];
    if (old && fresh && likeness(old, fresh) > 0) pairs.push([old, fresh]);
    else pairs.push(...[[old, null], [null, fresh]].filter(([a, b]) => a || b));
  }
  return pairs;
}

/** How surely two nodes are the same thing: 0 not at all. A style sheet with another address is another one. */
function likeness(a, b) {
  if (a.nodeName !== b.nodeName) return 0;
  if (a.nodeType !== Node.ELEMENT_NODE) return 1;
  if (a.id !== b.id) return 0;
  if (a.nodeName === 'LINK' && a.getAttribute('href') !== b.getAttribute('href')) return 0;
  return a.isEqualNode(b) ? 4 : 2;
}
