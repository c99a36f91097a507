// Keys on the assess page: A accepts, C corrects, R refuses the mention that has the focus, and goes on to the next;
// Enter presses the button of the part one types in. The page is one form, so without scripts Enter keeps the decisions.

const undecided = (mention) => !mention.querySelector("input[type=radio]:checked");

function decide(mention, key) {
  const radio = mention.querySelector(`input[data-key="${key}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const all = [...document.querySelectorAll("[data-mention]")];
  const rest = all.slice(all.indexOf(mention) + 1);
  const next = key === "c" ? mention.querySelector(".mention__more--correct input") : rest.find(undecided)?.querySelector("input");
  (next ?? mention.closest("section").querySelector(":scope > .govuk-button")).focus();
  return true;
}

function enter(event) {
  const field = event.target;
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
  const button = field.closest("[data-enters]")?.querySelector(".govuk-button");
  if (!button) return;
  event.preventDefault();
  button.click();
}

export function startAssessing() {
  document.addEventListener("keydown", enter);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== "radio") return;
    const mention = field.closest("[data-mention]");
    if (mention && decide(mention, event.key.toLowerCase())) event.preventDefault();
  });
}
