// Lint rules: TypeScript's recommended ones, the rules of hooks, and the direction of imports.
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));
const refuse = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });

/** Features never import each other; pages and app put them together. */
const apart = features.map((name) => ({
  files: [`src/features/${name}/**`],
  rules: refuse(
    {
      group: features.filter((other) => other !== name).map((other) => `@/features/${other}/*`),
      message: "Features never import each other.",
    },
    { group: ["@/app/*", "@/pages/*"], message: "app and pages stand above features." },
  ),
}));

export default defineConfig([
  { ignores: ["dist", "src/api/schema.d.ts"] },
  { files: ["src/**/*.{ts,tsx}"], extends: [tseslint.configs.recommended, hooks.configs.flat.recommended] },
  {
    files: ["src/lib/**"],
    rules: refuse({ group: ["@/ui/*", "@/app/*", "@/pages/*", "@/features/*", "react"], message: "lib is pure." }),
  },
  {
    files: ["src/ui/**"],
    rules: refuse({ group: ["@/app/*", "@/pages/*", "@/features/*"], message: "The design system knows no page." }),
  },
  {
    files: ["src/api/**"],
    rules: refuse({
      group: ["@/app/*", "@/pages/*", "@/features/*", "@/ui/*"],
      message: "The API client shows nothing.",
    }),
  },
  {
    files: ["src/wall/**"],
    ignores: ["**/*.test.ts"],
    rules: refuse({ regex: "^(?!\\./)", message: "The wall's engine imports its own files only." }),
  },
  ...apart,
]);
