import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

/** Text becomes markup or a program nowhere: what a page or a service says is data. */
const DATA_STAYS_DATA = {
  ...noUnsanitized.configs.recommended.rules,
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-restricted-syntax": ["error", { selector: "ImportExpression > :not(Literal)", message: "Name the module that is imported." }],
};

export default [
  // other people's files, as they come
  { ignores: ["extension/content/vendor/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["extension/**/*.js", "server/sourcemark/web/**/*.js"],
    ...noUnsanitized.configs.recommended,
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, ...globals.webextensions } },
    rules: {
      ...DATA_STAYS_DATA,
      "no-script-url": "error",
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    // one classic script after the other, in one scope
    files: ["extension/content/*.js"],
    languageOptions: { sourceType: "script", globals: { Sourcemark: "readonly" } },
  },
  {
    // the reading room runs the content scripts, too
    files: ["server/sourcemark/web/pages/*.js"],
    languageOptions: { globals: { Sourcemark: "readonly" } },
  },
  {
    // `var` can be run twice where `const` cannot
    files: ["extension/content/namespace.js"],
    languageOptions: { globals: { Sourcemark: "off" } },
    rules: { "no-var": "off" },
  },
  {
    files: ["eslint.config.js", "tests/extension/**/*.js"],
    plugins: noUnsanitized.configs.recommended.plugins,
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.node },
    rules: { ...DATA_STAYS_DATA, eqeqeq: "error", "no-var": "error", "prefer-const": "error" },
  },
];
