// Deciding by one key: `s` same, `d` different, `n` not sure, `u` take back; `j` and `k` move between links, on a page
// that has one `j` leads to the next. Each key presses a button or follows a link that is on the page anyway.

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]") !== null;

const groups = () => [...document.querySelectorAll("[data-deciding]")];

function current() {
  const all = groups();
  return all.find((group) => group.contains(document.activeElement)) ?? all[0];
}

function move(step) {
  const all = groups();
  const at = all.indexOf(current());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}

function pressed(key) {
  const mark = `[data-key="${CSS.escape(key)}"]`;
  return current()?.querySelector(mark) ?? document.querySelector(`${mark}[data-everywhere]`);
}

export function startJudging() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if ((event.key === "j" || event.key === "k") && groups().length > 1) {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
      return;
    }
    const target = pressed(event.key);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
}
