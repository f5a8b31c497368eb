// SPDX-License-Identifier: MIT
// How pages look: contrast in both themes, widths, forced colours, what axe says.
import { existsSync, readFileSync } from 'node:fs';
import { holds, same, skip, test } from './check.mjs';
import { show } from './reading.mjs';
import { versions } from './texts.mjs';

const VIEWS = ['inline', 'side', 'changes', 'old', 'new'];

// The texts whose contrast to what is under them is less than 7, worst first.
// Alpha is blended; nothing on the pages has a picture behind it.
export function pale() {
  const parts = (color) => {
    const n = color.match(/[\d.]+/g).map(Number);
    const srgb = color.startsWith('color(');
    return { rgb: n.slice(0, 3).map((x) => (srgb ? x * 255 : x)), alpha: n.length > 3 ? n[3] : 1 };
  };
  const over = (top, under) => top.rgb.map((x, k) => x * top.alpha + under[k] * (1 - top.alpha));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((x) => x / 255).map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    const here = parts(getComputedStyle(e).backgroundColor);
    if (here.alpha === 1) return here.rgb;
    return over(here, e.parentElement ? ground(e.parentElement) : [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Map();
  let count = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || /^(SCRIPT|STYLE|TEMPLATE)$/.test(e.tagName) || !e.checkVisibility()) continue;
    const plate = e.closest('.handle')?.querySelector('path');
    const under = plate ? parts(getComputedStyle(plate).fill).rgb : ground(e);
    const style = getComputedStyle(e);
    const ink = over(parts(e.closest('svg') ? style.fill : style.color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    count++;
    if (ratio < 7) found.set(`${e.tagName}.${e.getAttribute('class')}: ${node.data.trim().slice(0, 30)}`, ratio.toFixed(2));
  }
  return { count, found: [...found].sort((x, y) => x[1] - y[1]).slice(0, 10) };
}

// What is wider than the window, with the texts that stick out.
export function wide() {
  const width = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('main .t, main .m, header *, .bar button, footer *')]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > width + 0.5
      && getComputedStyle(e).position !== 'absolute')
    .map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`);
  return { over: document.documentElement.scrollWidth - width, out: out.slice(0, 5) };
}

export const openAll = () => document.querySelectorAll('details').forEach((d) => { d.open = true; });

const EVERYTHING = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa',
  'wcag22aa', 'best-practice'] };
// What a theme alone can get wrong.
const COLOURS = { type: 'rule', values: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'] };

// A page in all of these views, and once more in the dark for its colours.
export async function axe(browser, file, how, views) {
  const page = await browser.open(file, how);
  await page.call('Runtime.evaluate', { expression: readFileSync(process.env.AXE, 'utf8') });
  for (const view of views) {
    if (view) await page.run(show, view);
    await page.run(openAll);
    const bad = await page.run(async (rules) => {
      const said = await window.axe.run(document, { resultTypes: ['violations'], runOnly: rules });
      return said.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 90)).slice(0, 3).join(' | ')}`);
    }, how.dark && view !== views[0] ? COLOURS : EVERYTHING);
    same(bad, [], `${view} ${JSON.stringify(how)}`);
  }
  await page.close();
}

