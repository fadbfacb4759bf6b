// What catches real mistakes in the stage. Types are TypeScript's job (tsconfig.json), so undefined names are too.
import js from "@eslint/js";
import globals from "globals";

/** User text goes in by textContent only. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"].map((property) => ({
  property,
  message: "Text goes in by textContent.",
}));

/**
 * Imports run one way: base, evaluator ← state ← input, backward, vector ← diagram ← panels ← the shell.
 * @param {string} folder @param {string} others a pattern of what it may not import @param {string} message
 */
const closed = (folder, others, message) => ({
  files: [`app/${folder}/**/*.js`],
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex: others, message }] }] },
});

export default [
  { ignores: ["app/bundles"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2025, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      complexity: ["error", 16],
      eqeqeq: "error",
      "max-len": ["error", { code: 120, ignoreUrls: true }],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...MARKUP,
        { object: "document", property: "write" },
        { object: "document", property: "writeln" },
      ],
      "no-self-compare": "error",
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { args: "all", argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  closed("components/base", "^\\.\\./", "The base imports nothing else."),
  closed("stage/evaluator", "^\\.\\./", "The evaluator knows nothing of the stage."),
  closed("stage/state", "/(panels|input|diagram|vector|backward)/|shell\\.js|stage\\.js", "State knows no page."),
  closed("stage/input", "/(panels|diagram|vector|backward)/|shell\\.js", "Input knows no panel and no diagram."),
  closed("stage/diagram", "/panels/|shell\\.js", "The diagram knows no panel."),
  { files: ["tests/js/**/*.test.js"], languageOptions: { globals: globals.node } },
  // Each is one function, for the page.
  { files: ["tests/support/in_page/*.js"], rules: { "max-len": "off", "no-unused-expressions": "off" } },
];
