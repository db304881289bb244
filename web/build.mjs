// Makes editor.js, editor.css and editor-licences.txt in the folder named on the command line.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = join(HERE, 'node_modules');
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const {resolve: locate} = createRequire(import.meta.url);

/** The packages that went into the bundle, and those that had gone into them before. */
function bundled(inputs) {
  const names = new Set();
  for (const file of Object.keys(inputs)) {
    const name = PACKAGE.exec(file)?.[1];
    if (name !== undefined) {
      names.add(name);
    }
  }
  // Yasqe is published as a bundle; its source map tells what it is made of. (It does not ask
  // npm for `events`, so package.json does, for its licence.)
  const map = JSON.parse(readFileSync(`${locate('@zazuko/yasqe/build/yasqe.esm.js')}.map`, 'utf8'));
  for (const source of map.sources) {
    names.add(PACKAGE.exec(source)?.[1] ?? '@zazuko/yasgui-utils');
  }
  return [...names].sort();
}

function licence(name) {
  const folder = join(MODULES, name);
  const {version, license, author, homepage} =
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(entry => /^licen[cs]e(\.\w+)?$/i.test(entry));
  const text = file === undefined
    ? `Copyright ${author?.name ?? author}. ${homepage ?? ''}\nThe package brings no licence file; the terms of the ${license} licence stand below.`
    : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

const target = process.argv[2];
if (target === undefined) {
  console.error('usage: node build.mjs FOLDER');
  process.exit(2);
}

const {metafile} = await build({
  absWorkingDir: HERE,
  entryPoints: {editor: 'src/editor.js'},
  outdir: resolve(target),
  bundle: true,
  minify: true,
  metafile: true,
  format: 'esm',
  target: 'es2022',
  // A page may load nothing from elsewhere, nor further files from here.
  loader: {'.svg': 'dataurl', '.png': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl'},
  // They go into a file of their own.
  legalComments: 'none',
  logLevel: 'warning',
});

const rule = `\n${'-'.repeat(80)}\n\n`;
writeFileSync(join(resolve(target), 'editor-licences.txt'),
  `editor.js and editor.css contain:\n\n${bundled(metafile.inputs).map(licence).join(rule)}`);
