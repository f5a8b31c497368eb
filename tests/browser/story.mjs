// SPDX-License-Identifier: MIT
// The page of a story: its timeline, any two revisions compared, the text by age.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { holds, same, test } from './check.mjs';
import { axe, openAll, pale, wide } from './looks.mjs';
import { said } from './reading.mjs';
import { archive, program } from './texts.mjs';

const REVISIONS = 5;

// Which two are compared, as lists, handles and what is said have it.
const pair = () => {
  const [from, to] = [...document.querySelectorAll('#compare select')].map((s) => +s.value);
  const on = [...document.querySelectorAll('.tl a')].flatMap((a, k) => (a.classList.contains('on') ? [k + 1] : []));
  const told = document.querySelector('#compare .note').textContent.match(/\d+/g).map(Number);
  return [[from, to], on, told];
};
const thrice = (a, b) => [[a, b], [a, b], [a, b]];
const settle = () => new Promise((done) => setTimeout(done, 200));

// One version of what the panel compares, white space apart.
const compared = (side) => {
  const walker = document.createTreeWalker(document.querySelector('#compare .rows'), NodeFilter.SHOW_TEXT);
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    if (at.closest('.t') && !at.closest('.pb,.ghost,.x') && !at.closest(side === 'old' ? 'ins' : 'del')
      && !at.closest(`[data-side=${side === 'old' ? 'new' : 'old'}]`)) text += node.data;
  }
  return text.replace(/\s+/g, '');
};

