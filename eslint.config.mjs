import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** Forbids imports that would point against `pulumi → lifecycle → run → apify`. */
const importsNothingFrom = (folder, forbidden, reason) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": ["error", { patterns: [{ regex: forbidden, message: reason }] }],
  },
});

const pulumiFree = "Only provider/pulumi may know Pulumi: a native plugin is to share this core.";
const oneWay = "Imports go one way: pulumi → lifecycle → run → apify.";

export default tseslint.config(
  { ignores: ["dist", "coverage", ".cache", "**/node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
        { selector: "ExportDefaultDeclaration", message: "Use a named export." },
      ],
    },
  },
  importsNothingFrom(
    "provider/apify",
    "^@pulumi/|^\\.\\./(run|lifecycle|pulumi)/",
    `${oneWay} ${pulumiFree}`,
  ),
  importsNothingFrom(
    "provider/run",
    "^@pulumi/|^\\.\\./(lifecycle|pulumi)/",
    `${oneWay} ${pulumiFree}`,
  ),
  importsNothingFrom("provider/lifecycle", "^@pulumi/|^\\.\\./pulumi/", `${oneWay} ${pulumiFree}`),
  importsNothingFrom(
    "emulator",
    "provider/|^pulumi-apify|^@pulumi/",
    "The emulator shares nothing with the provider, so that a shared misreading cannot hide.",
  ),
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [] }] },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        module: "writable",
        require: "readonly",
        fetch: "readonly",
        __dirname: "readonly",
      },
    },
  },
);
