// Write every graph of a folder in its canonical form (RDFC-1.0).
//
// usage: node canonize.mjs FOLDER BASE_URL
//
// Reads each FILE.nq, FILE.nt and FILE.jsonld, and writes the canonical N-Quads beside it as
// FILE.nq.canonical and so on. A context is fetched from below BASE_URL, and from nowhere else.
// Exits with 1 when a file cannot be read. Needs `npm install` in this folder.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {extname, join} from 'node:path';
import jsonld from 'jsonld';
import {canonize} from 'rdf-canonize';

const N_QUADS = 'application/n-quads';
const SECONDS = 60;

/** Hands out documents of the instance and nothing else. */
function loader(base) {
  return async url => {
    if (!url.startsWith(base)) {
      throw new Error(`${url} is not on this instance`);
    }
    const answer = await fetch(url, {
      headers: {accept: 'application/ld+json'}, signal: AbortSignal.timeout(SECONDS * 1000)});
    if (!answer.ok) {
      throw new Error(`${url} is answered with ${answer.status}`);
    }
    return {contextUrl: null, documentUrl: url, document: await answer.json()};
  };
}

/** N-Quads of a JSON-LD document. In safe mode what would be dropped is an error. */
function expand(text, documentLoader) {
  return jsonld.toRDF(JSON.parse(text), {documentLoader, format: N_QUADS, safe: true});
}

const [folder, base, ...rest] = process.argv.slice(2);
if (base === undefined || rest.length > 0) {
  console.error('usage: node canonize.mjs FOLDER BASE_URL');
  process.exit(2);
}
const documentLoader = loader(base);
let failed = false;
for (const name of readdirSync(folder).sort()) {
  const kind = extname(name);
  if (!['.nq', '.nt', '.jsonld'].includes(kind)) {
    continue;
  }
  try {
    const text = readFileSync(join(folder, name), 'utf8');
    const quads = kind === '.jsonld' ? await expand(text, documentLoader) : text;
    const canonical = await canonize(
      quads, {algorithm: 'RDFC-1.0', inputFormat: N_QUADS, format: N_QUADS});
    writeFileSync(join(folder, `${name}.canonical`), canonical);
  } catch (error) {
    failed = true;
    console.log(`${name}: ${error.message} ${error.details ? JSON.stringify(error.details) : ''}`);
  }
}
process.exit(failed ? 1 : 0);
