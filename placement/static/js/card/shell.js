// Today's card drawn from what this phone keeps, for when there is no signal.
import { drawForm } from './drawing.js';
import { keepForm } from './keeping.js';
import { refresh } from './send.js';
import { all, get, put as store, wipe } from './store.js';
import { keepSending } from './waiting.js';
import { copyOf, instant, localDay, put, when, words } from './words.js';

const part = (name) => document.querySelector(`[data-${name}]`);
const list = (name, items) => {
  part(name).hidden = items.length === 0;
  part(name).querySelector('ul').replaceChildren(...items);
};

const SAVED = 'saved';
const begun = (shift) => shift.begun || instant(shift.day, shift.start) <= new Date();
const label = ({ day, start, end }) => ({ day, start, end });

// The one that was asked for, else today's that has begun, today's, the latest owed, the next one.
const choose = (shifts, wanted) => {
  const today = shifts.filter((one) => one.day === localDay());
  const owed = shifts.filter((one) => one.state !== 'sent' && begun(one));
  return shifts.find((one) => one.id === wanted) ?? today.filter(begun).at(-1) ?? today[0] ?? owed.at(-1)
    ?? shifts.find((one) => !begun(one)) ?? null;
};

const drawKnown = (data) => {
  part('known').hidden = data.lines.length + data.call.length === 0;
  part('call').hidden = data.call.length === 0;
  part('lines').hidden = data.lines.length === 0;
  part('lines').firstElementChild.textContent = data.lines.join(' · ');
  part('call').replaceChildren(...data.call.map(({ name, phone }) => {
    const link = copyOf('call');
    link.href = `tel:${phone.replaceAll(' ', '')}`;
    const said = link.querySelector('[data-said]');
    said.textContent = put(said.textContent, { name });
    return link;
  }));
};

const other = (shift, data, waits) => {
  const item = copyOf('other');
  const button = item.querySelector('button');
  if (waits) button.textContent = button.dataset.change;
  item.querySelector('[data-label]').textContent = when(shift);
  button.addEventListener('click', () => { draw(data, shift.id); scrollTo(0, 0); });
  return item;
};

const plain = (shift) => Object.assign(document.createElement('li'), { textContent: when(shift) });

const drawQuestion = async (data, shift) => {
  const place = part('form');
  if (!shift || !begun(shift)) { place.replaceChildren(); return; }
  const form = drawForm(data, shift);
  place.replaceChildren(form);
  await keepForm(form, { shift: shift.id, label: label(shift) }, (_entry, became) => {
    if (became === 'saved') location.assign(`/card/sent?shift=${encodeURIComponent(shift.id)}`);
    else { draw(data, SAVED); scrollTo(0, 0); }
  });
  form.dataset.ready = 'yes';
};

// `wanted`: a shift's id; SAVED right after one was filled in: the next one is offered, not begun.
const draw = async (data, wanted) => {
  const kept = new Map((await all('entries')).map((entry) => [entry.shift, entry.state]));
  const open = data.shifts.filter((one) => one.id === wanted || (!kept.has(one.id) && one.state !== 'sent'));
  const chosen = wanted === SAVED ? null : choose(open, wanted);
  const heading = part('heading').dataset;
  part('heading').textContent = !chosen ? heading[wanted === SAVED ? 'saved' : 'none'] : put(begun(chosen) ? heading.answer : heading.coming, { name: data.person });
  part('lead').textContent = chosen ? `${data.person} · ${when(chosen)}` : data.person;
  part('not-begun').hidden = !chosen || begun(chosen);
  drawKnown(data);
  const rest = data.shifts.filter((one) => one !== chosen);
  const asked = rest.filter((one) => begun(one) && (kept.has(one.id) ? kept.get(one.id) === 'waiting' : one.state !== 'sent'));
  list('owed', asked.map((one) => other(one, data, kept.has(one.id))));
  list('coming-up', rest.filter((one) => !begun(one)).map(plain));
  part('else').hidden = false;
  await drawQuestion(data, chosen);
};

const forget = async () => {
  const unsent = (await all('entries')).some((entry) => entry.state !== 'held');
  if (unsent && !part('asked').textContent) { part('asked').textContent = words.forget; return; }
  await wipe();
  // The cookie can only be taken away with signal: the next visit does.
  await store('card', { id: 'forget' });
  location.reload();
};

const start = async () => {
  const kept = await get('card', 'now');
  const wanted = new URLSearchParams(location.search).get('shift');
  part('no-card').hidden = Boolean(kept);
  if (kept) await draw(kept.data, wanted);
  part('leave').addEventListener('click', forget);
  await keepSending(async () => {
    if (await get('card', 'forget')) { if (navigator.onLine) await goBack(); return; }
    if (!kept) return;
    const found = await refresh();
    if (found === 'unreachable') return;
    part('signal').firstElementChild.textContent = part('signal').dataset.back;
    part('signal').querySelector('a').textContent = part('signal').dataset.open;
    if (found === 'ended') location.assign('/card');
    else if ((await all('drafts')).length === 0) await draw((await get('card', 'now')).data, wanted);
  });
};

// Forgetting waits for signal: the card's own page finishes it.
const goBack = async () => {
  const answer = await fetch('/card', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer?.ok) location.assign('/card');
};

start().catch(() => { part('no-card').hidden = false; });