export default async function looks(browser, pages) {
  for (const dark of [false, true]) {
    const theme = dark ? 'dark' : 'light';
    await test(`${theme}: every text has a contrast of 7 and more, in every view`, async () => {
      const page = await browser.open(pages.demo, { dark });
      holds(await page.run((d) => matchMedia('(prefers-color-scheme: dark)').matches === d, dark), 'theme');
      await page.run(openAll);
      await page.run(() => document.querySelector('[name=rf]').click());
      for (const view of VIEWS) {
        await page.run(show, view);
        const { count, found } = await page.run(pale);
        holds(count > 50, `${count} texts`);
        same(found, [], view);
      }
      await page.key('?');
      same((await page.run(pale)).found, [], 'keys');
      await page.close();
    });
  }
  for (const dark of [false, true])
    await test(`the table of a collation: contrast, width${existsSync(process.env.AXE || '') ? ', axe' : ''}, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await browser.open(pages.table, { dark, width: 360 });
      const { count, found } = await page.run(pale);
      holds(count > 50, `${count} texts`);
      same(found, []);
      same((await page.run(wide)).over, 0);
      await page.close();
      if (existsSync(process.env.AXE || '')) await axe(browser, pages.table, { dark }, ['']);
    });
  await test('no page is wider than the window, at 360 to 1600 pixels', async () => {
    for (const name of Object.keys(versions())) {
      const page = await browser.open(pages[name]);
      await page.run(openAll);
      for (const width of [360, 800, 1000, 1600]) {
        await page.size(width, 800);
        for (const view of name === 'demo' ? VIEWS : ['inline', 'side']) {
          await page.run(show, view);
          same(await page.run(wide), { over: 0, out: [] }, `${name} ${view} ${width}`);
        }
      }
      await page.close();
    }
  });
  await test('with forced colours changes have signs of their own', async () => {
    const page = await browser.open(pages.demo, { forced: true });
    same(await page.run(() => ['ins', 'del'].flatMap((tag) => ['::before', '::after'].map((at) => {
      const s = getComputedStyle(document.querySelector(`main ${tag}:not(.rf)`), at);
      return s.content.replace(/"/g, '') + s.position;
    }))), ['[+static', '+]static', '[−static', '−]static']);
    // What did not change has no rule, which a transparent one would become.
    same(await page.run(() => ['unchanged', 'edited'].map((op) => {
      const s = getComputedStyle(document.querySelector(`.r[data-op=${op}]:not([data-moved]) > .t`));
      return s.borderLeftColor === getComputedStyle(document.documentElement).backgroundColor;
    })), [true, false]);
    same(await page.run(() => getComputedStyle(document.querySelector('ins.rf')).borderBottomWidth), '0px');
    await page.close();
  });
  await test('nothing moves by itself where that is not wanted', async () => {
    for (const [calm, how] of [[true, 'auto'], [false, 'smooth']]) {
      const page = await browser.open(pages.demo, { calm });
      same(await page.run(() => [getComputedStyle(document.documentElement).scrollBehavior,
        document.getAnimations().length]), [how, 0]);
      await page.close();
    }
  });
  await test('who does not see the page is told what was inserted and deleted', async () => {
    const page = await browser.open(pages.demo);
    const { nodes } = await page.call('Accessibility.getFullAXTree');
    const role = (n) => n.role?.value;
    holds(nodes.some((n) => role(n) === 'insertion') && nodes.some((n) => role(n) === 'deletion'), 'no roles');
    for (const words of ['[inserted:', '[deleted:'])
      holds(nodes.some((n) => role(n) === 'StaticText' && n.name.value.includes(words)), words);
    same(nodes.filter((n) => !n.ignored && /^(button|link|checkbox|toolbar|dialog|group)$/.test(role(n))
      && !n.name?.value && n.childIds?.length === 0).map(role), [], 'without a name');
    await page.close();
  });
  await test('texts have their own direction, and the page does not claim their language', async () => {
    const page = await browser.open(pages.scripts);
    same(await page.run(() => [...document.querySelectorAll('main .t:not(.twin) > p')]
      .filter((p) => p.checkVisibility()).map((p) => getComputedStyle(p).direction + p.lang)),
    ['rtl', 'rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'ltr', 'ltr']);
    await page.close();
  });
  if (!existsSync(process.env.AXE || '')) {
    skip('axe-core did not come from npm: no audit');
    return;
  }
  for (const dark of [false, true]) {
    await test(`axe finds nothing, ${dark ? 'dark' : 'light'}, in every view`, async () => {
      await axe(browser, pages.demo, { dark }, VIEWS);
      await axe(browser, pages.merged, { dark, width: 360 }, ['inline', 'changes']);
      if (!dark) await axe(browser, pages.harm, { dark }, ['inline']);
    });
  }
}
