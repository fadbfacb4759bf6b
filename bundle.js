/** Makes what browsers are served of ours: `node bundle.js [folder]`. The sources are modules that run as they are. */
import { readFile } from "node:fs/promises";
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

await build({
  entryPoints: {
    components: "app/frame/components.js",
    frame: "app/frame/frame.css",
    alone: "app/stage/alone.js",
  },
  outdir: argv[2] ?? "app/bundles",
  bundle: true,
  charset: "utf8",
  format: "esm",
  minify: true,
  plugins: [sheets],
  target: "es2022",
});
