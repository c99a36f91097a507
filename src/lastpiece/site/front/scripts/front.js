// Everything works without this file. With it, leaving is quicker and leaves less behind.
import { startParts } from "../../parts/scripts/parts.js";
import { watchForLeaving } from "./leaving.js";
import { keepOneHistoryEntry } from "./history.js";

startParts();
watchForLeaving();
keepOneHistoryEntry(startParts);
