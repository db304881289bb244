// Compare the JSON-LD of a running instance, as jsonld.js reads it, with its N-Triples, and
// the JSON of its plans with their JSON Schema.
//
// usage: node check.mjs BASE_URL
//
// Looks at every resource of kinds.json. Needs `npm install` in this folder. Exits with 1 on
// any difference.

import {readFileSync} from 'node:fs';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';
import jsonld from 'jsonld';

const NAMED_ELSEWHERE = 'https://w3id.org/samplan/';
const PREFIXES = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  m8g: 'http://data.europa.eu/m8g/',
  oa: 'http://www.w3.org/ns/oa#',
  plan: 'https://w3id.org/samplan/ns#',
  prov: 'http://www.w3.org/ns/prov#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
};
const N_QUADS = 'application/n-quads';
const LINES_SHOWN = 10;
const AT_ONCE = 8;

async function text(url, accept = '*/*') {
  const answer = await fetch(url, {headers: {accept}, signal: AbortSignal.timeout(30_000)});
  if (!answer.ok) {
    throw new Error(`${url} is answered with ${answer.status}`);
  }
  return answer.text();
}

/** The addresses that a pattern finds, as far as the instance serves them. */
async function select(base, where) {
  const names = Object.entries(PREFIXES).map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`);
  const query = `BASE <${base}>\n${names.join('')}` +
    `SELECT DISTINCT ?it WHERE { ${where} } ORDER BY STR(?it)`;
  const url = `${base}sparql?${new URLSearchParams({query})}`;
  const rows = JSON.parse(await text(url, 'application/sparql-results+json')).results.bindings;
  return rows.filter(row => row.it.type === 'uri').map(row => row.it.value)
    // The vocabulary has its name elsewhere, and every instance serves it below its own base.
    .map(iri => iri.startsWith(NAMED_ELSEWHERE) ? base + iri.slice(NAMED_ELSEWHERE.length) : iri)
    .filter(iri => iri.startsWith(base) && !iri.includes('#'));
}

/** At most so many, from the whole length of the list. */
function evenly(found, most = Infinity) {
  return found.length <= most ? found :
    Array.from({length: most}, (_, index) => found[Math.floor(index * found.length / most)]);
}

/** Hands out documents of the instance and nothing else, each fetched once. */
function loader(base) {
  const known = new Map();
  return async url => {
    if (!url.startsWith(base)) {
      throw new Error(`${url} is not on this instance`);
    }
    if (!known.has(url)) {
      known.set(url, text(url, 'application/ld+json').then(JSON.parse));
    }
    return {contextUrl: null, documentUrl: url, document: await known.get(url)};
  };
}

/** What is wrong with the JSON-LD of one resource, as lines to print. */
async function compare(iri, documentLoader) {
  const document = JSON.parse(await text(`${iri}.jsonld`));
  // In safe mode jsonld.js refuses a document of which it would drop anything.
  const quads = await jsonld.toRDF(
    document, {base: iri, documentLoader, format: N_QUADS, safe: true});
  const lines = async nquads => new Set((await jsonld.canonize(
    nquads, {algorithm: 'RDFC-1.0', inputFormat: N_QUADS, format: N_QUADS}))
    .split('\n').filter(line => line !== ''));
  const ours = await lines(quads);
  const expected = await lines(await text(`${iri}.nt`));
  const lost = [...expected].filter(line => !ours.has(line));
  const added = [...ours].filter(line => !expected.has(line));
  if (expected.size === 0) {
    return ['  .nt: it is empty'];
  }
  if (lost.length + added.length === 0) {
    return [];
  }
  return [
    `  .jsonld: ${lost.length} triples of the N-Triples are missing (-), ` +
      `${added.length} are added (+)`,
    ...lost.slice(0, LINES_SHOWN).map(line => `    - ${line}`),
    ...added.slice(0, LINES_SHOWN).map(line => `    + ${line}`),
  ];
}

/** The answers of a function for every item, some at once, in order. */
async function each(items, work) {
  const answers = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index]).catch(error => [
        `  ${error.message} ${error.details ? JSON.stringify(error.details) : ''}`]);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, worker));
  return answers;
}

function validator(schema) {
  // Strict mode refuses keywords and formats that ajv does not know, and so misspelt ones.
  const ajv = new Ajv2020({strict: true, allErrors: true});
  addFormats(ajv);
  return ajv.compile(schema);
}

function violations(validate, document) {
  return validate(document) ? [] : validate.errors.slice(0, LINES_SHOWN).map(error =>
    `  the schema: ${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
}

/** One object of every shape in a document, by where such objects stand. */
function shapes(value, place = '', found = new Map()) {
  if (Array.isArray(value)) {
    value.forEach(item => shapes(item, place, found));
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (!found.has(`${place}/${key}`)) {
        found.set(`${place}/${key}`, {object: value, key});
      }
      shapes(item, `${place}/${key}`, found);
    }
  }
  return found;
}

/** The keys that could be renamed without the schema noticing. */
function unnoticed(validate, document) {
  const loose = [];
  for (const [place, {object, key}] of shapes(document)) {
    const value = object[key];
    delete object[key];
    object[`${key}Renamed`] = value;
    if (validate(document)) {
      loose.push(`  the schema does not notice that ${place} is renamed`);
    }
    delete object[`${key}Renamed`];
    object[key] = value;
  }
  return loose;
}

const [base, ...rest] = process.argv.slice(2);
if (base === undefined || rest.length > 0) {
  console.error('usage: node check.mjs BASE_URL');
  process.exit(2);
}
const began = Date.now();
const documentLoader = loader(base);
const validate = validator(JSON.parse(await text(`${base}ns/plan.schema.json`)));
const kinds = JSON.parse(readFileSync(new URL('kinds.json', import.meta.url), 'utf8'));
const width = Math.max(...kinds.map(({kind}) => kind.length));
let count = 0;
let failed = 0;
const print = (kind, found, answers) => {
  const wrong = answers.filter(lines => lines.length > 0).length;
  const numbers = [found.length, found.length - wrong].map(number => String(number).padStart(5));
  console.log(`${kind.padEnd(width)}  ${numbers.join('  ')}`);
  found.forEach((iri, index) => {
    if (answers[index].length > 0) {
      console.log([iri, ...answers[index]].join('\n'));
    }
  });
  failed += wrong;
};

console.log(`${'kind'.padEnd(width)}  count     ok`);
let plans = [];
for (const {kind, where, paths, most, optional} of kinds) {
  const found = paths ? paths.map(path => base + path) : evenly(await select(base, where), most);
  if (found.length === 0 && !optional) {
    console.error(`the instance has nothing of the kind ${kind}`);
    process.exit(1);
  }
  if (kind === 'plan') {
    plans = found;
  }
  count += found.length;
  print(kind, found, await each(found, iri => compare(iri, documentLoader)));
}
print('schema', plans, await each(plans, async iri => {
  const document = JSON.parse(await text(`${iri}.jsonld`));
  const wrong = violations(validate, document);
  return wrong.length > 0 ? wrong : unnoticed(validate, document);
}));
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`${count} resources and ${plans.length} plans against the schema, ` +
  `${failed} of them differ, ${seconds} s`);
process.exit(failed > 0 ? 1 : 0);
