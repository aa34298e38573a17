// Bundles src/ into the package's static folder, packs it for the wire and records what it was built from (manifest.json).
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "..", "graphsvc_web", "static");
const entries = ["app.js", "canvas.js", "map.js", "draw.js", "suggest.js", "app.css", "canvas.css"];
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

async function sources(folder) {
  const found = await readdir(folder, { withFileTypes: true });
  const parts = await Promise.all(found.map((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? sources(file) : [file];
  }));
  return parts.flat();
}

await build({
  entryPoints: entries.map((name) => path.join(here, "src", name)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome123", "firefox120", "safari17.5"],
  legalComments: "linked",
  logLevel: "warning",
});

for (const name of entries) await writeFile(path.join(out, `${name}.br`), brotliCompressSync(await readFile(path.join(out, name))));
const files = Object.fromEntries(
  await Promise.all(entries.map(async (name) => [name, hash(await readFile(path.join(out, name)))])),
);
const named = ["build.mjs", "package.json", "package-lock.json"].map((name) => path.join(here, name));
const all = [...named, ...(await sources(path.join(here, "src")))].map((file) => path.relative(here, file)).sort();
const lines = await Promise.all(all.map(async (file) => `${hash(await readFile(path.join(here, file)))}  ${file}\n`));
const manifest = { files, sources: { sha256: hash(lines.join("")) } };
await writeFile(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
