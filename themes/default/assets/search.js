// Search: a list of results under every search box, and the search page.
//
// The answers come from the engine that lies beside the index (`src/search/engine.js`), loaded when a reader turns to a
// box. All words for the reader are `data-text-…` attributes of the box or the results; nothing is sent anywhere.
(() => {
  'use strict';

  const FIRST = 5, MORE = 10;     // results on the search page at first, as far as there is room, and at each 'more'
  const UNDER_BOX = 5;
  // Milliseconds that a reader who types must have stopped before anything is loaded: twice what they take from key to
  // key, within these. What is there already is shown at once.
  const { saveData, effectiveType } = navigator.connection || {};
  const SHORTEST = saveData || /2g|3g/.test(effectiveType) ? 300 : 90, LONGEST = 500;
  const PACE = 125;               // from key to key, before the reader has shown theirs

  const say = (host, key, values = {}) => (host.dataset['text' + key[0].toUpperCase() + key.slice(1)] || key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  // How many results there are; of a query of common words, whose lists aren't read to the end, about how many.
  const count = (host, query, { length }, isRough) => isRough && length > 9 && host.dataset.textAbout
    ? say(host, 'about', { query, count: +length.toPrecision(2) })
    : say(host, length ? length === 1 ? 'one' : 'other' : 'none', { query, count: length });

  const element = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...children);
    return node;
  };

  const button = (text, act, attributes) => {
    const node = element('button', { type: 'button', ...attributes }, text);
    node.addEventListener('click', act);
    return node;
  };

  const indexes = {};
  const open = ({ dataset: { index } }) => {
    const address = new URL(index, location);
    const load = async () => {
      const entry = await (await fetch(address, { cache: 'no-cache' })).json();
      return (await import(new URL(entry.engine, address))).open(address, entry);
    };
    indexes[index] = indexes[index] || load();
    return indexes[index];
  };
  // Files may be gone because the site was published anew: the next query begins with a fresh entry.
  const forget = ({ dataset: { index } }) => delete indexes[index];

  // Runs `answer` for the newest query only: one that is overtaken stops where it would next load or show something.
  // `answer` gets `pause`, which waits until the reader has stopped for one pause, or for as many as it says.
  const newest = (answer, failed) => {
    let turn = 0, last = 0, pace = PACE;
    return async (query, pauses = 0) => {
      const own = ++turn, start = performance.now(), gap = start - last;
      if (pauses && gap < 2 * LONGEST) pace = (pace + gap) / 2;
      last = start;
      const isOvertaken = () => own !== turn;
      const pause = async (more = 1) => {
        const left = Math.min(Math.max(2 * pace, SHORTEST), LONGEST) * Math.max(more, pauses) - (performance.now() - start);
        if (pauses && left > 0) await new Promise(resolve => setTimeout(resolve, left));
        if (isOvertaken()) throw isOvertaken;
      };
      try {
        await answer(query, pause, isOvertaken);
      } catch {
        if (!isOvertaken()) failed();
      }
    };
  };
  // The pauses that must follow an input: none after a paste, one after a letter, two where another word is to come.
  const pauses = ({ inputType, data, target }) =>
    inputType && (!/^delete|^insert.*Text$/.test(inputType) || (data || '').length > 1) ? 0 : /\s$/.test(target.value) ? 2 : 1;
  // The texts of results are most of what a query loads, and an unfinished word seldom means them.
  const textPause = (found, pause) => () => pause(found.isUnfinished ? 2 : 1);

  // A query of many words has loaded much already: the results that it has no room for come when the reader scrolls.
  const atFirst = ({ room }, most) => Math.min(room, most);

  // ---- Results ----

  const kind = (host, { kind }) => element('span', { class: 'result-kind' }, say(host, kind));

  const link = ({ title, url, section }, attributes) => {
    const node = element('a', { class: 'result-title', href: url, ...attributes }, title);
    if (section) node.append(' ', element('span', { class: 'result-section' }, section));
    return node;
  };

  const result = (host, hit) => {
    const minutes = hit.kind !== 'letter' && hit.minutes && say(host, hit.minutes === 1 ? 'minutesOne' : 'minutesOther', { count: hit.minutes });
    const about = [hit.topics[0], minutes].filter(Boolean).map(text => ' · ' + text);
    const excerpt = hit.excerpt.map(([text, isMatch]) => isMatch ? element('mark', {}, text) : text);
    const item = element('li', { class: 'result result-' + hit.kind }, element('p', { class: 'result-meta' }, kind(host, hit), ...about),
      element('h2', { class: 'result-heading' }, link(hit)), element('p', { class: 'result-excerpt' }, ...excerpt));
    if (hit.kind === 'letter') item.append(actions(host, hit));
    return item;
  };

  const actions = (host, { title, page, files }) => element('p', { class: 'result-actions' },
    element('a', { class: 'button', href: page + '#Fill-in' }, say(host, 'fillIn')),
    ...files.map(([kind, url]) => element('a', { class: 'button', href: url, download: '', 'aria-label': `${say(host, kind)}: ${title}` }, say(host, kind))));

  // ---- The search page ----

  const searchPage = (host, form, input) => {
    const status = element('p', { class: 'search-status', 'aria-live': 'polite' });
    const suggestion = element('p', { class: 'search-suggestion' });
    const filters = element('div', { class: 'search-filters' });
    const list = element('ol', { class: 'results' });
    const more = button(say(host, 'more'), () => showMore(), { class: 'more', hidden: '' });
    const fallback = document.querySelector('[data-search-fallback]');
    let index, found, hits, chosen = {};
    host.append(status, suggestion, filters, list, more);

    const answer = async (query, pause, isOvertaken) => {
      let sets;
      found = hits = undefined;
      if (query) {
        index = await open(host);
        const next = await index.search(query, pause);
        if (next.hits.length) sets = await index.kinds();
        if (isOvertaken()) return;
        found = next;
      }
      hits = found ? found.hits.filter(hit => passes(sets(hit), chosen)) : [];
      const shown = hits.length ? await index.results(found, hits.slice(0, (history.state || {}).shown || atFirst(found, FIRST)), textPause(found, pause)) : [];
      if (isOvertaken()) return;
      show(query, shown);
      filters.replaceChildren(...found && found.hits.length ? [...group(sets, 'kind', ([kind]) => [kind]), ...group(sets, 'topic', ([, topics]) => topics)] : []);
    };
    const run = newest(answer, () => {
      forget(host);
      status.textContent = say(host, 'failed');
    });

    const show = (query, shown) => {
      list.replaceChildren(...shown.map(hit => result(host, hit)));
      more.hidden = shown.length >= hits.length;
      status.textContent = query ? (found.isPartial && shown.length ? say(host, 'partial') + ' ' : '') + count(host, query, hits, found.isRough) : '';
      suggestion.replaceChildren();
      if (shown.length && found.instead) suggestion.append(say(host, 'showingInstead', { word: found.instead }));
      else if (query && found.better) suggestion.append(button(say(host, 'didYouMean', { word: found.better }), () => go(found.better)));
      if (fallback) fallback.hidden = shown.length > 0;
    };

    // Shows results up to so many, unless others are taking their place. Tells whether it did.
    const extend = async end => {
      const before = list.children.length, own = hits;
      if (!own) return false;
      const shown = await index.results(found, hits.slice(before, end));
      if (own !== hits || before !== list.children.length) return false;
      list.append(...shown.map(hit => result(host, hit)));
      more.hidden = list.children.length >= hits.length;
      return true;
    };
    const showMore = async () => {
      const before = list.children.length;
      write('replaceState', before + MORE);
      if (await extend(before + MORE)) list.children[before].querySelector('a').focus();
    };
    const fill = () => {
      const { length } = list.children;
      if (length && hits && length < Math.min(FIRST, hits.length)) extend(FIRST).catch(() => {});
    };

    // Buttons for the kinds, or the topics, of what was found: each with how many there would be.
    const passes = ([kind, topics], wanted) => (!wanted.kind || wanted.kind === kind) && (!wanted.topic || topics.includes(wanted.topic));
    const group = (sets, key, values) => {
      const counts = new Map([[undefined, 0]]), tally = new Map(), others = { ...chosen, [key]: undefined };
      for (const hit of found.hits) tally.set(sets(hit), (tally.get(sets(hit)) || 0) + 1);
      for (const [set, sum] of tally) if (passes(set, others))
        for (const value of [undefined, ...values(set)]) counts.set(value, (counts.get(value) || 0) + sum);
      if (counts.size < 3 && !chosen[key]) return [];
      const label = value => value === undefined ? say(host, 'all') : key === 'kind' ? say(host, value + 's') : value;
      const choice = ([value, sum]) => {
        const node = button(label(value), () => choose(key, value), { 'aria-pressed': chosen[key] === value });
        node.append(' ', element('span', { class: 'count' }, sum));
        return node;
      };
      return [element('div', { class: 'filter-group', role: 'group', 'aria-label': say(host, key + 's') }, ...[...counts].sort((a, b) => b[1] - a[1]).map(choice))];
    };
    const choose = async (key, value) => {
      chosen = { ...chosen, [key]: value };
      write('pushState');
      await run(input.value.trim());
      const pressed = filters.querySelector(`[aria-label="${CSS.escape(say(host, key + 's'))}"] [aria-pressed=true]`);
      if (pressed) pressed.focus();
    };

    // The address holds the query and the filters; the history's state, how many results are shown and where.
    const write = (how, shown) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries({ q: input.value.trim(), ...chosen })) if (value) parameters.set(name, value);
      history[how]({ shown }, '', parameters.toString() ? '?' + parameters : location.pathname);
    };
    const read = () => {
      const parameters = new URLSearchParams(location.search);
      input.value = parameters.get('q') || '';
      chosen = { kind: parameters.get('kind') || undefined, topic: parameters.get('topic') || undefined };
      return run(input.value.trim());
    };
    const go = query => {
      input.value = query;
      chosen = {};
      write('pushState');
      run(query);
    };

    input.addEventListener('input', event => {
      chosen = {};
      write('replaceState');
      run(input.value.trim(), pauses(event));
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      run(input.value.trim());
    });
    // Arrows walk from the box through the results and back; Escape returns to the box.
    host.parentNode.addEventListener('keydown', event => {
      const stops = [input, ...list.querySelectorAll('.result-title')], at = stops.indexOf(event.target);
      const next = at >= 0 && { ArrowDown: stops[at + 1], ArrowUp: stops[at - 1], Escape: at ? input : undefined }[event.key];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    addEventListener('popstate', read);
    addEventListener('scroll', fill, { passive: true });
    addEventListener('pagehide', () => history.replaceState({ ...history.state, top: scrollY }, ''));
    const { top } = history.state || {};
    read().then(() => top && scrollTo(0, top));
  };

  // ---- The list under a box ----

  const underBox = (form, input) => {
    const list = element('ul', { class: 'instant', role: 'listbox', id: input.id + '-list', 'aria-label': say(form, 'suggestions'), hidden: '' });
    const status = element('p', { class: 'search-status away', 'aria-live': 'polite' });
    let chosen = -1;
    form.append(list, status);
    const combobox = { role: 'combobox', 'aria-expanded': false, 'aria-controls': list.id, 'aria-autocomplete': 'list' };
    for (const name in combobox) input.setAttribute(name, combobox[name]);

    const show = isShown => {
      list.hidden = !isShown;
      input.setAttribute('aria-expanded', isShown);
      choose(-1);
    };
    const choose = at => {
      chosen = at;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', i === at));
      if (at < 0) input.removeAttribute('aria-activedescendant');
      else input.setAttribute('aria-activedescendant', list.children[at].id);
    };
    const option = (at, attributes, ...children) => element('li', { role: 'option', id: `${list.id}-${at}`, 'aria-selected': false, ...attributes }, ...children);

    const run = newest(async (query, pause, isOvertaken) => {
      const index = query && await open(form);
      const found = query && await index.search(query, pause);
      const hits = query ? await index.results(found, found.hits.slice(0, atFirst(found, UNDER_BOX)), textPause(found, pause)) : [];
      if (isOvertaken()) return;
      const address = form.getAttribute('action') + '?q=' + encodeURIComponent(query);
      list.replaceChildren(...hits.map((hit, at) => option(at, {}, link(hit, { tabindex: -1 }), ' ', kind(form, hit))),
        option(hits.length, { class: 'instant-all' }, element('a', { href: address, tabindex: -1 }, say(form, 'allResults', { query }))));
      status.textContent = query ? count(form, query, found.hits, found.isRough) : '';
      show(hits.length > 0);
    }, () => {
      forget(form);
      show(false);
    });

    input.addEventListener('focus', () => open(form).catch(() => forget(form)));
    input.addEventListener('input', event => run(input.value.trim(), pauses(event)));
    input.addEventListener('keydown', event => {
      const options = list.hidden ? 0 : list.children.length + 1;
      const keys = {
        Escape: () => show(false),
        Enter: () => chosen >= 0 && list.children[chosen].firstChild.click(),
        ArrowDown: () => choose((chosen + 2) % options - 1),
        ArrowUp: () => choose((chosen + options) % options - 1),
      };
      if (!options || !keys[event.key] || event.key === 'Enter' && chosen < 0) return;
      event.preventDefault();
      keys[event.key]();
    });
    list.addEventListener('mousedown', event => event.preventDefault());
    input.addEventListener('blur', () => show(false));
  };

  const page = document.querySelector('[data-search-results][data-index]');
  document.querySelectorAll('form[data-search][data-index]').forEach((form, at) => {
    const input = form.querySelector('input[type=search]');
    input.id = input.id || 'Search-box-' + at;
    if (page) searchPage(page, form, input);
    else underBox(form, input);
  });
})();
