// What catches real mistakes in the stage. Types are TypeScript's job (tsconfig.json), so undefined names are too.
import js from "@eslint/js";
import globals from "globals";

/** User text goes in by textContent only. */
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"].map((property) => ({
  property,
  message: "Text goes in by textContent.",
}));

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      complexity: ["error", 30],
      eqeqeq: "error",
      "max-lines": ["error", 400],
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
  { files: ["tests/js/**/*.test.js"], languageOptions: { globals: globals.node } },
  { files: ["tests/support/in_page/*.js"], rules: { "no-unused-expressions": "off" } }, // each is one function, for the page
];
