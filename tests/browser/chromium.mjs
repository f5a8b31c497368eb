// SPDX-License-Identifier: MIT
// Headless Chromium, spoken to through a pipe (the Chrome DevTools protocol):
//
//     const browser = await Browser.start();
//     const page = await browser.open('/tmp/page.html', { width: 360 });
//     await page.run((word) => document.title + word, '!');
//     await page.close();
//     await browser.stop();
//
// A page keeps in `troubles` what it has to be ashamed of: messages on the
// console, exceptions, violations of its policy, requests.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--hide-scrollbars',
  '--disable-component-update', '--disable-sync', '--disable-extensions',
  '--disable-dev-shm-usage', '--remote-debugging-pipe'];
const PATIENCE = 60_000;

export class Browser {
  static async start() {
    const browser = new Browser();
    browser.folder = mkdtempSync(join(tmpdir(), 'stemma-browser-'));
    browser.process = spawn(process.env.CHROMIUM || 'chromium',
      [...FLAGS, `--user-data-dir=${browser.folder}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    browser.process.on('error', (e) => browser.fail(e));
    browser.process.on('exit', () => browser.fail(new Error('chromium is gone')));
    browser.calls = new Map();
    browser.pages = new Map();
    browser.last = 0;
    browser.rest = [];
    browser.process.stdio[3].on('error', () => {});
    browser.process.stdio[4].on('data', (data) => browser.read(data));
    await browser.call('Browser.getVersion');
    return browser;
  }

  fail(error) {
    this.gone = error;
    for (const { no } of this.calls.values()) no(error);
    this.calls.clear();
  }

  // Messages end with a zero byte.
  read(data) {
    let end;
    while ((end = data.indexOf(0)) >= 0) {
      const text = Buffer.concat([...this.rest, data.subarray(0, end)]).toString();
      this.rest = [];
      data = data.subarray(end + 1);
      this.take(JSON.parse(text));
    }
    if (data.length) this.rest.push(data);
  }

  take(message) {
    if (!message.id) {
      const page = this.pages.get(message.sessionId);
      if (page) page.hear(message.method, message.params);
      return;
    }
    const call = this.calls.get(message.id);
    this.calls.delete(message.id);
    if (!call) return;
    if (message.error) call.no(new Error(`${call.method}: ${message.error.message}`));
    else call.yes(message.result);
  }

  call(method, params = {}, sessionId = undefined) {
    if (this.gone) return Promise.reject(this.gone);
    const id = ++this.last;
    return new Promise((yes, no) => {
      const timer = setTimeout(() => no(new Error(`${method}: no answer`)), PATIENCE);
      this.calls.set(id, { method,
        yes: (x) => { clearTimeout(timer); yes(x); },
        no: (x) => { clearTimeout(timer); no(x); } });
      this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    });
  }

  // `how`: width, height, dark, forced, calm, script (false: none), hash, before
  // (a function called with the page before it loads).
  async open(file, how = {}) {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, targetId, sessionId);
    this.pages.set(sessionId, page);
    for (const domain of ['Page', 'Runtime', 'Network', 'Log', 'Audits'])
      await page.call(`${domain}.enable`);
    await page.size(how.width || 1200, how.height || 800);
    await page.media(how);
    if (how.script === false)
      await page.call('Emulation.setScriptExecutionDisabled', { value: true });
    if (how.before) await how.before(page);
    await page.go(pathToFileURL(file).href + (how.hash || ''));
    return page;
  }

  async stop() {
    this.process.removeAllListeners('exit');
    const gone = new Promise((done) => this.process.once('exit', done));
    await this.call('Browser.close').catch(() => this.process.kill('SIGKILL'));
    await gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(browser, targetId, sessionId) {
    Object.assign(this, { browser, targetId, sessionId, troubles: [], heard: [] });
  }

  call(method, params) {
    return this.browser.call(method, params, this.sessionId);
  }

  hear(method, params) {
    const say = (text) => this.troubles.push(text);
    if (method === 'Runtime.consoleAPICalled')
      say(`console: ${params.args.map((a) => a.value).join(' ')}`);
    if (method === 'Runtime.exceptionThrown')
      say(`exception: ${JSON.stringify(params.exceptionDetails)}`);
    if (method === 'Log.entryAdded') say(`log: ${params.entry.text}`);
    // A page whose address a test changes is told so.
    if (method === 'Audits.issueAdded' && !/NavigationEntryMarkedSkippable/.test(JSON.stringify(params)))
      say(`issue: ${JSON.stringify(params.issue)}`);
    if (method === 'Network.requestWillBeSent' && params.request.url !== this.url)
      say(`request: ${params.request.url}`);
    if (method === 'Page.javascriptDialogOpening') say(`dialog: ${params.message}`);
    this.heard = this.heard.filter((w) => w.method !== method || w.done(params));
  }

  event(method) {
    return new Promise((done) => this.heard.push({ method, done }));
  }

  async go(url) {
    this.url = url.replace(/#.*/, '');
    const loaded = this.event('Page.loadEventFired');
    await this.call('Page.navigate', { url });
    await loaded;
  }

  size(width, height) {
    return this.call('Emulation.setDeviceMetricsOverride',
      { width, height, deviceScaleFactor: 1, mobile: false });
  }

  media({ dark, forced, calm, print }) {
    return this.call('Emulation.setEmulatedMedia', { media: print ? 'print' : '', features: [
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'forced-colors', value: forced ? 'active' : 'none' },
      { name: 'prefers-reduced-motion', value: calm === false ? 'no-preference' : 'reduce' }] });
  }

  // A function, called in the page; what it returns is JSON.
  async run(what, ...args) {
    const answer = await this.call('Runtime.evaluate', { awaitPromise: true, returnByValue: true,
      expression: `(${what})(...${JSON.stringify(args)})` });
    if (answer.exceptionDetails)
      throw new Error(answer.exceptionDetails.exception?.description || 'exception');
    return answer.result.value;
  }

  // 'n', '?', 'Escape', 'Tab', 'Shift+Tab' …
  async key(name) {
    const shift = name.startsWith('Shift+');
    const key = shift ? name.slice(6) : name;
    const codes = { Tab: 9, Escape: 27, Enter: 13, ArrowLeft: 37, ArrowRight: 39, ' ': 32 };
    const params = { key, modifiers: shift ? 8 : 0,
      windowsVirtualKeyCode: codes[key] || key.toUpperCase().charCodeAt(0),
      text: key === 'Enter' ? '\r' : key.length === 1 ? key : undefined };
    await this.call('Input.dispatchKeyEvent', { type: 'keyDown', ...params });
    await this.call('Input.dispatchKeyEvent', { ...params, type: 'keyUp', text: undefined });
  }

  // The middle of the first element that is like this.
  async click(selector) {
    const at = await this.run((s) => {
      const e = document.querySelector(s);
      e.scrollIntoView({ block: 'nearest' });
      const b = e.getClientRects()[0];
      return { x: b.left + b.width / 2, y: b.top + b.height / 2 };
    }, selector);
    for (const type of ['mousePressed', 'mouseReleased'])
      await this.call('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1 });
  }

  async picture(full = false) {
    const { data } = await this.call('Page.captureScreenshot',
      { format: 'png', captureBeyondViewport: full });
    return Buffer.from(data, 'base64');
  }

  async print() {
    const { data } = await this.call('Page.printToPDF',
      { preferCSSPageSize: true, printBackground: false });
    return Buffer.from(data, 'base64');
  }

  async close() {
    this.browser.pages.delete(this.sessionId);
    await this.browser.call('Target.closeTarget', { targetId: this.targetId });
  }
}
