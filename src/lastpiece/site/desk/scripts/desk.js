import { startAssessing } from "./assess.js";
import { startParts } from "../../parts/scripts/parts.js";
import { startJudging } from "./judging.js";
import { startKeys } from "./keys.js";

startParts();
startJudging();
startAssessing();
startKeys();
