// Seals on the device what is told on these pages: neither an answer nor a word leaves it in any other form. It hears
// from `history.js` what is about to be posted, keeps the answers, and lets the bare steps through. Without this file,
// or if it breaks, the pages are posted as they stand and are sealed when they arrive; they say which of the two it was.
import { startLetters } from "./seal/letters.js";
import { startTelling } from "./seal/telling.js";

if (typeof BigInt === "function" && globalThis.crypto?.getRandomValues && document.currentScript) {
  const addresses = { ...document.currentScript.dataset };
  startTelling(addresses);
  startLetters(addresses);
}
