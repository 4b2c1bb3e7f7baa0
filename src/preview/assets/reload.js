// Keeps the page in view current while an editor writes. Added to each page by `letterpress watch`, on the way out only.

import { keep, restore } from './keep.js';
import { showFaults, showNotice } from './overlay.js';
import { begin, patch } from './patch.js';

const script = document.querySelector('script[data-letterpress]');
const file = script.dataset.file;
let { hash, revision, media } = script.dataset;
script.remove();
begin();
if (document.readyState === 'complete') restore();
else addEventListener('load', () => setTimeout(restore), { once: true });

/** Time before a lost connection is tried again, in milliseconds. */
const RETRY = 400;
let connection = null;
let updating = Promise.resolve();

/** A browser holds few connections to one host: a page that nobody sees needs none, and catches up when it is seen. */
function connect() {
  if (connection || document.hidden) return;
  connection = new EventSource(`/_letterpress/events?file=${encodeURIComponent(file)}&hash=${hash}&revision=${revision}&media=${media}`);
  const on = (name, act) => connection.addEventListener(name, (event) => act(event.data));
  on('faults', (data) => showFaults(JSON.parse(data)));
  on('page', () => { updating = updating.then(update); });
  on('gone', (data) => gone(JSON.parse(data)));
  on('media', (data) => renewMedia(JSON.parse(data)));
  on('follow', (data) => follow(JSON.parse(data)));
  on('proof', (data) => { ({ revision, media } = JSON.parse(data)); });
  connection.addEventListener('error', () => {
    disconnect();
    setTimeout(connect, RETRY);
  });
}

function disconnect() {
  connection?.close();
  connection = null;
}

document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
connect();

async function update() {
  const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => null);
  if (!answer) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const added = next.querySelector('script[data-letterpress]');
  const now = added?.dataset.hash ?? '';
  added?.remove();
  showNotice('');
  if (answer.ok && hash !== '' && now !== '' && patch(next)) {
    hash = now;
    document.dispatchEvent(new CustomEvent('letterpress:patched'));
    return;
  }
  keep();
  location.reload();
}

function gone({ reason, source, url, home }) {
  hash = '';
  const name = source ?? 'Its file';
  const texts = {
    moved: ['This page has another address now.', [['Go there', url]]],
    draft: [`This page is a draft now (${name}), so readers don't see it.`, []],
    scheduled: [`This page is scheduled now (${name}), so readers don't see it yet.`, []],
    expired: [`This page has expired (${name}).`, []],
    removed: [`This page is gone: ${name} was removed or renamed.`, []],
  };
  const [text, links] = texts[reason];
  showNotice(text, [...links.filter(([, address]) => address), ['To the home page', home]]);
}

/** Pictures keep their address when they change. Those at the addresses are fetched anew, or all from this host. */
function renewMedia(addresses) {
  for (const element of document.querySelectorAll('img, source, video, audio, object, embed, iframe')) {
    for (const name of ['src', 'srcset', 'data', 'poster']) {
      const value = element.getAttribute(name);
      const address = value && new URL(value, location.href);
      if (address && address.origin === location.origin && (addresses?.includes(address.pathname) ?? true)) {
        address.searchParams.set('changed', String(Date.now()));
        element.setAttribute(name, address.pathname + address.search);
      }
    }
  }
}

function follow({ url, revision: now }) {
  // Whoever comes back to this page is not sent away once more.
  revision = now;
  if (new URL(url, location.href).pathname !== location.pathname) location.assign(url);
}
