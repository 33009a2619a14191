// Delivers what waits: one at a time, whoever asks (a page, another tab, the browser in the background).
// An entry leaves the phone only when the server has said by its key that it has it.
import { all, drop, empty, put } from './store.js';

const AGAIN = 15_000;
const LONGEST = 3_600_000;
const PATIENCE = 20_000;
const SENT = [
  'kind', 'card', 'shift', 'key', 'attendance', 'answers', 'unlisted', 'went_well', 'try_next', 'note', 'seen', 'began_at', 'by', 'by_name',
  'text', 'what', 'day', 'time', 'injury', 'first_aid', 'witness', 'told',
];
// Other tabs, and the worker in the background, hear what was done here.
const others = new BroadcastChannel('placement-card');

export const tell = (what) => others.postMessage(what);
export const listen = (hear) => others.addEventListener('message', (event) => hear(event.data));

const alone = (work) => (navigator.locks ? navigator.locks.request('placement-card-send', work) : work());

const ask = async (address, more = {}) => {
  const answer = await fetch(address, {
    credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(PATIENCE), ...more,
    headers: { Accept: 'application/json', 'X-Card': '1', ...more.headers },
  });
  const json = answer.headers.get('Content-Type')?.includes('json') ? await answer.json() : null;
  return { status: answer.status, json, later: Number(answer.headers.get('Retry-After')) * 1000 };
};

const bodyOf = (entry) => Object.fromEntries(SENT.filter((name) => (entry[name] ?? '') !== '').map((name) => [name, entry[name]]));

// What an answer means for the entry. Anything unexpected (a hotel's login page, a proxy) means: not delivered.
const settle = async (entry, { status, json, later }) => {
  if (status === 200 && json?.saved === entry.key) {
    await drop('entries', entry.key);
    return 'saved';
  }
  if (status === 202 && json?.held === entry.key) {
    // Only that it happened stays, until it was read here.
    const { key, kind, card, shift, label, began_at } = entry;
    await put('entries', { key, kind, card, shift, label, began_at, state: 'held' });
    return 'held';
  }
  if (status === 409 && json) {
    await put('entries', { ...entry, state: 'choice', stored: json.stored ?? null });
    return 'choice';
  }
  if (status === 401) {
    // Either the phone is not known any more, or it has another card open now.
    const state = json?.error === 'another card' ? 'elsewhere' : 'closed';
    await put('entries', { ...entry, state });
    return state;
  }
  if ([400, 413].includes(status) && json) {
    await put('entries', { ...entry, state: 'refused' });
    return 'refused';
  }
  if (later > 0) await put('entries', { ...entry, not_before: Date.now() + Math.min(later, LONGEST) });
  return 'waits';
};

const deliverOne = async (entry) => {
  let answer;
  try {
    answer = await ask('/card/entries', {
      method: 'POST', body: JSON.stringify(bodyOf(entry)), headers: { 'Content-Type': 'application/json' },
    });
  } catch { return { became: 'waits', wait: AGAIN }; }
  return { became: await settle(entry, answer), wait: Math.min(answer.later || AGAIN, LONGEST) };
};

const due = (entry) => ['waiting', 'closed', 'elsewhere'].includes(entry.state);

// Returns what became of each entry (key → 'saved', 'held', 'choice', 'closed', 'elsewhere', 'refused', 'waits') and in
// how many milliseconds to try again, null for not at all.
export const deliver = () => alone(async () => {
  const became = {};
  let again = null;
  const waiting = (await all('entries')).filter(due).sort((a, b) => (a.began_at < b.began_at ? -1 : 1));
  for (const entry of waiting) {
    const early = (entry.not_before ?? 0) - Date.now();
    // Further ahead than anything is put off: the phone's clock was set back.
    const one = early > 0 && early <= LONGEST ? { became: 'waits', wait: early } : await deliverOne(entry);
    became[entry.key] = one.became;
    if (one.became === 'waits') again = Math.max(again ?? 0, one.wait);
  }
  if (waiting.length) tell({ became });
  return { became, again };
});

// Fetches the card to keep. Where the link has ended, nothing of the card stays; whatever was to be sent, was sent before.
export const refresh = async () => {
  let answer;
  try { answer = await ask('/card/data'); } catch { return 'unreachable'; }
  const { status, json } = answer;
  if (status === 200 && json?.shifts) {
    await put('card', { id: 'now', data: json, at: new Date().toISOString() });
    return 'kept';
  }
  if (status !== 401 && status !== 410) return 'unreachable';
  await empty('card', 'drafts');
  return 'ended';
};
