/** Makes what browsers are served of ours: `node bundle.js [folder]`. The sources are modules that run as they are. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { argv } from "node:process";
import { build, transform } from "esbuild";

/** What a style sheet is that is imported `with { type: "css" }`. @type {import("esbuild").Plugin} */
const sheets = {
  name: "css modules",
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, async ({ path, with: { type } }) => {
      if (type !== "css") return undefined;
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return {
        contents: `const sheet = new CSSStyleSheet(); sheet.replaceSync(${JSON.stringify(code)}); export default sheet`,
      };
    });
  },
};

const outdir = argv[2] ?? "app/bundles";
const options = /** @type {const} */ ({
  bundle: true,
  charset: "utf8",
  format: "esm",
  minify: true,
  outdir,
  plugins: [sheets],
  target: "es2022",
});

const entryPoints = [
  { in: "app/frame/components.js", out: "components" },
  { in: "app/frame/frame.css", out: "frame" },
  { in: "app/components/take/panel.js", out: "take" }, // loaded by whoever opens it
  { in: "app/components/take/film.js", out: "film" }, // and asks for a film
];
await build({ ...options, entryPoints });

// A stage as a page of its own: a template whose policy runs the stage's script and no other, and asks nobody.
const { outputFiles } = await build({ ...options, entryPoints: ["app/stage/alone.js"], write: false });
const script = outputFiles[0].text;
const digest = createHash("sha256").update(script).digest("base64");
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${digest}'`,
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const page = await readFile("app/stage/alone.html", "utf8");
const filled = page.replace(/%(script|policy)%/g, (_, name) => (name === "script" ? script : policy));
await writeFile(join(outdir, "alone.html"), filled);
