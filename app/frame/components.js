/** Our components, by name: what a page loads; and what follows the words of every page, embedded ones too. */

import { followTables } from "./tables.js";
import { followTerms } from "./terms.js";

export { default as bar } from "../components/bar/bar.js";
export { default as class_room } from "../components/class_room/class_room.js";
export { default as companies } from "../components/companies/companies.js";
export { default as course } from "../components/progress/course.js";
export { default as gradient_curves } from "../components/gradient_curves/gradient_curves.js";
export { default as idle } from "../components/idle/idle.js";
export { default as join } from "../components/class_room/join.js";
export { default as live_slider } from "../components/live_slider/live_slider.js";
export { default as overview } from "../components/overview/overview.js";
export { default as picture } from "../components/picture/picture.js";
export { default as prediction } from "../components/prediction/prediction.js";
export { default as progress } from "../components/progress/progress.js";
export { default as refusal } from "../components/refusal/refusal.js";
export { default as scan } from "../components/scan/scan.js";
export { default as sentence } from "../components/sentence/sentence.js";
export { default as stale_address } from "../components/stale_address/stale_address.js";
export { default as start } from "../components/progress/start.js";
export { default as story } from "../components/story/story.js";
export { default as take } from "../components/take/take.js";
export { default as valve } from "../components/valve/valve.js";
export { default as worksheet } from "../components/worksheet/worksheet.js";
export { default as writing } from "../components/writing/writing.js";
export { default as questions } from "../stage/questions.js";
export { default as stage } from "../stage/stage.js";

followTables();
followTerms();
