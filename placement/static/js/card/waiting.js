// What waits on this phone, said as it is, with a choice where there are two answers.
import { newKey } from './answers.js';
import { deliver, listen, tell } from './send.js';
import { all, drop, get, put } from './store.js';
import { copyOf, put as filled, when, words } from './words.js';

const ATTENDANCE = { here: 'here', late: 'late', absent: 'absent' };
const TEXTS = [
  ['went_well', 'wentWell'], ['try_next', 'tryNext'], ['note', 'note'],
  ['text', 'worried'], ['what', 'what'], ['injury', 'injury'], ['first_aid', 'firstAid'], ['witness', 'witness'], ['told', 'told'],
];

export const names = async () => {
  const data = (await get('card', 'now'))?.data;
  const found = new Map();
  for (const one of [...(data?.levels ?? []), ...(data?.more_tasks ?? [])]) found.set(one.id, one.name);
  for (const shift of data?.shifts ?? []) for (const task of shift.tasks) found.set(task.id, task.name);
  return found;
};

const line = (list, name, text) => {
  const term = document.createElement('dt');
  const told = document.createElement('dd');
  term.textContent = name;
  told.textContent = text;
  list.append(term, told);
};

export const describe = (list, entry, known) => {
  if (!list) return;
  if (!entry) { line(list, '', words.nothing); return; }
  const came = words[ATTENDANCE[entry.attendance]];
  if (came) line(list, words.attendance, came);
  for (const { task, level } of entry.answers ?? []) {
    line(list, known.get(task) ?? words.task, level ? known.get(level) ?? '' : words.notToday);
  }
  for (const one of entry.unlisted ?? []) line(list, words.unlisted, [one.name, known.get(one.level)].filter(Boolean).join(': '));
  for (const [field, name] of TEXTS) if (entry[field]) line(list, words[name], entry[field]);
};

const press = (part, selector, act) => part.querySelector(selector)?.addEventListener('click', async () => {
  await act();
  tell({});
  await drawWaiting();
});

const sendMine = async ({ stored, ...entry }) => {
  await drop('entries', entry.key);
  await put('entries', { ...entry, key: newKey(), seen: stored?.seen ?? 0, state: 'waiting' });
  await deliver();
};

// "today, 9:00 to 13:00", with the colleague whose answer it is; or what was told.
const titleOf = (entry) => {
  if (entry.kind) return words[entry.kind];
  return [when(entry.label), entry.who ?? entry.by_name].filter(Boolean).join(' · ');
};

const drawOne = (entry, known) => {
  const part = copyOf(`waits-${entry.state}`);
  part.dataset.shift = entry.shift;
  part.querySelector('[data-label]').textContent = titleOf(entry);
  describe(part.querySelector('[data-said]'), entry, known);
  if (entry.state === 'choice') describe(part.querySelector('[data-stored]'), entry.stored, known);
  press(part, '[data-remove]', () => drop('entries', entry.key));
  press(part, '[data-theirs]', () => drop('entries', entry.key));
  press(part, '[data-mine]', () => sendMine(entry));
  return part;
};

export const drawWaiting = async () => {
  const box = document.querySelector('[data-waiting]');
  if (!box) return;
  const entries = (await all('entries')).sort((a, b) => (a.began_at < b.began_at ? -1 : 1));
  const known = entries.length ? await names() : new Map();
  const waiting = entries.filter((entry) => entry.state === 'waiting').length;
  const count = box.querySelector('[data-count]');
  count.parentElement.hidden = waiting === 0;
  count.textContent = waiting === 1 ? count.dataset.one : filled(count.dataset.many, { n: waiting });
  box.querySelector('[data-list]').replaceChildren(...entries.map((entry) => drawOne(entry, known)));
  box.hidden = entries.length === 0;
};

let timer = null;

// Send what waits, say what became of it, and try again for as long as the page is open.
export const sendNow = async () => {
  clearTimeout(timer);
  const { became, again } = await deliver();
  await drawWaiting();
  if (again !== null) timer = setTimeout(sendNow, again);
  return became;
};

export const keepSending = (afterwards = () => {}) => {
  const go = async () => afterwards(await sendNow());
  addEventListener('online', go);
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') go(); });
  listen(async ({ became }) => {
    await drawWaiting();
    if (became) await afterwards(became);
  });
  return go();
};

export const askForSync = async () => {
  try { await (await navigator.serviceWorker.ready).sync?.register('card-entries'); } catch { /* the next visit sends it */ }
};
