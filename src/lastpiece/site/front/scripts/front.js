import { startParts } from "../../parts/scripts/parts.js";

startParts();
