/** A stage on a page of its own, without Streamlit: it has its scene with it, and sends nothing. */

import stage from "./stage.js";

const written = /** @type {HTMLElement} */ (document.getElementById("scene"));
const place = /** @type {HTMLElement} */ (document.getElementById("host"));
const data = JSON.parse(/** @type {string} */ (written.textContent));

stage({ data, parentElement: place.attachShadow({ mode: "open" }), setStateValue: () => {} });
