// Everything works without this file. With it, leaving is quicker and leaves less behind.
// It is loaded before anything is shown, so that whoever must leave at once, or touches a link at once, finds it there.
import { startParts } from "../../parts/scripts/parts.js";
import { watchForLeaving } from "./leaving.js";
import { keepOneHistoryEntry } from "./history.js";

watchForLeaving();
keepOneHistoryEntry(startParts);
document.addEventListener("DOMContentLoaded", () => startParts());
