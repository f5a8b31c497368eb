// SPDX-License-Identifier: MIT
// How large pages are and how quickly they answer: `make browser-bench`.
// Articles of invented words, a quarter of the paragraphs edited, one in fifty
// moved, added or removed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from './chromium.mjs';
import { program } from './texts.mjs';

const PIECES = 'ka lo mer tis an do rel vi sun ta por ne gal hi co bra'.split(' ');

function dice(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 4294967296 * n);
  };
}

// Two versions of about so many bytes.
function article(bytes) {
  const roll = dice(7);
  const word = () => Array.from({ length: 1 + roll(3) }, () => PIECES[roll(16)]).join('');
  const sentence = () => {
    const words = Array.from({ length: 8 + roll(14) }, () => (roll(30) ? word() : String(roll(5000))));
    words[0] = words[0][0].toUpperCase() + words[0].slice(1);
    return words.join(' ') + '.';
  };
  const old = [];
  for (let size = 0; size < bytes; size += old.at(-1).length + 2)
    old.push(Array.from({ length: 2 + roll(4) }, sentence).join(' '));
  const now = old.flatMap((p) => {
    const kind = roll(200);
    if (kind < 4) return [];
    if (kind < 8) return [p, sentence()];
    if (kind >= 60) return [p];
    const words = p.split(' ');
    for (let k = 0; k < 3; k++) words[roll(words.length)] = word();
    return [words.join(' ')];
  });
  for (let k = 0; k < old.length / 50; k++) now.splice(roll(now.length), 0, ...now.splice(roll(now.length), 1));
  return [old, now].map((t) => t.join('\n\n') + '\n');
}

// Frames while the page is scrolled for two seconds, a bit more each time.
const scroll = () => new Promise((done) => {
  const spent = [], begun = performance.now(), end = document.documentElement.scrollHeight;
  let last = begun;
  document.documentElement.style.scrollBehavior = 'auto';
  const step = (now) => {
    spent.push(now - last);
    last = now;
    scrollTo(0, Math.min((now - begun) * 3, end));
    if (now - begun < 2000) requestAnimationFrame(step);
    else done(spent.slice(1).sort((a, b) => a - b));
  };
  requestAnimationFrame(step);
});

// Until what was asked for is laid out and painted.
const act = (what) => new Promise((done) => {
  const begun = performance.now();
  document.querySelector(what).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
});

async function measure(browser, folder, name, texts) {
  const files = texts.map((text, k) => {
    const file = join(folder, `${name}-${k}.txt`);
    writeFileSync(file, text);
    return file;
  });
  const page = join(folder, `${name}.html`);
  const begun = performance.now();
  writeFileSync(page, program('compare', '--format=html', ...files));
  const made = performance.now() - begun;
  const opened = await browser.open(page);
  // Interactive: the script has run and the first picture is there.
  const times = await opened.run(() => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(() => {
      const [entry] = performance.getEntriesByType('navigation');
      const [paint] = performance.getEntriesByType('paint').slice(-1);
      done({ interactive: Math.max(entry.domContentLoadedEventEnd, paint?.startTime || 0), load: entry.loadEventEnd });
    }));
  }));
  const row = { page: name, made, kB: statSync(page).size / 1000, rows: await opened.run(() => document.querySelectorAll('.r').length),
    interactive: times.interactive, loaded: times.load };
  const frames = await opened.run(scroll);
  row['frame 50%'] = frames[frames.length >> 1];
  row['95%'] = frames[Math.floor(frames.length * 0.95)];
  row.worst = frames.at(-1);
  row.next = await opened.run(act, '[data-go="1"]');
  for (const view of ['side', 'changes', 'inline']) row[view] = await opened.run(act, `[data-view=${view}]`);
  await opened.close();
  return Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === 'number' ? Math.round(v) : v]));
}

// Keep a figure for docs/benchmarks.md.
const record = (what, value, unit, goal) => spawnSync('tests/bench-record',
  [what, String(value), unit, String(goal), 'make browser-bench']);

const folder = mkdtempSync(join(tmpdir(), 'stemma-bench-'));
const browser = await Browser.start();
try {
  const rows = [];
  for (const [name, bytes] of [['10kB', 1e4], ['100kB', 1e5], ['1MB', 1e6]])
    rows.push(await measure(browser, folder, name, article(bytes)));
  for (const [row, size, interactive] of [[rows[0], 150, 200], [rows[2], '', 3000]]) {
    record(`page of ${row.page} articles: size`, row.kB, 'kB', size);
    record(`page of ${row.page} articles: interactive`, row.interactive, 'ms', interactive);
  }
  console.log('Milliseconds, but for sizes:');
  console.table(rows);
} finally {
  await browser.stop();
  rmSync(folder, { recursive: true, force: true });
}
