// Everything works without this file. With it, leaving is quicker and leaves less behind.
// It is loaded before anything is shown, so that whoever must leave at once, or touches a link at once, finds it there.
import { startParts } from "../../parts/scripts/parts.js";
import { watchForLeaving } from "./leaving.js";
import { keepOneHistoryEntry } from "./history.js";

watchForLeaving();
keepOneHistoryEntry(startParts);
// As soon as the page is there: the sealing script, which comes after it, may take a second more on a slow line.
document.addEventListener("readystatechange", () => document.readyState === "interactive" && startParts());
