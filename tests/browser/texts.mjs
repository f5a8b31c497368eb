// SPDX-License-Identifier: MIT
// Pages to look at, made by the program: of the article in docs/demo, of one in
// many scripts, of one merged from paragraphs, and of text that means harm.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const here = new URL('.', import.meta.url).pathname;
const top = join(here, '..', '..');
export const stemma = resolve(process.env.STEMMA || 'stemma');

// What it writes; `program.folder` and `program.env` may say where it runs.
export function program(...args) {
  const done = spawnSync(stemma, args, { maxBuffer: 1 << 28, cwd: program.folder, env: { ...process.env, ...program.env } });
  if (done.status !== 0 && done.status !== 1)
    throw new Error(`stemma ${args.join(' ')}: ${done.stderr || done.error}`);
  return done.stdout;
}

const MERGED_OLD = `Bakery on Mole Street closes

The bakery on Mole Street, which had sold rye bread since 1904, will close in May.

Its last owner, Edda Brandt, found nobody to take it over.

She will be seventy in June.

The council said that it would "look into" a market stall for the street.

Nobody from the council came to the last day of sale.

The bakery had employed eleven people in its best years, and three at the end.

Rye flour came by boat from the islands until the bridge was built.

Then it came by lorry, which Brandt said was cheaper and worse.`;
const MERGED_NEW = `Bakery on Mole Street closes

The bakery on Mole Street, which had sold rye bread since 1904, will close in May. Its last owner, Edda Brandt, found nobody to take it over. She will be seventy in June.

The council said that it would “look into” a market stall for the street.

The bakery had employed twelve people in its best years, and three at the end.

Nobody from the council came to the last day of sale.

Rye flour came by boat from the islands until the bridge was built. Then it came by lorry, which Brandt said was cheaper and worse.

The bakery on Mole Street, which had sold rye bread since 1904, will close in May. Its last owner, Edda Brandt, found nobody to take it over. She will be seventy in June.`;

const LONG = 'unbroken'.repeat(2500);
const HARM = (word) => Buffer.concat([Buffer.from(`<h1>Injected ${word}</h1></h1><script>window.harmed=1</script>

<img src=x onerror="window.harmed=2"> and <a href="javascript:window.harmed=3">a link</a> ${word} of the day

</script><script>window.harmed=4</script><!-- ${word} --> <style>body{display:none}</style>

${LONG} ${word}

The name \u202e"gnp.exe${word}\u202c turned around, \u0007a bell, a null \0 and an escape \u001b[31m${word}

&lt;script&gt; &amp;amp; &#60;b&#62; ${word} ]]> '"\` \${window.harmed=5}

Bytes that are none of any encoding: `), Buffer.from([0xff, 0xfe, 0x80]), Buffer.from(` ${word}

A cap \u0301\u0302\u0303 of marks z${'\u0335\u0321'.repeat(40)} ${word} and \u2066isolated\u2069
`)]);

// What the versions say, as bytes, by the name of the page.
export function versions() {
  const read = (...names) => names.map((name) => readFileSync(join(top, name)));
  return {
    demo: read('docs/demo/old.txt', 'docs/demo/new.txt'),
    scripts: read('tests/browser/texts/scripts-old.txt', 'tests/browser/texts/scripts-new.txt'),
    merged: [Buffer.from(MERGED_OLD), Buffer.from(MERGED_NEW)],
    harm: [HARM('early'), HARM('late')],
  };
}

// An archive in a folder with a story, 'night-ferry', of the article in docs/demo,
// and two others that have a paragraph of it.
export function archive(folder) {
  const [old, now] = versions().demo.map(String);
  const source = 'https://harbour-courier.example/night-ferry';
  const revisions = [['2025-03-04T18:20Z', old],
    ['2025-03-04T21:45Z', old.replace('812', '1,204').replace('refused', 'put off a decision')],
    ['2025-03-05T07:30Z', now],
    ['2025-03-06T11:05Z', now.replace('15 million', '1.5 million').replace(/^Oderwald said after.*\n/m, '')],
    ['2025-03-06T17:40Z', now.replace('15 million', '1.5 million').replace('a boat one day', 'the boat')]];
  const file = join(folder, 'revision.txt');
  const [, shared] = now.match(/^(On Sorrel Island.*)$/m);
  program.env = { STEMMA_ARCHIVE: join(folder, 'archive') };
  program('init', program.env.STEMMA_ARCHIVE);
  const keep = (story, date, text, ...more) => {
    writeFileSync(file, text);
    program('track', `--story=${story}`, `--date=${date}`, ...more, file);
  };
  keep('wire', '2025-03-04T16:00Z', `Ferry vote\n\n${shared}\n`);
  for (const [date, text] of revisions) keep('night-ferry', date, text, `--source=${source}`);
  keep('weekly', '2025-03-09T09:00Z', `The week\n\n${shared.replace('with anger', 'with rage')}\n`);
}

// The pages by name, in a folder.
export function pages(folder) {
  const made = {};
  for (const [name, texts] of Object.entries(versions())) {
    const files = texts.map((text, k) => {
      const file = join(folder, `${name}-${k ? 'new' : 'old'}.txt`);
      writeFileSync(file, text);
      return file;
    });
    made[name] = join(folder, `${name}.html`);
    writeFileSync(made[name], program('compare', '--format=html', '--encoding=utf-8', ...files));
    if (name !== 'demo') continue;
    made.table = join(folder, 'table.html');
    writeFileSync(made.table, program('collate', '--format=html', ...files));
  }
  return made;
}
