// What the theme adds where scripts run: the current section in the contents, and menus that close.
// Every page works without it. Search and letters have scripts of their own.

const contents = document.querySelector("[data-contents]");

if (contents) {
  const links = new Map();
  for (const link of contents.querySelectorAll('a[href^="#"]')) {
    // As the page has it: an id may hold a `%` that stands for nothing.
    const heading = document.getElementById(link.getAttribute("href").slice(1));
    if (heading) links.set(heading, link);
  }
  let current = null;
  let waiting = false;

  // The current section is the last one whose heading has passed the upper third of the window.
  const mark = () => {
    waiting = false;
    const line = window.innerHeight / 3;
    let found = null;
    for (const heading of links.keys()) {
      if (heading.getBoundingClientRect().top > line) break;
      found = heading;
    }
    if (found === current) return;
    if (current) links.get(current).removeAttribute("aria-current");
    if (found) links.get(found).setAttribute("aria-current", "true");
    current = found;
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(mark);
  };

  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
}

// A choice in the contents on a phone closes them again: the reader wants the section now.
const folded = document.querySelector(".contents-phone");
folded?.addEventListener("click", (event) => {
  if (event.target.closest("a")) folded.open = false;
});

for (const menu of document.querySelectorAll("details[data-menu]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
