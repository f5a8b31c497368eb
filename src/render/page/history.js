'use strict';
(() => {
  const doc = document, root = doc.documentElement;
  const all = (what, where) => [...(where || doc).querySelectorAll(what)];
  const panel = doc.getElementById('compare'), rows = panel.querySelector('.rows');
  const digest = panel.querySelector('.got'), note = panel.querySelector('.note');
  const [from, to] = all('select', panel);
  const ticks = all('.tl a'), count = ticks.length, svg = doc.querySelector('.tl svg');
  const help = doc.querySelector('dialog');
  let old = Math.max(count - 1, 1), now = count, current = null;
  if (count < 2) return;
  root.classList.add('js');
  panel.hidden = false;

  /* What the page holds of a pair: a template, or what stands under a revision. */
  function pair(a, b) {
    const held = doc.getElementById(`p${a}-${b}`);
    if (!held) return null;
    if (held.content) return held.content.cloneNode(true);
    const copy = doc.createDocumentFragment();
    copy.append(...all('.digest,.rows', held.closest('.rev')).map((e) => e.cloneNode(true)));
    return copy;
  }

  function fill() {
    const held = pair(old, now);
    digest.replaceChildren();
    rows.replaceChildren();
    current = null;
    note.textContent = held ? `What changed from revision ${old} to revision ${now}`
      : `This pair is not in the page, which would be too large: stemma compare ${quoted(old)} ${quoted(now)} shows it`;
    if (!held) return;
    for (const e of all('[id]', held)) { e.dataset.id = e.id; e.removeAttribute('id'); }
    digest.append(...all('.digest > li', held));
    rows.append(...held.querySelector('.rows').childNodes);
  }

  const quoted = (k) => "'" + `${panel.dataset.story}@${k}`.replace(/'/g, "'\\''") + "'";

  function show(a, b, keep) {
    old = Math.min(Math.max(a, 1), count - 1);
    now = Math.min(Math.max(b, old + 1), count);
    from.value = old;
    to.value = now;
    for (const o of from.options) o.disabled = +o.value >= now;
    for (const o of to.options) o.disabled = +o.value <= old;
    ticks.forEach((t, k) => t.classList.toggle('on', k + 1 === old || k + 1 === now));
    place();
    fill();
    if (!keep) history.replaceState(null, '', `#${old}-${now}`);
  }

  /* ---- the handles ---- */
  const handles = ['A', 'B'].map((name, side) => {
    const g = doc.createElementNS('http://www.w3.org/2000/svg', 'svg');
    g.classList.add('handle');
    g.setAttribute('y', '104');
    g.setAttribute('overflow', 'visible');
    g.setAttribute('aria-hidden', 'true');
    const path = doc.createElementNS('http://www.w3.org/2000/svg', 'path');
    /* Beside each other, should both stand at one place. */
    path.setAttribute('d', side ? 'M0 0v22h17v-13z' : 'M0 0v22h-17v-13z');
    const text = doc.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('x', side ? '7' : '-7');
    text.setAttribute('y', '19');
    text.textContent = name;
    g.append(path, text);
    svg.append(g);
    g.addEventListener('pointerdown', (e) => { g.setPointerCapture(e.pointerId); g.dragged = true; e.preventDefault(); });
    g.addEventListener('pointerup', () => { g.dragged = false; });
    g.addEventListener('pointermove', (e) => {
      if (!g.dragged) return;
      const k = nearest(e.clientX);
      if (side === 0 ? k !== old && k < now : k !== now && k > old) show(side ? old : k, side ? k : now);
    });
    return g;
  });
  const x = (k) => parseFloat(ticks[k - 1].querySelector('circle').getAttribute('cx'));
  function place() {
    handles[0].setAttribute('x', x(old) + '%');
    handles[1].setAttribute('x', x(now) + '%');
  }
  function nearest(clientX) {
    const box = svg.getBoundingClientRect(), at = 100 * (clientX - box.left) / box.width;
    let best = 1;
    for (let k = 2; k <= count; k++) if (Math.abs(x(k) - at) < Math.abs(x(best) - at)) best = k;
    return best;
  }

  /* ---- going about ---- */
  function go(r) {
    if (!r) return;
    const story = r.closest('details.st');
    if (story) story.open = true;
    if (current) current.classList.remove('cur');
    current = r;
    r.classList.add('cur');
    r.tabIndex = -1;
    r.focus({ preventScroll: true });
    r.scrollIntoView({ block: 'center' });
    const id = r.dataset.id || (r.querySelector('[data-id]') || { dataset: {} }).dataset.id;
    if (id) history.replaceState(null, '', '#' + id);
  }
  function turn(by) {
    const list = all('.r', rows);
    const k = list.indexOf(current);
    if (list.length) go(list[k < 0 ? (by > 0 ? 0 : list.length - 1) : (k + by + list.length) % list.length]);
  }
  const find = (id) => all('[data-id]', rows).find((e) => e.dataset.id === id);
  function partner() {
    const r = current || rows.querySelector('[data-m]');
    const at = r && r.dataset.m && find(r.dataset.m);
    if (at) go(at.closest('.r'));
  }
  const ask = () => { if (help.open) help.close(); else help.showModal(); };
  const keys = { n: () => turn(1), p: () => turn(-1), m: partner, '?': ask,
    ArrowLeft: (e) => (e.shiftKey ? show(old - 1, now) : show(Math.max(now - 2, 1), Math.max(now - 1, 2))),
    ArrowRight: (e) => (e.shiftKey ? show(old + 1, now) : show(Math.min(now, count - 1), now + 1)) };
  doc.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.tagName === 'SELECT') return;
    if (help.open && e.key !== '?') return;
    if (keys[e.key]) { e.preventDefault(); keys[e.key](e); }
  });
  from.addEventListener('change', () => show(+from.value, Math.max(now, +from.value + 1)));
  to.addEventListener('change', () => show(Math.min(old, +to.value - 1), +to.value));
  doc.addEventListener('click', (e) => {
    const b = e.target.closest('button');
    if (b && b.dataset.step) keys[b.dataset.step < 0 ? 'ArrowLeft' : 'ArrowRight']({});
    if (b && 'help' in b.dataset) ask();
    const tick = e.target.closest('.tl a');
    if (tick) {
      const k = ticks.indexOf(tick) + 1;
      e.preventDefault();
      if (e.shiftKey) show(Math.min(k, count - 1), Math.max(now, k + 1));
      else show(k > 1 ? k - 1 : 1, k > 1 ? k : 2);
      return;
    }
    const a = e.target.closest('#compare a[href^="#"]');
    const at = a && find(a.getAttribute('href').slice(1));
    if (at) { e.preventDefault(); go(at.closest('.r')); }
  });

  /* ---- cards ---- */
  /* What happened to the paragraph, and who brought the words in question. */
  const main = doc.querySelector('main'), age = doc.getElementById('age');
  const peek = doc.createElement('div');
  let shown = null, pinned = false, waiting = 0;
  peek.id = 'peek';
  peek.setAttribute('role', 'note');
  peek.hidden = true;
  main.append(peek);

  function open(run, pin) {
    clearTimeout(waiting);
    if (run === shown) { pinned = pinned || pin; return; }
    close();
    const card = run.closest('.r').querySelector('.card');
    const link = run.querySelector('.rn a') || run.closest('.r').querySelector('.m a');
    const section = doc.querySelector(link.getAttribute('href'));
    const said = doc.createElement('p');
    const list = doc.createElement('ul');
    said.append('These words came with ', section.querySelector('h3 a').cloneNode(true), ', ',
      section.querySelector('time').cloneNode(true), '. The paragraph:');
    said.querySelector('a').textContent = `revision ${section.id.slice(1)}`;
    list.className = 'card';
    if (card) list.append(...[...card.children].map((e) => e.cloneNode(true)));
    peek.replaceChildren(said, list);
    peek.hidden = false;
    shown = run;
    pinned = pin;
    ticks[section.id.slice(1) - 1].classList.add('lit');
    const box = main.getBoundingClientRect(), at = run.getClientRects()[0];
    peek.style.left = Math.max(Math.min(at.left, innerWidth - peek.offsetWidth - 12), 12) - box.left + 'px';
    peek.style.top = at.bottom + 6 - box.top + 'px';
  }
  function close() {
    clearTimeout(waiting);
    if (!shown) return;
    shown = null;
    peek.hidden = true;
    for (const t of ticks) t.classList.remove('lit');
    for (const e of all('[aria-describedby=peek]')) e.removeAttribute('aria-describedby');
  }
  const runOf = (e) => e.closest('#age .t span[class^=a]');
  const later = (what, time) => { clearTimeout(waiting); waiting = setTimeout(what, time); };
  doc.addEventListener('pointerover', (e) => {
    if (e.pointerType === 'touch' || pinned) return;
    const run = runOf(e.target);
    if (run) later(() => open(run, false), 250);
    else if (peek.contains(e.target)) clearTimeout(waiting);
    else later(close, 250);
  });
  age.addEventListener('focusin', (e) => {
    const run = runOf(e.target) || (e.target.localName === 'summary' && !e.target.parentNode.open
      && e.target.closest('.r').querySelector('.t span[class^=a]'));
    if (!run || !e.target.matches(':focus-visible')) return;
    open(run, true);
    e.target.setAttribute('aria-describedby', 'peek');
  });
  age.addEventListener('focusout', () => { if (pinned) close(); });
  age.addEventListener('toggle', (e) => {
    if (!e.target.open) return;
    close();
    for (const d of all('.m details[open]', age)) if (d !== e.target && !printing) d.open = false;
  }, true);
  doc.addEventListener('click', (e) => {
    const run = runOf(e.target);
    if (run && !e.target.closest('a')) open(run, true);
    else if (!peek.contains(e.target) || e.target.closest('a')) close();
    for (const d of all('.m details[open]', age)) if (!d.contains(e.target) || e.target.closest('a')) d.open = false;
  });
  keys.Escape = () => {
    close();
    for (const d of all('.m details[open]', age)) { d.open = false; d.firstChild.focus(); }
  };

  let printing = false;
  function restore() {
    const hash = /^#(\d+)-(\d+)(\.\w+)?$/.exec(decodeURIComponent(location.hash));
    if (hash) {
      show(+hash[1], +hash[2], true);
      const at = hash[3] && find(location.hash.slice(1));
      if (at) go(at.closest('.r'));
      else panel.scrollIntoView();
    } else show(old, now, true);
  }
  addEventListener('hashchange', restore);
  addEventListener('beforeprint', () => {
    printing = true;
    for (const d of all('.rev details, .m details')) d.open = true;
  });
  restore();
})();
