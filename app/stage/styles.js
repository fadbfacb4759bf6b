/** The stage's style sheets, in the order of the cascade. */

import controls from "../components/base/controls.css" with { type: "css" };
import parts from "../components/base/parts.css" with { type: "css" };
import stepCard from "../components/story/step_card.css" with { type: "css" };
import shell from "./styles/shell.css" with { type: "css" };
import transport from "./styles/transport.css" with { type: "css" };
import shellPhones from "./styles/shell_phones.css" with { type: "css" };
import timeline from "./styles/timeline.css" with { type: "css" };
import timelineCells from "./styles/timeline_cells.css" with { type: "css" };
import arithmetic from "./styles/arithmetic.css" with { type: "css" };
import weights from "./styles/weights.css" with { type: "css" };
import sequence from "./styles/sequence.css" with { type: "css" };
import legend from "./styles/legend.css" with { type: "css" };
import panelsPhones from "./styles/panels_phones.css" with { type: "css" };
import backward from "./styles/backward.css" with { type: "css" };
import diagram from "./styles/diagram.css" with { type: "css" };
import diagramNodes from "./styles/diagram_nodes.css" with { type: "css" };
import diagramValues from "./styles/diagram_values.css" with { type: "css" };
import vector from "./styles/vector.css" with { type: "css" };
import vectorWeights from "./styles/vector_weights.css" with { type: "css" };
import valueCard from "./styles/value_card.css" with { type: "css" };
import annotations from "./styles/annotations.css" with { type: "css" };
import touch from "./styles/touch.css" with { type: "css" };
import frame from "./styles/frame.css" with { type: "css" };
import table from "./styles/table.css" with { type: "css" };
import player from "./styles/player.css" with { type: "css" };
import desk from "./styles/desk.css" with { type: "css" };
import task from "./styles/task.css" with { type: "css" };
import script from "./styles/script.css" with { type: "css" };
import several from "./styles/several.css" with { type: "css" };
import framePhone from "./styles/frame_phone.css" with { type: "css" };
import sheets from "./styles/sheets.css" with { type: "css" };
import teach from "./styles/teach.css" with { type: "css" };
import room from "./styles/room.css" with { type: "css" };
import compact from "./styles/compact.css" with { type: "css" };
import print from "./styles/print.css" with { type: "css" };

export default [
  controls,
  parts,
  stepCard,
  shell,
  transport,
  shellPhones,
  timeline,
  timelineCells,
  arithmetic,
  weights,
  sequence,
  legend,
  panelsPhones,
  backward,
  diagram,
  diagramNodes,
  diagramValues,
  vector,
  vectorWeights,
  valueCard,
  annotations,
  touch,
  frame,
  table,
  player,
  desk,
  task,
  script,
  several,
  framePhone,
  sheets,
  teach,
  room,
  compact,
  print,
];
