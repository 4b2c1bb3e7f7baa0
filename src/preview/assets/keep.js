// What a reader has done on a page, kept over a load: where it is scrolled, where the focus is, what is typed and chosen.

const KEY = 'letterpress:kept';

/** Keeps the state of the page for the next load of the same address. */
export function keep() {
  const state = {
    address: location.pathname,
    scroll: [scrollX, scrollY],
    fields: fields().map(({ value, checked }) => ({ value, checked })),
    names: fields().map(nameOf),
    focus: fields().indexOf(document.activeElement),
    selection: selection(),
    open: [...document.querySelectorAll('details')].map((details) => details.open),
  };
  sessionStorage.setItem(KEY, JSON.stringify(state));
}

/** Gives the page the state that was kept, once its own scripts have prepared it. */
export function restore() {
  const kept = sessionStorage.getItem(KEY);
  if (!kept) return;
  sessionStorage.removeItem(KEY);
  const state = JSON.parse(kept);
  if (state.address !== location.pathname) return;
  const given = new Map(state.names.map((name, at) => [name, state.fields[at]]));
  for (const field of fields()) give(field, given.get(nameOf(field)));
  const details = document.querySelectorAll('details');
  if (details.length === state.open.length) details.forEach((one, at) => { one.open = state.open[at]; });
  const focused = fields().find((field) => nameOf(field) === state.names[state.focus]);
  focused?.focus({ preventScroll: true });
  if (focused && state.selection) select(focused, state.selection);
  scrollTo({ left: state.scroll[0], top: state.scroll[1], behavior: 'instant' });
}

function fields() {
  return [...document.querySelectorAll('input, textarea, select')].filter((field) => !['hidden', 'file', 'password'].includes(field.type));
}

/** Fields are known by name; of several with the same name and value, by their order. */
function nameOf(field) {
  const name = field.id || field.name || field.nodeName;
  const value = ['radio', 'checkbox'].includes(field.type) ? field.getAttribute('value') : '';
  const alike = fields().filter((other) => (other.id || other.name || other.nodeName) === name);
  return `${name}\n${value}\n${value ? 0 : alike.indexOf(field)}`;
}

function give(field, { value, checked } = {}) {
  if (value === undefined || (field.value === value && field.checked === checked)) return;
  field.value = value;
  if (checked !== undefined) field.checked = checked;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function selection() {
  const field = document.activeElement;
  try {
    return field?.selectionStart === undefined ? null : [field.selectionStart, field.selectionEnd];
  } catch {
    return null;
  }
}

function select(field, [start, end]) {
  try {
    field.setSelectionRange(start, end);
  } catch {
    // A field of this type has no selection.
  }
}
