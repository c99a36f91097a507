import { startAssessing } from "./assess.js";
import { startParts } from "../../parts/scripts/parts.js";
import { startJudging } from "./judging.js";

startParts();
startJudging();
startAssessing();