export default async function story(browser, pages, folder) {
  const file = join(folder, 'history.html');
  archive(folder);
  writeFileSync(file, program('report', 'night-ferry'));
  const revision = (k) => program('show', '--raw', `night-ferry@${k}`);

  await test('history: asks for nothing and complains of nothing', async () => {
    const page = await browser.open(file);
    for (const key of ['n', 'n', 'p', 'm', 'ArrowLeft', 'ArrowRight', '?', 'Escape']) await page.key(key);
    await page.run(settle);
    same(page.troubles, []);
    await page.close();
  });
  await test('history: the newest text is there once, by the age of its words', async () => {
    const page = await browser.open(file, { script: false });
    const text = () => {
      const copy = document.querySelector('#age').cloneNode(true);
      copy.querySelectorAll('.m,h2,.note,sup').forEach((e) => e.remove());
      return copy.textContent.replace(/\s+/g, '');
    };
    same(await page.run(text), said(revision(REVISIONS)));
    const ages = await page.run(() => {
      const inks = [...document.querySelectorAll('.tl circle')].map((c) => [c.getAttribute('class'),
        getComputedStyle(c).fill]);
      const words = [...document.querySelectorAll('#age .t [class^=a]')]
        .map((e) => [e.className.match(/a\d/)[0], getComputedStyle(e).backgroundColor]);
      return { inks, words };
    });
    same(new Set(ages.inks.map((i) => i[1])).size, REVISIONS, 'ages of the dots');
    const inks = new Map(ages.inks.map(([c, fill]) => [c.match(/a\d/)[0], fill]));
    for (const [age, ground] of ages.words) if (age !== 'a0') same(ground, inks.get(age), age);
    same(page.troubles.filter((t) => !/script execution is disabled/i.test(t)), []);
    await page.close();
  });
  await test('history: dots stand where their times are', async () => {
    const page = await browser.open(file);
    const times = ['2025-03-04T18:20Z', '2025-03-04T21:45Z', '2025-03-05T07:30Z', '2025-03-06T11:05Z',
      '2025-03-06T17:40Z'].map((t) => Date.parse(t));
    const dots = await page.run(() => [...document.querySelectorAll('.tl circle')]
      .map((c) => parseFloat(c.getAttribute('cx'))));
    const share = (list) => list.map((x) => (x - list[0]) / (list.at(-1) - list[0]));
    const [want, got] = [share(times), share(dots)];
    for (const [k, x] of got.entries()) holds(Math.abs(x - want[k]) < 0.03, `${k + 1}: ${x}, not ${want[k]}`);
    await page.close();
  });
  await test('history: lists, keys, buttons and dots choose the pair', async () => {
    const page = await browser.open(file);
    same(await page.run(pair), thrice(4, 5));
    await page.key('ArrowLeft');
    same(await page.run(pair), thrice(3, 4), 'left');
    await page.key('Shift+ArrowLeft');
    same(await page.run(pair), thrice(2, 4), 'shift left');
    await page.key('ArrowRight');
    same(await page.run(pair), thrice(4, 5), 'right');
    await page.click('[data-step="-1"]');
    same(await page.run(pair), thrice(3, 4), 'earlier');
    await page.run(() => {
      const s = document.querySelector('#compare select');
      s.value = 1;
      s.dispatchEvent(new Event('change', { bubbles: true }));
    });
    same(await page.run(pair), thrice(1, 4), 'list');
    await page.click('.tl a:nth-of-type(3) circle');
    same(await page.run(pair), thrice(2, 3), 'dot');
    same(await page.run(() => location.hash), '#2-3');
    same(page.troubles, []);
    await page.close();
  });
  await test('history: a handle is dragged to a revision', async () => {
    const page = await browser.open(file);
    const at = await page.run(() => [...document.querySelectorAll('.handle path')].map((h) => {
      const b = h.getBoundingClientRect();
      return { x: b.left + b.width / 2, y: b.top + b.height / 2 };
    }));
    const first = await page.run(() => document.querySelector('.tl circle').getBoundingClientRect().left + 6);
    const mouse = (type, x) => page.call('Input.dispatchMouseEvent', { type, x, y: at[0].y, button: 'left', clickCount: 1 });
    await mouse('mousePressed', at[0].x);
    for (const x of [(at[0].x + first) / 2, first]) await mouse('mouseMoved', x);
    await mouse('mouseReleased', first);
    same(await page.run(pair), thrice(1, 5));
    await page.close();
  });
  await test('history: each of the pairs is in the page, and is what it says', async () => {
    const page = await browser.open(file, { hash: '#1-2' });
    for (let b = 2; b <= REVISIONS; b++)
      for (let a = 1; a < b; a++) {
        await page.run((h) => { location.hash = h; }, `#${a}-${b}`);
        await page.run(() => new Promise((done) => setTimeout(done, 30)));
        same(await page.run(pair), thrice(a, b));
        // Only what changed is shown: each piece is in its version.
        for (const [side, k] of [['old', a], ['new', b]]) {
          const whole = said(revision(k));
          const text = await page.run(compared, side);
          holds(text.length > 0 && text.length <= whole.length, `${a}-${b} ${side}: ${text.length}`);
          const missing = await page.run((s) => [...document.querySelectorAll('#compare .t > p')].map((p) => {
            const copy = p.cloneNode(true);
            copy.querySelectorAll(s === 'old' ? 'ins,.pb,.x' : 'del,.pb,.x').forEach((e) => e.remove());
            const row = p.closest('.r');
            return row.dataset.side === (s === 'old' ? 'new' : 'old') || p.matches('.ghost')
              || row.dataset.op === (s === 'old' ? 'added' : 'removed') ? '' : copy.textContent.replace(/\s+/g, '');
          }), side);
          for (const piece of missing) holds(whole.includes(piece), `${a}-${b} ${side}: ${piece}`);
        }
      }
    same(page.troubles, []);
    await page.close();
  });
  await test('history: every link of every pair has its place, both ends of moves too', async () => {
    const page = await browser.open(file, { script: false });
    same(await page.run(() => {
      const parts = [document, ...[...document.querySelectorAll('template')].map((t) => t.content)];
      const ids = parts.flatMap((d) => [...d.querySelectorAll('[id]')].map((e) => e.id));
      const links = parts.flatMap((d) => [...d.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1)));
      return [links.filter((l) => !ids.includes(l)), ids.length - new Set(ids).size,
        document.querySelectorAll('#p2-3 a.mv:not(.to)').length];
    }), [[], 0, 4]);
    await page.close();
  });
  await test('history: n, p and m go about in the pair; the address brings it back', async () => {
    const page = await browser.open(file, { hash: '#2-3' });
    await page.key('m');
    const moved = () => ({ ...document.querySelector('.cur').dataset });
    const one = await page.run(moved);
    await page.key('m');
    same((await page.run(moved)).side, one.side === 'old' ? 'new' : 'old');
    await page.key('n');
    await page.key('n');
    const before = await page.run(() => [location.hash, document.querySelector('.cur').textContent]);
    holds(/^#2-3\.[no]\d+$/.test(before[0]), before[0]);
    const again = await browser.open(file, { hash: before[0] });
    same(await again.run(() => [location.hash, document.querySelector('.cur').textContent]), before);
    await page.close();
    await again.close();
  });
  const cards = () => [...document.querySelectorAll('#age .m details')].map((d) => {
    d.open = true;
    const text = d.querySelector('.card').innerText.replace(/\d{4}-\d\d-\d\d \d\d:\d\d /g, '');
    d.open = false;
    return text;
  });
  await test('history: a card tells of every paragraph what happened to it, and who has it too', async () => {
    const page = await browser.open(file);
    const told = await page.run(cards);
    same(told.length, await page.run(() => document.querySelectorAll('#age .r').length));
    for (const card of told) holds(/first seen/.test(card), card);
    for (const [fact, one] of [['removed', /^4 removed$/m], ['restored', /^5 restored$/m], ['edited', /^2 edited$/m],
      ['moved', /^3 moved from ¶8 to ¶4$/m], ['split', /^3 split off$/m],
      ['earlier', /^also in wire@1, 2025-03-04 16:00, earlier$/m], ['later', /^also in weekly@1.* later, with edits$/m]])
      holds(told.some((card) => one.test(card)), `${fact}: ${told.join('\n\n')}`);
    await page.close();
  });
  const peeked = () => { const p = document.getElementById('peek'); return p.hidden ? '' : p.innerText; };
  await test('history: the card of a passage is shown by pointer, click and key', async () => {
    const page = await browser.open(file);
    // Words that came later than the rest of their paragraph.
    const at = await page.run(() => {
      const run = document.querySelector('#age .rn').parentNode;
      run.scrollIntoView({ block: 'center' });
      const b = run.getClientRects()[0];
      return { x: b.right - 4, y: b.top + b.height / 2, number: run.querySelector('.rn').textContent };
    });
    const move = (x, y) => page.call('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    const pause = () => page.run(() => new Promise((done) => setTimeout(done, 400)));
    await move(at.x, at.y);
    await pause();
    holds((await page.run(peeked)).startsWith(`These words came with revision ${at.number}`), 'pointer');
    same(await page.run(() => [...document.querySelectorAll('.tl .lit')].map((t) => t.getAttribute('href'))), [`#r${at.number}`]);
    await move(2, 2);
    await pause();
    same(await page.run(peeked), '', 'pointer gone');
    await page.click('#age .t span[class^=a]');
    holds(/first seen/.test(await page.run(peeked)), 'click');
    await page.key('Escape');
    same(await page.run(peeked), '', 'Escape');
    await page.run(() => document.querySelector('#age summary').focus());
    await page.key('Tab');
    const focused = await page.run(() => [document.activeElement.closest('.rn,summary') !== null,
      document.activeElement.getAttribute('aria-describedby')]);
    same(focused, [true, 'peek']);
    holds(/first seen/.test(await page.run(peeked)), 'focus');
    await page.key('Escape');
    // The card itself, by its key, leads to what it tells.
    await page.run(() => [...document.querySelectorAll('#age .m details')]
      .find((d) => /moved/.test(d.textContent)).firstChild.focus());
    await page.key('Enter');
    same(await page.run(() => document.querySelectorAll('#age details[open]').length), 1);
    await page.click('#age details[open] b a[href*=n4]');
    await page.run(settle);
    same(await page.run(() => [location.hash, document.querySelector('.cur')?.dataset.side,
      document.querySelectorAll('#age details[open]').length]), ['#2-3.n4', 'new', 0]);
    same(page.troubles, []);
    await page.close();
  });
  for (const dark of [false, true])
    await test(`history: contrast of 7 and more, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await browser.open(file, { dark, hash: '#2-3' });
      await page.run(openAll);
      const { count, found } = await page.run(pale);
      holds(count > 100, `${count} texts`);
      same(found, []);
      await page.close();
    });
  await test('history: no wider than the window, at 360 to 1600 pixels', async () => {
    const page = await browser.open(file, { hash: '#2-3' });
    await page.run(openAll);
    for (const width of [360, 800, 1600]) {
      await page.size(width, 800);
      same(await page.run(wide), { over: 0, out: [] }, `${width}`);
    }
    await page.close();
  });
  await test('history: on paper are all changes and all hashes', async () => {
    const page = await browser.open(file, { dark: true });
    const paper = join(folder, 'history.pdf');
    writeFileSync(paper, await page.print());
    const read = spawnSync('pdftotext', ['-raw', '-enc', 'UTF-8', paper, '-']);
    if (!read.error) {
      const flat = read.stdout.toString().replace(/\s+/g, '');
      for (let k = 1; k <= REVISIONS; k++)
        holds(flat.includes(createHash('sha256').update(revision(k)).digest('hex')), `hash of ${k}`);
      holds(flat.includes('[−rejects−][+putsoff+]'), 'no changes');
      holds(!flat.includes('Compareanytwo'), 'controls');
    }
    await page.close();
  });
  if (existsSync(process.env.AXE || ''))
    for (const [dark, width] of [[false, 1200], [true, 360]])
      await test(`history: axe finds nothing, ${dark ? 'dark' : 'light'}, ${width}`, async () => {
        await axe(browser, file, { dark, width, hash: '#2-3' }, ['']);
      });
}
