// Everything works without this file. With it, leaving is quicker and leaves less behind.
// It is loaded before anything is shown, so that whoever must leave at once, or touches a link at once, finds it there.
import { startParts } from "../../parts/scripts/parts.js";
import { watchForLeaving } from "./leaving.js";
import { keepOneHistoryEntry } from "./history.js";

watchForLeaving();
keepOneHistoryEntry(start);
// As soon as the page is there: the sealing script, which comes after it, may take a second more on a slow line.
document.addEventListener("readystatechange", () => document.readyState === "interactive" && start());

// A form that is on its way takes no second press (`history.js`). GOV.UK's own guard is deaf for a second whatever
// happened, and would swallow the press of whoever mends an answer quickly.
function start() {
  for (const button of document.querySelectorAll("[data-prevent-double-click]")) {
    button.removeAttribute("data-prevent-double-click");
  }
  startParts();
}
