// The receipt: seven words, and ways to keep them that leave nothing on the device but what its owner asks for.
const PARTS_OF_A_WALK = "[data-walk-word]";

/** Show the words on a receipt page; they are in the page alone, as text. */
export function showWords(words, scope = document) {
  const list = scope.querySelector("ol.words");
  if (!list) return;
  list.replaceChildren(...words.map(tile));
  scope.querySelectorAll(PARTS_OF_A_WALK).forEach((place, at) => (place.textContent = words[at] ?? ""));
  const letters = scope.querySelector("[data-first-letters]");
  if (letters) letters.textContent = words.map((word) => word[0].toUpperCase()).join(" ");
  for (const tool of scope.querySelectorAll("[data-keep-words]")) tool.hidden = false;
}

function tile(word) {
  const item = document.createElement("li");
  item.className = "words__word";
  item.textContent = word;
  return item;
}

/** Printing and copying happen only when somebody asks, and each says what it leaves behind. */
export function watchKeeping() {
  document.addEventListener("click", async (event) => {
    const how = event.target.closest?.("[data-keep]")?.dataset.keep;
    if (how === "print") print();
    if (how !== "copy") return;
    const words = [...document.querySelectorAll(".words__word")].map((word) => word.textContent.trim()).join(" ");
    const said = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(words);
      said.textContent = said.dataset.copied;
    } catch {
      said.textContent = said.dataset.notCopied;
    }
  });
}
