// `?` shows the keys and hides them again, `/` goes to the search box. The keys stand in a details element on every
// page, so that they are there without this script too.

const WRITES = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

function showKeys(keys) {
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
}

export function startKeys() {
  const keys = document.getElementById("keys");
  const search = document.querySelector("input[type=search]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape" && keys?.open) keys.open = false;
    if (event.target.closest?.(WRITES)) return;
    if (event.key === "?" && keys) {
      event.preventDefault();
      showKeys(keys);
    }
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
    }
  });
}
